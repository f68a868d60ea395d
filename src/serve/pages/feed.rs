//! A feed as a page: how to subscribe, and what's in it.

use askama::Template;

use super::view::{Frame, Links, Names, Teaser, count};
use crate::model::FeedSpec;
use crate::serve::Server;
use crate::serve::document::Document;
use crate::serve::router::Lost;

#[derive(Template)]
#[template(path = "feed.html")]
struct FeedPage {
    frame: Frame,
    title: String,
    description: String,
    links: Links,
    counts: String,
    sources: Vec<(String, String)>,
    articles: Vec<Teaser>,
}

/// The page of a feed.
pub(in crate::serve) async fn feed(server: &Server, spec: &FeedSpec) -> Result<Document, Lost> {
    let catalogue = server.catalogue();
    let states = server.ask(server.app.store.sources()).await?;
    let feed = server.gather(spec, &catalogue).await?;
    let names = Names::new(&catalogue, &states);
    super::page(&FeedPage {
        frame: Frame::new(&catalogue),
        title: feed.title,
        description: feed.description,
        links: Links::new(spec, &catalogue),
        counts: count(feed.entries.len() as u64, "article"),
        sources: spec.sources.iter().map(|id| (id.to_string(), names.of(id))).collect(),
        articles: Teaser::list(&feed.entries, &names),
    })
}
