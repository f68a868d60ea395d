//! Sites whose home page lists no articles: only sitemaps do, honest and dishonest ones.

use crate::date;
use crate::furniture::{cookies, imprint, menu};
use crate::html::{Look, about_text, body, escape, json, label};
use crate::site::{NOW, ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{news_sitemap, sitemap_index, urlset};
use crate::tongue::Label;
use crate::tongues_east::INDONESIAN;
use crate::tongues_west::{ENGLISH, GERMAN};

fn page(blog: &Blog, title: &str, head: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>{head}</head><body><header><a href=\"/\">{}</a><nav><ul>{}</ul></nav></header><main>{main}</main><footer>{}</footer>{}</body></html>",
        blog.tongue.code,
        escape(title),
        blog.title,
        menu(blog, "/topic/"),
        imprint(blog),
        cookies(blog)
    )
}

fn article(blog: &Blog, story: &Story) -> String {
    let head = format!(
        "<meta property=\"og:type\" content=\"article\"><meta property=\"article:published_time\" content=\"{}\"><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"Article\",\"headline\":{},\"datePublished\":\"{}\"}}</script>",
        blog.iso(story),
        json(&story.title),
        blog.iso(story)
    );
    let main = format!(
        "<article><h1>{}</h1><p class=\"meta\">{} · {}</p>{}</article>",
        escape(&story.title),
        story.author,
        date::long(blog.tongue.code, blog.at(story)),
        body(story, Look::Plain, "/media")
    );
    page(blog, &format!("{} | {}", story.title, blog.title), &head, &main)
}

fn landing(blog: &Blog) -> String {
    format!(
        "<section class=\"hero\"><h1>{}</h1><p>{}</p><a class=\"button\" href=\"/contact\">→</a></section><section><canvas id=\"map\"></canvas></section>",
        blog.title,
        label(blog, Label::NewsletterText)
    )
}

/// The pages that aren't articles: the start, topics, about.
fn others(site: &mut Site, blog: &Blog) -> Vec<(String, Option<String>)> {
    site.html("/", page(blog, blog.title, "", &landing(blog)));
    site.fill(|_, name| page(blog, name, "", &format!("<h1>{}</h1>{}", escape(name), about_text(blog, name))));
    let articles: Vec<String> = site.paths().into_iter().map(str::to_owned).collect();
    site.pages
        .keys()
        .filter(|path| !articles.contains(path))
        .map(|path| (path.clone(), Some("2025-02-11".to_owned())))
        .collect()
}

/// An index of packed sitemaps for posts, pages, categories and authors; `lastmod` is honest.
pub fn index() -> Site {
    let blog = Blog::new("Coast Survey", &ENGLISH, 18);
    let mut site = Site::new("sitemap_index", "/");
    let path = |story: &Story| format!("/insights/{}/", story.slug);
    for story in &blog.stories {
        let html = article(&blog, story);
        site.article(&blog, story, &path(story), html);
    }
    let pages = others(&mut site, &blog);
    let (topics, pages): (Vec<_>, Vec<_>) = pages.into_iter().partition(|(path, _)| path.starts_with("/topic/"));
    let mut authors = Vec::new();
    for name in blog.tongue.authors() {
        let way = format!("/author/{}/", blog.key(name));
        site.html(&way, page(&blog, name, "", &format!("<h1>{name}</h1>{}", about_text(&blog, name))));
        authors.push((way, Some("2026-01-15".to_owned())));
    }
    let posts = urlset(blog.stories.iter().map(|story| (path(story), Some(blog.iso(story)))));
    let gzip = "application/x-gzip";
    site.entrance("/post-sitemap.xml.gz", gzip, posts).is_gzipped = true;
    site.page("/page-sitemap.xml.gz", gzip, urlset(pages)).is_gzipped = true;
    site.page("/category-sitemap.xml.gz", gzip, urlset(topics)).is_gzipped = true;
    site.page("/author-sitemap.xml.gz", gzip, urlset(authors)).is_gzipped = true;
    let newest = blog.iso(&blog.stories[0]);
    let children = [
        ("/post-sitemap.xml.gz", newest),
        ("/page-sitemap.xml.gz", "2025-02-11".to_owned()),
        ("/category-sitemap.xml.gz", "2025-02-11".to_owned()),
        ("/author-sitemap.xml.gz", "2026-01-15".to_owned()),
    ];
    site.page("/sitemap_index.xml", "text/xml; charset=UTF-8", sitemap_index(&children));
    site.page(
        "/robots.txt",
        "text/plain",
        format!("User-agent: *\nDisallow: /admin/\n\nSitemap: {ORIGIN}/sitemap_index.xml\n"),
    );
    site
}

/// A sitemap for news search, named by robots.txt, beside an ordinary one that is of no use.
pub fn news() -> Site {
    let blog = Blog::new("Warta Teluk", &INDONESIAN, 16);
    let mut site = Site::new("news_sitemap", "/");
    let path = |story: &Story| format!("/read/{}/{}", story.at.format("%Y/%m/%d"), story.slug);
    for story in &blog.stories {
        let html = article(&blog, story);
        site.article(&blog, story, &path(story), html);
    }
    let pages = others(&mut site, &blog);
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance("/sitemap-news.xml", "application/xml", news_sitemap(&blog, &all, path));
    site.page("/sitemap-web.xml", "application/xml", urlset(pages));
    site.page(
        "/robots.txt",
        "text/plain",
        format!("User-agent: *\nAllow: /\nSitemap: {ORIGIN}/sitemap-web.xml\nSitemap: {ORIGIN}/sitemap-news.xml\n"),
    );
    site
}

/// Everything in the sitemap claims to have changed just now.
pub fn always_now() -> Site {
    let blog = Blog::new("Pegelbriefe", &GERMAN, 14);
    let mut site = Site::new("sitemap_always_now", "/");
    let path = |story: &Story| format!("/briefe/{}/", story.slug);
    for story in &blog.stories {
        let html = article(&blog, story);
        site.article(&blog, story, &path(story), html);
    }
    let pages = others(&mut site, &blog);
    let everything: Vec<(String, Option<String>)> = pages
        .into_iter()
        .map(|(path, _)| path)
        .chain(blog.stories.iter().map(path))
        .map(|path| (path, Some(NOW.to_owned())))
        .collect();
    site.entrance("/sitemap.xml", "application/xml", urlset(everything));
    site
}
