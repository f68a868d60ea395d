//! What has changed at a source without making it fail.

use std::fmt;
use std::time::Duration;

use crate::cli::span::span;
use crate::extract;
use crate::model::{CanonicalUrl, Link, PostingRate, Timestamp};
use crate::pipeline::{self, Site};
use crate::store::{Posted, RawPage, Store, StoreError};

/// Newest pages of a source that its selectors are tried on.
const N_PAGES: usize = 5;
/// A silence in which so many articles would have come is none by chance, even where they come in bursts.
const MISSED: f64 = 8.0;
/// Weekends are silences too.
const LEAST_SILENCE: Duration = Duration::from_secs(3 * 24 * 3600);

/// What isn't as it was, or as the configuration expects it.
#[derive(Debug, PartialEq)]
pub(super) enum Drift {
    /// A selector of `extract` that finds nothing on any of the newest pages.
    Selector { key: String, css: String, n_pages: usize },
    /// No article for far longer than usual.
    Silence { lasts: Duration, usual: String },
}

impl Drift {
    /// Its kind, for programs.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Selector { .. } => "selector",
            Self::Silence { .. } => "silence",
        }
    }

    /// Whether the configuration isn't right any more. A source may rest as long as it likes.
    pub(super) fn is_wrong(&self) -> bool {
        matches!(self, Self::Selector { .. })
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Selector { key, css, n_pages } => {
                write!(f, "`{key}` (`{css}`) finds nothing on the newest {n_pages} pages: has the site been rebuilt?")
            }
            Self::Silence { lasts, usual } => write!(f, "no article for {}; it used to post {usual}", span(*lasts)),
        }
    }
}

/// What can be told of a source from the articles and pages that are kept.
pub(super) async fn drifts(
    site: &Site,
    store: &Store,
    posted: &Posted,
    now: Timestamp,
) -> Result<Vec<Drift>, StoreError> {
    let mut drifts = Vec::new();
    let unwritten = extract::Config { site_rules: site.extract.site_rules.clone(), ..extract::Config::default() };
    if site.extract != unwritten {
        let pages = store.newest_pages(&site.source.id, N_PAGES).await?;
        let site = site.clone();
        // A page that makes the extractor panic tells nothing of selectors.
        drifts = tokio::task::spawn_blocking(move || dead_selectors(&site, &pages)).await.unwrap_or_default();
    }
    drifts.extend(silence(posted, now));
    Ok(drifts)
}

fn dead_selectors(site: &Site, pages: &[RawPage]) -> Vec<Drift> {
    let missed = pages.iter().filter_map(|raw| {
        let link = Link::to(CanonicalUrl::from_url(raw.url.clone()).ok()?);
        let notes = pipeline::explain(raw, &link, site).ok()?.blocks;
        let dead = notes.into_iter().filter(|note| note.place.starts_with("extract."));
        Some(dead.map(|note| (note.place, note.text)).collect::<Vec<_>>())
    });
    let missed: Vec<_> = missed.collect();
    let Some((first, others)) = missed.split_first() else { return Vec::new() };
    let on_all = first.iter().filter(|dead| others.iter().all(|page| page.contains(dead)));
    on_all.map(|(key, css)| Drift::Selector { key: key.clone(), css: css.clone(), n_pages: missed.len() }).collect()
}

/// The rate as it was when the newest article came: the one of now has learned of the silence.
fn silence(posted: &Posted, now: Timestamp) -> Option<Drift> {
    let last = *posted.dates.iter().max()?;
    let rate = PostingRate::learn(&posted.dates, posted.watched_since.unwrap_or(last).min(last), last);
    let lasts = now.since(last);
    let n_missed = rate.per_day() * lasts.as_secs_f64() / 86_400.0;
    (lasts >= LEAST_SILENCE && n_missed >= MISSED).then(|| Drift::Silence { lasts, usual: rate.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 3600);

    #[test]
    fn a_silence_is_told_where_the_source_used_to_post_more() {
        let start = Timestamp::from_millis(1_793_620_800_000);
        let end = start + 30 * DAY;
        for (step, silent_days, is_told) in
            [(DAY / 3, 2, false), (DAY / 3, 4, true), (7 * DAY, 20, false), (7 * DAY, 90, true), (DAY, 5, false)]
        {
            let n = u32::try_from(30 * DAY.as_secs() / step.as_secs()).unwrap();
            let dates: Vec<_> = (0..=n).map(|n| end.minus(step * n)).collect();
            let posted = Posted { dates, watched_since: Some(start) };

            let drift = silence(&posted, end + DAY * silent_days);

            assert_eq!(drift.is_some(), is_told, "{step:?} {silent_days}: {drift:?}");
        }
        assert_eq!(silence(&Posted::default(), end), None);
    }
}
