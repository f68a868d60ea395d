//! Sanitises: the writer makes an article of markup, and ammonia, last, makes it safe, unless it is proven to be so.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use url::Url;

use super::markup::{Sink as _, read};
use super::media;
use super::proof;
use super::text;
use super::writer::Writer;
use crate::model::CleanHtml;

/// How often what the sanitiser left is written anew when it didn't leave all as it was.
const MAX_ROUNDS: usize = 4;

pub(super) const TAGS: [&str; 61] = [
    "a",
    "abbr",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// The schemes of all addresses; [`is_allowed`] says which may stand where.
pub(super) const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "data"];

/// The attributes of an element, beside `dir` and `lang`.
pub(super) fn attributes_of(tag: &str) -> &'static [&'static str] {
    match tag {
        "a" => &["href", "title"],
        "abbr" | "dfn" => &["title"],
        "img" => &["src", "alt", "title", "width", "height"],
        "iframe" => &["src", "title", "width", "height", "allowfullscreen"],
        "audio" | "video" => &["src", "poster", "width", "height", "controls", "preload"],
        "source" => &["src", "type"],
        "blockquote" | "q" | "del" | "ins" => &["cite"],
        "ol" => &["start", "reversed", "type"],
        "li" => &["value"],
        "td" | "th" => &["colspan", "rowspan", "scope"],
        _ => &[],
    }
}

/// What a browser may be shown, and nothing else.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes = TAGS.iter().map(|tag| (*tag, attributes_of(tag).iter().copied().collect()));
    let attributes: HashMap<&str, HashSet<&str>> = attributes.collect();
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .clean_content_tags(["script", "style", "template", "noembed", "noframes", "xmp", "plaintext"].into())
        .tag_attributes(attributes)
        .generic_attributes(["dir", "lang"].into())
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true)
        .attribute_filter(|tag, name, value| is_allowed(tag, name, value).then_some(Cow::Borrowed(value)));
    builder
});

/// Markup that is safe to show: nothing runs, nothing tracks, every address is absolute. Takes anything; relative
/// addresses refer to `base`. Cleaning what is clean changes nothing.
#[must_use]
pub fn clean(fragment: &str, base: &Url) -> CleanHtml {
    body(fragment, base, "")
}

/// The same without a first heading that only repeats `headline`.
pub(super) fn body(fragment: &str, base: &Url, headline: &str) -> CleanHtml {
    let mut written = write(fragment, base, headline);
    if let Some(end) = hopeless_run(&written) {
        written = write(&written[..end], base, "");
    }
    if proof::is_clean(&written) {
        return CleanHtml::vouched_by_normalise(written);
    }
    let mut clean = sanitised(&written);
    for _ in 0..MAX_ROUNDS {
        if clean == written {
            break;
        }
        written = write(&clean, base, "");
        clean = sanitised(&written);
    }
    if clean != written {
        // Never seen; whatever it is, its text is safe and stays as it is.
        let mut writer = Writer::new(base);
        for block in text::of(&clean).split("\n\n") {
            writer.text(block);
            writer.end_paragraph();
        }
        clean = sanitised(&writer.finish());
    }
    CleanHtml::vouched_by_normalise(clean)
}

/// What the sanitiser makes of some markup.
pub(super) fn sanitised(markup: &str) -> String {
    SANITISER.clean(markup).to_string()
}

/// Where a text begins that would take the sanitiser minutes to write: at each `&` or no-break space it looks
/// through the rest of the text for a tag. Five million ampersands in a row are no article.
fn hopeless_run(markup: &str) -> Option<usize> {
    /// Bytes looked at for one text: a quarter of a second.
    const MAX_WORK: usize = 1 << 32;
    if markup.len().saturating_mul(markup.len()) <= MAX_WORK {
        return None;
    }
    let mut start = 0_usize;
    for run in markup.split_inclusive('<') {
        let n_looks = run.bytes().filter(|byte| matches!(byte, b'&' | 0xc2)).count();
        if n_looks.saturating_mul(run.len()) > MAX_WORK {
            // Without the `<` that the run before ends with.
            return Some(start.saturating_sub(1));
        }
        start += run.len();
    }
    None
}

fn write(fragment: &str, base: &Url, headline: &str) -> String {
    read(fragment, || Writer::new(base).without_headline(headline)).finish()
}

/// What ammonia's list of schemes can't say: which sources may be inside the markup, which frames are players.
pub(super) fn is_allowed(tag: &str, name: &str, value: &str) -> bool {
    match (tag, name) {
        ("img", "src") if value.starts_with("data:") => media::is_small_raster(value),
        ("iframe", "src") => Url::parse(value).is_ok_and(|url| media::player(&url).as_deref() == Some(value)),
        ("a", "href") => !value.starts_with("data:"),
        (_, "src" | "poster" | "cite") => value.starts_with("http://") || value.starts_with("https://"),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
