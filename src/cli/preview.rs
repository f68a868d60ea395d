//! `offprint preview`: one page as a clean article, and why.

use std::io::{self, Write};
use std::path::Path;

use serde_json::json;
use url::Url;

use super::extract::{read_file, site_of};
use super::markdown::markdown;
use super::table::table;
use super::{Context, Exit, Failure, write_json};
use crate::clock::Clock;
use crate::config::Config;
use crate::fetch::{Accept, Answer, Fetcher, Request};
use crate::model::{Article, CanonicalUrl, Link, Note, Timestamp, Verdict as Fate};
use crate::normalise::Normalised;
use crate::pipeline::read_page_explained;

/// Address that a page from a file is taken to have.
const FILE_URL: &str = "https://file.invalid/";

/// How the article is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// The sanitised HTML of the body.
    Html,
    /// Everything as one JSON object.
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The address of a page, or a file that holds one (`.gz` is unpacked)
    #[arg(value_name = "URL|FILE")]
    page: String,
    /// How to print the article
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show each block, kept or removed, and why
    #[arg(long)]
    explain: bool,
    /// The address to resolve a file's links against
    #[arg(long, value_name = "URL")]
    base: Option<Url>,
}

/// A page's bytes and where they came from.
struct Page {
    bytes: Vec<u8>,
    content_type: Option<String>,
    url: Url,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let config = context.load_if_any()?.map(|loaded| loaded.config).unwrap_or_default();
    let clock = Clock::system();
    let page = match Url::parse(&args.page) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => fetch(url, &config, &clock).await?,
        _ => read(args)?,
    };
    let link = CanonicalUrl::from_url(page.url.clone()).map_err(Failure::usage)?;
    let site = site_of(&page.url, &config);
    let (kind, link) = (page.content_type.as_deref(), Link::to(link));
    let reading = read_page_explained(&page.bytes, kind, &page.url, &link, &site, clock.now());

    let format = if context.options.json { Format::Json } else { args.format };
    let mut out = io::stdout().lock();
    let (blocks, notes) = match &reading.article {
        Ok(normalised) if format == Format::Json => {
            let blocks = args.explain.then_some(&reading.notes);
            write_json(&mut out, &object(normalised, blocks))?;
            return Ok(Exit::Fine);
        }
        Err(unfit) if format == Format::Json => {
            write_json(&mut out, &json!({"unfit": unfit.to_string()}))?;
            return Ok(Exit::Differs);
        }
        Ok(normalised) => {
            print(&normalised.article, format, &mut out)?;
            (&reading.notes, normalised.notes.as_slice())
        }
        Err(unfit) => {
            writeln!(out, "This is no article: {unfit}.")?;
            (&reading.notes, [].as_slice())
        }
    };
    if args.explain {
        explain(blocks, notes, &mut out)?;
    }
    Ok(if reading.article.is_ok() { Exit::Fine } else { Exit::Differs })
}

async fn fetch(url: Url, config: &Config, clock: &Clock) -> Result<Page, Failure> {
    let fetcher = Fetcher::new(&config.fetch, clock.clone()).map_err(Failure::internal)?;
    let request = Request { url: &url, validators: None, accept: Accept::Page };
    let site = site_of(&url, config);
    // Credentials of the address itself win over those of its source.
    let is_bare = url.username().is_empty() && url.password().is_none();
    let fetched = if is_bare { fetcher.get_as(&site.identity, &request).await } else { fetcher.get(&request).await };
    let fetched = fetched.map_err(Failure::differs)?;
    let (bytes, content_type) = match fetched.answer {
        Answer::Body { bytes, content_type } => (bytes, content_type),
        Answer::NotModified => (Vec::new(), None),
    };
    Ok(Page { bytes, content_type, url: fetched.url })
}

fn read(args: &Args) -> Result<Page, Failure> {
    let bytes = read_file(Path::new(&args.page)).map_err(|source| Unreadable { page: args.page.clone(), source });
    let url = args.base.clone().unwrap_or_else(|| Url::parse(FILE_URL).expect("a constant that is a URL"));
    Ok(Page { bytes: bytes.map_err(Failure::usage)?, content_type: None, url })
}

/// A page that can't be read from a file.
#[derive(Debug, thiserror::Error)]
#[error("can't read `{page}`: give the address of a page that begins with http, or a file")]
struct Unreadable {
    page: String,
    source: io::Error,
}

fn print(article: &Article, format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Html => writeln!(out, "{}", article.body),
        Format::Markdown => {
            writeln!(out, "# {}\n", article.title)?;
            let line = byline(article);
            if !line.is_empty() {
                writeln!(out, "*{line}*\n")?;
            }
            write!(out, "{}", markdown(&article.body))
        }
        Format::Text | Format::Json => {
            writeln!(out, "{}", article.title)?;
            let line = byline(article);
            if !line.is_empty() {
                writeln!(out, "{line}")?;
            }
            writeln!(out, "{}\n\n{}", article.url, article.text)
        }
    }
}

fn byline(article: &Article) -> String {
    let date = article.published.map(Timestamp::rfc3339);
    let language = article.language.as_ref().map(ToString::to_string);
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    [authors, date, language].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn object(normalised: &Normalised, blocks: Option<&Vec<Note>>) -> serde_json::Value {
    let article = &normalised.article;
    let mut object = json!({
        "url": article.url,
        "title": article.title,
        "authors": article.authors,
        "published": article.published,
        "updated": article.updated,
        "language": article.language,
        "image": article.image,
        "categories": article.categories,
        "summary": article.summary,
        "text": article.text,
        "html": article.body.as_str(),
        "words": article.n_words(),
        "confidence": article.confidence,
        "access": normalised.access,
        "notes": normalised.notes,
    });
    if let Some(blocks) = blocks {
        object["blocks"] = json!(blocks);
    }
    object
}

fn explain(blocks: &[Note], notes: &[String], out: &mut impl Write) -> io::Result<()> {
    let mut table = table(&["BLOCK", "WHY", "WHERE", "TEXT"], &[]);
    for block in blocks {
        let mark = match block.verdict {
            Fate::Kept => "kept",
            Fate::Removed => "removed",
        };
        table.add_row([mark, &block.rule, &block.place, &block.text]);
    }
    writeln!(out, "\n{}", table.trim_fmt())?;
    for note in notes {
        writeln!(out, "{note}")?;
    }
    Ok(())
}
