//! Feeds and sitemaps as platforms write them.

use crate::date;
use crate::html::{Look, body, escape, json};
use crate::site::ORIGIN;
use crate::story::{Blog, Story};

/// What a feed tells of its items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    Full,
    Summary,
}

/// RSS 2.0 with the modules that WordPress and its like add. `path` makes an article's address.
pub fn rss(blog: &Blog, title: &str, stories: &[&Story], tells: Tells, path: impl Fn(&Story) -> String) -> String {
    let items: String = stories
        .iter()
        .map(|story| {
            let content = match tells {
                Tells::Full => {
                    format!("<content:encoded><![CDATA[{}]]></content:encoded>", body(story, Look::Plain, &format!("{ORIGIN}/media")))
                }
                Tells::Summary => String::new(),
            };
            let categories: String = std::iter::once(&story.section)
                .chain(&story.tags)
                .map(|name| format!("<category><![CDATA[{name}]]></category>"))
                .collect();
            format!(
                "\t<item>\n\t\t<title>{}</title>\n\t\t<link>{ORIGIN}{}</link>\n\t\t<dc:creator><![CDATA[{}]]></dc:creator>\n\
                 \t\t<pubDate>{}</pubDate>\n\t\t{categories}\n\t\t<guid isPermaLink=\"false\">{ORIGIN}/?p={}</guid>\n\
                 \t\t<description><![CDATA[{} [&#8230;]]]></description>\n\t\t{content}\n\t</item>\n",
                escape(&story.title),
                path(story),
                story.author,
                date::rfc822(blog.at(story)),
                1000 + story.n,
                story.excerpt(240),
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>{}</title>\n\
         <link>{ORIGIN}/</link>\n<description></description>\n<language>{}</language>\n{items}</channel>\n</rss>\n",
        escape(title),
        blog.tongue.code,
    )
}

pub fn atom(blog: &Blog, title: &str, stories: &[&Story], tells: Tells, path: impl Fn(&Story) -> String) -> String {
    let entries: String = stories
        .iter()
        .map(|story| {
            let text = match tells {
                Tells::Full => {
                    format!(
                        "<content type=\"html\">{}</content>",
                        escape(&body(story, Look::Plain, &format!("{ORIGIN}/media")))
                    )
                }
                Tells::Summary => format!("<summary type=\"html\">{}</summary>", escape(&story.excerpt(200))),
            };
            let at = blog.iso(story);
            format!(
                "<entry><title type=\"html\">{}</title><link href=\"{ORIGIN}{}\" rel=\"alternate\" type=\"text/html\"/>\
                 <published>{at}</published><updated>{at}</updated><id>{ORIGIN}{}</id><author><name>{}</name></author>\
                 <category term=\"{}\"/>{text}</entry>\n",
                escape(&escape(&story.title)),
                path(story),
                path(story),
                escape(story.author),
                escape(story.section),
            )
        })
        .collect();
    let updated = stories.first().map(|story| blog.iso(story)).unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\
         <link href=\"{ORIGIN}/\" rel=\"alternate\" type=\"text/html\"/><updated>{updated}</updated><id>{ORIGIN}/</id>\
         <title type=\"html\">{}</title>\n{entries}</feed>\n",
        blog.tongue.code,
        escape(title),
    )
}

pub fn json_feed(blog: &Blog, stories: &[&Story], path: impl Fn(&Story) -> String) -> String {
    let items: Vec<String> = stories
        .iter()
        .map(|story| {
            format!(
                "{{\"id\":\"{ORIGIN}{}\",\"url\":\"{ORIGIN}{}\",\"title\":{},\"summary\":{},\"date_published\":\"{}\",\
                 \"content_html\":{}}}",
                path(story),
                path(story),
                json(&story.title),
                json(&story.excerpt(160)),
                blog.iso(story),
                json(&body(story, Look::Plain, &format!("{ORIGIN}/media"))),
            )
        })
        .collect();
    format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":{},\"home_page_url\":\"{ORIGIN}/\",\"items\":[{}]}}",
        json(blog.title),
        items.join(",\n")
    )
}

/// A sitemap of addresses with the time of their last change, where it is told.
pub fn urlset(entries: impl IntoIterator<Item = (String, Option<String>)>) -> String {
    let urls: String = entries
        .into_iter()
        .map(|(path, changed)| {
            let changed = changed.map(|at| format!("<lastmod>{at}</lastmod>")).unwrap_or_default();
            format!("<url><loc>{ORIGIN}{path}</loc>{changed}</url>\n")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    )
}

/// A sitemap of sitemaps.
pub fn sitemap_index(children: &[(&str, String)]) -> String {
    let maps: String = children
        .iter()
        .map(|(path, changed)| format!("<sitemap><loc>{ORIGIN}{path}</loc><lastmod>{changed}</lastmod></sitemap>\n"))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{maps}</sitemapindex>\n"
    )
}

/// A sitemap for news search, with headlines and dates.
pub fn news_sitemap(blog: &Blog, stories: &[&Story], path: impl Fn(&Story) -> String) -> String {
    let urls: String = stories
        .iter()
        .map(|story| {
            format!(
                "<url><loc>{ORIGIN}{}</loc><news:news><news:publication><news:name>{}</news:name>\
                 <news:language>{}</news:language></news:publication><news:publication_date>{}</news:publication_date>\
                 <news:title>{}</news:title></news:news></url>\n",
                path(story),
                escape(blog.title),
                blog.tongue.code,
                blog.iso(story),
                escape(&story.title),
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n{urls}</urlset>\n"
    )
}
