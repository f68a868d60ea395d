//! Weighs what the page and its entrance say, field by field, and makes the article.

use chrono_tz::Tz;
use url::Url;

use super::unfit::{Unfit, wall};
use super::{address, author, canonical, clean, language, media, summary, text, title, when};
use crate::model::{Access, Article, CleanHtml, Draft, Enclosure, Language, Link, LocalTime, Timestamp, collapse};

/// Below this the extractor says itself that it may have found something else.
const LOW_CONFIDENCE: f64 = 0.3;
/// What we think of a body that the entrance gave whole.
const ENTRANCE_CONFIDENCE: f64 = 0.5;
/// What we think of a body that is the entrance's summary.
const SUMMARY_CONFIDENCE: f64 = 0.2;
/// More categories are keywords for search engines.
const MAX_CATEGORIES: usize = 20;
const MAX_CATEGORY_CHARS: usize = 60;

/// What is known beside the page.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Where the page was found, after redirects.
    pub page: &'a Url,
    /// What the entrance says of the article.
    pub link: &'a Link,
    /// The time now: no date is later.
    pub now: Timestamp,
    /// Zone of dates without one.
    pub zone: Tz,
    /// Language of the source, where page and entrance are silent.
    pub language: Option<&'a Language>,
    /// Title of the source: it doesn't belong to a headline and wrote nothing.
    pub source_title: Option<&'a str>,
}

/// An article and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Normalised {
    /// The article.
    pub article: Article,
    /// When it was published, on its publisher's clock as far as that is known.
    pub published: Option<LocalTime>,
    /// When its publisher last changed it, likewise.
    pub updated: Option<LocalTime>,
    /// Whether reading it to its end costs something, as far as its page says.
    pub access: Access,
    /// Where page and entrance differed and what was left out, one sentence each, the field first.
    pub notes: Vec<String>,
}

/// The article of a page, its entrance's word weighed against it field by field. Where the extractor isn't sure
/// of the body or found none, and the entrance carries a longer one, that is taken.
///
/// # Errors
/// When the page is no article. [`from_entrance`] may still make one.
pub fn article(draft: Draft, context: &Context<'_>) -> Result<Normalised, Unfit> {
    let names = site_names(draft.site_name.as_deref(), context);
    let mut notes = Vec::new();
    notes.extend(draft.doubt.map(|why| format!("page: probably no article, {why}")));
    match draft.access {
        Access::Open => {}
        Access::Metered => notes.push("access: metered, says the page".to_owned()),
        Access::Paid => notes.push("access: paid, says the page; the body may be a teaser".to_owned()),
    }
    let base = draft.base.as_deref().and_then(|base| context.page.join(base.trim()).ok());
    let base = base.filter(|base| matches!(base.scheme(), "http" | "https")).unwrap_or_else(|| context.page.clone());
    let headline = title::choose(draft.title.as_deref(), context.link.title.as_deref(), &names);
    let headline_text = headline.as_ref().map(|(title, _)| title.as_str()).unwrap_or_default();

    let mut body = clean::body(&draft.body, &base, headline_text);
    let mut plain = text::plain_text(&body);
    let mut confidence = if draft.confidence.is_finite() { draft.confidence.clamp(0.0, 1.0) } else { 0.0 };
    if (plain.is_empty() || confidence < LOW_CONFIDENCE)
        && let Some(content) = &context.link.content
    {
        let carried = clean::body(&unescaped(content), context.link.url.as_url(), headline_text);
        let carried_plain = text::plain_text(&carried);
        if carried_plain.len() > plain.len() {
            notes.push("body: the entrance's, which says more than what was found on the page".to_owned());
            (body, plain, confidence) = (carried, carried_plain, confidence.max(ENTRANCE_CONFIDENCE));
        }
    }
    if let Some(unfit) = wall(draft.title.as_deref().unwrap_or(headline_text), &plain) {
        return Err(unfit);
    }
    let headline = match headline {
        Some((headline, is_entrance)) => {
            if is_entrance && let Some(page) = &draft.title {
                notes.push(format!("title: the entrance's; the page says `{}`", summary::shortened(page, 80)));
            }
            headline
        }
        None if plain.is_empty() => return Err(Unfit::NoText),
        None => {
            notes.push("title: the first words of the text, neither page nor entrance give one".to_owned());
            title::from_text(&plain).ok_or(Unfit::NoTitle)?
        }
    };
    finish(Parts { draft: &draft, base: &base, names, title: headline, body, plain, confidence, notes }, context)
}

