//! Static site generators: Hugo, Jekyll, Astro.

use crate::date;
use crate::html::{Look, about_text, archived, body, escape, json, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, atom, rss, urlset};
use crate::tongues_west::{ENGLISH, FRENCH, ITALIAN};

/// Hugo with a popular theme: a card's headline is plain text, its link an empty layer above.
pub fn hugo() -> Site {
    let blog = Blog::new("Notes from Lock Nine", &ENGLISH, 14);
    let mut site = Site::new("hugo", "/");
    let path = |story: &Story| format!("/posts/{}/", story.slug);
    let entry = |story: &Story| {
        format!(
            "<article class=\"post-entry\">\n  <header class=\"entry-header\">\n    <h2 class=\"entry-hint-parent\">{title}\n    </h2>\n  </header>\n  <div class=\"entry-content\">\n    <p>{}...</p>\n  </div>\n  <footer class=\"entry-footer\"><span title='{} UTC'>{}</span>&nbsp;·&nbsp;{} min&nbsp;·&nbsp;{}</footer>\n  <a class=\"entry-link\" aria-label=\"post link to {title}\" href=\"{ORIGIN}{}\"></a>\n</article>\n",
            escape(&story.excerpt(200)),
            story.at.format("%Y-%m-%d %H:%M:%S +0000"),
            date::long("en", blog.at(story)),
            1 + story.n % 4,
            story.author,
            path(story),
            title = escape(&story.title),
        )
    };
    let page = |title: &str, class: &str, head: &str, main: &str| {
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\" dir=\"auto\">\n<head><meta charset=\"utf-8\"><title>{}</title>{head}<meta name=\"generator\" content=\"Hugo 0.136.5\">\n</head>\n<body class=\"{class}\" id=\"top\">\
             <header class=\"header\"><nav class=\"nav\"><div class=\"logo\"><a href=\"{ORIGIN}/\" accesskey=\"h\" title=\"{name} (Alt + H)\">{name}</a></div><ul id=\"menu\"><li><a href=\"{ORIGIN}/archives/\" title=\"Archive\"><span>Archive</span></a></li><li><a href=\"{ORIGIN}/tags/\" title=\"Tags\"><span>Tags</span></a></li><li><a href=\"{ORIGIN}/about/\" title=\"About\"><span>About</span></a></li></ul></nav></header>\n\
             <main class=\"main\">\n{main}</main>\n<footer class=\"footer\"><span>&copy; 2026 <a href=\"{ORIGIN}/\">{name}</a></span> · <span>Powered by <a href=\"https://gohugo.io/\">Hugo</a></span></footer></body></html>",
            escape(title),
            name = blog.title,
        )
    };
    let feed = format!(
        "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"{ORIGIN}/index.xml\"><link rel=\"alternate\" type=\"application/json\" href=\"{ORIGIN}/index.json\">"
    );
    let info = "<article class=\"first-entry home-info\"><header class=\"entry-header\"><h1>Hi there 👋</h1></header><div class=\"entry-content\"><p>I look after a lock and write things down.</p></div></article>";
    let list: String = blog.stories.iter().take(10).map(entry).collect();
    site.html("/", page(blog.title, "list", &feed, &format!("{info}{list}<footer class=\"page-footer\"><nav class=\"pagination\"><a class=\"next\" href=\"{ORIGIN}/page/2/\">Next&nbsp;&nbsp;»</a></nav></footer>")));
    let rest: String = blog.stories.iter().skip(10).map(entry).collect();
    site.html("/page/2/", page(blog.title, "list", &feed, &rest));
    for story in &blog.stories {
        let tags: String =
            story.tags.iter().map(|tag| format!("<li><a href=\"{ORIGIN}/tags/{tag}/\">{tag}</a></li>")).collect();
        let near: String = related(&blog, story, 2).iter().zip(["prev", "next"]).map(|(other, way)| format!("<a class=\"{way}\" href=\"{ORIGIN}{}\"><span class=\"title\">« {way}</span><br><span>{}</span></a>", path(other), escape(&other.title))).collect();
        let main = format!(
            "<article class=\"post-single\">\n  <header class=\"post-header\"><div class=\"breadcrumbs\"><a href=\"{ORIGIN}/\">Home</a>&nbsp;»&nbsp;<a href=\"{ORIGIN}/posts/\">Posts</a></div>\n    <h1 class=\"post-title entry-hint-parent\">{}\n    </h1><div class=\"post-meta\"><span title='{} UTC'>{}</span>&nbsp;·&nbsp;{}</div>\n  </header>\
             <div class=\"toc\"><details><summary accesskey=\"c\"><span class=\"details\">Table of Contents</span></summary></details></div>\n  <div class=\"post-content\">{}</div>\n  <footer class=\"post-footer\"><ul class=\"post-tags\">{tags}</ul><nav class=\"paginav\">{near}</nav></footer>\n</article>",
            escape(&story.title),
            story.at.format("%Y-%m-%d %H:%M:%S +0000"),
            date::long("en", blog.at(story)),
            story.author,
            body(story, Look::Plain, "/images"),
        );
        let head = format!(
            "<meta property=\"article:published_time\" content=\"{}\"><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"BlogPosting\",\"headline\":{},\"datePublished\":\"{}\"}}</script>",
            blog.iso(story),
            json(&story.title),
            blog.iso(story)
        );
        let html = page(&format!("{} | {}", story.title, blog.title), "", &head, &main);
        site.article(&blog, story, &path(story), html);
    }
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance(
        "/index.xml",
        "application/xml",
        rss(&blog, &format!("{} on", blog.title), &all, Tells::Summary, path),
    );
    let search: Vec<String> = all
        .iter()
        .map(|story| {
            format!("{{\"title\":{},\"permalink\":\"{ORIGIN}{}\",\"content\":\"\"}}", json(&story.title), path(story))
        })
        .collect();
    site.page("/index.json", "application/json", format!("[{}]", search.join(",")));
    site.page("/sitemap.xml", "application/xml", urlset(all.iter().map(|story| (path(story), Some(blog.iso(story))))));
    site.fill(|way, name| {
        let list: String = archived(&blog, way).into_iter().map(entry).collect();
        let main = if way == "/about/" { format!("<article class=\"post-single\"><h1 class=\"post-title\">About</h1><div class=\"post-content\">{}</div></article>", about_text(&blog, name)) } else { format!("<header class=\"page-header\"><h1>{}</h1></header>{list}", escape(name)) };
        page(&format!("{name} | {}", blog.title), "list", "", &main)
    });
    site
}

