//! How the sources fare: all in one table, and each with its history.

use askama::Template;
use url::Url;

use super::health::{advice, is_due};
use super::view::{Date, Frame, Names, Piece, Teaser, count, pieces};
use crate::model::{Because, Plan, Source, SourceId, Timestamp, VEIL};
use crate::serve::Server;
use crate::serve::document::Document;
use crate::serve::router::Lost;
use crate::store::{Health, Posted, Query, SourceState};

/// Past polls on a source's page.
const N_POLLS: usize = 30;
/// Reasons for which pages wait on a source's page.
const N_REASONS: usize = 5;
/// Newest articles on a source's page.
const N_ARTICLES: usize = 10;

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    frame: Frame,
    rows: Vec<Row>,
    summary: String,
}

#[derive(Template)]
#[template(path = "source.html")]
struct SourcePage {
    frame: Frame,
    row: Row,
    entrance: Option<String>,
    last_poll: Option<Date>,
    rhythm: String,
    because: Option<&'static str>,
    waiting: Vec<(String, Vec<Piece>)>,
    polls: Vec<PollRow>,
    articles: Vec<Teaser>,
}

struct Row {
    id: String,
    name: String,
    url: String,
    site: String,
    health: Health,
    articles: u64,
    pending: u64,
    last_success: Option<Date>,
    last_article: Option<Date>,
    next: Option<Date>,
    is_due: bool,
    problem: Option<Problem>,
}

struct Problem {
    error: Vec<Piece>,
    /// The failure's kind in one word; empty where it has none.
    kind: &'static str,
    advice: &'static str,
    failures: String,
}

struct PollRow {
    at: Date,
    outcome: String,
    found: u32,
    new: u32,
    took: String,
    error: Vec<Piece>,
}

/// The table of all sources, the worst first.
pub(in crate::serve) async fn sources(server: &Server) -> Result<Document, Lost> {
    let catalogue = server.catalogue();
    let states = server.ask(server.app.store.sources()).await?;
    let names = Names::new(&catalogue, &states);
    let state = |source: &Source| states.iter().find(|state| state.id == source.id);
    let mut rows: Vec<Row> =
        catalogue.sources.iter().map(|source| row(server, source, state(source), &names)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.health));
    let n_ill = rows.iter().filter(|row| row.health >= Health::Shaky).count();
    let summary = match n_ill {
        0 => format!("{}, none with a problem.", count(rows.len() as u64, "source")),
        n => format!("{}, {n} with a problem.", count(rows.len() as u64, "source")),
    };
    super::page(&SourcesPage { frame: Frame::new(&catalogue), rows, summary })
}

/// One source with its past polls and newest articles.
pub(in crate::serve) async fn source(server: &Server, id: &SourceId) -> Result<Document, Lost> {
    let catalogue = server.catalogue();
    let source = catalogue.source(id).ok_or(Lost::Unknown)?;
    let state = server.ask(server.app.store.source(id)).await?;
    let polls = server.ask(server.app.store.polls(id, N_POLLS)).await?;
    let query = Query { sources: std::slice::from_ref(id), folds: false, limit: N_ARTICLES };
    let entries = server.ask(server.app.store.entries(&query)).await?;
    let names = Names::new(&catalogue, state.as_slice());
    let posted = server.ask(server.app.store.posted(id)).await?;
    let because = state.as_ref().and_then(|state| state.because).map(Because::words);
    let waiting = server.ask(server.app.store.waiting(id, N_REASONS)).await?;
    super::page(&SourcePage {
        frame: Frame::new(&catalogue),
        row: row(server, source, state.as_ref(), &names),
        entrance: state.as_ref().and_then(|state| state.entrance.as_ref()).map(|entrance| shown(source, entrance)),
        last_poll: state.as_ref().and_then(|state| state.last_poll).map(Date::from),
        rhythm: rhythm(source, &posted, server.app.clock.now()),
        because,
        waiting: waiting.iter().map(|(why, n)| (count((*n).into(), "page"), pieces(why))).collect(),
        polls: polls
            .into_iter()
            .map(|poll| PollRow {
                at: poll.at.into(),
                outcome: poll.outcome,
                found: poll.n_found,
                new: poll.n_new,
                took: format!("{:.1} s", poll.took.as_secs_f64()),
                error: pieces(poll.error.as_deref().unwrap_or_default()),
            })
            .collect(),
        articles: Teaser::list(&entries, &names),
    })
}

/// Where its feed is; where the source's address has a secret, that of its feed may have it anywhere.
fn shown(source: &Source, entrance: &Url) -> String {
    if !source.url.as_str().contains(VEIL) {
        return entrance.to_string();
    }
    let mut veiled = entrance.clone();
    veiled.set_query(None);
    veiled.set_path(VEIL);
    veiled.to_string()
}

/// How often it posts and is asked: `Posts about 3 a day; asked every 40 min to 3 h`.
fn rhythm(source: &Source, posted: &Posted, now: Timestamp) -> String {
    let rate = posted.rate(now);
    let asked = Plan::of(source, &rate, now).words(&source.rhythm);
    match posted.dates.is_empty() {
        true => format!("Asked {asked}"),
        false => format!("Posts {rate}; asked {asked}"),
    }
}

fn kind(state: &SourceState) -> &'static str {
    state.ailment.map_or("", |ailment| ailment.trouble.as_str())
}

fn row(server: &Server, source: &Source, state: Option<&SourceState>, names: &Names) -> Row {
    let problem = |state: &SourceState| {
        let error = state.last_error.clone().filter(|_| state.failures > 0)?;
        let failures = count(u64::from(state.failures), "failure");
        Some(Problem { advice: advice(state.ailment.as_ref()), kind: kind(state), error: pieces(&error), failures })
    };
    Row {
        id: source.id.to_string(),
        name: names.of(&source.id),
        url: source.url.to_string(),
        site: source.url.host_str().unwrap_or_default().to_owned(),
        health: Health::of(state),
        articles: state.map_or(0, |state| state.n_articles),
        pending: state.map_or(0, |state| state.n_pending),
        last_success: state.and_then(|state| state.last_success).map(Date::from),
        last_article: state.and_then(|state| state.last_article).map(Date::from),
        next: state.filter(|state| !state.is_given_up(server.app.clock.now())).map(|state| state.due.into()),
        is_due: state.is_none_or(|state| is_due(state, server.app.clock.now())),
        problem: state.and_then(problem),
    }
}
