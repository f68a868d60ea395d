//! Feeds as last rendered: one render per revision however many ask at once, and something to serve while the store
//! is away.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::Catalogue;
use super::document::{Document, Kind};
use crate::model::FeedId;

/// Bytes of documents kept. Far above what the feeds of one reader take; with more, those asked for least recently
/// go.
const MAX_BYTES: usize = 64 << 20;

/// What a rendering was made of: another version asks for another rendering.
#[derive(Debug, Clone)]
pub(super) struct Version {
    /// The revision of the feed's sources, asked for before their entries.
    pub(super) revision: u64,
    /// The configuration.
    pub(super) catalogue: Arc<Catalogue>,
}

impl Version {
    /// Whether a document of this version is good enough for who wants `other`. Revisions only grow, so a reader
    /// who waited while somebody rendered a later one takes that.
    fn covers(&self, other: &Self) -> bool {
        self.revision >= other.revision && Arc::ptr_eq(&self.catalogue, &other.catalogue)
    }
}

type Key = (FeedId, Kind);

#[derive(Debug, Default)]
struct Slot {
    last: RwLock<Option<(Version, Arc<Document>)>>,
    turn: tokio::sync::Mutex<()>,
    used: AtomicU64,
}

/// Rendered feeds by name and format.
#[derive(Debug, Default)]
pub(super) struct Cache {
    slots: Mutex<HashMap<Key, Arc<Slot>>>,
    uses: AtomicU64,
}

impl Cache {
    /// The document in this version; `render` runs only where nobody has rendered it yet, and only once at a time.
    ///
    /// # Errors
    /// What `render` fails with.
    pub(super) async fn get<E>(
        &self,
        key: &Key,
        wanted: &Version,
        render: impl Future<Output = Result<Document, E>>,
    ) -> Result<Arc<Document>, E> {
        let slot = self.slot(key);
        if let Some(document) = slot.covering(wanted) {
            return Ok(document);
        }
        let _turn = slot.turn.lock().await;
        if let Some(document) = slot.covering(wanted) {
            return Ok(document);
        }
        let document = Arc::new(render.await?);
        *slot.last.write().unwrap_or_else(PoisonError::into_inner) = Some((wanted.clone(), document.clone()));
        self.shed(key);
        Ok(document)
    }

    /// The document as it was last rendered, in whatever version.
    pub(super) fn last(&self, key: &Key) -> Option<Arc<Document>> {
        let slot = self.slots.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()?;
        slot.read(|_, document| document.clone())
    }

    fn slot(&self, key: &Key) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = match slots.get(key) {
            Some(slot) => slot.clone(),
            None => slots.entry(key.clone()).or_default().clone(),
        };
        slot.used.store(self.uses.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        slot
    }

    /// Lets go of what was asked for least recently until the rest fits; never of `kept`.
    fn shed(&self, kept: &Key) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let mut n_bytes: usize = slots.values().map(|slot| slot.weight()).sum();
        while n_bytes > MAX_BYTES {
            let oldest = slots
                .iter()
                .filter(|(key, slot)| *key != kept && slot.weight() > 0)
                .min_by_key(|(_, slot)| slot.used.load(Ordering::Relaxed))
                .map(|(key, slot)| (key.clone(), slot.weight()));
            let Some((key, weight)) = oldest else { return };
            slots.remove(&key);
            n_bytes -= weight;
        }
    }
}

impl Slot {
    fn covering(&self, wanted: &Version) -> Option<Arc<Document>> {
        self.read(|version, document| version.covers(wanted).then(|| document.clone())).flatten()
    }

    fn weight(&self) -> usize {
        self.read(|_, document| document.weight()).unwrap_or(0)
    }

    fn read<T>(&self, look: impl FnOnce(&Version, &Arc<Document>) -> T) -> Option<T> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().map(|(version, document)| look(version, document))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn catalogue() -> Arc<Catalogue> {
        let public = "http://reader.example/".parse().unwrap();
        Arc::new(Catalogue { public, max_items: 10, sources: Vec::new(), feeds: Vec::new() })
    }

    fn key(id: &str) -> Key {
        (id.parse().unwrap(), Kind::Rss)
    }

    #[tokio::test]
    async fn f9_a_thousand_readers_cause_one_render_per_revision() {
        let cache = Cache::default();
        let n_renders = AtomicU64::new(0);
        let catalogue = catalogue();
        let ask = |revision| {
            let (cache, n_renders, catalogue) = (&cache, &n_renders, catalogue.clone());
            async move {
                let render = async {
                    n_renders.fetch_add(1, Ordering::Relaxed);
                    tokio::task::yield_now().await;
                    Ok::<_, Infallible>(Document::new(Kind::Rss, vec![0; 10], None))
                };
                cache.get(&key("all"), &Version { revision, catalogue }, render).await.unwrap()
            }
        };

        futures_util::future::join_all((0..1000).map(|_| ask(1))).await;
        futures_util::future::join_all((0..1000).map(|n| ask(1 + n % 2))).await;

        assert_eq!(n_renders.into_inner(), 2);
    }

    #[tokio::test]
    async fn what_was_asked_for_least_recently_makes_room() {
        let cache = Cache::default();
        let version = Version { revision: 1, catalogue: catalogue() };

        for id in ["a", "b", "c"] {
            let render = async { Ok::<_, Infallible>(Document::new(Kind::Rss, vec![0; MAX_BYTES / 2], None)) };
            cache.get(&key(id), &version, render).await.unwrap();
        }

        assert!(cache.last(&key("a")).is_none());
        assert!(cache.last(&key("b")).is_some() && cache.last(&key("c")).is_some());
    }
}
