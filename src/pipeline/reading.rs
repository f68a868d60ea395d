//! From a page's bytes to an article: the stages that need only the processor.

use std::borrow::Cow;

use url::Url;

use super::Site;
use crate::fetch::into_text;
use crate::model::{Draft, Fingerprint, Language, Link, Note, Reserved, Timestamp};
use crate::normalise::{self, Context, Normalised, Unfit};
use crate::{dedup, extract};

/// A page that was read.
#[derive(Debug)]
pub struct Reading {
    /// The article, or why there is none.
    pub article: Result<Normalised, Unfit>,
    /// What the page asks of those who would republish it.
    pub reserved: Reserved,
    /// What came of the configured selectors; of [`read_page_explained`] each block, too, kept or removed, and why.
    pub notes: Vec<Note>,
}

impl Reading {
    /// What duplicates of it are found by; blank where there is no article. Takes as long as its text is.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.article.as_ref().map_or_else(
            |_| Fingerprint::default(),
            |normalised| {
                let language: Option<&Language> = normalised.article.language.as_ref();
                dedup::fingerprint(&normalised.article.text, language)
            },
        )
    }
}

/// Reads a page: decode, extract, normalise. Takes as long as the page is large, so call it on a thread that may
/// block. Bytes that are given away take no room beside the text that is made of them.
#[must_use]
pub fn read_page<'a>(
    bytes: impl Into<Cow<'a, [u8]>>,
    content_type: Option<&str>,
    page: &Url,
    link: &Link,
    site: &Site,
    now: Timestamp,
) -> Reading {
    let draft = extract::draft(into_text(bytes, content_type), page, &site.extract);
    finish(Some(draft), page, link, site, now)
}

/// The same with a note for each block, which costs a little more time.
#[must_use]
pub fn read_page_explained<'a>(
    bytes: impl Into<Cow<'a, [u8]>>,
    content_type: Option<&str>,
    page: &Url,
    link: &Link,
    site: &Site,
    now: Timestamp,
) -> Reading {
    let draft = extract::draft_explained(into_text(bytes, content_type), page, &site.extract);
    finish(Some(draft), page, link, site, now)
}

/// Makes an article of what the entrance told, for a page that can't be had.
pub(super) fn read_entrance(link: &Link, site: &Site, now: Timestamp) -> Reading {
    finish(None, link.url.as_url(), link, site, now)
}

fn finish(mut draft: Option<Draft>, page: &Url, link: &Link, site: &Site, now: Timestamp) -> Reading {
    let notes = draft.as_mut().map(|draft| std::mem::take(&mut draft.notes)).unwrap_or_default();
    let source = &site.source;
    let context = Context {
        page,
        link,
        now,
        zone: source.timezone,
        language: source.language.as_ref(),
        source_title: source.title.as_deref(),
    };
    let reserved = draft.as_ref().map(|draft| draft.reserved).unwrap_or_default();
    let mut article = match draft {
        Some(draft) => normalise::article(draft, &context),
        None => normalise::from_entrance(&context),
    };
    if let (Ok(normalised), Some(words)) = (&mut article, reserved.words()) {
        normalised.notes.push(format!("the page asks `{words}` of those who would republish it"));
    }
    Reading { article, reserved, notes }
}