/// The article as its entrance tells it, without its page: from the content if it carries any, else from the
/// summary. Its confidence is lower.
///
/// # Errors
/// When the entrance has neither.
pub fn from_entrance(context: &Context<'_>) -> Result<Normalised, Unfit> {
    let names = site_names(None, context);
    let link = context.link;
    let headline = title::choose(None, link.title.as_deref(), &names).map(|(title, _)| title);
    let headline_text = headline.as_ref().map(|title| title.as_str()).unwrap_or_default();
    let carried = [(&link.content, ENTRANCE_CONFIDENCE), (&link.summary, SUMMARY_CONFIDENCE)];
    let mut bodies = carried.into_iter().filter_map(|(markup, confidence)| {
        let body = clean::body(&unescaped(markup.as_deref()?), link.url.as_url(), headline_text);
        let plain = text::plain_text(&body);
        is_something(&body, &plain).then_some((body, plain, confidence))
    });
    let (body, plain, confidence) = bodies.next().ok_or(Unfit::NoText)?;
    if let Some(unfit) = wall(headline_text, &plain) {
        return Err(unfit);
    }
    let mut notes = vec!["body: the entrance's, its page wasn't read".to_owned()];
    let title = match headline {
        Some(title) => title,
        None => {
            notes.push("title: the first words of the text, the entrance gives none".to_owned());
            title::from_text(&plain).ok_or(Unfit::NoTitle)?
        }
    };
    let draft = Draft::default();
    let base = link.url.as_url();
    // The page may not be this article's at all: it was found to be something else, or not read.
    let context = Context { page: base, ..*context };
    finish(Parts { draft: &draft, base, names, title, body, plain, confidence, notes }, &context)
}

/// What both ways have when body and headline are settled.
struct Parts<'a> {
    draft: &'a Draft,
    base: &'a Url,
    names: Vec<String>,
    title: crate::model::Title,
    body: CleanHtml,
    plain: String,
    confidence: f64,
    notes: Vec<String>,
}

fn finish(parts: Parts<'_>, context: &Context<'_>) -> Result<Normalised, Unfit> {
    let Parts { draft, base, names, title, body, plain, confidence, mut notes } = parts;
    if !is_something(&body, &plain) {
        return Err(Unfit::NoText);
    }
    let link = context.link;
    let (url, note) = canonical::choose(draft.canonical.as_deref(), base, context.page, &link.url);
    notes.extend(note);
    let tags = [draft.language.as_deref(), link.language.as_deref(), context.language.map(Language::as_str)];
    let (language, note) = language::choose(tags.into_iter().flatten(), &plain);
    notes.extend(note);

    let mut authors = author::names(&draft.authors, &names);
    if authors.is_empty() {
        authors = author::names(&link.authors, &names);
        if !authors.is_empty() && !draft.authors.is_empty() {
            notes.push("authors: the entrance's, the page names nobody".to_owned());
        }
    }
    let clues = when::Clues {
        page: &draft.published,
        shown: &draft.shown,
        entrance: link.published,
        now: context.now,
        zone: context.zone,
        language: language.as_ref(),
        name: "published",
    };
    let published = when::choose(&clues, &mut notes);
    // What stands at the headline is when it appeared.
    let clues = when::Clues { page: &draft.updated, shown: &[], entrance: link.updated, name: "updated", ..clues };
    let updated = when::choose(&clues, &mut notes)
        .filter(|updated| published.is_none_or(|published| updated.at() > published.at()));

    let summary = summary::choose(link.summary.as_deref(), draft.summary.as_deref(), &plain, title.as_str());
    let image = lead_image(draft, base, link, &body);
    let categories = categories(draft.categories.iter().chain(&link.categories));
    let enclosures = enclosures(&link.enclosures);
    let article = Article {
        url,
        title,
        authors,
        published: published.map(LocalTime::at),
        updated: updated.map(LocalTime::at),
        language,
        image,
        categories,
        summary,
        body,
        text: plain,
        enclosures,
        confidence,
    };
    Ok(Normalised { article, published, updated, access: draft.access, notes })
}

