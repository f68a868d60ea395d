//! The Larkfield Review: an English magazine without a feed, with everything between its paragraphs that
//! magazines put there.

use chrono_tz::Tz;
use serde_json::json;

use super::dates;
use super::markup::{escape, gap};
use super::paper::{Answer, Paper, Printed};
use super::site::{Request, Site};
use super::story::{Figure, Story};

const ZONE: Tz = Tz::Europe__London;

/// What a picture shows until a script replaces it.
const BLANK: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

pub(super) fn site() -> Site {
    macro_rules! stories {
        ($($slug:literal),* $(,)?) => {
            [$(Story::parse($slug, include_str!(concat!("articles/larkfield/", $slug, ".txt")))),*]
        };
    }
    Site {
        key: "larkfield",
        title: "The Larkfield Review",
        language: "en",
        timezone: "Europe/London",
        entrance: "/latest",
        discover: Some(
            r#"{ items = "article.card", link = "h3 a", title = "h3", date = "time", summary = ".card__standfirst" }"#,
        ),
        about: "An English magazine without a feed: its listing is read by selectors.",
        stories: stories!(
            "night-trains-saltmarsh-line",
            "seed-library-orrin-valley",
            "clockmaker-venn-street",
            "fog-signal-keepers",
            "mill-flour-prices",
            "small-town-radio",
            "tidal-pool-swimmers",
            "repair-cafe-ledger",
            "footpath-mapmakers",
        )
        .into(),
        path: |story| format!("/{}/{}", story.section, story.slug),
        answer,
        not_found,
        robots: "User-agent: *\nDisallow: /account\nDisallow: /search\n",
    }
}

fn answer(paper: &Paper<'_>, request: &Request<'_>) -> Option<Answer> {
    match request.path {
        "/" => return Some(Answer::html(home(paper))),
        "/latest" => return Some(Answer::html(listing(paper, "Latest", &paper.printed))),
        "/assets/review.css" => return Some(Answer::css(include_str!("styles/larkfield.css"))),
        "/about" => return Some(Answer::html(about(paper))),
        _ => {}
    }
    if let Some(printed) = paper.at(request.path) {
        return Some(Answer::html(article(paper, printed)));
    }
    let section = request.path.strip_prefix('/')?;
    let of_section: Vec<_> = paper.printed.iter().filter(|printed| printed.story.section == section).copied().collect();
    (!of_section.is_empty()).then(|| Answer::html(listing(paper, &capital(section), &of_section)))
}

