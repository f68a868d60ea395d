//! A page and the feeds it links to.

use scraper::{ElementRef, Selector};
use url::Url;

use super::text::line;
use super::{Doors, Found, Hints, Kind};
use crate::model::{Css, Document};

/// A page that links to more feeds than these is a directory of feeds.
const MAX_FEEDS: usize = 20;
/// So many are looked at: the best stand early.
const MAX_CANDIDATES: usize = 300;

/// Words for comments in feeds' titles and addresses, as blog software writes them in many languages.
const COMMENTS: [&str; 9] =
    ["comment", "komentar", "kommentar", "comentari", "commenti", "reactie", "yorum", "комментари", "コメント"];

/// Last parts of paths that are feeds'.
const FEED_NAMES: [&str; 16] = [
    "feed",
    "feeds",
    "rss",
    "atom",
    "rss2",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "feed.json",
    "index.xml",
    "index.rdf",
    "rss.php",
    "feed.php",
    "feed.rss",
    "feed.atom",
    "rss.aspx",
];

/// Reads title, language and feeds of a page.
pub(super) fn read(document: &Document, url: &Url) -> Found {
    let base = base(document, url);
    let feeds = feeds(document, url, &base);
    let mut notes = vec![match feeds.len() {
        0 => "this is a page, and it links to no feed".to_owned(),
        1 => "this is a page, and it links to a feed".to_owned(),
        n => format!("this is a page, and it links to {n} feeds"),
    }];
    let overflow = document.overflow();
    if overflow.depth {
        notes.push("the page is nested too deep, its depths were flattened".to_owned());
    }
    if overflow.nodes {
        notes.push("the page is too large, its end was not read".to_owned());
    }
    Found {
        kind: Kind::Page,
        title: title(document),
        site: Some(url.clone()),
        language: first(document, "html[lang]").and_then(|html| line(html.attr("lang")?)),
        hints: Hints::default(),
        feeds,
        doors: doors(document, url, &base),
        parts: Vec::new(),
        links: Vec::new(),
        notes,
    }
}

/// What else the page says of where its articles are.
fn doors(document: &Document, url: &Url, base: &Url) -> Doors {
    let of_site = |link: &Url| link.host_str().map(without_www) == url.host_str().map(without_www);
    let address = |element: ElementRef<'_>| base.join(element.attr("href")?.trim()).ok().filter(of_site);
    let links = |selector| select(document, selector).filter_map(address);
    Doors {
        wordpress: links("link[rel='https://api.w.org/'][href]").next(),
        sitemaps: links("link[rel~='sitemap'][href], a[href$='sitemap.xml']").take(3).collect(),
        next: links("link[rel~='next'][href], a[rel~='next'][href]")
            .chain(links("a[href]").filter(|next| is_counted_on(next, url)))
            .find(|next| next != url),
    }
}

/// Where the first element that a selector finds leads to.
pub(super) fn linked_by(document: &Document, url: &Url, selector: &Css) -> Option<Url> {
    let found = document.html().select(selector.selector()).next()?;
    base(document, url).join(found.attr("href")?.trim()).ok()
}

/// Whether an address is that of the next page of a list by its number: `/page/2/`, `?page=2`, `?paged=2`.
fn is_counted_on(next: &Url, url: &Url) -> bool {
    let (here, there) = (counted(url), counted(next));
    there.1 == here.1 + 1 && there.0.trim_end_matches('/') == here.0.trim_end_matches('/')
}

/// An address without the number of its page, and the number.
fn counted(url: &Url) -> (String, u32) {
    let mut rest = url.clone();
    rest.set_fragment(None);
    let mut number = None;
    let mut pairs = Vec::new();
    for pair in url.query().into_iter().flat_map(|query| query.split('&')).filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("page" | "paged" | "p" | "pg" | "halaman" | "seite" | "pagina", value)) if value.len() < 6 => {
                number = number.or(value.parse().ok());
            }
            _ => pairs.push(pair),
        }
    }
    rest.set_query(Some(pairs.join("&").as_str()).filter(|query| !query.is_empty()));
    let path = url.path().trim_end_matches('/');
    if let Some((folder, last)) = path.rsplit_once('/')
        && let Some(("", value) | ("page", value)) = last.split_once('-').or(Some(("", last)))
        && let Ok(value) = value.parse::<u32>()
    {
        let (folder, is_named) = match folder.rsplit_once('/') {
            Some((folder, "page" | "seite" | "halaman" | "pagina" | "p")) => (folder, true),
            _ => (folder, last.starts_with("page-")),
        };
        if is_named && value < 100_000 {
            number = Some(value);
            rest.set_path(&format!("{folder}/"));
        }
    }
    (rest.into(), number.unwrap_or(1))
}

