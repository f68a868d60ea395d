//! Larger content systems: Drupal, Joomla, TYPO3.

use crate::date;
use crate::furniture::{cookies, imprint, menu};
use crate::html::{Look, about_text, archived, body, escape, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, rss};
use crate::tongues_west::{ENGLISH, GERMAN, ITALIAN};

/// Drupal: a view of teasers, `about` attributes, a feed icon at the bottom.
pub fn drupal() -> Site {
    let blog = Blog::new("Estuary Trust", &ENGLISH, 12);
    let mut site = Site::new("drupal", "/news");
    let path = |story: &Story| format!("/node/{}", 310 + story.n);
    let page = |title: &str, head: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\" /><meta name=\"Generator\" content=\"Drupal 10 (https://www.drupal.org)\" /><title>{} | {name}</title>{head}</head><body class=\"path-news\"><a href=\"#main-content\" class=\"visually-hidden focusable\">Skip to main content</a><div class=\"dialog-off-canvas-main-canvas\"><header class=\"site-header\"><div class=\"site-branding\"><a href=\"/\" rel=\"home\">{name}</a></div><nav role=\"navigation\"><ul class=\"primary-nav__menu\">{}</ul></nav></header><main role=\"main\"><div class=\"region region--content\" id=\"content\">{main}</div></main><footer class=\"site-footer\">{}</footer></div></body></html>",
            escape(title),
            menu(&blog, "/taxonomy/"),
            imprint(&blog),
            name = blog.title
        )
    };
    let teaser = |story: &Story| {
        format!(
            "<div class=\"views-row\"><article data-history-node-id=\"{id}\" class=\"node node--type-article node--view-mode-teaser\"><h2 class=\"node__title\"><a href=\"{p}\" rel=\"bookmark\"><span class=\"field field--name-title field--type-string field--label-hidden\">{t}</span></a></h2><footer class=\"node__meta\"><div class=\"node__submitted\">Submitted by <span class=\"field field--name-uid\"><span>{a}</span></span> on <span class=\"field field--name-created\"><time datetime=\"{iso}\">{d}</time></span></div></footer><div class=\"node__content\"><div class=\"text-content clearfix field field--name-body\"><p>{x}</p></div><ul class=\"links inline\"><li class=\"node-readmore\"><a href=\"{p}\" rel=\"tag\" title=\"{t}\">Read more<span class=\"visually-hidden\"> about {t}</span></a></li></ul></div></article></div>",
            id = 310 + story.n,
            p = path(story),
            t = escape(&story.title),
            a = story.author,
            iso = blog.iso(story),
            d = blog.at(story).format("%-d %B, %Y"),
            x = escape(&story.excerpt(200))
        )
    };
    let all: Vec<&Story> = blog.stories.iter().collect();
    let feed = format!("<link rel=\"alternate\" type=\"application/rss+xml\" title=\"\" href=\"{ORIGIN}/rss.xml\" />");
    site.html("/news", page("News", &feed, &format!("<div class=\"views-element-container\"><div class=\"view view-frontpage\"><div class=\"view-content\">{}</div><div class=\"feed-icons\"><a href=\"/rss.xml\" class=\"feed-icon\">Subscribe to </a></div></div></div>", all.iter().map(|story| teaser(story)).collect::<String>())));
    for story in &blog.stories {
        let main = format!(
            "<div class=\"block-page-title-block\"><h1 class=\"page-title\"><span class=\"field field--name-title\">{}</span></h1></div><article data-history-node-id=\"{}\" class=\"node node--type-article node--view-mode-full\"><footer class=\"node__meta\"><div class=\"node__submitted\">Submitted by <span>{}</span> on <time datetime=\"{}\">{}</time></div></footer><div class=\"node__content\"><div class=\"text-content clearfix field field--name-body field--type-text-with-summary\">{}</div><div class=\"field field--name-field-tags\"><a href=\"/taxonomy/term/{}\">{}</a></div></div></article><section class=\"comments\"><h2>Add new comment</h2></section>",
            escape(&story.title),
            310 + story.n,
            story.author,
            blog.iso(story),
            blog.at(story).format("%-d %B, %Y"),
            body(story, Look::Plain, "/sites/default/files"),
            story.n % 4,
            story.tags[0]
        );
        let html = page(&story.title, &feed, &main);
        site.article(&blog, story, &path(story), html);
    }
    site.entrance("/rss.xml", "application/rss+xml; charset=utf-8", rss(&blog, blog.title, &all, Tells::Summary, path));
    site.fill(|way, name| {
        page(
            name,
            &feed,
            &if way.starts_with("/taxonomy") {
                archived(&blog, way).into_iter().map(teaser).collect()
            } else {
                format!("<h1 class=\"page-title\">{}</h1>{}", escape(name), about_text(&blog, name))
            },
        )
    });
    site
}

