//! WordPress with a classic theme and with a block theme.

use crate::date;
use crate::html::{Look, about_text, archived, body, escape, label, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, rss};
use crate::tongue::Label;
use crate::tongues_west::{ENGLISH, PORTUGUESE};

/// A classic theme with a sidebar; the feed has ten of twenty-four posts.
pub fn classic() -> Site {
    let blog = Blog::new("Saltmarsh Notebook", &ENGLISH, 24);
    let mut site = Site::new("wordpress_classic", "/");
    for (page, stories) in blog.stories.chunks(10).enumerate() {
        let path = if page == 0 { "/".to_owned() } else { format!("/page/{}/", page + 1) };
        let list: String = stories.iter().map(|story| classic_entry(&blog, story)).collect();
        let next = if page < 2 {
            format!(
                "<nav class=\"navigation pagination\" aria-label=\"Posts\"><h2 class=\"screen-reader-text\">Posts navigation</h2>\
                 <div class=\"nav-links\"><span aria-current=\"page\" class=\"page-numbers current\">{}</span>\
                 <a class=\"next page-numbers\" href=\"{ORIGIN}/page/{}/\"><span class=\"screen-reader-text\">Next page</span></a></div></nav>",
                page + 1,
                page + 2
            )
        } else {
            String::new()
        };
        let html = classic_page(&blog, blog.title, "home blog hfeed has-sidebar", &format!("{list}{next}"));
        site.html(&path, html);
    }
    for story in &blog.stories {
        let html = classic_page(
            &blog,
            &format!("{} – {}", story.title, blog.title),
            "post-template-default single single-post has-sidebar",
            &classic_article(&blog, story),
        );
        if story.n < 10 {
            site.article(&blog, story, &dated(story), html);
        } else {
            site.older(&blog, story, &dated(story), html);
        }
    }
    let newest: Vec<&Story> = blog.stories.iter().take(10).collect();
    site.entrance("/feed/", "application/rss+xml; charset=UTF-8", rss(&blog, blog.title, &newest, Tells::Full, dated));
    // The feed of comments is linked beside it.
    let comments = comments_feed(&blog);
    site.page("/comments/feed/", "application/rss+xml; charset=UTF-8", comments);
    site.page(
        "/robots.txt",
        "text/plain",
        "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n".to_owned(),
    );
    site.fill(|path, name| {
        let main = if ["/about/", "/contact/", "/privacy-policy/"].contains(&path) {
            format!(
                "<article class=\"post-5 page type-page status-publish hentry\"><header class=\"entry-header\">\
                 <h1 class=\"entry-title\">{}</h1></header><div class=\"entry-content\">{}</div></article>",
                escape(name),
                about_text(&blog, name)
            )
        } else {
            let list: String = archived(&blog, path).into_iter().map(|story| classic_entry(&blog, story)).collect();
            format!("<header class=\"page-header\"><h1 class=\"page-title\">{}</h1></header>{list}", escape(name))
        };
        classic_page(&blog, &format!("{name} – {}", blog.title), "archive has-sidebar", &main)
    });
    site
}

/// `/2026/10/30/slug/`
pub fn dated(story: &Story) -> String {
    format!("/{}/{}/", story.at.format("%Y/%m/%d"), story.slug)
}

