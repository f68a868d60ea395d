//! Which articles are out: all of the early ones, and so many of the later ones as the demo has let go.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::site::Site;
use super::story::Story;
use crate::model::Timestamp;

/// How long the demo waits between two of the later articles; their dates are made from it.
pub const INTERVAL: Duration = Duration::from_secs(30);

/// A later article, when it appears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The key of its site.
    pub site: &'static str,
    /// Its name on the site.
    pub slug: &'static str,
    /// Its headline.
    pub title: String,
}

/// What of all the sites is out; a clone is a handle to the same edition.
#[derive(Debug, Clone)]
pub struct Edition(Arc<Calendar>);

#[derive(Debug)]
struct Calendar {
    now: Timestamp,
    queue: Vec<Release>,
    n_out: AtomicUsize,
}

impl Edition {
    /// The early articles only. Dates are counted back from `now`; the later ones follow it, [`INTERVAL`] apart,
    /// on one site after the other.
    #[must_use]
    pub fn new(sites: &[Site], now: Timestamp) -> Self {
        let later: Vec<Vec<Release>> = sites.iter().map(later).collect();
        let n_rounds = later.iter().map(Vec::len).max().unwrap_or(0);
        let queue =
            (0..n_rounds).flat_map(|round| later.iter().filter_map(move |site| site.get(round).cloned())).collect();
        // Feeds write whole seconds, so a date with milliseconds would never compare equal.
        let now = Timestamp::from_millis(now.as_millis() / 1000 * 1000);
        Self(Arc::new(Calendar { now, queue, n_out: AtomicUsize::new(0) }))
    }

    /// Lets the next of the later articles appear; none once all are out.
    #[must_use = "none says that there are no more"]
    pub fn publish_next(&self) -> Option<Release> {
        let n_all = self.0.queue.len();
        let next = self.0.n_out.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| (n < n_all).then_some(n + 1));
        self.0.queue.get(next.ok()?).cloned()
    }

    /// When the article appeared; none as long as it hasn't.
    pub(crate) fn published(&self, site: &Site, story: &Story) -> Option<Timestamp> {
        if let Some(age) = story.age {
            return Some(self.0.now.minus(age));
        }
        let idx = self.0.queue.iter().position(|next| next.site == site.key && next.slug == story.slug)?;
        let turns = u32::try_from(idx).ok()?.checked_add(1)?;
        (idx < self.0.n_out.load(Ordering::Acquire)).then(|| self.0.now + INTERVAL * turns)
    }
}

fn later(site: &Site) -> Vec<Release> {
    let later = site.stories.iter().filter(|story| story.age.is_none());
    later.map(|story| Release { site: site.key, slug: story.slug, title: story.title.clone() }).collect()
}
