//! WordPress as a news portal, without its feed, and as the silent back of an application.

use serde_json::json;

use crate::date;
use crate::furniture::{cookies, imprint, newsletter, share};
use crate::html::{Look, about_text, archived, body, escape, related};
use crate::site::{Missing, ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, rss};
use crate::tongues_east::INDONESIAN;
use crate::tongues_west::{GERMAN, SPANISH};

/// An Indonesian portal: slider, list, popular posts, and recommendations in the middle of the text.
pub fn portal() -> Site {
    let blog = Blog::new("Kabar Muara", &INDONESIAN, 22);
    let mut site = Site::new("wordpress_portal", "/");
    let path = |story: &Story| format!("/{}/{}/", blog.key(story.section), story.slug);
    let time = |story: &Story| {
        let at = blog.at(story);
        format!("{}, {} - {} WIB", date::weekday_in_indonesian(at), date::long("id", at), at.format("%H:%M"))
    };
    let item = |story: &Story| {
        format!(
            "<article id=\"post-{id}\" class=\"item-infinite post-{id} post type-post status-publish format-standard has-post-thumbnail hentry\"><div class=\"gmr-box-content hentry-box clearfix\">\
             <div class=\"content-thumbnail\"><a href=\"{ORIGIN}{path}\" itemprop=\"url\" title=\"{title}\" rel=\"bookmark\"><img width=\"300\" height=\"178\" src=\"data:image/svg+xml,%3Csvg/%3E\" data-src=\"{ORIGIN}/wp-content/uploads/{slug}-300x178.jpg\" class=\"attachment-large lazyload wp-post-image\" alt=\"\"></a></div>\
             <div class=\"item-article\"><span class=\"cat-links-content\"><a href=\"{ORIGIN}/category/{section}/\" rel=\"category tag\">{name}</a></span>\
             <h2 class=\"entry-title\"><a href=\"{ORIGIN}{path}\" itemprop=\"url\" title=\"{title}\" rel=\"bookmark\">{title}</a></h2>\
             <div class=\"gmr-metacontent\"><span class=\"posted-on\"><time class=\"entry-date published\" datetime=\"{iso}\">{time}</time></span></div><div class=\"entry-content\"><p>{text}</p></div></div></div></article>\n",
            id = 700 + story.n,
            path = path(story),
            title = escape(&story.title),
            slug = story.slug,
            section = blog.key(story.section),
            name = story.section,
            iso = blog.iso(story),
            time = time(story),
            text = escape(&story.excerpt(130)),
        )
    };
    let page = |title: &str, main: &str| {
        let menu: String = blog.tongue.sections().iter().map(|name| format!("<li class=\"menu-item menu-item-type-taxonomy\"><a href=\"{ORIGIN}/category/{}/\" itemprop=\"url\"><span itemprop=\"name\">{name}</span></a></li>", blog.key(name))).collect();
        let popular: String = blog.stories.iter().skip(5).take(6).enumerate().map(|(n, story)| format!("<li class=\"popular-item\"><span class=\"rp-number\">{}</span><a href=\"{ORIGIN}{}\" class=\"rp-title\">{}</a></li>", n + 1, path(story), escape(&story.title))).collect();
        format!(
            "<!DOCTYPE html><html lang=\"id\"><head><meta charset=\"UTF-8\"><title>{}</title><link rel=\"alternate\" type=\"application/rss+xml\" title=\"{name} &raquo; Feed\" href=\"{ORIGIN}/feed/\">\
             <link rel='https://api.w.org/' href='{ORIGIN}/wp-json/'></head><body class=\"gmr-theme idtheme kentooz\"><div class=\"site inner-wrap\" id=\"site-container\">\
             <header id=\"masthead\" class=\"site-header\"><div class=\"gmr-logo\"><a href=\"{ORIGIN}/\" class=\"custom-logo-link\"><img src=\"{ORIGIN}/logo.png\" alt=\"{name}\"></a></div>\
             <nav id=\"site-navigation\" class=\"gmr-mainmenu\"><ul id=\"primary-menu\" class=\"menu\"><li><a href=\"{ORIGIN}/\">Beranda</a></li>{menu}</ul></nav></header>\n\
             <div id=\"content\" class=\"gmr-content\"><div class=\"container\"><div class=\"row\">{main}\
             <aside id=\"secondary\" class=\"widget-area col-md-4 pos-sticky\"><div class=\"widget newkarma-widget\"><h3 class=\"widget-title\">Terpopuler</h3><ul class=\"gmr-rp-widget\">{popular}</ul></div>{}</aside></div></div></div>\
             <footer id=\"colophon\" class=\"site-footer\"><ul id=\"copyright-menu\"><li><a href=\"{ORIGIN}/tentang-kami/\">Tentang Kami</a></li><li><a href=\"{ORIGIN}/pedoman-media-siber/\">Pedoman Media Siber</a></li><li><a href=\"{ORIGIN}/privacy/\">Kebijakan Privasi</a></li></ul><p>Hak cipta {name}</p></footer></div>{}</body></html>",
            escape(title),
            newsletter(&blog),
            cookies(&blog),
            name = escape(blog.title),
        )
    };
    let newest: Vec<&Story> = blog.stories.iter().take(12).collect();
    let slides: String = newest.iter().take(3).map(|story| format!("<div class=\"gmr-slider-content\"><a href=\"{ORIGIN}{}\"><img src=\"{ORIGIN}/wp-content/uploads/{}.jpg\" alt=\"\"></a><div class=\"gmr-slide-title\"><a href=\"{ORIGIN}{}\" class=\"gmr-slide-titlelink\">{}</a><span class=\"gmr-meta\">{}</span></div></div>", path(story), story.slug, path(story), escape(&story.title), time(story))).collect();
    let list: String = newest.iter().skip(3).map(|story| item(story)).collect();
    site.html("/", page(blog.title, &format!("<div class=\"gmr-owl-carousel\">{slides}</div><div id=\"primary\" class=\"content-area col-md-8\"><main id=\"main\" class=\"site-main\"><div id=\"gmr-main-load\">{list}</div><div class=\"inf-pagination\"></div></main></div>")));
    for story in &blog.stories {
        let others = related(&blog, story, 4);
        let text = body(story, Look::Plain, &format!("{ORIGIN}/wp-content/uploads")).replacen(
            "</p>\n<h2",
            &format!(
                "</p>\n<p><strong>Baca Juga: <a href=\"{ORIGIN}{}\">{}</a></strong></p>\n<h2",
                path(others[0]),
                escape(&others[0].title)
            ),
            1,
        );
        let list: String = others.iter().map(|other| format!("<div class=\"gmr-recommendation-content\"><a href=\"{ORIGIN}{}\" class=\"recommendation-title\">{}</a></div>", path(other), escape(&other.title))).collect();
        let main = format!(
            "<div id=\"primary\" class=\"content-area col-md-8\"><div class=\"breadcrumbs\"><a href=\"{ORIGIN}/\">Beranda</a> / <a href=\"{ORIGIN}/category/{}/\">{}</a></div><main id=\"main\" class=\"site-main\"><article id=\"post-{}\" class=\"hentry\">\
             <header class=\"entry-header\"><h1 class=\"entry-title\">{}</h1><div class=\"gmr-metacontent gmr-metacontent-single\"><span class=\"byline\"><span class=\"entry-author vcard\"><a class=\"url fn n\" href=\"{ORIGIN}/author/{}/\">{}</a></span></span>\
             <span class=\"posted-on\"><time class=\"entry-date published\" datetime=\"{}\">{}</time></span></div></header>{}\
             <div class=\"entry-content entry-content-single clearfix\">{text}</div>\
             <footer class=\"entry-footer\"><span class=\"tags-links\"><a href=\"{ORIGIN}/tag/{}/\" rel=\"tag\">{}</a></span></footer></article>\
             <div class=\"gmr-related-post\"><h3 class=\"related-title\">Direkomendasikan</h3>{list}</div></main></div>",
            blog.key(story.section),
            story.section,
            700 + story.n,
            escape(&story.title),
            blog.key(story.author),
            story.author,
            blog.iso(story),
            time(story),
            share(&blog, &path(story)),
            blog.key(story.tags[0]),
            story.tags[0],
        );
        let html = page(&format!("{} - {}", story.title, blog.title), &main);
        if story.n < 12 {
            site.article(&blog, story, &path(story), html)
        } else {
            site.older(&blog, story, &path(story), html)
        }
    }
    site.entrance(
        "/feed/",
        "application/rss+xml; charset=UTF-8",
        rss(&blog, blog.title, &newest, Tells::Summary, path),
    );
    site.fill(|way, name| {
        let main = if way.matches('/').count() == 2 {
            format!("<article class=\"page hentry\"><h1 class=\"entry-title\">{}</h1><div class=\"entry-content entry-content-single\">{}</div></article>", escape(name), about_text(&blog, name))
        } else {
            format!("<header class=\"page-header\"><h1 class=\"page-title\">{}</h1></header>{}", escape(name), archived(&blog, way).into_iter().map(item).collect::<String>())
        };
        page(&format!("{name} - {}", blog.title), &main)
    });
    site
}

