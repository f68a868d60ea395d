//! Hosted writing platforms and shop builders: like Medium, like Substack, Squarespace, Shopify, Wix.

use serde_json::json;

use crate::date;
use crate::furniture::{cookies, imprint};
use crate::html::{Look, about_text, archived, body, escape, json, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, atom, rss};
use crate::tongues_west::{ENGLISH, FRENCH, ITALIAN, SPANISH};

/// Generated classes everywhere, claps and bylines as links, state in a script; the feed is at `/feed`.
pub fn mediumish() -> Site {
    let blog = Blog::new("Margin Notes", &ENGLISH, 12);
    let mut site = Site::new("mediumish", "/");
    let path = |story: &Story| format!("/{}-{:012x}", story.slug, 0x9b3e_4410_07f1_u64 + 77_771 * story.n as u64);
    let card = |story: &Story| {
        format!(
            "<div class=\"ab q\"><article class=\"bg\" data-testid=\"post-preview\"><div class=\"l es mf\" role=\"link\" data-href=\"{ORIGIN}{path}\" tabindex=\"0\"><div class=\"ab mi co\"><a class=\"af ag ah\" rel=\"noopener follow\" href=\"/@{who}?source=collection_home---4------{n}\"><p class=\"be b ik\">{author}</p></a></div>\
             <a class=\"af ag ah ai\" rel=\"noopener follow\" href=\"{path}?source=collection_home---4------{n}-----------------------\"><h2 class=\"be ht ng nh ni\">{title}</h2><div class=\"h k j\"><h3 class=\"be b gq z ny\">{text}</h3></div></a>\
             <div class=\"ab q\"><span class=\"be b\">{day}</span><button class=\"clap\" aria-label=\"clap\">{claps}</button><a href=\"{path}?responsesOpen=true&amp;source=collection_home---4------{n}\"><p class=\"pw-responses-count\">{n}</p></a></div></div></article></div>",
            path = path(story),
            who = blog.key(story.author),
            author = story.author,
            n = story.n,
            title = escape(&story.title),
            text = escape(&story.excerpt(120)),
            day = blog.at(story).format("%b %-d"),
            claps = 31 + 17 * story.n,
        )
    };
    let page = |title: &str, head: &str, main: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><title data-rh=\"true\">{}</title><meta charset=\"utf-8\"/>{head}<link data-rh=\"true\" id=\"feedLink\" rel=\"alternate\" type=\"application/rss+xml\" title=\"{name}\" href=\"{ORIGIN}/feed\"/></head>\
             <body><div id=\"root\"><div class=\"a b c\"><div class=\"d e f\"><a href=\"/?source=---two_column_layout_nav\" data-testid=\"headerMediumLogo\">{name}</a><a href=\"/m/signin\" rel=\"nofollow\">Sign in</a></div><div class=\"l\">{main}</div><div class=\"foot\">{}<a href=\"/tag/craft\">craft</a></div></div></div>\
             <script>window.__BUILD_ID__=\"main-2026\"</script><script>window.__APOLLO_STATE__ = {{\"ROOT_QUERY\":{{\"__typename\":\"Query\"}}}}</script></body></html>",
            escape(title),
            imprint(&blog),
            name = blog.title,
        )
    };
    site.html("/", page(blog.title, "", &blog.stories.iter().map(card).collect::<String>()));
    for story in &blog.stories {
        let head = format!(
            "<link data-rh=\"true\" rel=\"canonical\" href=\"{ORIGIN}{}\"/><meta data-rh=\"true\" property=\"og:title\" content=\"{}\"/><meta data-rh=\"true\" property=\"article:published_time\" content=\"{}\"/>",
            path(story),
            escape(&story.title),
            story.at.format("%Y-%m-%dT%H:%M:%S.000Z")
        );
        let main = format!(
            "<article><div class=\"l\"><section><div><div class=\"ft fu\"></div><div class=\"ab ca\"><h1 class=\"pw-post-title ge gf\" data-testid=\"storyTitle\">{}</h1><div class=\"speechify-ignore ab co\"><a class=\"af\" href=\"/@{}\" data-testid=\"authorName\">{}</a><span><button>Follow</button></span><span data-testid=\"storyReadTime\">4 min read</span><span data-testid=\"storyPublishDate\">{}</span></div>\
             <div class=\"speechify-ignore\"><button>Listen</button><button>Share</button></div>{}</div></div></section></div></article><div class=\"more\"><h2>More from {}</h2>{}</div>",
            escape(&story.title),
            blog.key(story.author),
            story.author,
            blog.at(story).format("%b %-d, %Y"),
            body(story, Look::Hashed, "https://miro.example/v2"),
            blog.title,
            related(&blog, story, 3).into_iter().map(card).collect::<String>(),
        );
        let html = page(&format!("{} | by {} | {}", story.title, story.author, blog.title), &head, &main);
        site.article(&blog, story, &path(story), html);
    }
    // The links of cards carry where they were met.
    let twins: Vec<(String, String)> = site
        .dangling()
        .into_keys()
        .filter_map(|twin| {
            let way = twin.split('?').next()?;
            site.pages.get(way).map(|page| (twin.clone(), page.body.clone()))
        })
        .collect();
    for (twin, html) in twins {
        site.html(&twin, html);
    }
    let all: Vec<&Story> = blog.stories.iter().take(10).collect();
    site.entrance(
        "/feed",
        "text/xml; charset=UTF-8",
        rss(&blog, &format!("{} - Medium", blog.title), &all, Tells::Full, path),
    );
    for truth in site.articles.iter_mut().skip(10) {
        truth.is_needed = false;
    }
    site.fill(|way, name| {
        page(
            name,
            "",
            &if way.starts_with("/@") || way.starts_with("/tag") {
                archived(&blog, way).into_iter().map(card).collect()
            } else {
                format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))
            },
        )
    });
    site
}

