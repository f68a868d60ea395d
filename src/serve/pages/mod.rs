//! Pages for people: server-rendered, without JavaScript.

mod article;
mod explanation;
mod feed;
mod health;
mod index;
mod sources;
mod view;

use askama::Template;
use axum::http::StatusCode;

use super::document::{Document, Kind};
use super::router::Lost;

pub(super) use article::article;
pub(super) use explanation::explanation;
pub(super) use feed::feed;
pub(super) use index::index;
pub(super) use sources::{source, sources};
pub(super) use view::Frame;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: &'a Frame,
    status: u16,
    title: &'static str,
    text: &'static str,
}

/// The page for who gets none.
pub(super) fn error(frame: &Frame, status: StatusCode, lost: &Lost) -> Result<Document, askama::Error> {
    let (title, text) = match lost {
        Lost::Unknown => (
            "Nothing here",
            "There is no such page. The feed may have another name now, or the article is older than what is kept.",
        ),
        Lost::Busy => (
            "Back in a moment",
            "Pages are explained one at a time, and others were asked for first. Ask again in a few seconds.",
        ),
        Lost::Trouble(_) => (
            "Back in a moment",
            "The database doesn't answer right now. Feeds go on as last read; pages are back when it is.",
        ),
        Lost::Broken | Lost::Template(_) => {
            ("Something broke", "This page can't be shown. The log of the server says why.")
        }
    };
    written(&ErrorPage { frame, status: status.as_u16(), title, text })
}

fn page(template: &impl Template) -> Result<Document, Lost> {
    Ok(written(template)?)
}

fn written(template: &impl Template) -> Result<Document, askama::Error> {
    Ok(Document::new(Kind::Page, template.render()?.into_bytes(), None))
}