/// Jekyll with its default theme and the feed plugin's Atom.
pub fn jekyll() -> Site {
    let blog = Blog::new("Carnet de l’écluse", &FRENCH, 11);
    let mut site = Site::new("jekyll", "/");
    let path =
        |story: &Story| format!("/{}/{}/{}.html", blog.key(story.section), story.at.format("%Y/%m/%d"), story.slug);
    let page = |title: &str, main: &str| {
        format!(
            "<!DOCTYPE html>\n<html lang=\"fr\"><head>\n  <meta charset=\"utf-8\"><title>{}</title><meta name=\"generator\" content=\"Jekyll v4.3.3\" /><link rel=\"stylesheet\" href=\"/assets/main.css\"><link type=\"application/atom+xml\" rel=\"alternate\" href=\"{ORIGIN}/feed.xml\" title=\"{name}\" /></head>\n\
             <body><header class=\"site-header\" role=\"banner\"><div class=\"wrapper\"><a class=\"site-title\" rel=\"author\" href=\"/\">{name}</a><nav class=\"site-nav\"><div class=\"trigger\"><a class=\"page-link\" href=\"/a-propos/\">À propos</a></div></nav></div></header>\n\
             <main class=\"page-content\" aria-label=\"Content\"><div class=\"wrapper\">{main}</div></main>\n<footer class=\"site-footer h-card\"><data class=\"u-url\" href=\"/\"></data><div class=\"wrapper\"><p>Notes prises au bord de l’eau.</p><ul class=\"social-media-list\"><li><a href=\"https://code.example/ecluse\">ecluse</a></li></ul></div></footer></body></html>",
            escape(title),
            name = blog.title,
        )
    };
    let list: String = blog
        .stories
        .iter()
        .map(|story| format!("<li><span class=\"post-meta\">{}</span>\n        <h3>\n          <a class=\"post-link\" href=\"{}\">\n            {}\n          </a>\n        </h3></li>", date::long("fr", blog.at(story)), path(story), escape(&story.title)))
        .collect();
    site.html("/", page(blog.title, &format!("<div class=\"home\"><h2 class=\"post-list-heading\">Articles</h2><ul class=\"post-list\">{list}</ul><p class=\"rss-subscribe\">s’abonner <a href=\"/feed.xml\">via RSS</a></p></div>")));
    for story in &blog.stories {
        let main = format!(
            "<article class=\"post h-entry\" itemscope itemtype=\"http://schema.org/BlogPosting\"><header class=\"post-header\"><h1 class=\"post-title p-name\" itemprop=\"name headline\">{}</h1><p class=\"post-meta\"><time class=\"dt-published\" datetime=\"{}\" itemprop=\"datePublished\">{}</time></p></header>\n<div class=\"post-content e-content\" itemprop=\"articleBody\">{}</div><a class=\"u-url\" href=\"{}\" hidden></a></article>",
            escape(&story.title),
            blog.iso(story),
            date::long("fr", blog.at(story)),
            body(story, Look::Plain, "/assets"),
            path(story),
        );
        let html = page(&format!("{} | {}", story.title, blog.title), &main);
        site.article(&blog, story, &path(story), html);
    }
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance("/feed.xml", "application/xml", atom(&blog, blog.title, &all, Tells::Full, path));
    site.fill(|_, name| page(name, &format!("<article class=\"post\"><h1 class=\"post-title\">{}</h1><div class=\"post-content\">{}</div></article>", escape(name), about_text(&blog, name))));
    site
}