/// What `wp-json/wp/v2/posts` tells.
fn posts(blog: &Blog, n: usize, path: impl Fn(&Story) -> String) -> String {
    let posts: Vec<_> = blog
        .stories
        .iter()
        .take(n)
        .map(|story| {
            let rendered = |text: &str| escape(text).replace("&amp;", "&#038;").replace('’', "&#8217;").replace('“', "&#8220;").replace('”', "&#8221;");
            let local = blog.at(story).format("%Y-%m-%dT%H:%M:%S").to_string();
            let gmt = story.at.format("%Y-%m-%dT%H:%M:%S").to_string();
            json!({
                "id": 300 + story.n, "date": local, "date_gmt": gmt, "guid": {"rendered": format!("{ORIGIN}/?p={}", 300 + story.n)},
                "modified": local, "modified_gmt": gmt, "slug": story.slug, "status": "publish", "type": "post",
                "link": format!("{ORIGIN}{}", path(story)), "title": {"rendered": rendered(&story.title)},
                "content": {"rendered": body(story, Look::Blocks, &format!("{ORIGIN}/wp-content/uploads")), "protected": false},
                "excerpt": {"rendered": format!("<p>{} [&hellip;]</p>\n", escape(&story.excerpt(180))), "protected": false},
                "author": 2, "featured_media": 0, "comment_status": "closed", "sticky": false, "format": "standard",
                "categories": [4], "tags": [7, 9], "_links": {"self": [{"href": format!("{ORIGIN}/wp-json/wp/v2/posts/{}", 300 + story.n)}]},
            })
        })
        .collect();
    serde_json::to_string(&posts).unwrap().replace('/', "\\/")
}

