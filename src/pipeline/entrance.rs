//! Where a source lists its articles: asking there, and finding it out.

use std::collections::HashSet;
use std::io::Read;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use flate2::read::GzDecoder;
use url::Url;

use super::barrier::barrier;
use super::{Site, explained};
use crate::discover::{self, Found, Kind};
use crate::fetch::{Accept, Answer, FetchError, Fetched, Fetcher, Remedy, Request, into_text};
use crate::model::{Cure, Link, Pace, Trouble, Validators};
use crate::store::Claim;

/// Failures after which a feed that a page links to is given up for what else there is.
const MAX_FAILURES_OF_A_LINKED_FEED: u32 = 8;
/// A sitemap is no larger, unpacked (<https://www.sitemaps.org/protocol.html>).
const MAX_UNPACKED_BYTES: u64 = 50 * 1024 * 1024;

/// Failures after which a feed that was found on a page is looked for anew.
const MAX_FAILURES_OF_ENTRANCE: u32 = 3;

/// Asks for one source.
pub(super) struct Scout<'a> {
    pub(super) fetcher: &'a Fetcher,
    pub(super) site: &'a Site,
    /// Questions so far.
    pub(super) n_asked: AtomicU32,
}

/// What is known of a source's entrance before it's asked.
pub(super) struct Known<'a> {
    /// Where it was found when the source's address turned out to be another page.
    entrance: Option<&'a Url>,
    /// What to ask «changed since?» with.
    validators: &'a Validators,
    /// Whether it was ever read.
    pub(super) has_succeeded: bool,
    /// Whether it's still believed to be the entrance.
    is_trusted: bool,
    /// Whether a feed that fails for now is waited for, rather than replaced.
    pub(super) is_patient: bool,
}

/// What the entrance had to say.
pub(super) struct Heard {
    /// None where it says that nothing changed.
    pub(super) found: Option<Box<Found>>,
    pub(super) entrance: Option<Url>,
    pub(super) validators: Validators,
    /// Least time to the next question.
    pub(super) wait: Option<Duration>,
    /// Whether it was redirected from https to http.
    pub(super) is_downgraded: bool,
    /// Where it moved for good, by its own word of today.
    pub(super) moved_to: Option<Url>,
    /// What the feed wishes; none where it wasn't read.
    pub(super) pace: Option<Pace>,
}

/// What was read of an entrance.
pub(super) struct Parsed {
    pub(super) found: Found,
    pub(super) pace: Pace,
    /// What stands before a page that lists nothing and leads to no feed.
    barrier: Option<Trouble>,
}

/// Why it said nothing.
pub(super) struct Silence {
    pub(super) trouble: Trouble,
    pub(super) why: String,
    pub(super) wait: Option<Duration>,
    /// Whether nobody heard the question, as on a machine whose network isn't up yet.
    pub(super) is_unheard: bool,
}

/// What nobody asked before was given by nobody.
const NO_VALIDATORS: &Validators = &Validators { etag: None, last_modified: None };

impl<'a> Known<'a> {
    /// Nothing, as of a source that was never asked.
    pub(super) fn nothing() -> Self {
        Self { entrance: None, validators: NO_VALIDATORS, has_succeeded: false, is_trusted: true, is_patient: true }
    }

    /// By what the store remembers.
    pub(super) fn of(claim: &'a Claim) -> Self {
        let is_gone = claim.ailment.is_some_and(|ailment| ailment.trouble == Trouble::Gone);
        Self {
            entrance: claim.entrance.as_ref(),
            validators: &claim.validators,
            has_succeeded: claim.has_succeeded,
            is_trusted: claim.failures < MAX_FAILURES_OF_ENTRANCE && !is_gone,
            is_patient: claim.failures < MAX_FAILURES_OF_A_LINKED_FEED,
        }
    }
}