/// A newsletter's archive: posts of subscribers' own among them, boxes to subscribe in the text.
pub fn substackish() -> Site {
    let blog = Blog::new("La dépêche du quai", &FRENCH, 14);
    let mut site = Site::new("substackish", "/");
    let path = |story: &Story| format!("/p/{}", story.slug);
    let preview = |story: &Story| {
        format!(
            "<div class=\"portable-archive-list-item\"><div tabindex=\"0\" class=\"pencraft pc-display-flex container-H2dyKk\"><div class=\"pencraft pc-display-flex pc-flexDirection-column\"><div class=\"pencraft pc-reset\"><a data-testid=\"post-preview-title\" href=\"{ORIGIN}{path}\" class=\"pencraft pc-reset reset-IxiVJZ\">{title}</a></div><div class=\"pencraft pc-reset\"><a href=\"{ORIGIN}{path}\" class=\"pencraft pc-reset\">{text}</a></div>\
             <div class=\"pencraft pc-display-flex\"><time datetime=\"{iso}\" class=\"pencraft pc-reset\">{day}</time><span>•</span><a href=\"https://substack.example/@{who}\" class=\"link-LIBpto\">{author}</a></div></div><a href=\"{ORIGIN}{path}/comments\" class=\"post-ufi-button\">{n}</a></div></div>",
            path = path(story),
            title = escape(&story.title),
            text = escape(&story.excerpt(90)),
            iso = story.at.format("%Y-%m-%dT%H:%M:%S.000Z"),
            day = date::long("fr", blog.at(story)),
            who = blog.key(story.author),
            author = story.author,
            n = story.comments.len(),
        )
    };
    let page = |title: &str, head: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"/><title>{}</title>{head}<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed\" title=\"{name}\"/></head><body><div id=\"entry\"><div id=\"main\" class=\"main typography\"><div class=\"topbar\"><h1 class=\"title-DC\"><a href=\"/\">{name}</a></h1><a href=\"/archive\">Archives</a><a href=\"/about\">À propos</a><button>S’abonner</button></div>\
             <div class=\"content\">{main}</div></div><div class=\"footer\"><a href=\"/privacy\">Confidentialité</a></div></div><script>window._preloads = JSON.parse({})</script></body></html>",
            escape(title),
            json(&json!({"isEU": true, "pub": {"name": blog.title, "subdomain": "quai"}}).to_string()),
            name = blog.title,
        )
    };
    let list: String = blog.stories.iter().map(preview).collect();
    site.html("/", page(blog.title, "", &format!("<div class=\"subscribe-widget\"><p>Rejoignez 2 300 lecteurs</p><form><input type=\"email\"/></form></div><div class=\"portable-archive\">{list}</div>")));
    site.html(
        "/archive",
        page(
            blog.title,
            "",
            &format!("<div class=\"archive-page\"><div class=\"portable-archive\">{list}</div></div>"),
        ),
    );
    for story in &blog.stories {
        let widget = "<div class=\"subscription-widget-wrap\" data-attrs=\"{}\"><div class=\"subscription-widget show-subscribe\"><div class=\"preamble\"><p class=\"cta-caption\">Merci de me lire ! Abonnez-vous pour recevoir les prochaines lettres.</p></div></div></div>";
        let text = body(story, Look::Plain, "https://substackcdn.example").replacen(
            "</p>\n<h2",
            &format!("</p>\n{widget}<h2"),
            1,
        );
        let head = format!(
            "<link rel=\"canonical\" href=\"{ORIGIN}{}\"/><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":{},\"datePublished\":\"{}\",\"isAccessibleForFree\":true,\"author\":[{{\"@type\":\"Person\",\"name\":{}}}]}}</script>",
            path(story),
            json(&story.title),
            blog.iso(story),
            json(story.author)
        );
        let main = format!(
            "<div class=\"single-post-container\"><div class=\"single-post\"><article class=\"typography newsletter-post post\"><div class=\"post-header\"><h1 class=\"post-title published\">{}</h1><div class=\"pencraft\"><a href=\"https://substack.example/@{}\">{}</a><div class=\"pencraft pc-reset\">{}</div></div><div class=\"post-ufi\"><a class=\"post-ufi-comment-button\" href=\"{ORIGIN}{}/comments\">{}</a></div></div>\
             <div><div class=\"available-content\"><div dir=\"auto\" class=\"body markup\">{text}</div></div></div></article></div></div><div class=\"post-footer\"><h4>Discussion sur cette lettre</h4></div>",
            escape(&story.title),
            blog.key(story.author),
            story.author,
            date::long("fr", blog.at(story)),
            path(story),
            story.comments.len(),
        );
        let html = page(&format!("{} - par {}", story.title, story.author), &head, &main);
        site.article(&blog, story, &path(story), html);
    }
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance("/feed", "application/xml; charset=utf-8", rss(&blog, blog.title, &all, Tells::Full, path));
    site.fill(|way, name| {
        let main = if way.ends_with("/comments") {
            "<div class=\"comments-page\"><h4>Discussion</h4><p>Aucun commentaire</p></div>".to_owned()
        } else {
            format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))
        };
        page(name, "", &main)
    });
    site
}

