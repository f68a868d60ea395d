//! Listings without any feed: as lists, tables, cards, with hashed names, without dates, over several pages.

use crate::date;
use crate::furniture::{comments, cookies, headlines, imprint, menu, newsletter, share, sidebar};
use crate::html::{Look, about_text, archived, body, escape, label, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::tongue::{Label, Tongue};
use crate::tongues_west::{DUTCH, ENGLISH, FRENCH, GERMAN, PORTUGUESE, SPANISH};

/// What differs between two listings.
pub struct Make<'a> {
    pub name: &'static str,
    pub start: &'static str,
    /// An article's address from the root, its entry in the list, and the list around all entries.
    pub path: &'a dyn Fn(&Blog, &Story) -> String,
    pub entry: &'a dyn Fn(&Blog, &Story, &str) -> String,
    pub list: &'a dyn Fn(&str) -> String,
    /// What stands above the headline of an article and below it.
    pub above: &'a dyn Fn(&Blog, &Story) -> String,
    pub below: &'a dyn Fn(&Blog, &Story) -> String,
    pub look: Look,
    /// A page of the site: title, head and main part.
    pub page: &'a dyn Fn(&Blog, &str, &str, &str) -> String,
}

impl Make<'_> {
    pub fn site(&self, title: &'static str, tongue: &'static Tongue, n_stories: usize) -> Site {
        let blog = Blog::new(title, tongue, n_stories);
        let mut site = Site::new(self.name, self.start);
        let entries = |stories: &[&Story]| {
            (self.list)(
                &stories.iter().map(|story| (self.entry)(&blog, story, &(self.path)(&blog, story))).collect::<String>(),
            )
        };
        let all: Vec<&Story> = blog.stories.iter().collect();
        site.entrance(self.start, "text/html; charset=utf-8", (self.page)(&blog, blog.title, "", &entries(&all)));
        for story in &blog.stories {
            let path = (self.path)(&blog, story);
            let near = headlines(&related(&blog, story, 3), |other| (self.path)(&blog, other));
            let main = format!(
                "<article>{}<h1>{}</h1>{}<div class=\"text\">{}</div>{}</article><aside><h3>{}</h3><ul>{near}</ul></aside>{}",
                (self.above)(&blog, story),
                escape(&story.title),
                (self.below)(&blog, story),
                body(story, self.look, "/pictures"),
                share(&blog, &path),
                label(&blog, Label::Related),
                comments(&blog, story)
            );
            let html = (self.page)(&blog, &format!("{} | {}", story.title, blog.title), "", &main);
            site.article(&blog, story, &path, html);
        }
        site.fill(|way, name| {
            let is_about = ["/about", "/contact", "/privacy"].contains(&way);
            let main = if is_about {
                format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))
            } else {
                format!("<h1>{}</h1>{}", escape(name), entries(&archived(&blog, way)))
            };
            (self.page)(&blog, &format!("{name} | {}", blog.title), "", &main)
        });
        site
    }
}

/// A page with menu, newsletter, imprint and cookie notice.
pub fn ordinary(blog: &Blog, title: &str, head: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>{head}</head><body><header class=\"top\"><a class=\"logo\" href=\"/\">{}</a><nav><ul>{}</ul></nav></header><main>{main}</main>{}{}<footer>{}</footer>{}</body></html>",
        blog.tongue.code,
        blog.tongue.direction(),
        escape(title),
        escape(blog.title),
        menu(blog, "/section/"),
        sidebar(blog),
        newsletter(blog),
        imprint(blog),
        cookies(blog)
    )
}

/// No date in the list and none in the address; articles tell theirs.
pub fn without_dates() -> Site {
    Make {
        name: "listing_without_dates",
        start: "/",
        path: &|_, story| format!("/reportagem/{}", story.slug),
        entry: &|blog, story, path| format!("<div class=\"box\"><a href=\"{path}\"><img src=\"/pictures/{}.jpg\" alt=\"\"></a><h3><a href=\"{path}\">{}</a></h3><p>{}</p><a class=\"mais\" href=\"{path}\">{}</a></div>", story.slug, escape(&story.title), escape(&story.excerpt(120)),
                label(blog, Label::ReadMore)),
        list: &|entries| format!("<div class=\"boxes\">{entries}</div>"),
        above: &|_, story| format!("<p class=\"kicker\">{}</p>", story.section),
        below: &|blog, story| format!("<p class=\"data\">{} — {}</p>", story.author, date::long("pt", blog.at(story))),
        look: Look::Plain,
        page: &ordinary,
    }
    .site("Revista do Molhe", &PORTUGUESE, 12)
}