/// Joomla: a category as blog, the feed behind a question, breadcrumbs and modules.
pub fn joomla() -> Site {
    let blog = Blog::new("Circolo del Molo", &ITALIAN, 10);
    let mut site = Site::new("joomla", "/notizie");
    let path = |story: &Story| format!("/notizie/{}-{}", 60 + story.n, story.slug);
    let page = |title: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"it-it\" dir=\"ltr\"><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"Joomla! - Open Source Content Management\"><title>{}</title><link href=\"/notizie?format=feed&amp;type=rss\" rel=\"alternate\" type=\"application/rss+xml\" title=\"{name}\"><link href=\"/notizie?format=feed&amp;type=atom\" rel=\"alternate\" type=\"application/atom+xml\" title=\"{name}\"></head><body class=\"site com_content wrapper-static view-category layout-blog\"><header class=\"header container-header full-width\"><div class=\"navbar-brand\"><a class=\"brand-logo\" href=\"/\">{name}</a></div><ul class=\"mod-menu mod-list nav\">{}</ul></header><div class=\"site-grid\"><div class=\"grid-child container-component\"><nav class=\"mod-breadcrumbs__wrapper\"><ol class=\"mod-breadcrumbs breadcrumb\"><li class=\"mod-breadcrumbs__item breadcrumb-item\"><a href=\"/\" class=\"pathway\">Home</a></li></ol></nav><main>{main}</main></div><div class=\"grid-child container-sidebar-right\"><div class=\"sidebar-right card\"><h3 class=\"card-header\">Accesso</h3><form class=\"mod-login\"><input type=\"text\" name=\"username\"><input type=\"password\" name=\"password\"></form></div></div></div><footer>{}</footer></body></html>",
            escape(title),
            menu(&blog, "/"),
            imprint(&blog),
            name = blog.title
        )
    };
    let item = |story: &Story| {
        format!(
            "<div class=\"com-content-category-blog__item blog-item\" itemprop=\"blogPost\" itemscope itemtype=\"https://schema.org/BlogPosting\"><div class=\"item-content\"><div class=\"page-header\"><h2 itemprop=\"name\"><a href=\"{p}\" itemprop=\"url\">{t}</a></h2></div><dl class=\"article-info text-muted\"><dt class=\"article-info-term\">Dettagli</dt><dd class=\"createdby\" itemprop=\"author\">Scritto da: <span itemprop=\"name\">{a}</span></dd><dd class=\"published\"><time datetime=\"{iso}\" itemprop=\"datePublished\">Pubblicato: {d}</time></dd></dl><p>{x}</p><p class=\"readmore\"><a class=\"btn btn-secondary\" href=\"{p}\" aria-label=\"Leggi tutto: {t}\">Leggi tutto</a></p></div></div>",
            p = path(story),
            t = escape(&story.title),
            a = story.author,
            iso = blog.iso(story),
            d = date::long("it", blog.at(story)),
            x = escape(&story.excerpt(180))
        )
    };
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.html("/notizie", page("Notizie", &format!("<div class=\"com-content-category-blog blog\" itemscope itemtype=\"https://schema.org/Blog\"><div class=\"com-content-category-blog__items blog-items\">{}</div></div>", all.iter().map(|story| item(story)).collect::<String>())));
    for story in &blog.stories {
        let near: String = related(&blog, story, 2).iter().map(|other| format!("<a class=\"btn btn-sm btn-secondary\" href=\"{}\" rel=\"next\"><span class=\"visually-hidden\">Articolo successivo: {}</span></a>", path(other), escape(&other.title))).collect();
        let main = format!(
            "<div class=\"com-content-article item-page\" itemscope itemtype=\"https://schema.org/Article\"><meta itemprop=\"inLanguage\" content=\"it-IT\"><div class=\"page-header\"><h1 itemprop=\"headline\">{}</h1></div><dl class=\"article-info text-muted\"><dd class=\"createdby\">Scritto da: {}</dd><dd class=\"published\"><time datetime=\"{}\" itemprop=\"datePublished\">Pubblicato: {}</time></dd><dd class=\"hits\">Visite: {}</dd></dl><div itemprop=\"articleBody\" class=\"com-content-article__body\">{}</div><nav class=\"pagenavigation\">{near}</nav></div>",
            escape(&story.title),
            story.author,
            blog.iso(story),
            date::long("it", blog.at(story)),
            120 + story.n,
            body(story, Look::Plain, "/images")
        );
        let html = page(&story.title, &main);
        site.article(&blog, story, &path(story), html);
    }
    site.entrance(
        "/notizie?format=feed&type=rss",
        "application/rss+xml; charset=utf-8",
        rss(&blog, "Notizie", &all, Tells::Summary, path),
    );
    site.page(
        "/notizie?format=feed&type=atom",
        "application/atom+xml; charset=utf-8",
        crate::syndication::atom(&blog, "Notizie", &all, Tells::Summary, path),
    );
    site.fill(|_, name| {
        page(name, &format!("<div class=\"item-page\"><h1>{}</h1>{}</div>", escape(name), about_text(&blog, name)))
    });
    site
}

