//! From a page's bytes to an article with its fingerprint: the stages that need only the processor.

use url::Url;

use super::Site;
use crate::fetch::decode;
use crate::model::{Draft, Fingerprint, Language, Link, Note, Timestamp};
use crate::normalise::{self, Context, Normalised, Unfit};
use crate::{dedup, extract};

/// A page that was read.
#[derive(Debug)]
pub struct Reading {
    /// The article, or why there is none.
    pub article: Result<Normalised, Unfit>,
    /// What duplicates are found by; blank where there is no article.
    pub fingerprint: Fingerprint,
    /// Each block, kept or removed, and why.
    pub notes: Vec<Note>,
}

/// Reads a page: decode, extract, normalise, fingerprint. Takes as long as the page is large, so call it on a
/// thread that may block.
#[must_use]
pub fn read_page(
    bytes: &[u8],
    content_type: Option<&str>,
    page: &Url,
    link: &Link,
    site: &Site,
    now: Timestamp,
) -> Reading {
    let html = decode(bytes, content_type);
    let mut draft = extract::draft(&html, page, &site.extract);
    let notes = std::mem::take(&mut draft.notes);
    finish(Some(draft), page, link, site, now, notes)
}

/// Makes an article of what the entrance told, for a page that can't be had.
pub(super) fn read_entrance(link: &Link, site: &Site, now: Timestamp) -> Reading {
    finish(None, link.url.as_url(), link, site, now, Vec::new())
}

fn finish(draft: Option<Draft>, page: &Url, link: &Link, site: &Site, now: Timestamp, notes: Vec<Note>) -> Reading {
    let source = &site.source;
    let context = Context {
        page,
        link,
        now,
        zone: source.timezone,
        language: source.language.as_ref(),
        source_title: source.title.as_deref(),
    };
    let article = match draft {
        Some(draft) => normalise::article(draft, &context),
        None => normalise::from_entrance(&context),
    };
    let fingerprint = article.as_ref().map_or_else(
        |_| Fingerprint::default(),
        |normalised| {
            let language: Option<&Language> = normalised.article.language.as_ref();
            dedup::fingerprint(&normalised.article.text, language)
        },
    );
    Reading { article, fingerprint, notes }
}