/// Astro's blog starter: the feed is there, but no page links to it.
pub fn astro() -> Site {
    let blog = Blog::new("Quaderno di molo", &ITALIAN, 10);
    let mut site = Site::new("astro", "/blog/");
    let path = |story: &Story| format!("/blog/{}/", story.slug);
    let page = |title: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"it\" data-astro-cid-sckkx6r4> <head><meta charset=\"utf-8\"><link rel=\"sitemap\" href=\"/sitemap-index.xml\"><meta name=\"generator\" content=\"Astro v4.16.7\"><title>{}</title></head> <body data-astro-cid-sckkx6r4> <header data-astro-cid-3ef6ksr2> <nav data-astro-cid-3ef6ksr2> <h2 data-astro-cid-3ef6ksr2><a href=\"/\" data-astro-cid-3ef6ksr2>{}</a></h2> <div class=\"internal-links\"> <a href=\"/\">Home</a> <a href=\"/blog/\" class=\"active\">Blog</a> <a href=\"/about/\">About</a> </div> <div class=\"social-links\"><a href=\"https://social.example/molo\"><span class=\"sr-only\">Segui su Mastodon</span></a></div> </nav> </header> <main data-astro-cid-5tznm7mj> {main} </main> <footer data-astro-cid-sz7xmlte>&copy; 2026. Tutti i diritti riservati.</footer> </body></html>",
            escape(title),
            blog.title
        )
    };
    let list: String = blog
        .stories
        .iter()
        .map(|story| format!("<li data-astro-cid-5tznm7mj> <a href=\"{}\" data-astro-cid-5tznm7mj> <img width=\"720\" height=\"360\" src=\"/_astro/{}.webp\" alt=\"\" data-astro-cid-5tznm7mj> <h4 class=\"title\" data-astro-cid-5tznm7mj>{}</h4> <p class=\"date\" data-astro-cid-5tznm7mj> <time datetime=\"{}\"> {} </time> </p> </a> </li>", path(story), story.slug, escape(&story.title), story.at.format("%Y-%m-%dT%H:%M:%S.000Z"), date::long("it", blog.at(story))))
        .collect();
    site.html("/blog/", page(blog.title, &format!("<section><ul>{list}</ul></section>")));
    for story in &blog.stories {
        let main = format!(
            "<article data-astro-cid-bvzihdzo> <div class=\"hero-image\"><img width=\"1020\" height=\"510\" src=\"/_astro/{}.webp\" alt=\"\"></div> <div class=\"prose\" data-astro-cid-bvzihdzo> <div class=\"title\" data-astro-cid-bvzihdzo> <div class=\"date\"> <time datetime=\"{}\"> {} </time> </div> <h1 data-astro-cid-bvzihdzo>{}</h1> <hr> </div> {} </div> </article>",
            story.slug,
            story.at.format("%Y-%m-%dT%H:%M:%S.000Z"),
            date::long("it", blog.at(story)),
            escape(&story.title),
            body(story, Look::Plain, "/_astro"),
        );
        let html = page(&story.title, &main);
        site.article(&blog, story, &path(story), html);
    }
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance("/rss.xml", "application/xml", rss(&blog, blog.title, &all, Tells::Summary, path));
    site.fill(|way, name| {
        page(
            name,
            &if way == "/" {
                "<h1>🧑‍🚀 Ciao</h1><p>Un quaderno del molo. <a href=\"/blog/\">Leggi gli articoli</a>.</p>".to_owned()
            } else {
                format!(
                    "<article><div class=\"prose\"><h1>{}</h1>{}</div></article>",
                    escape(name),
                    about_text(&blog, name)
                )
            },
        )
    });
    site
}