/// Squarespace: the blog is one page of the site, and its feed the same address with a question.
pub fn squarespace() -> Site {
    let blog = Blog::new("Atelier Sorrel", &ENGLISH, 10);
    let mut site = Site::new("squarespace", "/journal");
    let path = |story: &Story| format!("/journal/{}", story.slug);
    let page = |title: &str, class: &str, main: &str| {
        format!(
            "<!doctype html><html xmlns:og=\"http://opengraphprotocol.org/schema/\" lang=\"en-GB\"><head><meta charset=\"utf-8\" /><!-- This is Squarespace. --><title>{}</title><link rel=\"alternate\" type=\"application/rss+xml\" title=\"RSS Feed\" href=\"{ORIGIN}/journal?format=rss\" /></head><body id=\"collection-5f\" class=\"{class}\"><div id=\"siteWrapper\" class=\"site-wrapper\">\
             <header data-test=\"header\" id=\"header\" class=\"header\"><div class=\"header-title-text\"><a id=\"site-title\" href=\"/\">{name}</a></div><nav class=\"header-nav-list\"><div class=\"header-nav-item\"><a href=\"/shop\">Shop</a></div><div class=\"header-nav-item header-nav-item--active\"><a href=\"/journal\">Journal</a></div><div class=\"header-nav-item\"><a href=\"/classes\">Classes</a></div><div class=\"header-nav-item\"><a href=\"/contact\">Contact</a></div></nav></header>\
             <main id=\"page\" class=\"container\" role=\"main\">{main}</main><footer class=\"sections\" id=\"footer-sections\"><div class=\"sqs-block-content\"><p>Unit 4, the Old Cannery</p><a href=\"/shipping\">Shipping</a></div></footer></div></body></html>",
            escape(title),
            name = blog.title,
        )
    };
    let item = |story: &Story| {
        format!(
            "<article class=\"blog-item entry blog-basic-grid--container\"><div class=\"blog-image-wrapper\"><a href=\"{p}\" class=\"image-wrapper\" data-animation-role=\"image\"><img data-src=\"https://images.squarespace-cdn.example/{s}.jpg\" alt=\"{t}\"></a></div><div class=\"blog-basic-grid--text\"><div class=\"blog-meta-section\"><span class=\"blog-meta-primary\"><span class=\"blog-categories-list\"><a href=\"/journal/category/{c}\" class=\"blog-categories\">{sec}</a></span></span><time class=\"blog-date\" pubdate>{d}</time></div><h1 class=\"blog-title\"><a href=\"{p}\">{t}</a></h1><div class=\"blog-excerpt\"><p>{x}</p></div><a href=\"{p}\" class=\"blog-more-link\">Read More</a></div></article>",
            p = path(story),
            s = story.slug,
            t = escape(&story.title),
            c = blog.key(story.section),
            sec = story.section,
            d = blog.at(story).format("%-d %b"),
            x = escape(&story.excerpt(140))
        )
    };
    let list: String = blog.stories.iter().map(item).collect();
    site.html("/journal", page(blog.title, "collection-type-blog-basic-grid", &format!("<section class=\"page-section\"><div class=\"blog-basic-grid collection-content-wrapper\">{list}</div></section>")));
    for story in &blog.stories {
        let near: String = related(&blog, story, 1).iter().map(|other| format!("<a href=\"{}\" class=\"item-pagination-link item-pagination-link--prev\"><div class=\"item-pagination-prev-next\">Previous</div><h2 class=\"item-pagination-title\">{}</h2></a>", path(other), escape(&other.title))).collect();
        let main = format!(
            "<section><article class=\"h-entry entry hentry\"><div class=\"blog-item-wrapper\"><div class=\"blog-item-top-wrapper\"><h1 class=\"entry-title entry-title--large p-name\" itemprop=\"headline\">{}</h1><div class=\"blog-item-meta-wrapper\"><time class=\"dt-published blog-meta-item blog-meta-item--date\" datetime=\"{}\" pubdate><span>{}</span></time><span class=\"blog-item-author-name\">Written By {}</span></div></div><div class=\"blog-item-content-wrapper\"><div class=\"blog-item-content e-content\"><div class=\"sqs-layout sqs-grid-12\"><div class=\"sqs-block html-block\"><div class=\"sqs-html-content\">{}</div></div></div></div></div></div></article><section class=\"item-pagination\">{near}</section></section>",
            escape(&story.title),
            story.at.format("%Y-%m-%d"),
            date::long("en", blog.at(story)),
            story.author,
            body(story, Look::Plain, "https://images.squarespace-cdn.example")
        );
        let html = page(&format!("{} — {}", story.title, blog.title), "view-item", &main);
        site.article(&blog, story, &path(story), html);
    }
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance(
        "/journal?format=rss",
        "application/rss+xml; charset=UTF-8",
        rss(&blog, "Journal - Atelier Sorrel", &all, Tells::Full, path),
    );
    site.fill(|way, name| {
        page(
            name,
            "",
            &if way.contains("category") {
                archived(&blog, way).into_iter().map(item).collect()
            } else {
                format!("<div class=\"sqs-html-content\"><h1>{}</h1>{}</div>", escape(name), about_text(&blog, name))
            },
        )
    });
    site
}

