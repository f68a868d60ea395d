//! Northbank Notes: a static site in Hugo's manner with an Atom feed of summaries, which takes over two stories
//! of The Larkfield Review.

use std::fmt::Write as _;

use chrono_tz::Tz;

use super::dates;
use super::markup::{escape, plain};
use super::paper::{Answer, Paper, Printed};
use super::site::{Request, Site};
use super::story::{Block, Figure, Story};

pub(super) fn site() -> Site {
    macro_rules! stories {
        ($($slug:literal),* $(,)?) => {
            [$(Story::parse($slug, include_str!(concat!("articles/northbank/", $slug, ".txt")))),*]
        };
    }
    Site {
        key: "northbank",
        title: "Northbank Notes",
        language: "en",
        timezone: "Europe/London",
        entrance: "/",
        discover: None,
        about: "A static site with an Atom feed; two of its stories are The Larkfield Review's, slightly edited.",
        stories: stories!(
            "sleeper-back-on-saltmarsh",
            "river-level-with-a-float",
            "borrow-a-bean",
            "bus-times-open-data",
            "mesh-two-years",
            "library-catalogue-single-file",
            "solar-bench-numbers",
        )
        .into(),
        path: |story| format!("/posts/{}/", story.slug),
        answer,
        not_found,
        robots: "User-agent: *\nDisallow:\n",
    }
}

fn answer(paper: &Paper<'_>, request: &Request<'_>) -> Option<Answer> {
    match request.path {
        "/" => Some(Answer::html(home(paper))),
        "/index.xml" => Some(feed(paper)),
        "/css/main.min.css" => Some(Answer::css(include_str!("styles/northbank.css"))),
        "/about/" => Some(Answer::html(about(paper))),
        path if paper.at(&format!("{path}/")).is_some() => Some(Answer::Moved(format!("{}{path}/", paper.base))),
        path => paper.at(path).map(|printed| Answer::html(article(paper, printed))),
    }
}