fn api(site: &mut Site, blog: &Blog, n: usize, path: impl Fn(&Story) -> String) {
    let json_type = "application/json; charset=UTF-8";
    let index = json!({"name": blog.title, "description": "", "url": ORIGIN, "home": ORIGIN, "gmt_offset": 1,
        "namespaces": ["oembed/1.0", "wp/v2"], "routes": {"/wp/v2/posts": {"namespace": "wp/v2", "methods": ["GET"]}}});
    site.page("/wp-json/", json_type, index.to_string());
    site.page("/wp-json", json_type, index.to_string());
    let page = site.entrance("/wp-json/wp/v2/posts", json_type, posts(blog, n, path));
    page.headers.push(("x-wp-total", blog.stories.len().to_string()));
    page.headers.push(("x-wp-totalpages", "2".to_owned()));
    let users = json!([{"id": 2, "name": blog.tongue.authors()[1], "slug": "redaktion"}]);
    site.page("/wp-json/wp/v2/users", json_type, users.to_string());
}

/// A theme of divisions; the feed is turned off, which redirects to the home page, and the REST interface is there.
pub fn without_feed() -> Site {
    let blog = Blog::new("Werkstatt am Fluss", &GERMAN, 18);
    let mut site = Site::new("wordpress_without_feed", "/");
    let path = |story: &Story| format!("/{}/", story.slug);
    let page = |title: &str, main: &str| {
        let menu: String = blog
            .tongue
            .sections()
            .iter()
            .map(|name| {
                format!("<li class=\"menu-item\"><a href=\"{ORIGIN}/category/{}/\">{name}</a></li>", blog.key(name))
            })
            .collect();
        format!(
            "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"UTF-8\"><title>{}</title><link rel=\"https://api.w.org/\" href=\"{ORIGIN}/wp-json/\"><meta name=\"generator\" content=\"WordPress 6.5\"></head>\
             <body class=\"wp-custom-logo right-sidebar nav-below-header one-container\"><header class=\"site-header grid-container\" id=\"masthead\"><div class=\"inside-header\"><p class=\"main-title\"><a href=\"{ORIGIN}/\">{name}</a></p></div></header>\
             <nav class=\"main-navigation\" id=\"site-navigation\"><div class=\"inside-navigation\"><ul class=\"menu sf-menu\"><li><a href=\"{ORIGIN}/\">Start</a></li>{menu}</ul></div></nav>\
             <div class=\"site grid-container\" id=\"page\"><div class=\"site-content\" id=\"content\"><div class=\"content-area\" id=\"primary\"><main class=\"site-main\" id=\"main\">{main}</main></div></div></div>\
             <div class=\"site-footer\"><footer class=\"site-info\"><div class=\"inside-site-info\">{}</div></footer></div>{}</body></html>",
            escape(title),
            imprint(&blog),
            cookies(&blog),
            name = blog.title,
        )
    };
    let item = |story: &Story| {
        format!(
            "<article id=\"post-{id}\" class=\"post-{id} post type-post status-publish hentry\"><div class=\"inside-article\"><header class=\"entry-header\"><h2 class=\"entry-title\" itemprop=\"headline\"><a href=\"{ORIGIN}/{slug}/\" rel=\"bookmark\">{title}</a></h2>\
             <div class=\"entry-meta\"><span class=\"posted-on\"><time class=\"entry-date published\" datetime=\"{iso}\" itemprop=\"datePublished\">{day}</time></span> <span class=\"byline\">von <span class=\"author-name\" itemprop=\"name\">{author}</span></span></div></header>\
             <div class=\"entry-summary\" itemprop=\"text\"><p>{text} <a title=\"{title}\" class=\"read-more\" href=\"{ORIGIN}/{slug}/#more-{id}\">Weiterlesen</a></p></div></div></article>\n",
            id = 300 + story.n,
            slug = story.slug,
            title = escape(&story.title),
            iso = blog.iso(story),
            day = date::long("de", blog.at(story)),
            author = story.author,
            text = escape(&story.excerpt(200)),
        )
    };
    let list: String = blog.stories.iter().take(10).map(item).collect();
    site.html("/", page(blog.title, &list))
        .headers
        .push(("link", format!("<{ORIGIN}/wp-json/>; rel=\"https://api.w.org/\"")));
    for story in &blog.stories {
        let others: String = related(&blog, story, 2)
            .iter()
            .map(|other| {
                format!(
                    "<div class=\"nav-previous\"><a href=\"{ORIGIN}{}\">{}</a></div>",
                    path(other),
                    escape(&other.title)
                )
            })
            .collect();
        let main = format!(
            "<article id=\"post-{id}\" class=\"post type-post hentry\"><div class=\"inside-article\"><header class=\"entry-header\"><h1 class=\"entry-title\" itemprop=\"headline\">{}</h1><div class=\"entry-meta\"><time class=\"entry-date published\" datetime=\"{}\">{}</time> von {}</div></header>\
             <div class=\"entry-content\" itemprop=\"text\">{}</div><footer class=\"entry-meta\"><nav id=\"nav-below\" class=\"post-navigation\">{others}</nav></footer></div></article>",
            escape(&story.title),
            blog.iso(story),
            date::long("de", blog.at(story)),
            story.author,
            body(story, Look::Blocks, &format!("{ORIGIN}/wp-content/uploads")),
            id = 300 + story.n,
        );
        let html = page(&format!("{} – {}", story.title, blog.title), &main);
        if story.n < 10 {
            site.article(&blog, story, &path(story), html)
        } else {
            site.older(&blog, story, &path(story), html)
        }
    }
    for feed in ["/feed/", "/feed", "/?feed=rss2", "/comments/feed/", "/feed/atom/", "/rss"] {
        site.redirect(feed, 301, &format!("{ORIGIN}/"));
    }
    api(&mut site, &blog, 10, path);
    site.missing = Missing::Home;
    site.fill(|way, name| {
        let main = if way.starts_with("/category/") {
            format!("<header class=\"page-header\"><h1 class=\"page-title\">{}</h1></header>{}", escape(name), archived(&blog, way).into_iter().map(item).collect::<String>())
        } else {
            format!("<article class=\"page\"><h1 class=\"entry-title\">{}</h1><div class=\"entry-content\">{}</div></article>", escape(name), about_text(&blog, name))
        };
        page(&format!("{name} – {}", blog.title), &main)
    });
    site
}

