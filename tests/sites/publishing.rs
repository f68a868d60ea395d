//! Ghost and Blogger.

use crate::date;
use crate::html::{Look, about_text, archived, body, escape, json, label, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, atom, rss};
use crate::tongue::Label;
use crate::tongues_west::{DUTCH, ENGLISH};

/// Ghost with its default theme: cards, JSON-LD, "read next", a members' portal.
pub fn ghost() -> Site {
    let blog = Blog::new("The Quiet Engine", &ENGLISH, 15);
    let mut site = Site::new("ghost", "/");
    let path = |story: &Story| format!("/{}/", story.slug);
    let card = |story: &Story| {
        format!(
            "<article class=\"post-card post tag-{tag}{}\">\n<a class=\"post-card-image-link\" href=\"/{slug}/\"><img class=\"post-card-image\" srcset=\"/content/images/size/w300/{slug}.jpg 300w\" src=\"/content/images/size/w600/{slug}.jpg\" alt=\"{title}\" loading=\"lazy\" /></a>\n\
             <div class=\"post-card-content\"><a class=\"post-card-content-link\" href=\"/{slug}/\"><header class=\"post-card-header\"><div class=\"post-card-tags\"><span class=\"post-card-primary-tag\">{section}</span></div>\
             <h2 class=\"post-card-title\">{title}</h2></header><div class=\"post-card-excerpt\">{}</div></a>\
             <footer class=\"post-card-meta\"><time class=\"post-card-meta-date\" datetime=\"{}\">{}</time><span class=\"post-card-meta-length\">{} min read</span></footer></div>\n</article>",
            if story.has_image { "" } else { " no-image" },
            escape(&story.excerpt(170)),
            story.at.format("%Y-%m-%d"),
            story.at.format("%d %b %Y"),
            2 + story.n % 5,
            tag = blog.key(story.section),
            slug = story.slug,
            title = escape(&story.title),
            section = story.section,
        )
    };
    let page = |title: &str, class: &str, head: &str, main: &str| {
        let menu: String = blog
            .tongue
            .sections()
            .iter()
            .take(4)
            .map(|name| format!("<li class=\"nav-{0}\"><a href=\"/tag/{0}/\">{name}</a></li>", blog.key(name)))
            .collect();
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>{}</title><meta charset=\"utf-8\" />{head}<meta name=\"generator\" content=\"Ghost 5.96\" />\
             <link rel=\"alternate\" type=\"application/rss+xml\" title=\"{name}\" href=\"{ORIGIN}/rss/\" /></head><body class=\"{class}\"><div class=\"viewport\">\
             <header id=\"gh-head\" class=\"gh-head outer\"><div class=\"gh-head-inner inner\"><div class=\"gh-head-brand\"><a class=\"gh-head-logo\" href=\"/\">{name}</a></div><nav class=\"gh-head-menu\"><ul class=\"nav\"><li class=\"nav-home\"><a href=\"/\">Home</a></li>{menu}<li class=\"nav-about\"><a href=\"/about/\">About</a></li></ul></nav>\
             <div class=\"gh-head-actions\"><a class=\"gh-head-link\" href=\"#/portal/signin\" data-portal=\"signin\">Sign in</a><a class=\"gh-head-button\" href=\"#/portal/signup\" data-portal=\"signup\">Subscribe</a></div></div></header>\n\
             <div class=\"site-content\">{main}</div><footer class=\"site-footer outer\"><div class=\"inner\"><section class=\"copyright\"><a href=\"/\">{name}</a> &copy; 2026</section><nav class=\"site-footer-nav\"><ul class=\"nav\"><li><a href=\"/privacy/\">Data &amp; privacy</a></li><li><a href=\"/contact/\">Contact</a></li></ul></nav><div class=\"gh-powered-by\"><a href=\"https://ghost.org/\">Powered by Ghost</a></div></div></footer></div></body></html>",
            escape(title),
            name = blog.title,
        )
    };
    let cards = |stories: &[&Story]| stories.iter().map(|story| card(story)).collect::<String>();
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.html("/", page(blog.title, "home-template", "", &format!("<div class=\"site-header-content\"><h1 class=\"site-title\">{}</h1><p class=\"site-description\">Machines that hum and people who mend them.</p></div><main id=\"site-main\" class=\"site-main outer\"><div class=\"inner posts\"><div class=\"post-feed\">{}</div></div></main>", blog.title, cards(&all))));
    for story in &blog.stories {
        let head = format!(
            "<link rel=\"canonical\" href=\"{ORIGIN}/{}/\" /><meta property=\"og:title\" content=\"{}\" /><meta property=\"article:published_time\" content=\"{}\" /><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"Article\",\"headline\":{},\"datePublished\":\"{}\",\"author\":{{\"@type\":\"Person\",\"name\":{}}}}}</script>",
            story.slug,
            escape(&story.title),
            story.at.format("%Y-%m-%dT%H:%M:%S.000Z"),
            json(&story.title),
            story.at.format("%Y-%m-%dT%H:%M:%S.000Z"),
            json(story.author),
        );
        let main = format!(
            "<main id=\"site-main\" class=\"site-main\"><article class=\"article post\"><header class=\"article-header gh-canvas\"><div class=\"article-tag post-card-tags\"><span class=\"post-card-primary-tag\"><a href=\"/tag/{}/\">{}</a></span></div><h1 class=\"article-title\">{}</h1>\
             <div class=\"article-byline\"><section class=\"article-byline-content\"><ul class=\"author-list\"><li class=\"author-list-item\"><a href=\"/author/{}/\" class=\"author-avatar\"></a></li></ul><div class=\"article-byline-meta\"><h4 class=\"author-name\"><a href=\"/author/{}/\">{}</a></h4><div class=\"byline-meta-content\"><time class=\"byline-meta-date\" datetime=\"{}\">{}</time></div></div></section></div></header>\n\
             <section class=\"gh-content gh-canvas\">{}</section></article></main>\
             <section class=\"footer-cta outer\"><div class=\"inner\"><h2 class=\"footer-cta-title\">Sign up for more like this.</h2><a class=\"footer-cta-button\" href=\"#/portal\">Enter your email</a></div></section>\
             <aside class=\"read-more-wrap outer\"><div class=\"read-more inner\">{}</div></aside>",
            blog.key(story.section),
            story.section,
            escape(&story.title),
            blog.key(story.author),
            blog.key(story.author),
            story.author,
            story.at.format("%Y-%m-%d"),
            story.at.format("%d %b %Y"),
            body(story, Look::Ghost, "/content/images/2026/10"),
            cards(&related(&blog, story, 3)),
        );
        let html = page(&story.title, "post-template", &head, &main);
        site.article(&blog, story, &path(story), html);
    }
    site.entrance("/rss/", "application/rss+xml; charset=utf-8", rss(&blog, blog.title, &all, Tells::Full, path));
    site.fill(|way, name| {
        let main = if way.starts_with("/tag/") || way.starts_with("/author/") {
            format!("<main class=\"site-main outer\"><section class=\"post-card post-card-large\"><h1 class=\"post-card-title\">{}</h1></section><div class=\"post-feed\">{}</div></main>", escape(name), cards(&archived(&blog, way)))
        } else {
            format!("<article class=\"article page\"><h1 class=\"article-title\">{}</h1><section class=\"gh-content gh-canvas\">{}</section></article>", escape(name), about_text(&blog, name))
        };
        page(name, "tag-template", "", &main)
    });
    site
}

