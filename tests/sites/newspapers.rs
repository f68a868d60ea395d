//! Newspapers: crowded front pages, with and without a feed on a section.

use crate::date;
use crate::furniture::{cookies, headlines, newsletter, share};
use crate::html::{Look, about_text, archived, body, escape, json, label, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::syndication::{Tells, rss};
use crate::tongue::Label;
use crate::tongues_west::{ENGLISH, GERMAN};

const TOWNS: &str = "Aldham Birchley Corran Dunmoor Eastwick Farrow Gorsley Hallam Inver Jarrow Kelby Larkfield Marden Northbank Orrin Penhale Quarley Redmire Saltmarsh Tarrant Ulley Venn Wexcombe Yarrow Ashby Brill Cawood Denholm Elland Foxton Glaze Hebden Irton Keld Lydd Malham Nidd Otley Pately Rawdon Skell Thirsk Upleatham Wharram";

/// A front page with hero, sections, opinions, most-read box and a strip of films; a long menu, a longer footer, no feed.
pub fn front_page() -> Site {
    let blog = Blog::new("The Orrin Valley Courier", &ENGLISH, 30);
    let mut site = Site::new("newspaper_front", "/");
    let path = |story: &Story| {
        format!(
            "/{}/{}/{}-{}",
            blog.key(story.section),
            story.at.format("%Y/%m/%d"),
            story.slug,
            4_410_200 + 13 * story.n
        )
    };
    let teaser = |story: &Story, level: &str, kind: &str| {
        let image = if kind == "text" {
            String::new()
        } else {
            format!(
                "<a class=\"teaser__media\" href=\"{p}\" tabindex=\"-1\" aria-hidden=\"true\"><picture><source srcset=\"/img/{s}.webp\" type=\"image/webp\"><img src=\"/img/{s}.jpg\" alt=\"\"></picture></a>",
                p = path(story),
                s = story.slug
            )
        };
        let lead = if kind == "hero" {
            format!("<p class=\"teaser__lead\">{}</p>", escape(&story.excerpt(150)))
        } else {
            String::new()
        };
        format!(
            "<article class=\"teaser teaser--{kind}\">{image}<div class=\"teaser__body\"><a class=\"teaser__kicker\" href=\"/{sec}\">{name}</a><{level} class=\"teaser__headline\"><a class=\"teaser__link\" href=\"{p}\">{t}</a></{level}>{lead}<div class=\"teaser__meta\"><time class=\"teaser__time\" datetime=\"{iso}\">{day}</time><a class=\"teaser__comments\" href=\"{p}#comments\">{n}</a></div></div></article>",
            sec = blog.key(story.section),
            name = story.section,
            p = path(story),
            t = escape(&story.title),
            iso = blog.iso(story),
            day = blog.at(story).format("%-d %b, %H:%M"),
            n = 3 * story.n,
        )
    };
    let page = |title: &str, head: &str, main: &str| {
        let towns: Vec<&str> = TOWNS.split(' ').collect();
        let menu: String = blog.tongue.sections().iter().map(|name| format!("<li class=\"nav__item\"><a class=\"nav__link\" href=\"/{0}\">{name}</a><ul class=\"nav__sub\"><li><a href=\"/{0}/analysis\">Analysis</a></li><li><a href=\"/{0}/in-pictures\">In pictures</a></li></ul></li>", blog.key(name))).collect();
        let places: String = towns
            .iter()
            .map(|town| format!("<li class=\"nav__item\"><a href=\"/places/{}\">{town}</a></li>", town.to_lowercase()))
            .collect();
        let services: String = [
            "Advertise",
            "Archive",
            "Puzzles",
            "Obituaries",
            "Weather",
            "Jobs",
            "Property",
            "Terms of use",
            "Privacy",
            "Complaints",
            "Press office",
            "Apps",
            "Letters to the editor",
            "Delivery",
            "Student rate",
            "Events",
        ]
        .iter()
        .map(|name| format!("<li><a href=\"/service/{}\">{name}</a></li>", crate::story::slug(name, 5)))
        .collect();
        let columns: String = blog
            .tongue
            .sections()
            .iter()
            .map(|name| {
                format!(
                    "<div class=\"footer__column\"><h4>{name}</h4><ul>{}</ul></div>",
                    towns
                        .iter()
                        .take(7)
                        .map(|town| format!(
                            "<li><a href=\"/{}/{}\">{name} in {town}</a></li>",
                            blog.key(name),
                            town.to_lowercase()
                        ))
                        .collect::<String>()
                )
            })
            .collect();
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>{head}</head><body class=\"t-news\"><a class=\"skip\" href=\"#main\">Skip to content</a><div class=\"ticker\"><strong>Live</strong> <a href=\"/service/weather\">Gusts up to 60 mph expected on the coast this evening</a></div>\
             <header class=\"masthead\"><a class=\"masthead__logo\" href=\"/\"><img src=\"/logo.svg\" alt=\"{name}\"></a><nav class=\"nav\"><ul>{menu}{places}</ul></nav></header><main id=\"main\">{main}</main>{}<footer class=\"footer\">{columns}<ul class=\"footer__services\">{services}</ul></footer>{}</body></html>",
            escape(title),
            newsletter(&blog),
            cookies(&blog),
            name = blog.title,
        )
    };
    let s = &blog.stories;
    let hero: String =
        teaser(&s[0], "h1", "hero") + &s[1..4].iter().map(|story| teaser(story, "h2", "large")).collect::<String>();
    let block = |name: &str, stories: &[Story]| {
        format!(
            "<section class=\"section\"><h2 class=\"section__title\"><a href=\"/{}\">{name}</a></h2><div class=\"section__grid\">{}</div><a class=\"section__more\" href=\"/{}\">More {name}</a></section>",
            blog.key(name),
            stories
                .iter()
                .enumerate()
                .map(|(n, story)| teaser(story, "h3", if n == 0 { "medium" } else { "text" }))
                .collect::<String>(),
            blog.key(name)
        )
    };
    let columns: String = s[16..19].iter().map(|story| format!("<article class=\"columnist\"><img src=\"/people/{}.jpg\" alt=\"\"><a href=\"/people/{0}\" class=\"columnist__name\">{}</a><h3><a href=\"{}\">{}</a></h3></article>", blog.key(story.author), story.author, path(story), escape(&story.title))).collect();
    let read: String = [2, 9, 5, 12, 0]
        .iter()
        .enumerate()
        .map(|(n, at)| {
            format!(
                "<li><span class=\"rank\">{}</span> <a href=\"{}\">{}</a></li>",
                n + 1,
                path(&s[*at]),
                escape(&s[*at].title)
            )
        })
        .collect();
    let films: String = (1..=5).map(|n| format!("<div class=\"video-card\"><a href=\"/video/{n}00{n}\"><span class=\"video-card__duration\">0{n}:1{n}</span><h4>Watch: high water on Pier {n}</h4></a></div>")).collect();
    let main = format!(
        "<section class=\"hero\">{hero}</section><div class=\"with-aside\"><div>{}{}{}</div><aside class=\"rail\"><section class=\"most-read\"><h2>{}</h2><ol>{read}</ol></section><div class=\"ad\">Advertisement</div><section class=\"opinion\"><h2><a href=\"/opinion\">Opinion</a></h2>{columns}</section></aside></div><section class=\"video-strip\"><h2><a href=\"/video\">Video</a></h2>{films}</section>{}",
        block("Town", &s[4..8]),
        block("Culture", &s[8..12]),
        block("Science", &s[12..16]),
        label(&blog, Label::MostRead),
        block("Travel", &s[19..24])
    );
    site.entrance(
        "/",
        "text/html; charset=utf-8",
        page(blog.title, "<meta name=\"description\" content=\"News from the valley\">", &main),
    );
    for story in s {
        let head = format!(
            "<link rel=\"canonical\" href=\"{ORIGIN}{}\"><meta property=\"og:type\" content=\"article\"><meta property=\"og:title\" content=\"{}\"><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":{},\"datePublished\":\"{}\",\"author\":{{\"@type\":\"Person\",\"name\":{}}}}}</script>",
            path(story),
            escape(&story.title),
            json(&story.title),
            blog.iso(story),
            json(story.author)
        );
        let near = related(&blog, story, 4);
        let main = format!(
            "<article class=\"article\"><header class=\"article__header\"><a class=\"article__kicker\" href=\"/{}\">{}</a><h1 class=\"article__headline\">{}</h1><p class=\"article__byline\">By <a href=\"/people/{}\">{}</a></p><time datetime=\"{}\">{}</time>{}</header><div class=\"article__body\">{}</div></article><section class=\"article__related\"><h2>{}</h2>{}</section><section id=\"comments\"><h2>Join the conversation</h2><p>Sign in to comment.</p></section>",
            blog.key(story.section),
            story.section,
            escape(&story.title),
            blog.key(story.author),
            story.author,
            blog.iso(story),
            date::long("en", blog.at(story)),
            share(&blog, &path(story)),
            body(story, Look::Plain, "/img"),
            label(&blog, Label::Related),
            near.iter().map(|other| teaser(other, "h3", "medium")).collect::<String>()
        );
        let html = page(&format!("{} | {}", story.title, blog.title), &head, &main);
        if story.n < 24 {
            site.article(&blog, story, &path(story), html)
        } else {
            site.older(&blog, story, &path(story), html)
        }
    }
    site.fill(|way, name| {
        let main = if way.starts_with("/service/") {
            format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))
        } else if way.starts_with("/video/") {
            format!("<h1>{}</h1><div class=\"player\"></div><p>The tide, filmed from the pier.</p>", escape(name))
        } else {
            format!(
                "<h1>{}</h1>{}",
                escape(name),
                archived(&blog, way).into_iter().map(|story| teaser(story, "h2", "text")).collect::<String>()
            )
        };
        page(&format!("{name} | {}", blog.title), "", &main)
    });
    site
}