fn feed(paper: &Paper<'_>) -> Answer {
    let mut entries = String::new();
    for printed in &paper.printed {
        let story = printed.story;
        let authors: String =
            story.authors.iter().map(|name| format!("<author><name>{}</name></author>", escape(name))).collect();
        let tags: String = story.tags.iter().map(|tag| format!(r#"<category term="{}"/>"#, escape(tag))).collect();
        let _ = write!(
            entries,
            r#"  <entry>
    <title type="text">{title}</title>
    <link href="{url}" rel="alternate" type="text/html"/>
    <id>tag:northbank-notes.example,2024:/posts/{slug}</id>
    <published>{date}</published>
    <updated>{date}</updated>
    {authors}{tags}
    <summary type="html">{summary}</summary>
  </entry>
"#,
            title = escape(&story.title),
            url = paper.url(story),
            slug = story.slug,
            date = printed.published,
            summary = escape(&format!("<p>{}</p>", escape(&story.summary))),
        );
    }
    let body = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb">
  <title>Northbank Notes</title>
  <subtitle>Small machines, public things and the river</subtitle>
  <link href="{base}/" rel="alternate" type="text/html"/>
  <link href="{base}/index.xml" rel="self" type="application/atom+xml"/>
  <id>tag:northbank-notes.example,2024:/</id>
  <updated>{updated}</updated>
  <generator uri="https://gohugo.example/" version="0.152.2">Hugo</generator>
{entries}</feed>
"#,
        base = paper.base,
        updated = paper.updated(),
    );
    Answer::Document { content_type: "application/atom+xml; charset=utf-8", body }
}

fn article(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let story = printed.story;
    let url = paper.url(story);
    let mut blocks = paper.blocks(story, &figure);
    for (block, html) in story.blocks.iter().zip(&mut blocks) {
        if let Block::Heading { level, text } = block {
            let (id, text) = (anchor(text), escape(&plain(text)));
            *html = format!(
                r##"<h{level} id="{id}">{text}<a hidden class="anchor" aria-hidden="true" href="#{id}">#</a></h{level}>"##
            );
        }
    }
    let contents: String = story
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { text, .. } => {
                Some(format!(r##"<li><a href="#{}">{}</a></li>"##, anchor(text), escape(&plain(text))))
            }
            _ => None,
        })
        .collect();
    let tags: String = story.tags.iter().map(|tag| format!(r#"<li><a href="/">{}</a></li>"#, escape(tag))).collect();
    let via = story.via.as_deref().map_or(String::new(), |via| format!("&nbsp;·&nbsp;from {}", escape(via)));
    let near = paper.others(printed, 2);
    let pager: String = near
        .iter()
        .zip([("prev", "« Prev"), ("next", "Next »")])
        .map(|(other, (class, word))| {
            format!(
                r#"<a class="{class}" href="{}"><span class="title">{word}</span><br><span>{}</span></a>"#,
                paper.url(other.story),
                escape(&other.story.title)
            )
        })
        .collect();
    let main = format!(
        r#"<main class="main">
<article class="post-single">
<header class="post-header"><div class="breadcrumbs"><a href="/">Home</a>&nbsp;»&nbsp;<a href="/">Posts</a></div>
<h1 class="post-title entry-hint-parent">{title}</h1>
<div class="post-meta"><span title="{date}">{day}</span>&nbsp;·&nbsp;{minutes} min&nbsp;·&nbsp;{authors}{via}</div></header>
<div class="toc"><details><summary accesskey="c"><span class="details">Table of Contents</span></summary><div class="inner"><ul>{contents}</ul></div></details></div>
<div class="post-content">{body}
<hr>
<p class="support-note"><em>Northbank Notes is written by volunteers and has no advertisements. If this was useful, <a href="/about/">tell us</a>, tell a neighbour, or <a href="/index.xml">follow the feed</a>.</em></p>
</div>
<footer class="post-footer"><ul class="post-tags">{tags}</ul><nav class="paginav">{pager}</nav></footer>
</article>
</main>"#,
        title = escape(&story.title),
        date = printed.published,
        day = dates::plain(printed.published),
        minutes = 2 + story.blocks.len() / 7,
        authors = escape(&story.authors.join(", ")),
        body = blocks.join("\n"),
    );
    let head = format!(
        r#"<title>{title} | Northbank Notes</title>
<meta name="keywords" content="{keywords}"><meta name="description" content="{summary}"><meta name="author" content="{authors}">
<link rel="canonical" href="{url}">
<meta property="og:title" content="{title}"><meta property="og:description" content="{summary}"><meta property="og:type" content="article"><meta property="og:url" content="{url}"><meta property="og:site_name" content="Northbank Notes">
<meta property="article:published_time" content="{date}">"#,
        title = escape(&story.title),
        keywords = escape(&story.tags.join(", ")),
        summary = escape(&story.summary),
        authors = escape(&story.authors.join(", ")),
        date = dates::stamp(printed.published, Tz::UTC),
    );
    page(paper, &head, &main)
}

fn figure(figure: &Figure) -> String {
    format!(
        r#"<figure><img loading="lazy" src="/img/{name}-640.png" alt="{alt}" width="640" height="360"><figcaption><p>{caption}</p></figcaption></figure>"#,
        name = escape(&figure.picture),
        alt = escape(&figure.alt),
        caption = escape(&figure.caption),
    )
}

fn anchor(heading: &str) -> String {
    let words: Vec<&str> =
        heading.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

fn home(paper: &Paper<'_>) -> String {
    let entries: String = paper
        .printed
        .iter()
        .map(|printed| {
            format!(
                r#"<article class="post-entry"><header class="entry-header"><h2>{title}</h2></header><div class="entry-content"><p>{summary}</p></div><footer class="entry-footer"><span title="{date}">{day}</span>&nbsp;·&nbsp;{authors}</footer><a class="entry-link" aria-label="post link to {title}" href="{url}"></a></article>
"#,
                title = escape(&printed.story.title),
                summary = escape(&printed.story.summary),
                date = printed.published,
                day = dates::plain(printed.published),
                authors = escape(&printed.story.authors.join(", ")),
                url = paper.url(printed.story),
            )
        })
        .collect();
    let main = format!(
        r#"<main class="main"><article class="first-entry"><header class="entry-header"><h1>Northbank Notes</h1></header><div class="entry-content">Small machines, public things and the river.</div></article>
{entries}</main>"#
    );
    page(
        paper,
        r#"<title>Northbank Notes</title><meta name="description" content="Small machines, public things and the river">"#,
        &main,
    )
}

fn about(paper: &Paper<'_>) -> String {
    let main = r#"<main class="main"><h1>About</h1><p>Northbank Notes is a sample site. Its places, people and rivers are invented.</p></main>"#;
    page(paper, "<title>About | Northbank Notes</title>", main)
}

fn not_found(paper: &Paper<'_>) -> String {
    page(
        paper,
        "<title>404 Page not found | Northbank Notes</title>",
        r#"<main class="main"><div class="not-found">404</div></main>"#,
    )
}

fn page(paper: &Paper<'_>, head: &str, main: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="en" dir="auto">
<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, shrink-to-fit=no">
<meta name="robots" content="index, follow">
{head}
<meta name="generator" content="Hugo 0.152.2">
<link rel="stylesheet" href="/css/main.min.css">
<link rel="alternate" type="application/atom+xml" href="{base}/index.xml" title="Northbank Notes">
</head>
<body class="list" id="top">
<header class="header"><nav class="nav"><div class="logo"><a href="/" accesskey="h" title="Northbank Notes">Northbank Notes</a></div><ul id="menu"><li><a href="/"><span>Posts</span></a></li><li><a href="/about/"><span>About</span></a></li><li><a href="/index.xml"><span>Feed</span></a></li></ul></nav></header>
{main}
<footer class="footer"><span>© Northbank Notes · CC BY 4.0</span> · <span>Powered by <a href="https://gohugo.example/" rel="noopener">Hugo</a></span></footer>
</body>
</html>
"#,
        base = paper.base,
    )
}