/// A shop's blog: products beside articles, an Atom feed at the blog's address.
pub fn shopify() -> Site {
    let blog = Blog::new("Botega Lino", &SPANISH, 9);
    let mut site = Site::new("shopify", "/blogs/diario");
    let path = |story: &Story| format!("/blogs/diario/{}", story.slug);
    let products: String = ["cuchillo de pan", "paño de lino", "tabla de olivo", "jarra de barro"].iter().map(|name| format!("<li class=\"grid__item\"><div class=\"card-wrapper product-card-wrapper\"><h3 class=\"card__heading h5\"><a href=\"/products/{}\" class=\"full-unstyled-link\">{name}</a></h3><span class=\"price-item\">€18,00 EUR</span></div></li>", crate::story::slug(name, 4))).collect();
    let page = |title: &str, main: &str| {
        format!(
            "<!doctype html><html class=\"no-js\" lang=\"es\"><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"alternate\" type=\"application/atom+xml\" title=\"Feed\" href=\"/blogs/diario.atom\" /></head><body class=\"gradient\"><div id=\"shopify-section-header\"><header class=\"header\"><a href=\"/\" class=\"header__heading-link\">{}</a><nav class=\"header__inline-menu\"><ul class=\"list-menu\"><li><a href=\"/collections/all\">Catálogo</a></li><li><a href=\"/blogs/diario\">Diario</a></li><li><a href=\"/pages/contact\">Contacto</a></li></ul></nav></header></div>\
             <main id=\"MainContent\">{main}<section class=\"featured-collection\"><h2>También en la tienda</h2><ul class=\"grid product-grid\">{products}</ul></section></main><footer class=\"footer\"><a href=\"/policies/privacy-policy\">Privacidad</a></footer>{}</body></html>",
            escape(title),
            blog.title,
            cookies(&blog),
        )
    };
    let card = |story: &Story| {
        format!(
            "<div class=\"blog-articles__article article\"><div class=\"article-card-wrapper card-wrapper\"><div class=\"card article-card\"><div class=\"card__content\"><div class=\"card__information\"><h3 class=\"card__heading h2\"><a href=\"{}\" class=\"full-unstyled-link\">{}</a></h3><div class=\"article-card__info\"><span class=\"circle-divider\"><time datetime=\"{}\">{}</time></span></div><p class=\"article-card__excerpt\">{}</p></div></div></div></div></div>",
            path(story),
            escape(&story.title),
            story.at.format("%Y-%m-%dT%H:%M:%SZ"),
            date::long("es", blog.at(story)),
            escape(&story.excerpt(130))
        )
    };
    let list: String = blog.stories.iter().map(card).collect();
    site.html("/blogs/diario", page("Diario", &format!("<div class=\"main-blog page-width\"><h1 class=\"title--primary\">Diario</h1><div class=\"blog-articles\">{list}</div></div>")));
    for story in &blog.stories {
        let main = format!(
            "<article class=\"article-template\"><header class=\"page-width\"><h1 class=\"article-template__title\">{}</h1><span class=\"circle-divider caption-with-letter-spacing\"><time datetime=\"{}\">{}</time></span></header><div class=\"article-template__content page-width rte\">{}</div><div class=\"article-template__back\"><a href=\"/blogs/diario\" class=\"article-template__link\">Volver al diario</a></div></article>",
            escape(&story.title),
            story.at.format("%Y-%m-%dT%H:%M:%SZ"),
            date::long("es", blog.at(story)),
            body(story, Look::Plain, "/cdn/shop/articles")
        );
        let html = page(&story.title, &main);
        site.article(&blog, story, &path(story), html);
    }
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance(
        "/blogs/diario.atom",
        "application/atom+xml; charset=utf-8",
        atom(&blog, "Botega Lino - Diario", &all, Tells::Full, path),
    );
    site.fill(|_, name| {
        page(name, &format!("<div class=\"rte\"><h1>{}</h1>{}</div>", escape(name), about_text(&blog, name)))
    });
    site
}