/// Links are relative to a `<base>` that isn't the page's own folder.
pub fn relative() -> Site {
    let path = |story: &Story| format!("/archiv/texte/{}.htm", story.slug);
    let page =
        |blog: &Blog, title: &str, _: &str, main: &str| ordinary(blog, title, "<base href=\"/archiv/texte/\">", main);
    Make {
        name: "relative_links",
        start: "/magazin/",
        path: &|_, story| path(story),
        entry: &|blog, story, _| format!("<div class=\"beitrag\"><h2><a href=\"{}.htm\">{}</a></h2><div class=\"info\">{} | {}</div><p>{} <a href=\"../texte/{}.htm\">mehr …</a></p></div>", story.slug, escape(&story.title), blog.at(story).format("%d.%m.%Y"), story.author, escape(&story.excerpt(160)), story.slug),
        list: &|entries| format!("<div id=\"beitraege\">{entries}</div>"),
        above: &|blog, story| format!("<div class=\"info\">{} | {}</div>", blog.at(story).format("%d.%m.%Y"), story.author),
        below: &|_, _| String::new(),
        look: Look::Plain,
        page: &page,
    }
    .site("Hafenblätter", &GERMAN, 11)
}

/// The whole card is one link, with picture, section, headline, lead and date inside.
pub fn cards() -> Site {
    Make {
        name: "cards_as_links",
        start: "/articles",
        path: &|_, story| format!("/articles/{}", story.slug),
        entry: &|blog, story, path| format!("<a class=\"card\" href=\"{path}\"><div class=\"card-img\" style=\"background-image:url('/pictures/{}.jpg')\"></div><div class=\"card-body\"><span class=\"tag\">{}</span><div class=\"card-title\">{}</div><p>{}</p><div class=\"card-foot\"><span>{}</span><span>{}</span></div></div></a>", story.slug, story.section, escape(&story.title), escape(&story.excerpt(100)), story.author, date::long("en", blog.at(story))),
        list: &|entries| format!("<div class=\"card-grid\">{entries}</div>"),
        above: &|_, story| format!("<span class=\"tag\">{}</span>", story.section),
        below: &|blog, story| format!("<div class=\"meta\"><span>{}</span> <span>{}</span></div>", story.author, date::long("en", blog.at(story))),
        look: Look::Plain,
        page: &ordinary,
    }
    .site("Fieldwork Quarterly", &ENGLISH, 12)
}

/// A table with a row for each article: date, headline, department.
pub fn table() -> Site {
    Make {
        name: "table_rows",
        start: "/noticias.php",
        path: &|_, story| format!("/noticia.php?id={}", 8100 + story.n),
        entry: &|blog, story, path| format!("<tr class=\"{}\"><td nowrap>{}</td><td><a href=\"{path}\">{}</a></td><td><a href=\"/section/{}\">{}</a></td></tr>\n", if story.n.is_multiple_of(2) { "par" } else { "impar" }, blog.at(story).format("%d/%m/%Y"), escape(&story.title), blog.key(story.section), story.section),
        list: &|entries| format!("<h2>Noticias</h2><table width=\"100%\" border=\"0\" cellpadding=\"4\"><tr><th>Fecha</th><th>Título</th><th>Área</th></tr>{entries}</table>"),
        above: &|blog, story| format!("<div class=\"fecha\">{}</div>", blog.at(story).format("%d/%m/%Y")),
        below: &|_, _| String::new(),
        look: Look::Plain,
        page: &ordinary,
    }
    .site("Autoridad del Río", &SPANISH, 14)
}

/// A personal site as in 1998: capital tags, no classes, dates in the text of list items.
pub fn plain_list() -> Site {
    let page = |blog: &Blog, title: &str, _: &str, main: &str| {
        format!(
            "<HTML><HEAD><TITLE>{}</TITLE></HEAD>\n<BODY BGCOLOR=\"#FFFFFF\" TEXT=\"#000000\" LINK=\"#0000EE\">\n<CENTER><FONT SIZE=\"+2\"><B>{}</B></FONT></CENTER>\n<HR>\n{main}\n<HR>\n<A HREF=\"/\">Home</A> | <A HREF=\"/about\">About me</A> | <A HREF=\"/links.html\">Links</A> | <A HREF=\"mailto:me@example.org\">Mail</A><BR><FONT SIZE=\"-1\">Best viewed with any browser.</FONT></BODY></HTML>",
            escape(title),
            escape(blog.title)
        )
    };
    Make {
        name: "plain_list",
        start: "/",
        path: &|_, story| format!("/writing/{}.html", story.slug),
        entry: &|blog, story, path| format!("<LI>{} - <A HREF=\"{}\">{}</A>\n", blog.at(story).format("%-d %b %Y"), path.trim_start_matches('/'), escape(&story.title)),
        list: &|entries| format!("<P>I mend clocks and write about it now and then. Here is what I wrote.</P>\n<H3>Writing</H3>\n<UL>\n{entries}</UL>\n<H3>Elsewhere</H3><UL><LI><A HREF=\"https://clocks.example/\">The clock makers' guild</A><LI><A HREF=\"https://bells.example/\">Bells of the county</A></UL>"),
        above: &|_, _| String::new(),
        below: &|blog, story| format!("<P><I>{}</I></P>", blog.at(story).format("%-d %B %Y")),
        look: Look::Plain,
        page: &page,
    }
    .site("Tick and Tock", &ENGLISH, 13)
}

