//! Lists that say what they are: JSON-LD beside an empty list, and microformats.

use crate::date;
use crate::furniture::imprint;
use crate::html::{Look, about_text, archived, body, escape, json};
use crate::listings::ordinary;
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::tongues_west::{ENGLISH, FRENCH, PORTUGUESE};

/// An ItemList names the articles; their anchors are made by scripts.
pub fn item_list() -> Site {
    let blog = Blog::new("Cais Aberto", &PORTUGUESE, 12);
    let mut site = Site::new("json_ld_item_list", "/noticias");
    let path = |story: &Story| format!("/noticias/{}", story.slug);
    let items: Vec<String> = blog.stories.iter().enumerate().map(|(n, story)| format!("{{\"@type\":\"ListItem\",\"position\":{},\"item\":{{\"@type\":\"NewsArticle\",\"url\":\"{ORIGIN}{}\",\"headline\":{},\"datePublished\":\"{}\",\"image\":\"{ORIGIN}/img/{}.jpg\"}}}}", n + 1, path(story), json(&story.title), blog.iso(story), story.slug)).collect();
    let head = format!(
        "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"WebSite\",\"name\":{},\"url\":\"{ORIGIN}/\"}}</script><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@graph\":[{{\"@type\":\"CollectionPage\",\"@id\":\"{ORIGIN}/noticias\",\"mainEntity\":{{\"@type\":\"ItemList\",\"itemListElement\":[{}]}}}}]}}</script>",
        json(blog.title),
        items.join(",")
    );
    let main = "<h1>Notícias</h1><div class=\"lista\" data-controller=\"stories\" data-endpoint=\"/api/stories\"><template><a data-bind=\"href:url\"><h2 data-bind=\"text:title\"></h2></a></template></div>";
    site.entrance("/noticias", "text/html; charset=utf-8", ordinary(&blog, "Notícias", &head, main));
    for story in &blog.stories {
        let main = format!(
            "<article><h1>{}</h1><p>{}, {}</p><div class=\"corpo\">{}</div></article>",
            escape(&story.title),
            story.author,
            date::long("pt", blog.at(story)),
            body(story, Look::Plain, "/img")
        );
        let html = ordinary(&blog, &story.title, "", &main);
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|_, name| ordinary(&blog, name, "", &format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))));
    site
}

/// A home of the IndieWeb: `h-feed` of `h-entry`, with likes and replies that aren't articles.
pub fn microformats() -> Site {
    let blog = Blog::new("Inés on the Quay", &ENGLISH, 11);
    let mut site = Site::new("microformats", "/");
    let path = |story: &Story| format!("/{}/{}", story.at.format("%Y/%m"), story.slug);
    let page = |title: &str, main: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"webmention\" href=\"https://webmention.example/quay\"><link rel=\"me\" href=\"https://social.example/@quay\"></head><body><header class=\"h-card p-author\"><img class=\"u-photo\" src=\"/me.jpg\" alt=\"\"><a class=\"p-name u-url\" rel=\"me\" href=\"/\">{}</a><p class=\"p-note\">I write about boats.</p><nav><a href=\"/about\">About</a> <a href=\"/now\">Now</a> <a href=\"/blogroll\">Blogroll</a></nav></header>{main}<footer>{}</footer></body></html>",
            escape(title),
            blog.title,
            imprint(&blog)
        )
    };
    let entry = |story: &Story| {
        let like = if story.n % 3 == 1 {
            format!(
                "<div class=\"h-entry like\"><a class=\"u-like-of\" href=\"https://boats.example/{}\">♥ a post on boats.example</a> <a class=\"u-url\" href=\"/likes/{}\"><time class=\"dt-published\" datetime=\"{}\">liked</time></a></div>",
                story.n,
                story.n,
                blog.iso(story)
            )
        } else {
            String::new()
        };
        format!(
            "<article class=\"h-entry\"><h2 class=\"p-name\"><a class=\"u-url\" href=\"{}\">{}</a></h2><p class=\"p-summary\">{}</p><time class=\"dt-published\" datetime=\"{}\">{}</time></article>{like}",
            path(story),
            escape(&story.title),
            escape(&story.excerpt(140)),
            blog.iso(story),
            date::long("en", blog.at(story))
        )
    };
    let list: String = blog.stories.iter().map(entry).collect();
    site.entrance(
        "/",
        "text/html; charset=utf-8",
        page(blog.title, &format!("<main class=\"h-feed\"><h1 class=\"p-name\">Writing</h1>{list}</main>")),
    );
    for story in &blog.stories {
        let html = page(
            &story.title,
            &format!(
                "<main><article class=\"h-entry\"><h1 class=\"p-name\">{}</h1><p>by <span class=\"p-author h-card\">{}</span> on <a class=\"u-url\" href=\"{}\"><time class=\"dt-published\" datetime=\"{}\">{}</time></a></p><div class=\"e-content\">{}</div><a class=\"p-category\" href=\"/tags/{tag}\">{tag}</a></article></main>",
                escape(&story.title),
                story.author,
                path(story),
                blog.iso(story),
                date::long("en", blog.at(story)),
                body(story, Look::Plain, "/photos"),
                tag = story.tags[0]
            ),
        );
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|way, name| {
        page(
            name,
            &if way.starts_with("/tags/") {
                format!(
                    "<main class=\"h-feed\">{}</main>",
                    archived(&blog, way).into_iter().map(entry).collect::<String>()
                )
            } else if way.starts_with("/likes/") {
                "<main><p>Liked a post.</p></main>".to_owned()
            } else {
                format!("<main><h1>{}</h1>{}</main>", escape(name), about_text(&blog, name))
            },
        )
    });
    site
}

/// Schema.org's Blog in attributes of the markup.
pub fn microdata() -> Site {
    let blog = Blog::new("Les Cahiers du Phare", &FRENCH, 10);
    let mut site = Site::new("microdata", "/cahiers");
    let path = |story: &Story| format!("/cahiers/{}", story.slug);
    let list: String = blog.stories.iter().map(|story| format!("<div itemprop=\"blogPost\" itemscope itemtype=\"https://schema.org/BlogPosting\"><link itemprop=\"url\" href=\"{ORIGIN}{p}\"><meta itemprop=\"datePublished\" content=\"{}\"><a href=\"{p}\"><span itemprop=\"headline\">{}</span></a><span itemprop=\"author\" itemscope itemtype=\"https://schema.org/Person\"><span itemprop=\"name\">{}</span></span></div>", blog.iso(story), escape(&story.title), story.author, p = path(story))).collect();
    site.entrance(
        "/cahiers",
        "text/html; charset=utf-8",
        ordinary(
            &blog,
            blog.title,
            "",
            &format!(
                "<div itemscope itemtype=\"https://schema.org/Blog\"><h1 itemprop=\"name\">{}</h1>{list}</div>",
                blog.title
            ),
        ),
    );
    for story in &blog.stories {
        let main = format!(
            "<article itemscope itemtype=\"https://schema.org/BlogPosting\"><h1 itemprop=\"headline\">{}</h1><time itemprop=\"datePublished\" datetime=\"{}\">{}</time><span itemprop=\"author\">{}</span><div itemprop=\"articleBody\">{}</div></article>",
            escape(&story.title),
            blog.iso(story),
            date::long("fr", blog.at(story)),
            story.author,
            body(story, Look::Plain, "/img")
        );
        let html = ordinary(&blog, &story.title, "", &main);
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|_, name| ordinary(&blog, name, "", &format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))));
    site
}
