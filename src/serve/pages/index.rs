//! The front page: every feed with its addresses, and the newest articles.

use askama::Template;

use super::view::{Frame, Links, Names, Teaser, count};
use crate::model::{FeedId, FeedSpec};
use crate::serve::Server;
use crate::serve::document::Document;
use crate::serve::router::Lost;
use crate::store::{Health, Query};

/// Newest articles on the front page.
const N_NEWEST: usize = 20;
/// Most feeds on the front page; the rest is found in the OPML file and under the sources.
const MAX_FEEDS: usize = 300;

#[derive(Template)]
#[template(path = "index.html")]
struct IndexPage {
    frame: Frame,
    feeds: Vec<Card>,
    n_hidden: usize,
    newest: Vec<Teaser>,
    all: Option<Links>,
    summary: String,
}

struct Card {
    id: String,
    title: String,
    links: Links,
    health: Health,
    state: String,
    counts: String,
}

/// The front page.
pub(in crate::serve) async fn index(server: &Server) -> Result<Document, Lost> {
    let catalogue = server.catalogue();
    let states = server.ask(server.app.store.sources()).await?;
    let all = catalogue.feed(&FeedId::all());
    let newest = match all {
        Some(all) => {
            let query = Query { sources: &all.sources, folds: true, limit: N_NEWEST };
            server.ask(server.app.store.entries(&query)).await?
        }
        None => Vec::new(),
    };
    let names = Names::new(&catalogue, &states);
    let n_articles = |sources: &[_]| -> u64 {
        states.iter().filter(|state| sources.contains(&state.id)).map(|state| state.n_articles).sum()
    };
    let card = |feed: &FeedSpec| {
        let articles = count(n_articles(&feed.sources), "article");
        let (health, state) = Health::of_feed(&feed.sources, &states);
        Card {
            id: feed.id.to_string(),
            title: names.of_feed(feed),
            links: Links::new(feed, &catalogue),
            health,
            state,
            counts: match feed.sources.len() {
                1 => articles,
                n => format!("{articles} from {}", count(n as u64, "source")),
            },
        }
    };
    let everything: u64 = states.iter().map(|state| state.n_articles).sum();
    super::page(&IndexPage {
        frame: Frame::new(&catalogue),
        feeds: catalogue.feeds.iter().take(MAX_FEEDS).map(card).collect(),
        n_hidden: catalogue.feeds.len().saturating_sub(MAX_FEEDS),
        newest: Teaser::list(&newest, &names),
        all: all.map(|all| Links::new(all, &catalogue)),
        summary: format!(
            "{} from {}, read whole and set clean.",
            count(everything, "article"),
            count(catalogue.sources.len() as u64, "source")
        ),
    })
}