/// What relative addresses refer to.
pub(super) fn base(document: &Document, url: &Url) -> Url {
    first(document, "base[href]")
        .and_then(|base| url.join(base.attr("href")?.trim()).ok())
        .unwrap_or_else(|| url.clone())
}

/// Selects with a selector that is known to be one.
pub(super) fn select<'a>(document: &'a Document, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let found: Vec<_> = Selector::parse(selector).map(|s| document.html().select(&s).collect()).unwrap_or_default();
    found.into_iter()
}

fn first<'a>(document: &'a Document, selector: &str) -> Option<ElementRef<'a>> {
    select(document, selector).next()
}

fn title(document: &Document) -> Option<String> {
    let of_site =
        first(document, "meta[property='og:site_name'][content]").and_then(|meta| line(meta.attr("content")?));
    of_site.or_else(|| line(&first(document, "title")?.text().collect::<String>()))
}

/// Feeds in the order of their worth: announced before merely linked, of articles before of comments, of the same
/// site before others', of this part of the site before the whole.
fn feeds(document: &Document, url: &Url, base: &Url) -> Vec<Url> {
    let announced = select(document, "link[rel][href], a[rel][href]").filter_map(|element| {
        let href = element.attr("href")?;
        let is_alternate = element.attr("rel")?.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("alternate"));
        (is_alternate && is_feed_type(element.attr("type")?, href)).then_some((element, href))
    });
    let linked = select(document, "a[href]").filter_map(|element| {
        let href = element.attr("href")?;
        is_feed_address(&base.join(href.trim()).ok()?, url).then_some((element, href))
    });
    let announced = announced.map(|found| (0_u8, found));
    let mut ranked: Vec<(_, Url)> = Vec::new();
    for (rank, (element, href)) in announced.chain(linked.map(|found| (1, found))).take(MAX_CANDIDATES) {
        let href = href.trim();
        // `feed://host/path` and `feed:https://host/path` open a reader.
        let href = href.strip_prefix("feed:").unwrap_or(href);
        let Ok(mut feed) = base.join(href) else { continue };
        feed.set_fragment(None);
        let is_web = matches!(feed.scheme(), "http" | "https");
        if !is_web || feed == *url || ranked.iter().any(|(_, known)| *known == feed) {
            continue;
        }
        let name = element.attr("title").map_or_else(|| element.text().take(8).collect(), str::to_owned);
        let is_elsewhere = feed.host_str().map(without_www) != url.host_str().map(without_www);
        let folder = url.path().rsplit_once('/').map_or("/", |(folder, _)| folder);
        let is_of_part = folder.len() > 1 && feed.path().starts_with(folder);
        ranked.push(((is_of_comments(&name, &feed), rank, is_elsewhere && rank > 0, !is_of_part), feed));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, feed)| feed).take(MAX_FEEDS).collect()
}

fn is_feed_type(kind: &str, href: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/rss+xml" | "application/atom+xml" | "application/feed+json" | "application/rdf+xml" => true,
        // Also the type of APIs and of sitemaps.
        "application/json" | "application/xml" | "text/xml" => {
            let href = href.to_ascii_lowercase();
            ["feed", "rss", "atom"].iter().any(|word| href.contains(word))
        }
        _ => false,
    }
}

/// Whether a plain link is a feed's, by its address.
fn is_feed_address(link: &Url, page: &Url) -> bool {
    let host = link.host_str().unwrap_or_default();
    if matches!(host, "feeds.feedburner.com" | "feeds2.feedburner.com") {
        return true;
    }
    if without_www(host) != without_www(page.host_str().unwrap_or_default()) {
        return false;
    }
    let path = link.path().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    FEED_NAMES.contains(&last)
        || [".rss", ".atom", ".rdf"].iter().any(|ending| last.ends_with(ending))
        || path.ends_with("/feeds/posts/default")
        || link
            .query()
            .is_some_and(|query| query.split('&').any(|pair| matches!(pair, "feed=rss2" | "feed=rss" | "feed=atom")))
}

fn is_of_comments(name: &str, feed: &Url) -> bool {
    let name = name.to_lowercase();
    let address = feed.as_str().to_ascii_lowercase();
    COMMENTS.iter().any(|word| name.contains(word) || address.contains(word))
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}
