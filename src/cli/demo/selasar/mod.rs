//! Warta Selasar: an Indonesian blog on a WordPress theme, whose feed holds summaries only.

use chrono_tz::Tz;

use crate::cli::demo::dates;
use crate::cli::demo::markup::{escape, gap};
use crate::cli::demo::paper::{Answer, Paper, Printed};
use crate::cli::demo::site::{Request, Site};
use crate::cli::demo::story::{Figure, Story};

mod comments;
mod feed;

const ZONE: Tz = Tz::Asia__Jakarta;

pub(super) fn site() -> Site {
    macro_rules! stories {
        ($($slug:literal),* $(,)?) => {
            [$(Story::parse($slug, include_str!(concat!("../articles/selasar/", $slug, ".txt")))),*]
        };
    }
    Site {
        key: "selasar",
        title: "Warta Selasar",
        language: "id",
        timezone: "Asia/Jakarta",
        entrance: "/",
        discover: None,
        about: "An Indonesian WordPress blog: found by its home page, its feed holds summaries only.",
        stories: stories!(
            "feri-malam-tanjung-merbuk",
            "koperasi-kopi-bukit-sarangan",
            "jembatan-gantung-desa-awan",
            "perpustakaan-perahu-muara-kelung",
            "panen-garam-pantai-kelung",
            "kereta-wisata-lembah-randu",
            "festival-layang-layang-serunai",
            "sekolah-surya-rawa-gading",
        )
        .into(),
        path: |story| format!("/{}/", story.slug),
        answer,
        not_found,
        robots: "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: {base}/wp-sitemap.xml\n",
    }
}

fn answer(paper: &Paper<'_>, request: &Request<'_>) -> Option<Answer> {
    if let Some(id) = request.query.strip_prefix("p=") {
        let printed = paper.printed.iter().find(|printed| post_id(printed).to_string() == id)?;
        return Some(Answer::Moved(paper.url(printed.story)));
    }
    match request.path {
        "/" => return Some(Answer::html(list(paper, "", &paper.printed))),
        "/feed/" => return Some(feed::articles(paper)),
        "/comments/feed/" => return Some(feed::comments(paper)),
        "/wp-content/themes/selasar/style.css" => return Some(Answer::css(include_str!("../styles/selasar.css"))),
        "/tentang/" => return Some(Answer::html(about(paper))),
        "/feed" => return Some(Answer::Moved(format!("{}/feed/", paper.base))),
        path if paper.at(&format!("{path}/")).is_some() => {
            return Some(Answer::Moved(format!("{}{path}/", paper.base)));
        }
        path if path.strip_suffix("feed/").is_some_and(|article| paper.at(article).is_some()) => {
            return Some(feed::comments(paper));
        }
        _ => {}
    }
    if let Some(printed) = paper.at(request.path) {
        return Some(Answer::html(article(paper, printed)));
    }
    let section = request.path.strip_prefix("/kategori/")?.strip_suffix('/')?;
    let of_section: Vec<_> =
        paper.printed.iter().filter(|printed| slug(&printed.story.section) == section).copied().collect();
    let name = &of_section.first()?.story.section;
    Some(Answer::html(list(paper, name, &of_section)))
}

/// The number WordPress would have given it.
fn post_id(printed: &Printed<'_>) -> usize {
    1204 + 7 * printed.number
}

fn slug(section: &str) -> String {
    section.to_lowercase().replace(' ', "-")
}