impl<'a> Scout<'a> {
    /// Somebody who has asked for nothing yet.
    pub(super) fn new(fetcher: &'a Fetcher, site: &'a Site) -> Self {
        Self { fetcher, site, n_asked: AtomicU32::new(0) }
    }

    /// Asks the entrance, or looks for it where there is none yet.
    pub(super) async fn ask(&self, known: &Known<'_>) -> Result<Heard, Silence> {
        let configured = &self.site.source.url;
        let has_selectors = self.site.discover.items.is_some();
        // Selectors are for the configured address, whatever feed was found there before.
        let entrance = known.entrance.filter(|_| known.is_trusted && !has_selectors);
        let validators = (known.entrance == entrance).then_some(known.validators);
        // What a veil hides in the source's address is shown to its site alone.
        let url = entrance.filter(|entrance| *entrance != configured).unwrap_or(self.site.address());
        let fetched = self.get(url, validators).await.map_err(Silence::from)?;
        // Selectors stay with the configured address.
        let moved_to = fetched.moved_to.clone().filter(|_| !has_selectors);
        let (wait, validators) = (fetched.hints.not_before, fetched.validators.clone());
        let is_downgraded = fetched.is_downgraded;
        let Answer::Body { .. } = &fetched.answer else {
            let validators = merged(known.validators, validators);
            let moved_to = moved_to.filter(|_| entrance != Some(configured));
            let entrance = entrance.cloned();
            return Ok(Heard { found: None, entrance, validators, wait, is_downgraded, moved_to, pace: None });
        };
        let Parsed { found, pace, barrier } = self.read(fetched).await?;
        let is_listing = entrance == Some(configured);
        let pace = Some(pace);
        let mut heard = Heard { found: None, entrance: None, validators, wait, is_downgraded, moved_to: None, pace };
        let found = match found.kind {
            Kind::Feed | Kind::WordPress => {
                heard.entrance = entrance.filter(|entrance| *entrance != configured).cloned();
                heard.moved_to = moved_to.filter(|_| found.kind == Kind::Feed);
                found
            }
            Kind::Sitemap => {
                heard.entrance = entrance.filter(|entrance| *entrance != configured).cloned();
                heard.validators = validators_of(&found, heard.validators);
                self.sitemap(found).await?
            }
            Kind::Listing if has_selectors && !found.links.is_empty() => self.with_older(found, known).await,
            Kind::Listing if is_listing && !found.links.is_empty() => {
                heard.entrance = entrance.cloned();
                self.with_older(found, known).await
            }
            _ if has_selectors => {
                return Err(Silence::because(Trouble::Selectors, nothing_listed(configured, &found.notes)));
            }
            // A maintenance page for an hour mustn't replace a section's feed by the whole site's for ever.
            _ if known.has_succeeded && known.is_trusted => {
                let why =
                    format!("`{}` answered with something that lists no articles; it did before", self.site.shown(url));
                return Err(Silence::because(Trouble::NotAFeed, why));
            }
            _ => return self.look_around(found, barrier, heard, known).await,
        };
        heard.found = Some(Box::new(found));
        Ok(heard)
    }

    pub(super) async fn get(&self, url: &Url, validators: Option<&Validators>) -> Result<Fetched, FetchError> {
        self.n_asked.fetch_add(1, Ordering::Relaxed);
        let validators = validators.filter(|validators| !validators.is_empty());
        let request = Request { url, validators, accept: Accept::Entrance };
        self.fetcher.get_as(&self.site.identity, &request).await
    }

