//! What all formats say of one article.

use url::Url;
use uuid::Uuid;

use super::legal::{escape, legal};
use crate::model::{Coverage, Direction, Enclosure, Entry, Feed, FeedId, Language, collapse};

/// Media type of an enclosure that names none: RSS and JSON Feed require one.
const UNKNOWN_MIME: &str = "application/octet-stream";
/// Namespace of feed ids (RFC 9562, section 5.5). Fixed for ever: changing it makes every reader subscribe anew.
const NAMESPACE: Uuid = Uuid::from_u128(0x0ff9_4217_6c1d_5e0a_9a5b_3f6f_70b1_fee0);

/// The feed's id, made of its name alone: it stays when the server moves to another address.
pub(super) fn feed_urn(feed: &FeedId) -> String {
    Uuid::new_v5(&NAMESPACE, feed.as_str().as_bytes()).urn().to_string()
}

/// Where a feed is found in a format (`rss`, `atom`, `json`).
pub(super) fn feed_url(public: &Url, id: &str, format: &str) -> String {
    format!("{public}feeds/{id}.{format}")
}

/// The body with what Offprint adds to it: its direction where a reader would guess wrong, and at its foot who else
/// tells the story.
pub(super) fn body(entry: &Entry, feed: &Feed) -> String {
    let markup = legal(entry.article.body.as_str());
    let mut out = match &entry.article.language {
        Some(language) if language.direction() == Direction::RightToLeft => {
            format!("<div lang=\"{language}\" dir=\"rtl\">{markup}</div>")
        }
        _ => markup.into_owned(),
    };
    if !entry.also.is_empty() {
        out.push_str("\n<hr>\n<p>Also covered by:</p>\n<ul>\n");
        for other in &entry.also {
            let (url, title, site) =
                (escape(other.url.as_str()), escape(&title(other)), escape(&other_site(other, feed)));
            out.push_str(&format!("<li><a href=\"{url}\">{title}</a> ({site})</li>\n"));
        }
        out.push_str("</ul>\n");
    }
    out
}

/// The short description; none where there is nothing to say.
pub(super) fn summary(entry: &Entry) -> Option<String> {
    Some(line(&entry.article.summary)).filter(|summary| !summary.is_empty())
}

/// The authors' names; empty where nobody signed.
pub(super) fn authors(entry: &Entry) -> Vec<String> {
    lines(&entry.article.authors)
}

/// The categories.
pub(super) fn categories(entry: &Entry) -> Vec<String> {
    lines(&entry.article.categories)
}

/// The site's name: the operator's, else the host of the article.
pub(super) fn site(entry: &Entry, feed: &Feed) -> String {
    feed.names.get(&entry.source).map_or_else(|| host(entry.article.url.as_url()), |name| line(name))
}

/// The site's name of another article of the story.
pub(super) fn other_site(other: &Coverage, feed: &Feed) -> String {
    feed.names.get(&other.source).map_or_else(|| host(other.url.as_url()), |name| line(name))
}

/// The headline of another article of the story.
pub(super) fn title(other: &Coverage) -> String {
    line(other.title.as_str())
}

/// The lead image, unless the body opens its pictures with the same.
pub(crate) fn lead_image(entry: &Entry) -> Option<&Url> {
    let image = entry.article.image.as_ref()?;
    let markup = entry.article.body.as_str();
    let first = markup.split_once("<img").map_or("", |(_, rest)| rest.split('>').next().unwrap_or(rest));
    (!first.contains(&escape(image.as_str()))).then_some(image)
}

/// The entry's language where it isn't the feed's.
pub(super) fn own_language<'a>(entry: &'a Entry, feed: &Feed) -> Option<&'a Language> {
    entry.article.language.as_ref().filter(|language| feed.language.as_ref() != Some(language))
}

/// Whether the entry came to this feed from elsewhere, so that its source has to be named.
pub(super) fn is_gathered(entry: &Entry, feed: &Feed) -> bool {
    entry.source.as_str() != feed.id.as_str()
}

/// The media type of an enclosure.
pub(super) fn mime(enclosure: &Enclosure) -> String {
    let mime = line(enclosure.mime.as_deref().unwrap_or_default());
    if mime.contains('/') { mime } else { UNKNOWN_MIME.to_owned() }
}

/// Plain text on one line, fit for every format.
pub(super) fn line(text: &str) -> String {
    collapse(&legal(text))
}

fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| line(text)).filter(|text| !text.is_empty()).collect()
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