fn article(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let story = printed.story;
    let url = paper.url(story);
    let title = escape(&story.title);
    let picture = story.image.as_deref().unwrap_or("selasar");
    let mut blocks = paper.blocks(story, &figure);
    if let Some(first) = blocks.first_mut() {
        // The theme prints its name in bold before the first sentence, without a space.
        *first =
            first.replacen("<p>", &format!(r#"<p><strong><a href="{}/">Warta Selasar</a></strong>"#, paper.base), 1);
    }
    if let (Some(other), Some(place)) = (paper.others(printed, 1).first(), gap(&blocks, 5)) {
        let link = format!(
            r#"<p class="baca-juga"><strong>Baca juga:</strong> <a href="{}">{}</a></p>"#,
            paper.url(other.story),
            escape(&other.story.title)
        );
        blocks.insert(place, link);
    }
    let recommended: String = paper
        .others(printed, 4)
        .iter()
        .map(|other| format!(r#"<li><a href="{}">{}</a></li>"#, paper.url(other.story), escape(&other.story.title)))
        .collect();
    let tags: Vec<String> =
        story.tags.iter().map(|tag| format!(r##"<a href="#" rel="tag">{}</a>"##, escape(tag))).collect();
    let main = format!(
        r##"<main id="primary" class="site-main">
<article id="post-{id}" class="post-{id} post type-post status-publish format-standard has-post-thumbnail hentry">
<header class="entry-header">
<div class="breadcrumbs"><a href="/">Beranda</a> » <a href="/kategori/{section_slug}/">{section}</a> » {title}</div>
<h1 class="entry-title">{title}</h1>
<div class="entry-meta"><span class="byline">Oleh <a class="url fn n" rel="author" href="/tentang/">{author}</a></span> <span class="posted-on"><time class="entry-date published" datetime="{stamp}">{date}</time></span> <span class="comments-link"><a href="#comments">6 Komentar</a></span></div>
</header>
{share}
<div class="post-thumbnail"><img width="1200" height="675" src="/img/{picture}-1200.png" class="attachment-post-thumbnail wp-post-image" alt="{title}" srcset="/img/{picture}-640.png 640w, /img/{picture}-1200.png 1200w" sizes="(max-width: 760px) 100vw, 760px"></div>
<div class="entry-content">
{body}
<h3 class="wp-block-heading">Direkomendasikan</h3>
<ul class="wp-block-list">{recommended}</ul>
{share}
</div>
<footer class="entry-footer"><span class="cat-links">Kategori: <a href="/kategori/{section_slug}/" rel="category tag">{section}</a></span> <span class="tags-links">Tag: {tags}</span></footer>
</article>
<section class="author-box"><img src="/img/face/admin.svg" width="72" height="72" alt=""><div><h4>Tentang Blog: admin 2</h4><p>Blog ini dikelola oleh dua orang yang sama-sama menyukai berita daerah, kopi, dan jadwal kapal. Hubungi kami kalau ada kabar dari kampungmu yang layak diceritakan.</p><a href="/tentang/">Lihat semua tulisan admin</a></div></section>
{neighbours}
<section class="related-posts"><h3>Artikel Terkait</h3><div class="grid">{related}</div></section>
{comments}
</main>"##,
        id = post_id(&printed),
        section = escape(&story.section),
        section_slug = slug(&story.section),
        author = escape(&story.authors.join(", ")),
        stamp = dates::stamp(printed.published, ZONE),
        date = dates::indonesian(printed.published),
        share = share(&url, &story.title),
        body = blocks.join("\n\n"),
        tags = tags.join(", "),
        neighbours = neighbours(paper, printed),
        related = cards(paper, &paper.others(printed, 3)),
        comments = comments::section(&printed),
    );
    let head = format!(
        r#"<title>{title} - Warta Selasar</title>
<meta name="description" content="{summary}">
<link rel="canonical" href="{url}">
<meta property="og:locale" content="id_ID"><meta property="og:type" content="article">
<meta property="og:title" content="{title} - Warta Selasar"><meta property="og:description" content="{summary}">
<meta property="og:url" content="{url}"><meta property="og:site_name" content="Warta Selasar">
<meta property="article:published_time" content="{stamp}">
<meta property="og:image" content="{base}/img/{picture}-1200.png">
<meta name="author" content="{author}"><meta name="twitter:label1" content="Ditulis oleh"><meta name="twitter:data1" content="{author}">
<link rel="alternate" type="application/rss+xml" title="Warta Selasar &raquo; {title} Umpan Komentar" href="{url}feed/">
<link rel="shortlink" href="{base}/?p={id}">"#,
        summary = escape(&story.summary),
        stamp = dates::stamp(printed.published, ZONE),
        base = paper.base,
        author = escape(&story.authors.join(", ")),
        id = post_id(&printed),
    );
    page(paper, &head, "single single-post", &main)
}

fn figure(figure: &Figure) -> String {
    format!(
        r#"<figure id="attachment_{name}" class="wp-caption aligncenter"><img loading="lazy" decoding="async" class="size-large" src="/img/{name}-640.png" width="640" height="360" alt="{alt}" srcset="/img/{name}-320.png 320w, /img/{name}-640.png 640w"><figcaption class="wp-caption-text">{caption}</figcaption></figure>"#,
        name = escape(&figure.picture),
        alt = escape(&figure.alt),
        caption = escape(&figure.caption),
    )
}

fn share(url: &str, title: &str) -> String {
    let title = escape(title);
    format!(
        r#"<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Bagikan ini:</h3><ul><li><a href="https://facebook.example/sharer.php?u={url}" rel="nofollow">Facebook</a></li><li><a href="https://wa.example/?text={title}" rel="nofollow">WhatsApp</a></li><li><a href="https://telegram.example/share?url={url}" rel="nofollow">Telegram</a></li><li><a href="mailto:?subject={title}">Surel</a></li></ul></div>"#
    )
}

fn neighbours(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let near = paper.others(printed, 2);
    let link = |at: usize, class: &str, word: &str| {
        near.get(at).map_or(String::new(), |other| {
            let (url, title) = (paper.url(other.story), escape(&other.story.title));
            format!(r#"<div class="nav-{class}"><span>{word}</span><a href="{url}" rel="{class}">{title}</a></div>"#)
        })
    };
    format!(
        r#"<nav class="navigation post-navigation" aria-label="Pos">{}{}</nav>"#,
        link(1, "prev", "« Sebelumnya"),
        link(0, "next", "Berikutnya »")
    )
}

fn cards(paper: &Paper<'_>, printed: &[Printed<'_>]) -> String {
    let card = |printed: &Printed<'_>| {
        format!(
            r#"<div class="card"><a href="{url}"><img loading="lazy" src="/img/{picture}-320.png" width="320" height="180" alt=""></a><h4><a href="{url}">{title}</a></h4><span>{date}</span></div>"#,
            url = paper.url(printed.story),
            picture = printed.story.image.as_deref().unwrap_or("selasar"),
            title = escape(&printed.story.title),
            date = dates::indonesian(printed.published),
        )
    };
    printed.iter().map(card).collect()
}

fn list(paper: &Paper<'_>, section: &str, printed: &[Printed<'_>]) -> String {
    let post = |printed: &Printed<'_>| {
        let story = printed.story;
        format!(
            r#"<article id="post-{id}" class="post hentry"><a class="post-thumbnail" href="{url}"><img src="/img/{picture}-640.png" width="640" height="360" alt=""></a><div><span class="cat-links"><a href="/kategori/{slug}/">{section}</a></span><h2 class="entry-title"><a href="{url}" rel="bookmark">{title}</a></h2><div class="entry-meta">Oleh {author} · <time datetime="{stamp}">{date}</time></div><div class="entry-summary"><p>{summary}</p><a class="more-link" href="{url}">Baca Selengkapnya</a></div></div></article>
"#,
            id = post_id(printed),
            url = paper.url(story),
            picture = story.image.as_deref().unwrap_or("selasar"),
            slug = slug(&story.section),
            section = escape(&story.section),
            title = escape(&story.title),
            author = escape(&story.authors.join(", ")),
            stamp = dates::stamp(printed.published, ZONE),
            date = dates::indonesian(printed.published),
            summary = escape(&story.summary),
        )
    };
    let posts: String = printed.iter().map(post).collect();
    let heading = match section {
        "" => String::new(),
        section => format!(r#"<h1 class="page-title">Kategori: {}</h1>"#, escape(section)),
    };
    let head = format!(
        r#"<title>Warta Selasar - Kabar dari pesisir dan bukit</title>
<meta name="description" content="Kabar dari pesisir dan bukit Pulau Serunai.">
<meta property="og:site_name" content="Warta Selasar"><meta property="og:type" content="website">
<link rel="canonical" href="{}/">"#,
        paper.base
    );
    page(paper, &head, "home blog", &format!(r#"<main id="primary" class="site-main">{heading}{posts}</main>"#))
}

fn about(paper: &Paper<'_>) -> String {
    page(
        paper,
        "<title>Tentang - Warta Selasar</title>",
        "page",
        r#"<main id="primary" class="site-main"><h1 class="page-title">Tentang Kami</h1><p>Warta Selasar adalah situs contoh. Semua tempat, nama, dan peristiwa di sini rekaan.</p></main>"#,
    )
}

fn not_found(paper: &Paper<'_>) -> String {
    page(
        paper,
        "<title>Halaman tidak ditemukan - Warta Selasar</title><meta name=\"robots\" content=\"noindex\">",
        "error404",
        r#"<main id="primary" class="site-main"><h1 class="page-title">Halaman tidak ditemukan.</h1><p>Sepertinya tidak ada apa pun di sini. <a href="/">Kembali ke beranda</a>.</p></main>"#,
    )
}

fn page(paper: &Paper<'_>, head: &str, class: &str, main: &str) -> String {
    let recent: String = paper
        .printed
        .iter()
        .take(5)
        .map(|printed| {
            format!(r#"<li><a href="{}">{}</a></li>"#, paper.url(printed.story), escape(&printed.story.title))
        })
        .collect();
    let mut sections: Vec<&str> = paper.printed.iter().map(|printed| printed.story.section.as_str()).collect();
    sections.sort_unstable();
    sections.dedup();
    let sections: String = sections
        .iter()
        .map(|section| {
            format!(r#"<li class="cat-item"><a href="/kategori/{}/">{}</a></li>"#, slug(section), escape(section))
        })
        .collect();
    format!(
        r##"<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}
<meta name="generator" content="WordPress 6.8.2">
<link rel="alternate" type="application/rss+xml" title="Warta Selasar &raquo; Umpan" href="{base}/feed/">
<link rel="alternate" type="application/rss+xml" title="Warta Selasar &raquo; Umpan Komentar" href="{base}/comments/feed/">
<link rel="stylesheet" id="selasar-style-css" href="/wp-content/themes/selasar/style.css?ver=2.4.1" media="all">
<script>window._wpemojiSettings={{"baseUrl":"https:\/\/s.w.example\/images\/core\/emoji\/","ext":".png"}};window.dataLayer=window.dataLayer||[];</script>
</head>
<body class="wp-singular {class} wp-embed-responsive">
<a class="skip-link screen-reader-text" href="#primary">Langsung ke konten</a>
<header id="masthead" class="site-header"><div class="wrap"><p class="site-title"><a href="/" rel="home">Warta Selasar</a></p><p class="site-description">Kabar dari pesisir dan bukit</p></div>
<nav id="site-navigation" class="main-navigation"><ul class="wrap"><li><a href="/">Beranda</a></li>{sections}<li><a href="/tentang/">Tentang</a></li></ul></nav></header>
<div class="wrap columns">
{main}
<aside id="secondary" class="widget-area">
<section class="widget widget_search"><form role="search" class="search-form" action="/"><label><span class="screen-reader-text">Cari untuk:</span><input type="search" placeholder="Cari …" name="s"></label><button>Cari</button></form></section>
<section class="widget widget_recent_entries"><h2 class="widget-title">Pos-pos Terbaru</h2><ul>{recent}</ul></section>
<section class="widget widget_text"><h2 class="widget-title">Langganan</h2><p>Dapatkan kabar dari pesisir setiap Senin pagi. Gratis, tanpa iklan, dan bisa berhenti kapan saja.</p><form><input type="email" placeholder="Alamat surel"><button>Langganan</button></form></section>
<section class="widget widget_categories"><h2 class="widget-title">Kategori</h2><ul>{sections}</ul></section>
</aside>
</div>
<footer id="colophon" class="site-footer"><div class="wrap"><p>© Warta Selasar. Seluruh hak cipta dilindungi. Dengan bangga bertenaga WordPress.</p><p><a href="/tentang/">Tentang</a> · <a href="/tentang/">Kebijakan Privasi</a> · <a href="/feed/">RSS</a></p></div></footer>
</body>
</html>
"##,
        base = paper.base,
    )
}