    /// Reads an entrance on a thread of its own: a large feed takes a while.
    pub(super) async fn read(&self, fetched: Fetched) -> Result<Parsed, Silence> {
        let Answer::Body { bytes, content_type } = fetched.answer else {
            return Err(Silence::because(
                Trouble::Unfit,
                format!("`{}` answered «not modified» without being asked", fetched.url),
            ));
        };
        let (url, config, zone) = (fetched.url, self.site.discover.clone(), self.site.source.timezone);
        let parsed = tokio::task::spawn_blocking(move || {
            let bytes = unpacked(bytes);
            let text = into_text(bytes, content_type.as_deref());
            let mut found = discover::entrance(&text, content_type.as_deref(), &url, &config, zone);
            found.links.retain(|link: &Link| link.url.as_url() != &url);
            let pace = found.hints.pace();
            let leads_nowhere = found.kind == Kind::Page && found.feeds.is_empty();
            let barrier = leads_nowhere.then(|| barrier(&text)).flatten();
            Parsed { found, pace, barrier }
        });
        parsed.await.map_err(|_| {
            Silence::because(Trouble::Bug, "reading the entrance failed; please report its address".to_owned())
        })
    }
}

impl Heard {
    pub(super) fn is_empty(&self) -> bool {
        self.found.as_deref().is_none_or(|found| found.links.is_empty())
    }
}

/// What to ask for a document with next time. An index of sitemaps may stay the same while its parts change.
pub(super) fn validators_of(found: &Found, given: Validators) -> Validators {
    if found.parts.is_empty() { given } else { Validators::default() }
}

pub(super) fn identities(links: &[Link]) -> HashSet<String> {
    links.iter().map(|link| link.url.identity()).collect()
}

impl Silence {
    /// Whether the same question may be answered tomorrow.
    pub(super) fn passes(&self) -> bool {
        self.wait.is_some() || self.is_unheard || matches!(self.trouble.cure(), Cure::Wait | Cure::SlowDown)
    }

    pub(super) fn because(trouble: Trouble, why: String) -> Self {
        Self { trouble, why, wait: None, is_unheard: false }
    }
}

impl From<FetchError> for Silence {
    fn from(error: FetchError) -> Self {
        let wait = match error.remedy() {
            Remedy::RetryAfter(wait) => Some(wait),
            Remedy::Wait | Remedy::GiveUp => None,
        };
        Self { trouble: error.trouble(), why: explained(&error), wait, is_unheard: error.is_unheard() }
    }
}

/// A feed that can't be read is another trouble than none.
pub(super) fn no_feed(notes: &[String]) -> Trouble {
    if notes.iter().any(|note| note.starts_with("this looks like a feed")) {
        Trouble::Malformed
    } else {
        Trouble::NotAFeed
    }
}

/// What was found in the entrance's place.
pub(super) fn behind(url: &Url, trouble: Trouble) -> String {
    match trouble {
        Trouble::Scripts => {
            format!("`{url}` is empty without JavaScript, and no feed was found where feeds usually are")
        }
        Trouble::Challenge => format!("`{url}` asks for proof that we are human, and no feed was found beside it"),
        _ => format!("`{url}` asks for a login, and no feed was found beside it"),
    }
}

/// Why selectors gave no article, in words that begin with the selector to look at.
fn nothing_listed(url: &Url, notes: &[String]) -> String {
    match notes.iter().find(|note| note.contains("left out")) {
        Some(note) => format!("`items` of `discover` finds elements on `{url}`, but no article in them: {note}"),
        None => format!("`items` of `discover` matches nothing on `{url}`: has the page changed?"),
    }
}

/// A file that is packed itself, as sitemaps often are, unpacked as far as its limit; anything else as it came.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes;
    }
    let mut plain = Vec::new();
    // What breaks off is read as far as it goes.
    let _ = GzDecoder::new(bytes.as_slice()).take(MAX_UNPACKED_BYTES).read_to_end(&mut plain);
    plain
}

/// What to ask with after «not modified»: what it came with, else what was there (RFC 9111, section 4.3.4).
fn merged(old: &Validators, new: Validators) -> Validators {
    Validators {
        etag: new.etag.or_else(|| old.etag.clone()),
        last_modified: new.last_modified.or_else(|| old.last_modified.clone()),
    }
}
