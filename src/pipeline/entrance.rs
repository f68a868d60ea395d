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
use crate::fetch::{Accept, Answer, FetchError, Fetched, Fetcher, Remedy, Request, decode};
use crate::model::{Link, Pace, Trouble, Validators};
use crate::store::Claim;

/// Questions after which nothing further is tried.
const MAX_QUESTIONS: u32 = 9;
/// Feeds that a page links to which are tried.
const MAX_FEEDS: usize = 4;
/// Usual places of feeds that are tried where it links none.
const MAX_GUESSES: usize = 5;
/// Sitemaps that are tried.
const MAX_SITEMAPS: usize = 2;
/// Parts of an index that are read.
const MAX_PARTS: usize = 2;
/// An index names sitemaps; some name indexes first.
const MAX_SITEMAP_DEPTH: usize = 2;
/// Links of a sitemap from which on no further part of it is read.
const ENOUGH_LINKS: usize = 20;
/// Links taken from a sitemap, the newest first: it holds the whole site.
const MAX_SITEMAP_LINKS: usize = 200;
/// Posts that are asked of WordPress at a time.
const POSTS: u32 = 30;
/// A page with fewer links to articles is no sure listing.
const MIN_LISTED: usize = 3;
/// A sitemap is no larger, unpacked (<https://www.sitemaps.org/protocol.html>).
const MAX_UNPACKED_BYTES: u64 = 50 * 1024 * 1024;

/// Failures after which a feed that was found on a page is looked for anew.
const MAX_FAILURES_OF_ENTRANCE: u32 = 3;