/// Blogger with one of its own themes: attributes in single quotes, labels, an archive in the sidebar.
pub fn blogger() -> Site {
    let blog = Blog::new("Polderdagboek", &DUTCH, 21);
    let mut site = Site::new("blogger", "/");
    let path = |story: &Story| format!("/{}/{}.html", story.at.format("%Y/%m"), story.slug);
    let entry = |story: &Story| {
        format!(
            "<article class='post-outer-container'>\n<div class='post-outer'>\n<div class='post has-featured-image'>\n<script type='application/ld+json'>{{\"@context\":\"http://schema.org\",\"@type\":\"BlogPosting\",\"mainEntityOfPage\":{{\"@type\":\"WebPage\",\"@id\":\"{ORIGIN}{path}\"}},\"headline\":{headline},\"datePublished\":\"{iso}\"}}</script>\n\
             <a name='{id}'></a>\n<h3 class='post-title entry-title'>\n<a href='{ORIGIN}{path}'>{title}</a>\n</h3>\n<div class='post-header'><div class='post-header-line-1'><span class='byline post-timestamp'>\n<meta content='{ORIGIN}{path}'/>\n\
             <a class='timestamp-link' href='{ORIGIN}{path}' rel='bookmark' title='permanent link'><time class='published' datetime='{iso}' title='{iso}'>\n{day}\n</time></a></span></div></div>\n\
             <div class='container post-body entry-content' id='post-snippet-{id}'>\n<div class='post-snippet snippet-container r-snippet-container'>\n<div class='snippet-item r-snippetized'>\n{text}\n</div><a class='snippet-fade r-snippet-fade hidden' href='{ORIGIN}{path}'></a></div></div>\n\
             <div class='post-bottom'><div class='byline post-labels'><span class='byline-label'>Labels</span><a href='{ORIGIN}/search/label/{label}' rel='tag'>{label}</a></div><div class='byline jump-link'><a class='flat-button' href='{ORIGIN}{path}' title='{title}'>Meer lezen</a></div></div></div></div></article>\n",
            headline = json(&story.title),
            iso = blog.iso(story),
            id = 8_841_002_774_000_u64 + story.n as u64,
            path = path(story),
            title = escape(&story.title).replace('\'', "&#39;"),
            day = date::long("nl", blog.at(story)),
            text = escape(&story.excerpt(220)),
            label = story.tags[0],
        )
    };
    let page = |title: &str, main: &str| {
        let months: String = ["oktober", "september"].iter().zip(["10", "09"]).map(|(name, month)| format!("<li class='archivedate'><a class='post-count-link' href='{ORIGIN}/2026/{month}/'>{name}<span class='post-count'>9</span></a></li>")).collect();
        let labels: String = blog
            .tongue
            .tags()
            .iter()
            .map(|tag| format!("<li><a class='label-name' href='{ORIGIN}/search/label/{tag}'>{tag}</a></li>"))
            .collect();
        let popular: String = blog
            .stories
            .iter()
            .skip(4)
            .take(3)
            .map(|story| {
                format!(
                    "<div class='post'><h3 class='post-title'><a href='{ORIGIN}{}'>{}</a></h3></div>",
                    path(story),
                    escape(&story.title)
                )
            })
            .collect();
        format!(
            "<!DOCTYPE html>\n<html dir='ltr' lang='nl'>\n<head>\n<title>{}</title>\n<meta content='blogger' name='generator'/>\n<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{name} - Atom\" href=\"{ORIGIN}/feeds/posts/default\" />\n\
             <link rel=\"alternate\" type=\"application/rss+xml\" title=\"{name} - RSS\" href=\"{ORIGIN}/feeds/posts/default?alt=rss\" />\n<link rel=\"service.post\" type=\"application/atom+xml\" title=\"{name} - Atom\" href=\"https://draft.blogger.com/feeds/1/posts/default\" />\n</head>\n\
             <body class='version-1-3-3 theme-contempo'>\n<a class='skip-navigation' href='#main' tabindex='0'>Doorgaan naar hoofdcontent</a><div class='page'>\n<header class='header-outer' role='banner'><div class='header-widget'><h1><a href='{ORIGIN}/'>{name}</a></h1></div>\
             <div class='widget PageList' id='PageList1'><ul class='tabs'><li class='overflowable-item'><a href='{ORIGIN}/'>Home</a></li><li class='overflowable-item'><a href='{ORIGIN}/p/over-ons.html'>Over ons</a></li></ul></div></header>\n\
             <main id='main' role='main'><div class='main section' id='page_body'><div class='widget Blog' data-version='2' id='Blog1'>{main}</div></div></main>\n\
             <aside class='sidebar-container' role='complementary'><div class='widget BlogArchive'><ul class='hierarchy'>{months}</ul></div><div class='widget Label'><h3 class='title'>Labels</h3><ul>{labels}</ul></div><div class='widget PopularPosts'><h3 class='title'>Populaire posts</h3>{popular}</div></aside>\n\
             <footer class='footer'><div class='blogger'><a href='https://www.blogger.com'>Mogelijk gemaakt door Blogger</a></div></footer></div></body></html>",
            escape(title),
            name = blog.title,
        )
    };
    let list: String = blog.stories.iter().take(7).map(entry).collect();
    let older = format!(
        "<div class='blog-pager container' id='blog-pager'><a class='blog-pager-older-link flat-button' href='{ORIGIN}/search?updated-max=2026-10-20T10:00:00%2B02:00&amp;max-results=7' id='Blog1_blog-pager-older-link' title='Oudere posts'>{}</a></div>",
        label(&blog, Label::Next)
    );
    site.html("/", page(blog.title, &format!("<div class='blog-posts hfeed container'>{list}</div>{older}")));
    let rest: Vec<&Story> = blog.stories.iter().collect();
    for story in &blog.stories {
        let told = format!(
            "<script type='application/ld+json'>{{\"@context\":\"http://schema.org\",\"@type\":\"BlogPosting\",\"mainEntityOfPage\":{{\"@type\":\"WebPage\",\"@id\":\"{ORIGIN}{}\"}},\"headline\":{},\"datePublished\":\"{}\"}}</script>",
            path(story),
            json(&story.title),
            blog.iso(story)
        );
        let main = format!(
            "<div class='blog-posts hfeed container'><article class='post-outer-container'><div class='post-outer'><div class='post'>{}<h3 class='post-title entry-title'>\n{}\n</h3><div class='post-header'><span class='byline post-author vcard'><span class='fn'>{}</span></span><a class='timestamp-link' href='{ORIGIN}{}' rel='bookmark'><time class='published' datetime='{}'>{}</time></a></div>\
             <div class='post-body entry-content float-container' id='post-body-{}'>\n{}\n</div><div class='post-bottom'><div class='byline post-labels'><a href='{ORIGIN}/search/label/{tag}' rel='tag'>{tag}</a></div></div></div></div>\
             <section class='comments embed' data-num-comments='0' id='comments'><h3 class='title'>{}</h3><div id='Blog1_comments-block-wrapper'></div></section></article></div>\
             <div class='widget PopularPosts'><h3 class='title'>Populaire posts van deze blog</h3>{}</div>",
            told,
            escape(&story.title),
            story.author,
            path(story),
            blog.iso(story),
            date::long("nl", blog.at(story)),
            story.n,
            body(story, Look::Divs, "https://blogger.googleusercontent.example/img"),
            label(&blog, Label::Comments),
            related(&blog, story, 2).into_iter().map(entry).collect::<String>(),
            tag = story.tags[0],
        );
        let html = page(&format!("{}: {}", blog.title, story.title), &main);
        site.article(&blog, story, &path(story), html);
    }
    let feed = atom(&blog, blog.title, &rest, Tells::Full, path);
    site.entrance("/feeds/posts/default", "application/atom+xml; charset=UTF-8", feed);
    site.page(
        "/feeds/posts/default?alt=rss",
        "application/rss+xml; charset=UTF-8",
        rss(&blog, blog.title, &rest, Tells::Full, path),
    );
    site.page(
        "/robots.txt",
        "text/plain",
        format!("User-agent: *\nDisallow: /search\nAllow: /\n\nSitemap: {ORIGIN}/sitemap.xml\n"),
    );
    site.fill(|way, name| {
        let list: String = archived(&blog, way).into_iter().map(entry).collect();
        let main = if way.starts_with("/p/") {
            format!("<div class='post-body'><h3 class='post-title'>{name}</h3>{}</div>", about_text(&blog, name))
        } else {
            list
        };
        page(&format!("{}: {name}", blog.title), &main)
    });
    site
}
