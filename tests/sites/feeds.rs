//! Feeds under a wrong name, several feeds of one site, and starting from an article.

use crate::date;
use crate::furniture::{headlines, share};
use crate::html::{Look, about_text, body, escape, label, related};
use crate::listings::ordinary;
use crate::site::{Ends, Missing, ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, atom, json_feed, rss};
use crate::tongue::{Label, Tongue};
use crate::tongues_east::INDONESIAN;
use crate::tongues_west::{DUTCH, ENGLISH, FRENCH, GERMAN, ITALIAN};
use crate::wordpress::{comments_feed, dated};

/// A small blog at `/` with this in every page's head.
fn small(
    name: &'static str,
    title: &'static str,
    tongue: &'static Tongue,
    n_stories: usize,
    head: &str,
) -> (Site, Blog) {
    let blog = Blog::new(title, tongue, n_stories);
    let mut site = Site::new(name, "/");
    let list: String = blog
        .stories
        .iter()
        .map(|story| {
            format!(
                "<div class=\"post\"><h2><a href=\"{}\">{}</a></h2><p class=\"date\">{}</p><p>{}</p></div>",
                dated(story),
                escape(&story.title),
                date::long(tongue.code, blog.at(story)),
                escape(&story.excerpt(150))
            )
        })
        .collect();
    site.html("/", ordinary(&blog, title, head, &list));
    for story in &blog.stories {
        let near = headlines(&related(&blog, story, 4), dated);
        let main = format!(
            "<article class=\"post\"><h1>{}</h1><p class=\"date\">{} – {}</p><div class=\"entry\">{}</div>{}</article><aside><h3>{}</h3><ul>{near}</ul></aside>",
            escape(&story.title),
            date::long(tongue.code, blog.at(story)),
            story.author,
            body(story, Look::Plain, "/media"),
            share(&blog, &dated(story)),
            label(&blog, Label::Recent)
        );
        let html = ordinary(&blog, &format!("{} « {}", story.title, title), head, &main);
        site.article(&blog, story, &dated(story), html);
    }
    site.fill(|_, name| ordinary(&blog, name, head, &format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))));
    (site, blog)
}

fn all(blog: &Blog) -> Vec<&Story> {
    blog.stories.iter().collect()
}

/// RSS that is served as a page.
pub fn rss_as_html() -> Site {
    let (mut site, blog) = small(
        "rss_as_html",
        "Vapeur et rails",
        &FRENCH,
        10,
        "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss.php\">",
    );
    site.entrance("/rss.php", "text/html; charset=utf-8", rss(&blog, blog.title, &all(&blog), Tells::Summary, dated));
    site
}

/// Atom that is served as a download.
pub fn atom_as_octets() -> Site {
    let (mut site, blog) = small(
        "atom_as_octets",
        "Gleiswerk",
        &GERMAN,
        10,
        "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/atom\">",
    );
    site.entrance("/atom", "application/octet-stream", atom(&blog, blog.title, &all(&blog), Tells::Full, dated));
    site
}

/// A JSON Feed that is served as text.
pub fn json_as_text() -> Site {
    let (mut site, blog) = small(
        "json_as_text",
        "Binnenwater",
        &DUTCH,
        10,
        "<link rel=\"alternate\" type=\"application/feed+json\" title=\"JSON\" href=\"/feed.json\">",
    );
    site.entrance("/feed.json", "text/plain", json_feed(&blog, &all(&blog), dated));
    site
}