/// Asks for one source.
pub(super) struct Scout<'a> {
    fetcher: &'a Fetcher,
    site: &'a Site,
    /// Questions so far.
    n_asked: AtomicU32,
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

    /// Finds the entrance of a site whose page this is: the feeds it links to, WordPress' API, the places where feeds
    /// usually are, a sitemap of news, the page itself, any sitemap.
    async fn look_around(
        &self,
        page: Found,
        barrier: Option<Trouble>,
        mut heard: Heard,
        known: &Known<'_>,
    ) -> Result<Heard, Silence> {
        let mut search = Search { listed: identities(&page.links), best: None, last: None };
        let api = page.doors.wordpress.as_ref().map(|api| discover::newest_posts(api, POSTS));
        for feed in page.feeds.iter().take(MAX_FEEDS) {
            if self.try_at(feed, &mut search).await {
                break;
            }
        }
        if !search.is_likely()
            && let Some(api) = &api
        {
            self.try_at(api, &mut search).await;
        }
        if search.best.is_none() && self.may_go_on(&search) {
            for place in discover::usual_places(self.site.address()).iter().take(MAX_GUESSES) {
                if self.try_at(place, &mut search).await || !self.may_go_on(&search) {
                    break;
                }
            }
        }
        if let Some(candidate) = search.best.take() {
            return Ok(candidate.heard);
        }
        let mut sitemaps = self.fetcher.sitemaps(&self.site.identity, self.site.address());
        sitemaps.extend(page.doors.sitemaps.iter().cloned());
        // A sitemap of news tells titles and dates; any other less than the page itself does.
        sitemaps.sort_by_key(|sitemap| !sitemap.path().contains("news"));
        sitemaps.dedup();
        let (news, others): (Vec<Url>, Vec<Url>) =
            sitemaps.into_iter().partition(|sitemap| sitemap.path().contains("news"));
        for sitemap in news.iter().take(1) {
            self.try_at(sitemap, &mut search).await;
        }
        if search.best.is_none() && page.links.len() >= MIN_LISTED {
            heard.entrance = Some(self.site.source.url.clone());
            heard.found = Some(Box::new(self.with_older(page, known).await));
            return Ok(heard);
        }
        let guesses = discover::usual_sitemaps(self.site.address());
        let others = if others.is_empty() { guesses } else { others };
        for sitemap in others.iter().take(MAX_SITEMAPS) {
            if search.best.is_some() || !self.may_go_on(&search) {
                break;
            }
            self.try_at(sitemap, &mut search).await;
        }
        match (search.best.take(), search.last.take()) {
            (Some(candidate), _) => Ok(candidate.heard),
            (None, _) if !page.links.is_empty() => {
                heard.entrance = Some(self.site.source.url.clone());
                heard.found = Some(Box::new(page));
                Ok(heard)
            }
            (None, Some(silence)) if silence.wait.is_some() || silence.is_unheard => Err(silence),
            (None, _) if let Some(trouble) = barrier => {
                Err(Silence::because(trouble, behind(&self.site.source.url, trouble)))
            }
            (None, _) => Err(Silence::because(
                no_feed(&page.notes),
                format!(
                    "found no feed, no list of articles and no sitemap on `{}`: give the address of its feed, or name \
                     the elements of its listing in `discover = {{ items = \"…\" }}`",
                    self.site.source.url
                ),
            )),
        }
    }

    /// Whether the site is still willing to answer, and wasn't asked too often.
    fn may_go_on(&self, search: &Search) -> bool {
        let is_willing = search.last.as_ref().is_none_or(|silence| silence.wait.is_none() && !silence.is_unheard);
        is_willing && self.n_asked.load(Ordering::Relaxed) < MAX_QUESTIONS
    }

    /// Tries one address; whether it's certainly the entrance.
    async fn try_at(&self, url: &Url, search: &mut Search) -> bool {
        let read = match self.get(url, None).await {
            Ok(fetched) => {
                let (validators, wait) = (fetched.validators.clone(), fetched.hints.not_before);
                self.read(fetched).await.map(|read| (read, validators, wait))
            }
            Err(error) => Err(Silence::from(error)),
        };
        let (Parsed { found, pace, .. }, validators, wait) = match read {
            Ok(read) => read,
            Err(silence) => {
                search.last = Some(silence);
                return false;
            }
        };
        let found = match found.kind {
            Kind::Feed | Kind::WordPress => found,
            Kind::Sitemap => match self.sitemap(found).await {
                Ok(found) => found,
                Err(silence) => {
                    search.last = Some(silence);
                    return false;
                }
            },
            Kind::Listing | Kind::Page | Kind::Unknown => return false,
        };
        let (found, entrance) = (Some(Box::new(found)), Some(url.clone()));
        let (pace, is_downgraded) = (Some(pace), false);
        search.offer(Heard { found, entrance, validators, wait, is_downgraded, moved_to: None, pace });
        search.is_done()
    }

    /// The articles of a sitemap; of an index, those of its most promising parts.
    async fn sitemap(&self, mut found: Found) -> Result<Found, Silence> {
        let mut last = None;
        for _ in 0..MAX_SITEMAP_DEPTH {
            if found.parts.is_empty() {
                break;
            }
            let mut parts = std::mem::take(&mut found.parts).into_iter();
            for part in parts.by_ref().take(MAX_PARTS) {
                match self.get(&part.url, None).await.map_err(Silence::from) {
                    Ok(fetched) => match self.read(fetched).await {
                        Ok(Parsed { found: inner, .. }) if inner.kind == Kind::Sitemap => {
                            found.links.extend(inner.links);
                            found.parts.extend(inner.parts);
                            found.title = found.title.or(inner.title);
                        }
                        Ok(_) => {}
                        Err(silence) => last = Some(silence),
                    },
                    Err(silence) => last = Some(silence),
                }
                // The first is the most promising: a sitemap of news, or the one that changed last.
                if found.links.len() >= ENOUGH_LINKS {
                    break;
                }
            }
        }
        // Of a section's address only the section is meant.
        let folder = self.site.source.url.path().rsplit_once('/').map_or("/", |(folder, _)| folder);
        let is_inside = |link: &Link| link.url.as_url().path().starts_with(folder);
        if folder.len() > 1 && found.links.iter().any(is_inside) {
            found.links.retain(is_inside);
        }
        found.links.truncate(MAX_SITEMAP_LINKS);
        match (found.links.is_empty(), last) {
            (false, _) => Ok(found),
            (true, Some(silence)) => Err(silence),
            (true, None) => Err(Silence::because(
                Trouble::NotAFeed,
                format!("the sitemap of `{}` names no articles", self.site.source.url),
            )),
        }
    }

    /// A listing with those of the pages that follow it, the first time that it is read.
    async fn with_older(&self, mut found: Found, known: &Known<'_>) -> Found {
        let mut seen = identities(&found.links);
        let mut next = found.doors.next.take().filter(|_| !known.has_succeeded);
        for _ in 1..self.site.discover.pages.get() {
            let Some(url) = next.take() else { break };
            let Ok(fetched) = self.get(&url, None).await else { break };
            let Ok(Parsed { found: older, .. }) = self.read(fetched).await else { break };
            let links: Vec<Link> = older.links.into_iter().filter(|link| seen.insert(link.url.identity())).collect();
            if older.kind != Kind::Listing || links.is_empty() {
                break;
            }
            found.links.extend(links);
            next = older.doors.next.filter(|next| *next != url);
        }
        found
    }

    async fn get(&self, url: &Url, validators: Option<&Validators>) -> Result<Fetched, FetchError> {
        self.n_asked.fetch_add(1, Ordering::Relaxed);
        let validators = validators.filter(|validators| !validators.is_empty());
        let request = Request { url, validators, accept: Accept::Entrance };
        self.fetcher.get_as(&self.site.identity, &request).await
    }

    /// Reads an entrance on a thread of its own: a large feed takes a while.
    async fn read(&self, fetched: Fetched) -> Result<Parsed, Silence> {
        let Answer::Body { bytes, content_type } = fetched.answer else {
            return Err(Silence::because(
                Trouble::Unfit,
                format!("`{}` answered «not modified» without being asked", fetched.url),
            ));
        };
        let (url, config, zone) = (fetched.url, self.site.discover.clone(), self.site.source.timezone);
        let parsed = tokio::task::spawn_blocking(move || {
            let bytes = unpacked(bytes);
            let text = decode(&bytes, content_type.as_deref());
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

/// What was found so far of a site's entrance.
struct Search {
    /// Articles that the page itself lists.
    listed: HashSet<String>,
    best: Option<Candidate>,
    last: Option<Silence>,
}

struct Candidate {
    heard: Heard,
    /// Articles of the page that it names too.
    n_shared: usize,
}

impl Search {
    /// Keeps what names more of the page's own articles; of equals, the first.
    fn offer(&mut self, heard: Heard) {
        let links = heard.found.as_deref().map(|found| found.links.as_slice()).unwrap_or_default();
        let n_shared = identities(links).intersection(&self.listed).count();
        let is_better = |best: &Candidate| best.n_shared < n_shared || best.heard.is_empty() && !heard.is_empty();
        if self.best.as_ref().is_none_or(is_better) {
            self.best = Some(Candidate { heard, n_shared });
        }
    }

    /// Whether there is no need to look further: a feed of comments, of a section or of last year shares less with the
    /// page.
    fn is_done(&self) -> bool {
        let is_enough = |best: &Candidate| 5 * best.n_shared >= 4 * self.listed.len();
        self.best.as_ref().is_some_and(|best| !best.heard.is_empty() && is_enough(best))
    }

    /// Whether something was found that has to do with the page.
    fn is_likely(&self) -> bool {
        let is_related = |best: &Candidate| best.n_shared > 0 || self.listed.is_empty();
        self.best.as_ref().is_some_and(|best| !best.heard.is_empty() && is_related(best))
    }
}

impl Heard {
    fn is_empty(&self) -> bool {
        self.found.as_deref().is_none_or(|found| found.links.is_empty())
    }
}

fn identities(links: &[Link]) -> HashSet<String> {
    links.iter().map(|link| link.url.identity()).collect()
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