/// Wix: the markup knows no headings in its list, and the feed is linked from nowhere but has a usual name.
pub fn wixish() -> Site {
    let blog = Blog::new("Studio Pozzo", &ITALIAN, 9);
    let mut site = Site::new("wixish", "/blog");
    let path = |story: &Story| format!("/post/{}", story.slug);
    let page = |title: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"it\"><head><meta charset=\"utf-8\"/><meta name=\"generator\" content=\"Wix.com Website Builder\"/><title>{}</title></head><body><div id=\"SITE_CONTAINER\"><div id=\"masterPage\"><header id=\"SITE_HEADER\"><a href=\"/\"><span style=\"font-size:28px\">{}</span></a><nav><ul><li><a href=\"/\" data-testid=\"linkElement\">Home</a></li><li><a href=\"/blog\" data-testid=\"linkElement\">Blog</a></li><li><a href=\"/servizi\" data-testid=\"linkElement\">Servizi</a></li></ul></nav></header><main id=\"PAGES_CONTAINER\">{main}</main><footer id=\"SITE_FOOTER\">{}</footer></div></div></body></html>",
            escape(title),
            blog.title,
            imprint(&blog)
        )
    };
    let card = |story: &Story| {
        format!(
            "<div data-hook=\"post-list-item\" class=\"item-container\"><article class=\"blog-post-homepage-link-hashtag-hover-color\" tabindex=\"-1\"><div class=\"s__3rTXcv\"><a href=\"{ORIGIN}{p}\" class=\"O16KGI pu51Xe\" data-hook=\"image-link\"><div style=\"background-image:url(https://static.wixstatic.example/{s}.jpg)\"></div></a><div class=\"k7r8vY\"><div data-hook=\"post-metadata\"><span data-hook=\"time-ago\" title=\"{d}\">{d}</span><span data-hook=\"time-to-read\">2 min</span></div><a href=\"{ORIGIN}{p}\" class=\"O16KGI\"><div class=\"bD0vt9 KNiaIk\" style=\"-webkit-line-clamp:3\"><p class=\"bD0vt9\" data-hook=\"post-title\">{t}</p></div></a><div data-hook=\"post-description\">{x}</div><div class=\"likes\"><a href=\"{ORIGIN}{p}\" aria-label=\"0 commenti\">0 commenti</a></div></div></div></article></div>",
            p = path(story),
            s = story.slug,
            d = blog.at(story).format("%-d/%-m/%Y"),
            t = escape(&story.title),
            x = escape(&story.excerpt(100))
        )
    };
    site.html(
        "/blog",
        page("Blog", &format!("<div class=\"blog-feed\">{}</div>", blog.stories.iter().map(card).collect::<String>())),
    );
    for story in &blog.stories {
        let main = format!(
            "<div data-hook=\"post\"><article><div data-hook=\"post-metadata\"><span data-hook=\"user-name\">{}</span><span data-hook=\"time-ago\">{}</span></div><h1 data-hook=\"post-title\" class=\"H3vOVf\"><span class=\"post-title__text\">{}</span></h1><section data-hook=\"post-description\"><div class=\"post-content__body\"><div data-rce-version=\"9\" class=\"kcOXI\">{}</div></div></section><div class=\"social\"><button>Condividi</button></div></article><section data-hook=\"related-posts\"><div>Post recenti</div>{}</section></div>",
            story.author,
            blog.at(story).format("%-d/%-m/%Y"),
            escape(&story.title),
            body(story, Look::Hashed, "https://static.wixstatic.example"),
            related(&blog, story, 3).into_iter().map(card).collect::<String>()
        );
        let html = page(&story.title, &main).replace("</head>", &format!("<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"BlogPosting\",\"headline\":{},\"datePublished\":\"{}\"}}</script></head>", json(&story.title), blog.iso(story)));
        site.article(&blog, story, &path(story), html);
    }
    let all: Vec<&Story> = blog.stories.iter().collect();
    site.entrance("/blog-feed.xml", "application/xml", rss(&blog, blog.title, &all, Tells::Summary, path));
    site.fill(|_, name| page(name, &format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))));
    site
}
