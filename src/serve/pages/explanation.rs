//! Why an article came out as it did: each field with its origin, each block with its verdict.

use std::time::Duration;

use askama::Template;

use super::view::{Date, Frame, Names, Piece, Script, count, pieces};
use crate::model::{Article, ArticleId, Explanation, Note, Timestamp, Verdict};
use crate::serve::Server;
use crate::serve::document::Document;
use crate::serve::router::Lost;

/// What is shown of a text that may be long.
const MAX_CHARS: usize = 300;
const DAY: Duration = Duration::from_secs(24 * 3600);

#[derive(Template)]
#[template(path = "explanation.html")]
struct ExplanationPage {
    frame: Frame,
    id: String,
    title: String,
    url: String,
    script: Script,
    source: String,
    source_name: String,
    /// In hundredths.
    confidence: u32,
    came_out: Result<CameOut, Missing>,
}

/// What reading the page again shows.
struct CameOut {
    page: String,
    fetched: Date,
    /// Why the page alone gives no article.
    unfit: Option<String>,
    fields: Vec<Field>,
    notes: Vec<Vec<Piece>>,
    /// What the source's own selectors met.
    selectors: Vec<Block>,
    blocks: Vec<Block>,
    kept: String,
    removed: String,
}

/// Why nothing can be shown.
enum Missing {
    /// No pages are kept.
    Never,
    /// It was kept for so many days.
    Gone(u32),
    /// It would be here, had there been one.
    NoPage(u32),
    /// It's damaged.
    Damaged,
}

struct Field {
    name: &'static str,
    value: String,
    origin: &'static str,
    /// What the page gives where that differs.
    now: String,
    notes: Vec<Vec<Piece>>,
}

struct Block {
    is_kept: bool,
    text: String,
    rule: String,
    place: String,
}

/// Why an article came out as it did.
pub(in crate::serve) async fn explanation(server: &Server, id: ArticleId) -> Result<Document, Lost> {
    let store = &server.app.store;
    let entry = server.ask(store.entry(id)).await?.ok_or(Lost::Unknown)?;
    let catalogue = server.catalogue();
    let state = server.ask(store.sources()).await?;
    let turn = server.app.explainer.turn().await?;
    let raw = server.ask(store.raw_page(id)).await?;
    let keep_days = server.app.explainer.keep_days();
    let (entry, came_out) = match raw {
        Some(raw) => {
            let (page, fetched) = (raw.url.to_string(), raw.fetched);
            let (entry, explanation) = turn.explain(entry, raw).await?;
            let came_out = explanation.map(|explanation| CameOut::new(&entry.article, explanation, page, fetched));
            (entry, came_out.ok_or(Missing::Damaged))
        }
        None if keep_days == 0 => (entry, Err(Missing::Never)),
        None if entry.first_seen + DAY * keep_days < server.app.clock.now() => (entry, Err(Missing::Gone(keep_days))),
        None => (entry, Err(Missing::NoPage(keep_days))),
    };
    let article = entry.article;
    super::page(&ExplanationPage {
        frame: Frame::new(&catalogue),
        id: entry.id.to_string(),
        title: article.title.to_string(),
        // It stands between quotes in a command.
        url: article.url.to_string().replace('\'', "%27"),
        script: article.language.as_ref().into(),
        source_name: Names::new(&catalogue, &state).of(&entry.source),
        source: entry.source.to_string(),
        confidence: hundredths(article.confidence),
        came_out,
    })
}

impl CameOut {
    fn new(stored: &Article, explanation: Explanation, page: String, fetched: Timestamp) -> Self {
        let (selectors, blocks): (Vec<Note>, Vec<Note>) =
            explanation.blocks.into_iter().partition(|note| note.place.starts_with("extract."));
        let n_kept = blocks.iter().filter(|note| note.verdict == Verdict::Kept).count();
        let n_removed = blocks.len() - n_kept;
        let (now, unfit) = match explanation.article {
            Ok(article) => (Some(article), None),
            Err(unfit) => (None, Some(unfit)),
        };
        let mut notes = explanation.fields;
        let fields = fields(stored, now.as_ref(), &mut notes);
        Self {
            page,
            fetched: fetched.into(),
            unfit,
            fields,
            notes: notes.iter().map(|note| pieces(note)).collect(),
            selectors: selectors.into_iter().map(Block::from).collect(),
            blocks: blocks.into_iter().map(Block::from).collect(),
            kept: count(n_kept as u64, "block"),
            removed: count(n_removed as u64, "block"),
        }
    }
}

impl From<Note> for Block {
    fn from(note: Note) -> Self {
        Self { is_kept: note.verdict == Verdict::Kept, text: note.text, rule: note.rule, place: note.place }
    }
}

/// Each field as it is stored beside what the page gives; takes the notes on it out of `notes`.
fn fields(stored: &Article, now: Option<&Article>, notes: &mut Vec<String>) -> Vec<Field> {
    let date = |date: Option<Timestamp>| date.map(|date| Date::from(date).full).unwrap_or_default();
    let body = |article: &Article| count(article.n_words() as u64, "word");
    let shown = |article: &Article| -> [(&'static str, &'static str, String); 10] {
        [
            ("Title", "title", article.title.to_string()),
            ("Authors", "authors", article.authors.join(", ")),
            ("Published", "published", date(article.published)),
            ("Updated", "updated", date(article.updated)),
            ("Language", "language", article.language.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("Address", "url", article.url.to_string()),
            ("Picture", "image", article.image.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("Categories", "categories", article.categories.join(", ")),
            ("Summary", "summary", article.summary.clone()),
            ("Body", "body", body(article)),
        ]
    };
    let given = now.map(shown);
    let mut fields = Vec::new();
    for (idx, (name, key, value)) in shown(stored).into_iter().enumerate() {
        let page = given.as_ref().map(|given| given[idx].2.as_str()).unwrap_or_default();
        let is_same = match (key, now) {
            ("body", Some(now)) => now.text == stored.text,
            _ => value == page,
        };
        let origin = match (value.is_empty(), is_same, page.is_empty()) {
            (true, true, _) => "neither page nor feed gives one",
            (_, true, _) => "as the page gives it",
            (_, false, true) => "as the feed gave it",
            (_, false, false) => "the feed gave it, or the source was read by other rules then; the page gives now:",
        };
        let prefix = format!("{key}: ");
        let (own, others) = std::mem::take(notes).into_iter().partition(|note: &String| note.starts_with(&prefix));
        *notes = others;
        fields.push(Field {
            name,
            value: shortened(&value),
            origin,
            now: if is_same { String::new() } else { shortened(page) },
            notes: own.iter().map(|note| pieces(note.strip_prefix(&prefix).unwrap_or(note))).collect(),
        });
    }
    fields
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn hundredths(confidence: f64) -> u32 {
    // Between 0.0 and 1.0 by the promise of `Article`.
    (confidence.clamp(0.0, 1.0) * 100.0).round() as u32
}