/// The names under which the site may stick to a headline, in letters.
fn site_names(site_name: Option<&str>, context: &Context<'_>) -> Vec<String> {
    let host = context.page.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    // Of `blog.gazette.example`, «Gazette» is the name, «blog» may be a word of a headline.
    let label = host.rsplit('.').nth(1).filter(|label| label.len() > 3).unwrap_or_default();
    let said = [site_name, context.source_title].into_iter().flatten().map(title::decoded);
    let names = said.chain([host.to_owned(), label.to_owned()]).map(|name| title::letters(&name));
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether there is something to read, see or hear.
fn is_something(body: &CleanHtml, plain: &str) -> bool {
    let media = ["<img ", "<iframe ", "<video ", "<audio "];
    !plain.is_empty() || media.iter().any(|tag| body.as_str().contains(tag))
}

/// Markup that was escaped once too often, as some feed makers do, in plain form.
fn unescaped(markup: &str) -> std::borrow::Cow<'_, str> {
    let is_escaped = !markup.contains('<')
        && ["&lt;p", "&lt;/p", "&lt;br", "&lt;div", "&lt;a "].iter().any(|tag| markup.contains(tag));
    if is_escaped {
        let decoded = markup.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        return decoded.into();
    }
    markup.into()
}

/// The page's picture, else the entrance's, else the body's first; no logo, no placeholder.
fn lead_image(draft: &Draft, base: &Url, link: &Link, body: &CleanHtml) -> Option<Url> {
    let said = draft.image.as_deref().and_then(|raw| address::resource(raw, base));
    let fed = link.image.as_ref().and_then(|url| address::resource(url.as_str(), base));
    let shown = || {
        let (_, tag) = body.as_str().split_once("<img src=\"")?;
        let (source, _) = tag.split_once('"')?;
        address::resource(&super::markup::decode(source)?, base)
    };
    let is_picture = |url: &Url| {
        let file = url.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let names = [
            "logo",
            "placeholder",
            "default",
            "avatar",
            "favicon",
            "blank.",
            "no-image",
            "noimage",
            "no_image",
            "sprite",
            "icon",
        ];
        !media::is_beacon(url)
            && !file.ends_with(".svg")
            && !file.ends_with(".ico")
            && !names.iter().any(|name| file.contains(name))
    };
    said.filter(is_picture).or_else(|| fed.filter(is_picture)).or_else(|| shown().filter(is_picture))
}

fn categories<'a>(raw: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut categories: Vec<String> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for name in raw.map(|name| title::decoded(name)) {
        let name = collapse(name.trim_start_matches('#'));
        let key = title::letters(&name);
        let is_name = !key.is_empty() && name.chars().count() <= MAX_CATEGORY_CHARS;
        if is_name && !matches!(key.as_str(), "uncategorized" | "uncategorised") && !keys.contains(&key) {
            categories.push(name);
            keys.push(key);
        }
        if categories.len() == MAX_CATEGORIES {
            break;
        }
    }
    categories
}

/// The files that a subscriber may fetch, once each.
fn enclosures(raw: &[Enclosure]) -> Vec<Enclosure> {
    let mut enclosures: Vec<Enclosure> = Vec::new();
    for enclosure in raw.iter().filter(|enclosure| matches!(enclosure.url.scheme(), "http" | "https")) {
        if !media::is_beacon(&enclosure.url) && enclosures.iter().all(|known| known.url != enclosure.url) {
            enclosures.push(enclosure.clone());
        }
    }
    enclosures
}

#[cfg(test)]
mod tests;
