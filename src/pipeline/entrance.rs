//! Where a source lists its articles: asking there, and finding it out.

use std::time::Duration;

use url::Url;

use super::barrier::barrier;
use super::{Site, explained};
use crate::discover::{self, Found, Kind};
use crate::fetch::{Accept, Answer, FetchError, Fetched, Fetcher, Remedy, Request, decode};
use crate::model::{Link, Pace, Trouble, Validators};
use crate::store::Claim;

/// Feeds that a page links to which are tried, and usual places where it links none.
const MAX_CANDIDATES: usize = 8;
/// Failures after which a feed that was found on a page is looked for anew.
const MAX_FAILURES_OF_ENTRANCE: u32 = 3;

/// Asks for one source.
pub(super) struct Scout<'a> {
    pub(super) fetcher: &'a Fetcher,
    pub(super) site: &'a Site,
}

/// What is known of a source's entrance before it's asked.
pub(super) struct Known<'a> {
    /// Where it was found when the source's address turned out to be another page.
    entrance: Option<&'a Url>,
    /// What to ask «changed since?» with.
    validators: &'a Validators,
    /// Whether it was ever read.
    has_succeeded: bool,
    /// Whether it's still believed to be the entrance.
    is_trusted: bool,
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
struct Parsed {
    found: Found,
    pace: Pace,
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
        Self { entrance: None, validators: NO_VALIDATORS, has_succeeded: false, is_trusted: true }
    }

    /// By what the store remembers.
    pub(super) fn of(claim: &'a Claim) -> Self {
        let is_gone = claim.ailment.is_some_and(|ailment| ailment.trouble == Trouble::Gone);
        Self {
            entrance: claim.entrance.as_ref(),
            validators: &claim.validators,
            has_succeeded: claim.has_succeeded,
            is_trusted: claim.failures < MAX_FAILURES_OF_ENTRANCE && !is_gone,
        }
    }
}