/// TYPO3 with its news extension and no feed: long lists of classes, addresses of the extension.
pub fn typo3() -> Site {
    let blog = Blog::new("Stadtwerke Elbufer", &GERMAN, 12);
    let mut site = Site::new("typo3", "/aktuelles/");
    let path = |story: &Story| format!("/aktuelles/detail/{}", story.slug);
    let page = |title: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"de-DE\"><head><meta charset=\"utf-8\"><!-- This website is powered by TYPO3 --><title>{}</title><meta name=\"generator\" content=\"TYPO3 CMS\"></head><body id=\"p42\" class=\"page-42 pagelevel-1 language-0\"><header id=\"page-header\" class=\"bp-page-header navbar\"><a class=\"navbar-brand\" href=\"/\">{}</a><ul class=\"navbar-nav\">{}</ul></header><nav class=\"breadcrumb-section\"><ol class=\"breadcrumb\"><li><a href=\"/\">Start</a></li><li><a href=\"/aktuelles/\">Aktuelles</a></li></ol></nav><div id=\"page-content\" class=\"bp-page-content main-section\"><!--TYPO3SEARCH_begin-->{main}<!--TYPO3SEARCH_end--></div><footer id=\"page-footer\"><div class=\"frame\"><h4>Kundenservice</h4><p>Mo–Fr 8–17 Uhr</p><a href=\"/tarife/\">Tarife</a> <a href=\"/stoerung/\">Störung melden</a> {}</div></footer>{}</body></html>",
            escape(title),
            blog.title,
            menu(&blog, "/"),
            imprint(&blog),
            cookies(&blog)
        )
    };
    let item = |story: &Story| {
        format!(
            "<div class=\"article articletype-0 topnews\" itemscope=\"itemscope\" itemtype=\"http://schema.org/Article\"><div class=\"header\"><h3><a title=\"{t}\" href=\"{p}\"><span itemprop=\"headline\">{t}</span></a></h3></div><div class=\"teaser-text\"><div itemprop=\"description\"><p>{x}</p></div><a class=\"more\" title=\"{t}\" href=\"{p}\">Weiterlesen</a></div><div class=\"footer\"><p><span class=\"news-list-date\"><time itemprop=\"datePublished\" datetime=\"{day}\">{d}</time></span><span class=\"news-list-category\">{s}</span></p></div></div>",
            t = escape(&story.title),
            p = path(story),
            x = escape(&story.excerpt(160)),
            day = story.at.format("%Y-%m-%d"),
            d = blog.at(story).format("%d.%m.%Y"),
            s = story.section
        )
    };
    let list: String = blog.stories.iter().map(item).collect();
    site.entrance("/aktuelles/", "text/html; charset=utf-8", page("Aktuelles", &format!("<div id=\"c77\" class=\"frame frame-type-news_pi1\"><div class=\"news\"><div class=\"news-list-view\">{list}</div></div></div>")));
    for story in &blog.stories {
        let main = format!(
            "<div class=\"news news-single\"><div class=\"article\" itemscope=\"itemscope\" itemtype=\"http://schema.org/Article\"><div class=\"header\"><h1 itemprop=\"headline\">{}</h1></div><p><span class=\"news-list-date\"><time itemprop=\"datePublished\" datetime=\"{}\">{}</time></span></p><div class=\"news-text-wrap\" itemprop=\"articleBody\">{}</div><div class=\"news-backlink-wrap\"><a href=\"/aktuelles/\">Zurück</a></div></div></div>",
            escape(&story.title),
            story.at.format("%Y-%m-%d"),
            blog.at(story).format("%d.%m.%Y"),
            body(story, Look::Plain, "/fileadmin")
        );
        let html = page(&story.title, &main);
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|_, name| {
        page(name, &format!("<div class=\"frame\"><h1>{}</h1>{}</div>", escape(name), about_text(&blog, name)))
    });
    site
}