fn article(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let story = printed.story;
    let url = paper.url(story);
    let picture = story.image.as_deref().unwrap_or("larkfield");
    let tags: String =
        story.tags.iter().map(|tag| format!(r#"<li><a href="/{}">{}</a></li>"#, story.section, escape(tag))).collect();
    let authors = story.authors.iter().map(|name| format!(r#"<a rel="author" href="/about">{}</a>"#, escape(name)));
    let main = format!(
        r#"<main class="layout">
<article class="story" itemscope itemtype="https://schema.org/NewsArticle">
<header class="story__header">
<nav class="crumbs" aria-label="Breadcrumb"><a href="/">Home</a> <a href="/{section}">{section_name}</a></nav>
<h1 class="story__headline">{title}</h1>
<p class="story__standfirst">{standfirst}</p>
<div class="story__meta"><span class="byline">By {authors}</span><time class="dateline" datetime="{stamp}">{date}</time><span class="reading-time">{minutes} min read</span></div>
{share}
<picture class="story__hero"><source type="image/png" media="(min-width: 700px)" srcset="/img/{picture}-1200.png"><img src="/img/{picture}-640.png" width="1200" height="675" alt=""></picture>
</header>
<div class="story__body" data-component="body">
{body}
</div>
<footer class="story__footer">
<ul class="tags" aria-label="Tags">{tags}</ul>
{share}
{authors_box}
</footer>
<section class="more"><h2>More from The Larkfield Review</h2><div class="cards">{more}</div></section>
</article>
{aside}
</main>
<img class="px" src="/px.gif?e=view&amp;a={slug}" width="1" height="1" alt="">"#,
        section = story.section,
        section_name = capital(&story.section),
        title = escape(&story.title),
        standfirst = escape(&story.summary),
        authors = authors.collect::<Vec<_>>().join(" and "),
        stamp = dates::stamp(printed.published, ZONE),
        date = dates::english(printed.published),
        minutes = 2 + story.blocks.len() / 6,
        share = share(&url, &story.title),
        body = body(paper, printed),
        authors_box = story.authors.iter().map(|name| author_box(name)).collect::<String>(),
        more = paper.others(printed, 3).iter().map(|other| card(paper, *other, "more")).collect::<String>(),
        aside = most_read(paper),
        slug = story.slug,
    );
    let head = format!(
        r#"<title>{title} | The Larkfield Review</title>
<meta name="description" content="{summary}">
<link rel="canonical" href="{url}">
<meta property="og:type" content="article"><meta property="og:site_name" content="The Larkfield Review">
<meta property="og:title" content="{title}"><meta property="og:description" content="{summary}">
<meta property="og:url" content="{url}"><meta property="og:image" content="{base}/img/{picture}-1200.png">
<meta name="twitter:card" content="summary_large_image">
<script type="application/ld+json">{data}</script>"#,
        title = escape(&story.title),
        summary = escape(&story.summary),
        base = paper.base,
        data = linked_data(paper, printed),
    );
    page(&head, "page-story", &main)
}

/// The text with what stands between its paragraphs: an advertisement, a link to another story, the newsletter.
fn body(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let mut blocks = paper.blocks(printed.story, &figure);
    let others = paper.others(printed, 2);
    let read_also = |at: usize| {
        others.get(at).map_or(String::new(), |other| {
            format!(
                r#"<p class="read-also"><strong>Read also:</strong> <a href="{}?utm_source=inline&amp;utm_medium=readalso">{}</a></p>"#,
                paper.path(other.story),
                escape(&other.story.title)
            )
        })
    };
    let newsletter = r##"<div class="nl-box" role="complementary"><h4>The Saturday Letter</h4><p>Five good stories, one long walk and nothing about the news. Delivered every Saturday at breakfast to 21,000 readers.</p><form class="nl-box__form"><input type="email" placeholder="Your email address" aria-label="Email"><button type="button">Sign me up</button></form><p class="nl-box__small">By signing up you agree to our <a href="/about">privacy notice</a>. You can unsubscribe at any time.</p></div>"##;
    let advertisement = r#"<div class="ad-slot" data-slot="mpu-1"><span class="ad-slot__label">Advertisement</span><a href="https://kettles.example/?utm_campaign=review" rel="sponsored">Tarn &amp; Field kettles: boil less, sit longer</a></div>"#;
    // From the back, so that the places before stay true.
    for (place, furniture) in
        [(9, read_also(1)), (7, newsletter.to_owned()), (4, advertisement.to_owned()), (2, read_also(0))]
    {
        if let Some(place) = gap(&blocks, place) {
            blocks.insert(place, furniture);
        }
    }
    blocks.join("\n")
}

fn figure(figure: &Figure) -> String {
    let (name, alt) = (escape(&figure.picture), escape(&figure.alt));
    format!(
        r#"<figure class="story__figure"><img class="lazy" src="{BLANK}" data-src="/img/{name}-640.png" data-srcset="/img/{name}-320.png 320w, /img/{name}-640.png 640w, /img/{name}-1200.png 1200w" sizes="(min-width: 700px) 680px, 100vw" width="640" height="360" alt="{alt}"><noscript><img src="/img/{name}-640.png" srcset="/img/{name}-640.png 640w, /img/{name}-1200.png 1200w" alt="{alt}"></noscript><figcaption>{caption}</figcaption></figure>"#,
        caption = escape(&figure.caption),
    )
}

fn share(url: &str, title: &str) -> String {
    let title = escape(title);
    format!(
        r#"<ul class="share" aria-label="Share this story"><li class="share__label">Share</li><li><a href="https://facebook.example/sharer?u={url}&amp;utm_source=share">Facebook</a></li><li><a href="https://bsky.example/intent/compose?text={title}">Bluesky</a></li><li><a href="mailto:?subject={title}&amp;body={url}">Email</a></li><li><button type="button">Copy link</button></li></ul>"#
    )
}

fn author_box(name: &str) -> String {
    let face = name.to_lowercase().replace(' ', "-");
    format!(
        r#"<div class="author-box"><img src="/img/face/{face}.svg" width="64" height="64" alt=""><div><strong>{name}</strong><p>{name} writes for The Larkfield Review about people who would rather mend a thing than complain about it. <a href="/about">More by {name}</a></p></div></div>"#,
        name = escape(name),
    )
}

fn linked_data(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let story = printed.story;
    let authors: Vec<_> = story.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
    let picture = story.image.as_deref().unwrap_or("larkfield");
    let data = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": paper.url(story),
        "headline": story.title,
        "description": story.summary,
        "datePublished": dates::stamp(printed.published, ZONE),
        "dateModified": dates::stamp(printed.published, ZONE),
        "inLanguage": "en-GB",
        "articleSection": capital(&story.section),
        "keywords": story.tags,
        "author": authors,
        "image": [format!("{}/img/{picture}-1200.png", paper.base)],
        "publisher": { "@type": "Organization", "name": "The Larkfield Review" },
    });
    data.to_string().replace('<', "\\u003c")
}

fn card(paper: &Paper<'_>, printed: Printed<'_>, medium: &str) -> String {
    let story = printed.story;
    format!(
        r#"<article class="card"><a class="card__image" href="{path}?utm_source=larkfield&amp;utm_medium={medium}" tabindex="-1"><img class="lazy" src="{BLANK}" data-src="/img/{picture}-640.png" width="640" height="360" alt=""></a><p class="card__kicker"><a href="/{section}">{kicker}</a></p><h3><a href="{path}?utm_source=larkfield&amp;utm_medium={medium}">{title}</a></h3><p class="card__standfirst">{summary}</p><p class="card__meta">{authors} · <time datetime="{stamp}">{date}</time></p></article>
"#,
        path = paper.path(story),
        picture = story.image.as_deref().unwrap_or("larkfield"),
        section = story.section,
        kicker = capital(&story.section),
        title = escape(&story.title),
        summary = escape(&story.summary),
        authors = escape(&story.authors.join(" and ")),
        stamp = dates::stamp(printed.published, ZONE),
        date = dates::english(printed.published),
    )
}

fn most_read(paper: &Paper<'_>) -> String {
    let mut early: Vec<_> = paper.printed.iter().filter(|printed| printed.story.age.is_some()).collect();
    early.sort_by_key(|printed| printed.story.title.len());
    let items: String = early
        .iter()
        .take(5)
        .map(|printed| {
            format!(
                r#"<li><a href="{}?utm_source=mostread">{}</a></li>"#,
                paper.path(printed.story),
                escape(&printed.story.title)
            )
        })
        .collect();
    format!(
        r#"<aside class="rail"><section class="most-read"><h2>Most read</h2><ol>{items}</ol></section><section class="promo"><h2>Support the Review</h2><p>We have no shareholders and no pop-ups worth the name. Join 3,400 members from £3 a month.</p><a class="button" href="/about">Become a member</a></section></aside>"#
    )
}

fn home(paper: &Paper<'_>) -> String {
    let cards: String = paper.printed.iter().take(4).map(|printed| card(paper, *printed, "home")).collect();
    let main = format!(
        r#"<main class="layout"><div><p class="intro">Slow stories from a small county.</p><div class="cards cards--wide">{cards}</div><p><a class="button" href="/latest">All the latest</a></p></div>{}</main>"#,
        most_read(paper)
    );
    page(
        r#"<title>The Larkfield Review</title><meta property="og:site_name" content="The Larkfield Review">"#,
        "page-home",
        &main,
    )
}

fn listing(paper: &Paper<'_>, heading: &str, printed: &[Printed<'_>]) -> String {
    let cards: String = printed.iter().map(|printed| card(paper, *printed, "latest")).collect();
    let main = format!(
        r#"<main class="layout"><div><h1 class="listing__title">{heading}</h1><div class="cards cards--wide">{cards}</div><div class="card card--promo"><h3><a href="/about">Get the Saturday Letter</a></h3><p>Five good stories, every week.</p></div></div>{}</main>"#,
        most_read(paper)
    );
    let head = format!(
        r#"<title>{heading} | The Larkfield Review</title><meta property="og:site_name" content="The Larkfield Review"><link rel="canonical" href="{}/{}">"#,
        paper.base,
        heading.to_lowercase()
    );
    page(&head, "page-listing", &main)
}

fn about(_: &Paper<'_>) -> String {
    page(
        "<title>About | The Larkfield Review</title>",
        "page-about",
        r#"<main class="layout"><div><h1 class="listing__title">About</h1><p>The Larkfield Review is a sample site. Its places, people and stories are invented.</p></div></main>"#,
    )
}

fn not_found(_: &Paper<'_>) -> String {
    page(
        "<title>Page not found | The Larkfield Review</title>",
        "page-404",
        r#"<main class="layout"><div><h1 class="listing__title">This page has wandered off</h1><p>Try <a href="/latest">the latest stories</a> instead.</p></div></main>"#,
    )
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn page(head: &str, class: &str, main: &str) -> String {
    format!(
        r##"<!doctype html>
<html lang="en-GB" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}
<link rel="stylesheet" href="/assets/review.css">
<script>document.documentElement.className="js";window.dataLayer=window.dataLayer||[];dataLayer.push({{"page":"{class}"}});</script>
</head>
<body class="{class}">
<div class="topbar"><a href="/about">Subscribe</a><a href="/account">Sign in</a></div>
<header class="masthead"><a class="masthead__name" href="/">The Larkfield Review</a>
<nav class="masthead__nav" aria-label="Sections"><a href="/latest">Latest</a><a href="/places">Places</a><a href="/people">People</a><a href="/ideas">Ideas</a><a href="/culture">Culture</a><a href="/about">About</a></nav></header>
{main}
<footer class="colophon"><nav><a href="/about">Contact</a><a href="/about">Corrections</a><a href="/about">Privacy</a><a href="/about">Cookies</a><a href="/about">Advertise</a></nav><p>© The Larkfield Review Ltd. All rights reserved. Printed on the kitchen table since 1994.</p></footer>
<div id="cookie-bar" class="cookie-bar" role="dialog" aria-label="Cookies"><p><strong>We value your privacy.</strong> We and our 214 partners store and access information on your device, such as cookies, to show you kettles. You can change your mind at any time in the cookie settings.</p><div><button type="button" onclick="this.closest('.cookie-bar').remove()">Accept all</button><button type="button" class="quiet" onclick="this.closest('.cookie-bar').remove()">Reject all</button><a href="/about">Manage settings</a></div></div>
<script>document.querySelectorAll("img.lazy").forEach(function(i){{i.src=i.dataset.src;if(i.dataset.srcset)i.srcset=i.dataset.srcset;}});</script>
</body>
</html>
"##
    )
}