/// Comments first, then two categories, then the main feed.
pub fn several() -> Site {
    let head = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Lantern Lane &raquo; Comments Feed\" href=\"/comments/feed/\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"Lantern Lane &raquo; Culture\" href=\"/category/culture/feed/\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"Lantern Lane &raquo; Food\" href=\"/category/food/feed/\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"Lantern Lane &raquo; Feed\" href=\"/feed/\">";
    let (mut site, blog) = small("several_feeds", "Lantern Lane", &ENGLISH, 12, head);
    let xml = "application/rss+xml; charset=UTF-8";
    site.page("/comments/feed/", xml, comments_feed(&blog));
    for (path, n) in [("/category/culture/feed/", 3), ("/category/food/feed/", 4)] {
        let some: Vec<&Story> = blog.stories.iter().filter(|story| story.n % n == 1).collect();
        site.page(path, xml, rss(&blog, &format!("Lantern Lane » {n}"), &some, Tells::Summary, dated));
    }
    site.entrance("/feed/", xml, rss(&blog, blog.title, &all(&blog), Tells::Summary, dated));
    site
}

/// An Italian site with an English edition, whose feed stands first.
pub fn two_languages() -> Site {
    let head = "<link rel=\"alternate\" hreflang=\"en\" href=\"/en/\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"La Diga (English)\" hreflang=\"en\" href=\"/en/feed.xml\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"La Diga\" hreflang=\"it\" href=\"/feed.xml\">";
    let (mut site, blog) = small("feed_of_another_language", "La Diga", &ITALIAN, 11, head);
    site.entrance("/feed.xml", "application/rss+xml", rss(&blog, blog.title, &all(&blog), Tells::Full, dated));
    let english = Blog::new("La Diga in English", &ENGLISH, 9);
    let path = |story: &Story| format!("/en/{}.html", story.slug);
    site.page("/en/feed.xml", "application/rss+xml", rss(&english, english.title, &all(&english), Tells::Full, path));
    site.html(
        "/en/",
        ordinary(&english, english.title, head, &format!("<ul>{}</ul>", headlines(&all(&english), path))),
    );
    for story in &english.stories {
        site.html(
            &path(story),
            ordinary(
                &english,
                &story.title,
                head,
                &format!("<article><h1>{}</h1>{}</article>", escape(&story.title), body(story, Look::Plain, "/media")),
            ),
        );
    }
    site.fill(|_, name| {
        ordinary(&english, name, head, &format!("<h1>{}</h1>{}", escape(name), about_text(&english, name)))
    });
    site
}

/// The newcomer has an article open, and gives its address.
pub fn from_an_article() -> Site {
    let (mut site, blog) = small(
        "from_an_article",
        "Catatan Dermaga",
        &INDONESIAN,
        12,
        "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Catatan Dermaga\" href=\"/feed/\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"Komentar\" href=\"/comments/feed/\">",
    );
    site.start = dated(&blog.stories[4]);
    site.entrance(
        "/feed/",
        "application/rss+xml; charset=UTF-8",
        rss(&blog, blog.title, &all(&blog), Tells::Full, dated),
    );
    site.page("/comments/feed/", "application/rss+xml; charset=UTF-8", comments_feed(&blog));
    // Every other feed and every unknown page is a page that says sorry with status 200.
    site.missing = Missing::Soft(ordinary(
        &blog,
        "Halaman tidak ditemukan",
        "",
        "<h1>Maaf, halaman tidak ditemukan</h1><p>Coba kembali ke <a href=\"/\">beranda</a>.</p>",
    ));
    site
}

/// One essay, and nothing else: there is nothing to follow.
pub fn lone_article() -> Site {
    let blog = Blog::new("On Tides", &ENGLISH, 1);
    let story = &blog.stories[0];
    let mut site = Site::new("lone_article", "/essay.html");
    site.ends =
        Ends::Fails(&["no feed", "one article", "single article", "no articles", "no list", "nothing to follow"]);
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{t}</title><link rel=\"canonical\" href=\"{ORIGIN}/essay.html\"></head><body><article><h1>{t}</h1><p>by {}</p>{}</article><p><a href=\"mailto:tides@example.org\">Write to me</a></p></body></html>",
        story.author,
        body(story, Look::Plain, "/media"),
        t = escape(&story.title)
    );
    site.html("/essay.html", html);
    site
}