impl Scout<'_> {
    /// Asks the entrance, or looks for it where there is none yet.
    pub(super) async fn ask(&self, known: &Known<'_>) -> Result<Heard, Silence> {
        let site = self.site;
        let configured = &site.source.url;
        // Selectors are for the configured address, whatever feed was found there before.
        let entrance = known.entrance.filter(|_| known.is_trusted && site.discover.items.is_none());
        let validators = (known.entrance == entrance).then_some(known.validators);
        let url = entrance.unwrap_or(configured);
        let entrance = (url != configured).then(|| url.clone());
        let fetched = self.get(url, validators).await.map_err(Silence::from)?;
        let (wait, is_downgraded) = (fetched.hints.not_before, fetched.is_downgraded);
        // Selectors stay with the configured address.
        let moved_to = fetched.moved_to.clone().filter(|_| site.discover.items.is_none());
        let Answer::Body { .. } = &fetched.answer else {
            let validators = merged(known.validators, fetched.validators);
            return Ok(Heard { found: None, entrance, validators, wait, is_downgraded, moved_to, pace: None });
        };
        let validators = fetched.validators.clone();
        let Parsed { found, pace, barrier } = parse(site, fetched).await?;
        if !found.links.is_empty() || found.kind == Kind::Feed {
            let moved_to = moved_to.filter(|_| found.kind == Kind::Feed);
            let found = Some(Box::new(found));
            return Ok(Heard { found, entrance, validators, wait, is_downgraded, moved_to, pace: Some(pace) });
        }
        if known.has_succeeded && known.is_trusted {
            // A maintenance page for an hour mustn't replace a section's feed by the whole site's for ever.
            return Err(Silence::because(
                Trouble::NotAFeed,
                format!("`{url}` answered with something that lists no articles; it did before"),
            ));
        }
        self.look_for_feed(found, barrier).await
    }

    /// Tries the feeds that a page links to, else those places where feeds usually are.
    async fn look_for_feed(&self, page: Found, barrier: Option<Trouble>) -> Result<Heard, Silence> {
        let site = self.site;
        let is_listing = site.discover.items.is_some();
        let candidates = if page.feeds.is_empty() { discover::usual_places(&site.source.url) } else { page.feeds };
        let mut last = None;
        for candidate in candidates.into_iter().take(if is_listing { 0 } else { MAX_CANDIDATES }) {
            let tried = match self.get(&candidate, None).await {
                Ok(fetched) => {
                    let (validators, wait) = (fetched.validators.clone(), fetched.hints.not_before);
                    parse(site, fetched).await.map(|parsed| (parsed, validators, wait))
                }
                Err(error) => Err(Silence::from(error)),
            };
            match tried {
                Ok((Parsed { found, pace, .. }, validators, wait)) if found.kind == Kind::Feed => {
                    let found = Some(Box::new(found));
                    let entrance = Some(candidate);
                    let pace = Some(pace);
                    let is_downgraded = false;
                    return Ok(Heard { found, entrance, validators, wait, is_downgraded, moved_to: None, pace });
                }
                Ok(_) => {}
                Err(silence) => last = Some(silence),
            }
        }
        let url = &site.source.url;
        Err(match last {
            _ if is_listing => Silence::because(Trouble::Selectors, nothing_listed(url, &page.notes)),
            Some(silence) if silence.wait.is_some() || silence.is_unheard => silence,
            _ if let Some(trouble) = barrier => Silence::because(trouble, behind(url, trouble)),
            _ => Silence::because(
                no_feed(&page.notes),
                format!(
                    "found neither a feed nor a link to one on `{url}`: give the address of its feed, or name the \
                 elements of its listing in `discover = {{ items = \"…\" }}`"
                ),
            ),
        })
    }

    async fn get(&self, url: &Url, validators: Option<&Validators>) -> Result<Fetched, FetchError> {
        let validators = validators.filter(|validators| !validators.is_empty());
        self.fetcher.get(&Request { url, validators, accept: Accept::Entrance }).await
    }
}

impl Silence {
    fn because(trouble: Trouble, why: String) -> Self {
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
fn no_feed(notes: &[String]) -> Trouble {
    if notes.iter().any(|note| note.starts_with("this looks like a feed")) {
        Trouble::Malformed
    } else {
        Trouble::NotAFeed
    }
}

/// What was found in the entrance's place.
fn behind(url: &Url, trouble: Trouble) -> String {
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

/// Reads an entrance on a thread of its own: a large feed takes a while.
async fn parse(site: &Site, fetched: Fetched) -> Result<Parsed, Silence> {
    let Answer::Body { bytes, content_type } = fetched.answer else {
        return Err(Silence::because(
            Trouble::Unfit,
            format!("`{}` answered «not modified» without being asked", fetched.url),
        ));
    };
    let (url, config, zone) = (fetched.url, site.discover.clone(), site.source.timezone);
    let parsed = tokio::task::spawn_blocking(move || {
        let text = decode(&bytes, content_type.as_deref());
        let mut found = discover::entrance(&text, content_type.as_deref(), &url, &config, zone);
        found.links.retain(|link: &Link| link.url.as_url() != &url);
        let pace = found.hints.pace();
        let leads_nowhere = found.kind == Kind::Page && found.links.is_empty() && found.feeds.is_empty();
        let barrier = leads_nowhere.then(|| barrier(&text)).flatten();
        Parsed { found, pace, barrier }
    });
    parsed.await.map_err(|_| {
        Silence::because(Trouble::Bug, "reading the entrance failed; please report its address".to_owned())
    })
}

/// What to ask with after «not modified»: what it came with, else what was there (RFC 9111, section 4.3.4).
fn merged(old: &Validators, new: Validators) -> Validators {
    Validators {
        etag: new.etag.or_else(|| old.etag.clone()),
        last_modified: new.last_modified.or_else(|| old.last_modified.clone()),
    }
}