/// All names are made by a build and mean nothing; the next build makes others.
pub fn hashed() -> Site {
    hashed_build("css", 0x1f3a)
}

/// The same site after another build.
pub fn hashed_again() -> Site {
    hashed_build("sc", 0x77c1)
}

fn hashed_build(stem: &'static str, build: usize) -> Site {
    let class = move |n: usize| format!("{stem}-{:x} e{:x}{n}", (build + 1) * 7919 * (n + 3), build * (n + 11));
    let page = |blog: &Blog, title: &str, _: &str, main: &str| {
        let links: String = blog
            .tongue
            .sections()
            .iter()
            .map(|name| {
                format!(
                    "<li class=\"{}\"><a class=\"{}\" href=\"/s/{}\">{name}</a></li>",
                    class(1),
                    class(2),
                    blog.key(name)
                )
            })
            .collect();
        format!(
            "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{}</title></head><body><div id=\"app\"><div class=\"{}\"><a class=\"{}\" href=\"/\">{}</a><ul class=\"{}\">{links}</ul></div><div class=\"{}\">{main}</div><div class=\"{}\">{}</div></div>{}</body></html>",
            escape(title),
            class(3),
            class(4),
            escape(blog.title),
            class(5),
            class(6),
            class(7),
            imprint(blog),
            cookies(blog)
        )
    };
    Make {
        name: "hashed_classes",
        start: "/",
        path: &|blog, story| format!("/s/{}/{}", blog.key(story.section), story.slug),
        entry: &|blog, story, path| format!("<div class=\"{}\"><div class=\"{}\"><a class=\"{}\" href=\"{path}\"><img class=\"{}\" src=\"/pictures/{}.webp\" alt=\"\"></a></div><div class=\"{}\"><a class=\"{}\" href=\"{path}\"><span class=\"{}\">{}</span></a><div class=\"{}\">{}</div><div class=\"{}\">{}</div></div></div>", class(10), class(11), class(12), class(13), story.slug, class(14), class(15), class(16), escape(&story.title), class(17), escape(&story.excerpt(90)), class(18), date::long("fr", blog.at(story))),
        list: &|entries| format!("<div class=\"{}\">{entries}</div>", class(9)),
        above: &|_, _| String::new(),
        below: &|blog, story| format!("<div class=\"{}\"><span>{}</span><span>{}</span></div>", class(20), story.author, date::long("fr", blog.at(story))),
        look: Look::Hashed,
        page: &page,
    }
    .site("Le Fil des Quais", &FRENCH, 12)
}

/// Three pages of a list, with a button "load more" that is a link and `rel=next` in the head.
pub fn endless() -> Site {
    let blog = Blog::new("Dijkpost", &DUTCH, 27);
    let mut site = Site::new("load_more", "/blog");
    let path = |story: &Story| format!("/blog/{}", story.slug);
    for (at, stories) in blog.stories.chunks(9).enumerate() {
        let this = if at == 0 { "/blog".to_owned() } else { format!("/blog?page={}", at + 1) };
        let entries: String = stories.iter().map(|story| format!("<article class=\"post-teaser\"><h2><a href=\"{}\">{}</a></h2><time datetime=\"{}\">{}</time><p>{}</p></article>", path(story), escape(&story.title), story.at.format("%Y-%m-%d"), date::long("nl", blog.at(story)), escape(&story.excerpt(120)))).collect();
        let (head, more) = if at < 2 {
            let next = format!("/blog?page={}", at + 2);
            (
                format!("<link rel=\"next\" href=\"{ORIGIN}{next}\">"),
                format!(
                    "<div class=\"load-more\" data-infinite-scroll><a class=\"button\" rel=\"next\" href=\"{next}\">Meer laden</a></div>"
                ),
            )
        } else {
            (
                format!("<link rel=\"prev\" href=\"{ORIGIN}/blog?page=2\">"),
                format!("<a href=\"/blog?page=2\">{}</a>", label(&blog, Label::Previous)),
            )
        };
        site.entrance(
            &this,
            "text/html; charset=utf-8",
            ordinary(&blog, blog.title, &head, &format!("<h1>Blog</h1><div class=\"stream\">{entries}</div>{more}")),
        );
    }
    for story in &blog.stories {
        let main = format!(
            "<article class=\"post\"><h1>{}</h1><p class=\"by\">{} · <time datetime=\"{}\">{}</time></p><div class=\"post-text\">{}</div></article>{}",
            escape(&story.title),
            story.author,
            story.at.format("%Y-%m-%d"),
            date::long("nl", blog.at(story)),
            body(story, Look::Plain, "/pictures"),
            comments(&blog, story)
        );
        let html = ordinary(&blog, &format!("{} - {}", story.title, blog.title), "", &main);
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|_, name| ordinary(&blog, name, "", &format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))));
    site
}
