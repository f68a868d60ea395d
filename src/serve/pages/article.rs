//! The reading view.

use askama::Template;

use super::view::{Date, Frame, Names, Script};
use crate::model::{ArticleId, CleanHtml};
use crate::publish;
use crate::serve::Server;
use crate::serve::document::Document;
use crate::serve::router::Lost;

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    id: String,
    title: String,
    script: Script,
    authors: String,
    source: String,
    source_name: String,
    site: String,
    url: String,
    published: Date,
    updated: Option<Date>,
    image: Option<String>,
    body: CleanHtml,
    summary: String,
    categories: Vec<String>,
    enclosures: Vec<File>,
    also: Vec<Other>,
}

struct File {
    url: String,
    name: String,
    is_audio: bool,
}

struct Other {
    id: String,
    title: String,
    source_name: String,
    url: String,
}

/// One article to read.
pub(in crate::serve) async fn article(server: &Server, id: ArticleId) -> Result<Document, Lost> {
    let entry = server.ask(server.app.store.entry(id)).await?.ok_or(Lost::Unknown)?;
    let catalogue = server.catalogue();
    let state = server.ask(server.app.store.sources()).await?;
    let names = Names::new(&catalogue, &state);
    let image = publish::lead_image(&entry).map(ToString::to_string);
    let article = entry.article;
    super::page(&ArticlePage {
        frame: Frame::new(&catalogue),
        id: entry.id.to_string(),
        title: article.title.to_string(),
        script: article.language.as_ref().into(),
        authors: article.authors.join(", "),
        source: entry.source.to_string(),
        source_name: names.of(&entry.source),
        site: article.url.as_url().host_str().unwrap_or_default().to_owned(),
        url: article.url.to_string(),
        published: entry.published.into(),
        updated: (entry.updated > entry.published).then(|| entry.updated.into()),
        image,
        body: article.body,
        summary: article.summary,
        categories: article.categories,
        enclosures: article
            .enclosures
            .iter()
            .map(|file| File {
                url: file.url.to_string(),
                name: file.url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or("file").to_owned(),
                is_audio: file.mime.as_deref().is_some_and(|mime| mime.starts_with("audio/")),
            })
            .collect(),
        also: entry
            .also
            .into_iter()
            .map(|other| Other {
                id: other.id.to_string(),
                title: other.title.to_string(),
                source_name: names.of(&other.source),
                url: other.url.to_string(),
            })
            .collect(),
    })
}