pub fn comments_feed(blog: &Blog) -> String {
    let items: String = blog
        .stories
        .iter()
        .flat_map(|story| story.comments.iter().map(move |comment| (story, comment)))
        .enumerate()
        .map(|(n, (story, (who, text)))| {
            format!(
                "<item><title>Comment on {} by {who}</title><link>{ORIGIN}{}#comment-{n}</link><pubDate>{}</pubDate>\
                 <guid isPermaLink=\"false\">{ORIGIN}/?p=1#comment-{n}</guid><description>{}</description></item>",
                escape(&story.title),
                dated(story),
                date::rfc822(blog.at(story)),
                escape(text)
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>Comments for {}</title><link>{ORIGIN}/</link>{items}</channel></rss>",
        escape(blog.title)
    )
}

fn classic_entry(blog: &Blog, story: &Story) -> String {
    let path = dated(story);
    let image = if story.has_image {
        format!(
            "<div class=\"post-thumbnail\"><a href=\"{ORIGIN}{path}\"><img width=\"2000\" height=\"1200\" \
             src=\"{ORIGIN}/wp-content/uploads/{}.jpg\" class=\"attachment-featured-image size-featured-image wp-post-image\" alt=\"\"></a></div>",
            story.slug
        )
    } else {
        String::new()
    };
    format!(
        "<article id=\"post-{id}\" class=\"post-{id} post type-post status-publish format-standard hentry category-{}\">\n\
         <header class=\"entry-header\"><div class=\"entry-meta\"><span class=\"screen-reader-text\">Posted on</span> \
         <a href=\"{ORIGIN}{path}\" rel=\"bookmark\"><time class=\"entry-date published\" datetime=\"{}\">{}</time></a></div>\
         <h2 class=\"entry-title\"><a href=\"{ORIGIN}{path}\" rel=\"bookmark\">{}</a></h2></header>{image}\n\
         <div class=\"entry-content\"><p>{}</p><p class=\"link-more\"><a href=\"{ORIGIN}{path}#more-{id}\" class=\"more-link\">Continue reading\
         <span class=\"screen-reader-text\"> &#8220;{}&#8221;</span></a></p></div></article>\n",
        blog.key(story.section),
        blog.iso(story),
        date::long("en", blog.at(story)),
        escape(&story.title),
        escape(&story.excerpt(280)),
        escape(&story.title),
        id = 1000 + story.n,
    )
}

fn classic_article(blog: &Blog, story: &Story) -> String {
    let id = 1000 + story.n;
    let tags: String = story
        .tags
        .iter()
        .map(|tag| format!("<a href=\"{ORIGIN}/tag/{}/\" rel=\"tag\">{tag}</a> ", blog.key(tag)))
        .collect();
    let comments: String = story
        .comments
        .iter()
        .enumerate()
        .map(|(n, (who, text))| {
            format!(
                "<li id=\"comment-{n}\" class=\"comment even thread-even depth-1\"><article class=\"comment-body\"><footer class=\"comment-meta\">\
                 <div class=\"comment-author vcard\"><b class=\"fn\">{who}</b> <span class=\"says\">says:</span></div>\
                 <div class=\"comment-metadata\"><a href=\"{ORIGIN}{}#comment-{n}\"><time datetime=\"2026-11-02T08:0{n}:00+00:00\">November 2, 2026 at 8:0{n} am</time></a></div></footer>\
                 <div class=\"comment-content\"><p>{}</p></div></article></li>",
                dated(story),
                escape(text)
            )
        })
        .collect();
    let neighbours: String = related(blog, story, 2)
        .iter()
        .zip(["previous", "next"])
        .map(|(other, way)| {
            format!("<div class=\"nav-{way}\"><a href=\"{ORIGIN}{}\" rel=\"{}\"><span class=\"nav-title\">{}</span></a></div>", dated(other), &way[..4], escape(&other.title))
        })
        .collect();
    format!(
        "<article id=\"post-{id}\" class=\"post-{id} post type-post status-publish format-standard has-post-thumbnail hentry\">\n\
         <header class=\"entry-header\"><div class=\"entry-meta\"><span class=\"posted-on\"><span class=\"screen-reader-text\">Posted on</span> \
         <a href=\"{ORIGIN}{}\" rel=\"bookmark\"><time class=\"entry-date published\" datetime=\"{}\">{}</time></a></span>\
         <span class=\"byline\"> by <span class=\"author vcard\"><a class=\"url fn n\" href=\"{ORIGIN}/author/{}/\">{}</a></span></span></div>\
         <h1 class=\"entry-title\">{}</h1></header>\n<div class=\"entry-content\">\n{}</div>\n\
         <footer class=\"entry-footer\"><span class=\"cat-links\"><a href=\"{ORIGIN}/category/{}/\" rel=\"category tag\">{}</a></span>\
         <span class=\"tags-links\">{tags}</span></footer></article>\n\
         <div id=\"comments\" class=\"comments-area\"><h2 class=\"comments-title\">{} replies on &ldquo;{}&rdquo;</h2>\
         <ol class=\"comment-list\">{comments}</ol><div id=\"respond\" class=\"comment-respond\"><h3 id=\"reply-title\" class=\"comment-reply-title\">Leave a Reply</h3>\
         <form action=\"{ORIGIN}/wp-comments-post.php\" method=\"post\"><p class=\"comment-notes\">Your email address will not be published.</p>\
         <textarea name=\"comment\"></textarea></form></div></div>\n\
         <nav class=\"navigation post-navigation\"><div class=\"nav-links\">{neighbours}</div></nav>",
        dated(story),
        blog.iso(story),
        date::long("en", blog.at(story)),
        blog.key(story.author),
        escape(story.author),
        escape(&story.title),
        body(story, Look::Plain, &format!("{ORIGIN}/wp-content/uploads")),
        blog.key(story.section),
        escape(story.section),
        story.comments.len(),
        escape(&story.title),
    )
}

fn classic_page(blog: &Blog, title: &str, class: &str, main: &str) -> String {
    let item = |path: &str, text: &str| {
        format!("<li class=\"menu-item\"><a href=\"{ORIGIN}{path}\">{}</a></li>", escape(text))
    };
    let menu: String = blog
        .tongue
        .sections()
        .iter()
        .take(5)
        .map(|name| item(&format!("/category/{}/", blog.key(name)), name))
        .collect();
    let recent: String = blog
        .stories
        .iter()
        .take(5)
        .map(|story| format!("<li><a href=\"{ORIGIN}{}\">{}</a></li>", dated(story), escape(&story.title)))
        .collect();
    let months: String = ["October 2026", "September 2026"]
        .iter()
        .zip(["/2026/10/", "/2026/09/"])
        .map(|(name, path)| format!("<li><a href='{ORIGIN}{path}'>{name}</a></li>"))
        .collect();
    let cloud: String = blog
        .tongue
        .tags()
        .iter()
        .map(|tag| {
            format!(
                "<a href=\"{ORIGIN}/tag/{}/\" class=\"tag-cloud-link\" style=\"font-size: 12pt;\">{tag}</a>\n",
                blog.key(tag)
            )
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-US\" class=\"no-js no-svg\">\n<head>\n<meta charset=\"UTF-8\">\n<title>{}</title>\n\
         <link rel=\"alternate\" type=\"application/rss+xml\" title=\"{name} &raquo; Feed\" href=\"{ORIGIN}/feed/\" />\n\
         <link rel=\"alternate\" type=\"application/rss+xml\" title=\"{name} &raquo; Comments Feed\" href=\"{ORIGIN}/comments/feed/\" />\n\
         <meta name=\"generator\" content=\"WordPress 6.6.2\" />\n</head>\n<body class=\"{class}\">\n<div id=\"page\" class=\"site\">\
         <header id=\"masthead\" class=\"site-header\"><div class=\"custom-header\"><div class=\"site-branding-text\"><h1 class=\"site-title\"><a href=\"{ORIGIN}/\" rel=\"home\">{name}</a></h1>\
         <p class=\"site-description\">Slow news from the coast</p></div></div><nav id=\"site-navigation\" class=\"main-navigation\"><ul id=\"top-menu\" class=\"menu\">{}{menu}{}{}</ul></nav></header>\n\
         <div class=\"site-content-contain\"><div id=\"content\" class=\"site-content\"><div class=\"wrap\"><div id=\"primary\" class=\"content-area\"><main id=\"main\" class=\"site-main\">\n{main}\n</main></div>\n\
         <aside id=\"secondary\" class=\"widget-area\" aria-label=\"Blog Sidebar\"><section class=\"widget widget_search\"><form role=\"search\" method=\"get\" class=\"search-form\" action=\"{ORIGIN}/\"><input type=\"search\" name=\"s\"></form></section>\
         <section class=\"widget widget_recent_entries\"><h2 class=\"widget-title\">Recent Posts</h2><ul>{recent}</ul></section>\
         <section class=\"widget widget_archive\"><h2 class=\"widget-title\">Archives</h2><ul>{months}</ul></section>\
         <section class=\"widget widget_tag_cloud\"><h2 class=\"widget-title\">Tags</h2><div class=\"tagcloud\">{cloud}</div></section></aside></div></div>\n\
         <footer id=\"colophon\" class=\"site-footer\"><div class=\"site-info\"><a class=\"privacy-policy-link\" href=\"{ORIGIN}/privacy-policy/\">{}</a> <a href=\"https://wordpress.org/\" class=\"imprint\">Proudly powered by WordPress</a></div></footer></div></div></body></html>",
        escape(title),
        item("/", "Home"),
        item("/about/", "About"),
        item("/contact/", "Contact"),
        label(blog, Label::Privacy),
        name = escape(blog.title),
    )
}

/// A block theme whose front page is a grid of a query loop.
pub fn blocks() -> Site {
    let blog = Blog::new("Caderno do Cais", &PORTUGUESE, 16);
    let mut site = Site::new("wordpress_blocks", "/");
    let path = |story: &Story| format!("/{}/", story.slug);
    let card = |story: &Story| {
        format!(
            "<li class=\"wp-block-post post-{id} post type-post status-publish format-standard has-post-thumbnail hentry category-{}\">\n\
             <div class=\"wp-block-group is-vertical is-nowrap is-layout-flex wp-container-core-group-is-layout-8 wp-block-group-is-layout-flex\">\
             <figure style=\"aspect-ratio:3/4;\" class=\"wp-block-post-featured-image\"><a href=\"{ORIGIN}/{slug}/\" target=\"_self\"><img loading=\"lazy\" src=\"{ORIGIN}/wp-content/uploads/2026/10/{slug}.jpg\" class=\"attachment-post-thumbnail size-post-thumbnail wp-post-image\" alt=\"{title}\"/></a></figure>\
             <h2 class=\"wp-block-post-title has-large-font-size\"><a href=\"{ORIGIN}/{slug}/\" target=\"_self\" >{title}</a></h2>\
             <div class=\"wp-block-template-part\"><div class=\"wp-block-group has-small-font-size is-layout-flex\"><div class=\"wp-block-post-date\"><time datetime=\"{}\"><a href=\"{ORIGIN}/{slug}/\">{}</a></time></div></div></div>\
             <div class=\"wp-block-post-excerpt\"><p class=\"wp-block-post-excerpt__excerpt\">{} </p></div></div>\n</li>",
            blog.key(story.section),
            blog.iso(story),
            date::long("pt", blog.at(story)),
            escape(&story.excerpt(150)),
            id = 40 + story.n,
            slug = story.slug,
            title = escape(&story.title),
        )
    };
    let grid = |stories: &[&Story]| {
        let cards: String = stories.iter().map(|story| card(story)).collect();
        format!(
            "<div class=\"wp-block-query alignwide is-layout-flow wp-block-query-is-layout-flow\"><ul class=\"columns-3 alignfull wp-block-post-template is-layout-grid wp-container-core-post-template-is-layout-1\">{cards}</ul></div>"
        )
    };
    let newest: Vec<&Story> = blog.stories.iter().take(10).collect();
    let hero = "<div class=\"wp-block-group alignfull has-base-2-background-color\"><h1 class=\"wp-block-heading has-text-align-center\">Histórias do cais, sem pressa</h1><p class=\"has-text-align-center\">Um caderno aberto por vizinhos do porto.</p></div>";
    site.html("/", block_page(&blog, blog.title, &format!("{hero}{}", grid(&newest))));
    for story in &blog.stories {
        let more: Vec<&Story> = related(&blog, story, 3);
        let list: String = more.iter().map(|other| format!("<li class=\"wp-block-post\"><h4 class=\"wp-block-post-title has-medium-font-size\"><a href=\"{ORIGIN}{}\">{}</a></h4></li>", path(other), escape(&other.title))).collect();
        let main = format!(
            "<main class=\"wp-block-group is-layout-flow\"><div class=\"wp-block-group has-global-padding is-layout-constrained\"><h1 class=\"wp-block-post-title has-x-large-font-size\">{}</h1>\
             <div class=\"wp-block-template-part\"><div class=\"wp-block-group has-small-font-size\"><div class=\"wp-block-post-date\"><time datetime=\"{}\">{}</time></div><p class=\"has-contrast-2-color\">—</p>\
             <p class=\"has-small-font-size has-contrast-2-color\">por</p><div class=\"wp-block-post-author-name\"><a href=\"{ORIGIN}/author/{}/\" class=\"wp-block-post-author-name__link\">{}</a></div></div></div></div>\n\
             <div class=\"entry-content alignfull wp-block-post-content has-global-padding is-layout-constrained\">{}</div>\n\
             <div class=\"wp-block-template-part\"><div class=\"taxonomy-post_tag wp-block-post-terms\"><a href=\"{ORIGIN}/tag/{}/\" rel=\"tag\">{}</a></div>\
             <h3 class=\"wp-block-heading\">{}</h3><div class=\"wp-block-query\"><ul class=\"wp-block-post-template\">{list}</ul></div></div></main>",
            escape(&story.title),
            blog.iso(story),
            date::long("pt", blog.at(story)),
            blog.key(story.author),
            escape(story.author),
            body(story, Look::Blocks, &format!("{ORIGIN}/wp-content/uploads/2026/10")),
            blog.key(story.tags[0]),
            story.tags[0],
            label(&blog, Label::Related),
        );
        let html = block_page(&blog, &format!("{} – {}", story.title, blog.title), &main);
        if story.n < 10 {
            site.article(&blog, story, &path(story), html);
        } else {
            site.older(&blog, story, &path(story), html);
        }
    }
    site.entrance(
        "/feed/",
        "application/rss+xml; charset=UTF-8",
        rss(&blog, blog.title, &newest, Tells::Summary, path),
    );
    site.page(
        "/comments/feed/",
        "application/rss+xml; charset=UTF-8",
        comments_feed(&Blog::new("Caderno do Cais", &PORTUGUESE, 3)),
    );
    site.fill(|path, name| {
        let main = if path.matches('/').count() == 2 {
            format!(
                "<h1 class=\"wp-block-post-title\">{}</h1><div class=\"entry-content wp-block-post-content\">{}</div>",
                escape(name),
                about_text(&blog, name)
            )
        } else {
            format!("<h1 class=\"wp-block-query-title\">{}</h1>{}", escape(name), grid(&archived(&blog, path)))
        };
        block_page(&blog, &format!("{name} – {}", blog.title), &main)
    });
    site
}

fn block_page(blog: &Blog, title: &str, main: &str) -> String {
    let link = |path: &str, text: &str| {
        format!(
            "<li class=\"wp-block-navigation-item wp-block-navigation-link\"><a class=\"wp-block-navigation-item__content\" href=\"{ORIGIN}{path}\"><span class=\"wp-block-navigation-item__label\">{}</span></a></li>",
            escape(text)
        )
    };
    let menu: String = blog
        .tongue
        .sections()
        .iter()
        .take(4)
        .map(|name| link(&format!("/category/{}/", blog.key(name)), name))
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"pt-BR\"><head><meta charset=\"UTF-8\" /><title>{}</title>\
         <link rel=\"alternate\" type=\"application/rss+xml\" title=\"Feed para {name}\" href=\"{ORIGIN}/feed/\" />\
         <link rel=\"alternate\" type=\"application/rss+xml\" title=\"Feed de comentários\" href=\"{ORIGIN}/comments/feed/\" />\
         <link rel=\"https://api.w.org/\" href=\"{ORIGIN}/wp-json/\" /></head><body class=\"wp-embed-responsive\"><div class=\"wp-site-blocks\">\
         <header class=\"wp-block-template-part\"><div class=\"wp-block-group alignwide\"><p class=\"wp-block-site-title\"><a href=\"{ORIGIN}/\" rel=\"home\">{name}</a></p>\
         <nav class=\"wp-block-navigation is-responsive\" aria-label=\"Navigation\"><ul class=\"wp-block-navigation__container\">{menu}{}{}</ul></nav></div></header>\n{main}\n\
         <footer class=\"wp-block-template-part\"><div class=\"wp-block-columns\"><div class=\"wp-block-column\"><h2 class=\"wp-block-heading has-medium-font-size\">{}</h2><p>{}</p></div>\
         <div class=\"wp-block-column\"><ul><li><a href=\"{ORIGIN}/privacidade/\">{}</a></li></ul></div></div></footer></div></body></html>",
        escape(title),
        link("/sobre/", "Sobre"),
        link("/contato/", "Contato"),
        label(blog, Label::Newsletter),
        label(blog, Label::NewsletterText),
        label(blog, Label::Privacy),
        name = escape(blog.title),
    )
}
