//! A feed from the store to the reader, in every format.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::{HeaderValue, WARNING};
use axum::response::Response;
use url::Url;

use super::cache::Version;
use super::document::{Document, Kind};
use super::{Catalogue, Server, Trouble};
use crate::model::{Entry, Feed, FeedSpec, Language, Source, SourceId, Timestamp};
use crate::publish;
use crate::store::Query;

impl Server {
    /// Answers with the feed in the format: as it is now or, where the store fails, as it was last rendered.
    pub(super) async fn feed(&self, spec: &FeedSpec, kind: Kind, headers: &HeaderMap) -> Result<Response, Trouble> {
        match self.fresh(spec, kind).await {
            Ok(document) => Ok(document.answer(headers)),
            Err(trouble) => {
                let document = self.cache.last(&(spec.id.clone(), kind)).ok_or(trouble)?;
                let mut response = document.answer(headers);
                response.headers_mut().insert(WARNING, HeaderValue::from_static("110 - \"Response is Stale\""));
                Ok(response)
            }
        }
    }

    async fn fresh(&self, spec: &FeedSpec, kind: Kind) -> Result<Arc<Document>, Trouble> {
        let catalogue = self.catalogue();
        // The revision comes before the entries: should they change in between, the next reader renders again.
        let revision = self.ask(self.app.store.revision(&spec.sources)).await?;
        let version = Version { revision, catalogue: catalogue.clone() };
        self.cache.get(&(spec.id.clone(), kind), &version, self.render(spec, kind, &catalogue)).await
    }

    async fn render(&self, spec: &FeedSpec, kind: Kind, catalogue: &Catalogue) -> Result<Document, Trouble> {
        let feed = self.gather(spec, catalogue).await?;
        let write = move || {
            let bytes = match kind {
                Kind::Atom => publish::atom(&feed),
                Kind::Json => publish::json(&feed),
                _ => publish::rss(&feed),
            };
            let modified = (feed.updated > Timestamp::EPOCH).then_some(feed.updated);
            let document = Document::new(kind, bytes, modified);
            document.gzip();
            document
        };
        // Writing and compressing half a megabyte would hold up every other connection of this thread.
        let document = tokio::task::spawn_blocking(write).await;
        Ok(document.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())))
    }

    /// The feed with its newest entries.
    pub(super) async fn gather(&self, spec: &FeedSpec, catalogue: &Catalogue) -> Result<Feed, Trouble> {
        let query = Query { sources: &spec.sources, folds: spec.folds, limit: catalogue.max_items };
        let mut entries = self.ask(self.app.store.entries(&query)).await?;
        // What sources outside this feed do doesn't move its revision, so it can't be part of its bytes.
        for entry in &mut entries {
            entry.also.retain(|other| spec.sources.contains(&other.source));
        }
        let own = own_source(spec, catalogue);
        let entrance_title = match own {
            Some(source) if source.title.is_none() => {
                self.ask(self.app.store.source(&source.id)).await?.and_then(|state| state.title)
            }
            _ => None,
        };
        Ok(Feed {
            id: spec.id.clone(),
            title: entrance_title.unwrap_or_else(|| spec.title.clone()),
            description: description(spec, own),
            site: own.map_or_else(|| page(spec, &catalogue.public), home),
            public: catalogue.public.clone(),
            language: shared_language(&entries, own),
            updated: updated(&entries),
            names: names(spec, catalogue),
            entries,
        })
    }
}

/// The source whose own feed this is.
fn own_source<'a>(spec: &FeedSpec, catalogue: &'a Catalogue) -> Option<&'a Source> {
    let id: SourceId = spec.id.as_str().parse().ok()?;
    catalogue.source(&id)
}

fn description(spec: &FeedSpec, own: Option<&Source>) -> String {
    match own {
        Some(source) => {
            let host = source.url.host_str().unwrap_or(source.id.as_str());
            format!("The whole articles of {}", source.title.as_deref().unwrap_or(host))
        }
        None if spec.folds => "Whole articles from several sources, each story once".to_owned(),
        None => "Whole articles from several sources".to_owned(),
    }
}

/// What the operator calls the sources of a feed.
fn names(spec: &FeedSpec, catalogue: &Catalogue) -> BTreeMap<SourceId, String> {
    let named = |id: &SourceId| Some((id.clone(), catalogue.source(id)?.title.clone()?));
    spec.sources.iter().filter_map(named).collect()
}

fn page(spec: &FeedSpec, public: &Url) -> Url {
    public.join(&format!("feeds/{}", spec.id)).unwrap_or_else(|_| public.clone())
}

/// Where people read the source. Configured may be its feed, and that is no page to go to.
fn home(source: &Source) -> Url {
    let path = source.url.path().to_ascii_lowercase();
    let is_feed = [".xml", ".rss", ".atom", ".json", ".rdf"].iter().any(|end| path.ends_with(end))
        || path.split('/').any(|part| matches!(part, "feed" | "rss" | "atom" | "feeds"));
    if is_feed { source.url.join("/").unwrap_or_else(|_| source.url.clone()) } else { source.url.clone() }
}

fn shared_language(entries: &[Entry], own: Option<&Source>) -> Option<Language> {
    if let Some(language) = own.and_then(|source| source.language.clone()) {
        return Some(language);
    }
    let first = entries.first()?.article.language.clone()?;
    entries.iter().all(|entry| entry.article.language.as_ref() == Some(&first)).then_some(first)
}

/// When the feed last changed. An article may come in with an old date, so its arrival counts too; or who asks by
/// date would never hear of it.
fn updated(entries: &[Entry]) -> Timestamp {
    entries.iter().map(|entry| entry.updated.max(entry.first_seen)).max().unwrap_or(Timestamp::EPOCH)
}
