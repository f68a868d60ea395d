//! Finding out where a site lists its articles when its page doesn't: feeds, WordPress' API, sitemaps, the page itself.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use url::Url;

use super::entrance::{Heard, Known, Parsed, Scout, Silence, behind, identities, no_feed, validators_of};
use crate::discover::{self, Found, Kind};
use crate::model::{Link, Trouble};

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

impl Scout<'_> {
    /// Finds the entrance of a site whose page this is: the feeds it links to, WordPress' API, the places where feeds
    /// usually are, a sitemap of news, the page itself, any sitemap.
    pub(super) async fn look_around(
        &self,
        page: Found,
        barrier: Option<Trouble>,
        mut heard: Heard,
        known: &Known<'_>,
    ) -> Result<Heard, Silence> {
        let mut search = Search { listed: identities(&page.links), best: None, last: None };
        let api = page.doors.wordpress.as_ref().map(|api| discover::newest_posts(api, POSTS));
        let mut passing = None;
        for feed in page.feeds.iter().take(MAX_FEEDS) {
            if self.try_at(feed, &mut search).await {
                break;
            }
            if search.last.as_ref().is_some_and(Silence::passes) {
                passing = search.last.take();
            }
        }
        if !search.is_likely()
            && let Some(api) = &api
        {
            self.try_at(api, &mut search).await;
        }
        if search.is_fruitless() && self.may_go_on(&search) {
            for place in discover::usual_places(self.site.address()).iter().take(MAX_GUESSES) {
                if self.try_at(place, &mut search).await || !self.may_go_on(&search) {
                    break;
                }
            }
        }
        let is_enough = !search.is_fruitless() || page.links.len() < MIN_LISTED;
        if let Some(candidate) = search.best.take_if(|_| is_enough) {
            return Ok(candidate.heard);
        }
        // The feed will answer again; the page would stand in for it for ever.
        if let Some(silence) = passing.filter(|_| known.is_patient) {
            return Err(silence);
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
        if search.is_fruitless() && page.links.len() >= MIN_LISTED {
            heard.entrance = Some(self.site.source.url.clone());
            heard.found = Some(Box::new(self.with_older(page, known).await));
            return Ok(heard);
        }
        let guesses = discover::usual_sitemaps(self.site.address());
        let others = if others.is_empty() { guesses } else { others };
        for sitemap in others.iter().take(MAX_SITEMAPS) {
            if !search.is_fruitless() || !self.may_go_on(&search) {
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
        let (Parsed { found, pace, .. }, mut validators, wait) = match read {
            Ok(read) => read,
            Err(silence) => {
                search.last = Some(silence);
                return false;
            }
        };
        validators = validators_of(&found, validators);
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
    pub(super) async fn sitemap(&self, mut found: Found) -> Result<Found, Silence> {
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
        let is_dated = found.links.iter().any(|link| link.published.or(link.updated).is_some());
        if !is_dated && found.links.len() > MAX_SITEMAP_LINKS {
            // Without dates, what is new stands at the beginning or at the end.
            found.links.drain(MAX_SITEMAP_LINKS / 2..found.links.len() - MAX_SITEMAP_LINKS / 2);
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
    pub(super) async fn with_older(&self, mut found: Found, known: &Known<'_>) -> Found {
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

    /// Whether nothing was found that names articles.
    fn is_fruitless(&self) -> bool {
        self.best.as_ref().is_none_or(|best| best.heard.is_empty())
    }

    /// Whether something was found that has to do with the page.
    fn is_likely(&self) -> bool {
        let is_related = |best: &Candidate| best.n_shared > 0 || self.listed.is_empty();
        self.best.as_ref().is_some_and(|best| !best.heard.is_empty() && is_related(best))
    }
}