/// A section of a newspaper that has its own feed; the front page's feed is another one.
pub fn section_feed() -> Site {
    let blog = Blog::new("Werdener Anzeiger", &GERMAN, 26);
    let mut site = Site::new("newspaper_section", "/wissen/");
    let is_science = |story: &Story| story.n.is_multiple_of(2);
    let path = |story: &Story| {
        format!(
            "/{}/{}-{}.html",
            if is_science(story) { "wissen" } else { "lokales" },
            story.slug,
            20_261_000 + story.n
        )
    };
    let page = |title: &str, head: &str, main: &str| {
        let menu: String = blog
            .tongue
            .sections()
            .iter()
            .map(|name| format!("<li><a href=\"/{}/\">{name}</a></li>", blog.key(name)))
            .collect();
        format!(
            "<!doctype html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>{}</title>{head}</head><body><div id=\"wrapper\"><div id=\"header\"><a href=\"/\"><img alt=\"{name}\" src=\"/logo.png\"></a><ul id=\"nav\"><li><a href=\"/wissen/\" class=\"active\">Wissen</a></li><li><a href=\"/lokales/\">Lokales</a></li>{menu}</ul></div><div id=\"content\">{main}</div><div id=\"sidebar\"><h3>{}</h3><ol>{}</ol>{}</div><div id=\"footer\"><a href=\"/impressum/\">Impressum</a> <a href=\"/datenschutz/\">Datenschutz</a></div></div>{}</body></html>",
            escape(title),
            label(&blog, Label::MostRead),
            headlines(&blog.stories.iter().skip(3).take(5).collect::<Vec<_>>(), path),
            newsletter(&blog),
            cookies(&blog),
            name = blog.title
        )
    };
    let row = |story: &Story| {
        format!(
            "<div class=\"news-item\"><div class=\"news-img\"><a href=\"{p}\"><img src=\"/bild/{s}.jpg\" alt=\"\"></a></div><div class=\"news-text\"><span class=\"date\">{d}</span><h3><a href=\"{p}\">{t}</a></h3><p>{x} <a class=\"more\" href=\"{p}\">mehr</a></p></div></div>",
            p = path(story),
            s = story.slug,
            d = blog.at(story).format("%d.%m.%Y"),
            t = escape(&story.title),
            x = escape(&story.excerpt(140))
        )
    };
    let science: Vec<&Story> = blog.stories.iter().filter(|story| is_science(story)).collect();
    let all: Vec<&Story> = blog.stories.iter().collect();
    let feed = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Werdener Anzeiger: Wissen\" href=\"/wissen/rss.xml\">";
    site.html(
        "/wissen/",
        page("Wissen", feed, &format!("<h1>Wissen</h1>{}", science.iter().map(|story| row(story)).collect::<String>())),
    );
    site.html(
        "/",
        page(
            blog.title,
            "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Werdener Anzeiger\" href=\"/rss.xml\">",
            &all.iter().take(14).map(|story| row(story)).collect::<String>(),
        ),
    );
    for story in &blog.stories {
        let main = format!(
            "<div class=\"article\"><span class=\"date\">{}</span><h1>{}</h1><span class=\"author\">Von {}</span><div class=\"text\">{}</div>{}<div class=\"related\"><h4>{}</h4><ul>{}</ul></div></div>",
            blog.at(story).format("%d.%m.%Y"),
            escape(&story.title),
            story.author,
            body(story, Look::Plain, "/bild"),
            share(&blog, &path(story)),
            label(&blog, Label::Related),
            headlines(&related(&blog, story, 3), path)
        );
        let html = page(&format!("{} - {}", story.title, blog.title), "", &main);
        if is_science(story) {
            site.article(&blog, story, &path(story), html)
        } else {
            site.html(&path(story), html);
        }
    }
    site.entrance(
        "/wissen/rss.xml",
        "application/rss+xml",
        rss(&blog, "Werdener Anzeiger: Wissen", &science, Tells::Summary, path),
    );
    site.page("/rss.xml", "application/rss+xml", rss(&blog, blog.title, &all, Tells::Summary, path));
    site.fill(|way, name| {
        page(
            name,
            "",
            &if ["/impressum/", "/datenschutz/"].contains(&way) {
                format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))
            } else {
                format!("<h1>{}</h1>{}", escape(name), archived(&blog, way).into_iter().map(row).collect::<String>())
            },
        )
    });
    site
}