/// Pages are built by scripts; only the REST interface has words.
pub fn rest_only() -> Site {
    let blog = Blog::new("Orilla Abierta", &SPANISH, 12);
    let mut site = Site::new("wordpress_rest_only", "/");
    let path = |story: &Story| format!("/articulo/{}", story.slug);
    let shell = |title: &str, head: &str| {
        format!(
            "<!doctype html><html lang=\"es\"><head><meta charset=\"utf-8\"><title>{}</title>{head}<link rel=\"https://api.w.org/\" href=\"{ORIGIN}/wp-json/\"><link rel=\"modulepreload\" href=\"/assets/index-7fe2c1.js\"></head>\
             <body><noscript>Activa JavaScript para ver esta página.</noscript><div id=\"app\"></div><script type=\"module\" src=\"/assets/index-7fe2c1.js\"></script></body></html>",
            escape(title)
        )
    };
    site.html("/", shell(blog.title, ""))
        .headers
        .push(("link", format!("<{ORIGIN}/wp-json/>; rel=\"https://api.w.org/\"")));
    for story in &blog.stories {
        let head = format!(
            "<meta property=\"og:title\" content=\"{}\"><meta property=\"og:type\" content=\"article\">",
            escape(&story.title)
        );
        let html = shell(&format!("{} | {}", story.title, blog.title), &head);
        site.article(&blog, story, &path(story), html);
    }
    site.missing = Missing::Soft(shell(blog.title, ""));
    api(&mut site, &blog, 12, path);
    let robots = "User-agent: *\nDisallow:\n".to_owned();
    site.page("/robots.txt", "text/plain", robots);
    site
}
