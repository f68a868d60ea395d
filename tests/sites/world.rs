//! Listings without feed in Japanese, Arabic, Russian and Thai.

use crate::date;
use crate::furniture::{cookies, imprint, menu};
use crate::html::{Look, escape, label};
use crate::listings::{Make, ordinary};
use crate::site::Site;
use crate::story::Blog;
use crate::tongue::Label;
use crate::tongues_east::{ARABIC, JAPANESE, RUSSIAN, THAI};

/// A town's paper: definition list of dates and headlines, addresses of numbers.
pub fn japanese() -> Site {
    let page = |blog: &Blog, title: &str, _: &str, main: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>{}</title></head><body id=\"news\"><div id=\"header\"><p class=\"logo\"><a href=\"/\">{}</a></p><ul id=\"gnavi\">{}</ul></div><div id=\"contents\"><div id=\"main\">{main}</div><div id=\"side\"><h2>{}</h2><p><a href=\"/about\">購読のご案内</a></p></div></div><div id=\"footer\">{}<p>Copyright 浜町新聞社 無断転載を禁じます。</p></div></body></html>",
            escape(title),
            blog.title,
            menu(blog, "/category/"),
            label(blog, Label::MostRead),
            imprint(blog)
        )
    };
    Make {
        name: "japanese",
        start: "/news/",
        path: &|_, story| format!("/news/{}/{:05}.html", story.at.format("%Y%m"), 48_000 + 37 * story.n),
        entry: &|blog, story, path| {
            format!(
                "<dt>{}<span class=\"cat\">{}</span></dt>\n<dd><a href=\"{path}\">{}</a></dd>\n",
                date::long("ja", blog.at(story)),
                story.section,
                escape(&story.title)
            )
        },
        list: &|entries| format!("<h1>新着記事</h1><dl class=\"newslist\">{entries}</dl>"),
        above: &|_, story| format!("<p class=\"cat\">{}</p>", story.section),
        below: &|blog, story| {
            format!("<p class=\"date\">{}　{}</p>", blog.at(story).format("%Y/%m/%d %H:%M"), story.author)
        },
        look: Look::Plain,
        page: &page,
    }
    .site("浜町新聞", &JAPANESE, 14)
}

/// From right to left; addresses are headlines, percent-encoded.
pub fn arabic() -> Site {
    Make {
        name: "arabic",
        start: "/",
        path: &|_, story| {
            let words: Vec<&str> = story.title.split_whitespace().collect();
            let text = words.join("-");
            let encoded: String = text.bytes().map(|byte| if byte.is_ascii_alphanumeric() || byte == b'-' { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
            format!("/{}/{encoded}", 5100 + story.n)
        },
        entry: &|blog, story, path| format!("<div class=\"news-card\"><div class=\"img\"><a href=\"{path}\"><img data-src=\"/pictures/{}.jpg\" src=\"/blank.png\" alt=\"\"></a></div><div class=\"info\"><span class=\"cat\">{}</span><h3><a href=\"{path}\">{}</a></h3><span class=\"time\">{}</span></div></div>", story.slug, story.section, escape(&story.title), date::long("ar", blog.at(story))),
        list: &|entries| format!("<div class=\"news-list\">{entries}</div>"),
        above: &|_, story| format!("<span class=\"cat\">{}</span>", story.section),
        below: &|blog, story| format!("<div class=\"meta\"><span>{}</span><span>{}</span></div>", story.author, date::long("ar", blog.at(story))),
        look: Look::Plain,
        page: &ordinary,
    }
    .site("نبض الميناء", &ARABIC, 12)
}

/// A news wire: time and headline, grouped by day, comments counted beside.
pub fn russian() -> Site {
    let page = |blog: &Blog, title: &str, head: &str, main: &str| {
        ordinary(
            blog,
            title,
            head,
            &format!(
                "<div class=\"b-layout\"><div class=\"b-content\">{main}</div><div class=\"b-weather\">+7 °C, ветер 5 м/с</div></div>"
            ),
        )
    };
    Make {
        name: "russian",
        start: "/lenta/",
        path: &|_, story| format!("/news/{}/{}", story.at.format("%Y/%m/%d"), 48_213 + story.n),
        entry: &|blog, story, path| format!("<div class=\"b-item\"><span class=\"b-item__time\">{}, {}</span><a class=\"b-item__title\" href=\"{path}\">{}</a><a class=\"b-item__comments\" href=\"{path}#comments\">{}</a></div>", blog.at(story).format("%H:%M"), date::long("ru", blog.at(story)), escape(&story.title), story.n + 2),
        list: &|entries| format!("<h1>Лента новостей</h1><div class=\"b-lenta\">{entries}</div>"),
        above: &|blog, story| format!("<div class=\"b-date\">{}, {}</div>", date::long("ru", blog.at(story)), blog.at(story).format("%H:%M")),
        below: &|_, story| format!("<div class=\"b-author\">{}</div>", story.author),
        look: Look::Plain,
        page: &page,
    }
    .site("Гавань сегодня", &RUSSIAN, 15)
}

/// Years of the Buddhist era, words without spaces.
pub fn thai() -> Site {
    let page = |blog: &Blog, title: &str, _: &str, main: &str| {
        format!(
            "<!doctype html><html lang=\"th\"><head><meta charset=\"utf-8\"><title>{}</title></head><body><div class=\"navbar\"><a class=\"brand\" href=\"/\">{}</a><ul class=\"nav navbar-nav\">{}</ul></div><div class=\"container\">{main}</div><footer>{}</footer>{}</body></html>",
            escape(title),
            blog.title,
            menu(blog, "/category/"),
            imprint(blog),
            cookies(blog)
        )
    };
    Make {
        name: "thai",
        start: "/",
        path: &|_, story| format!("/news/{}", 20_480 + story.n),
        entry: &|blog, story, path| format!("<div class=\"col-md-4\"><div class=\"thumbnail\"><a href=\"{path}\"><img src=\"/pictures/{}.jpg\" alt=\"\"></a><div class=\"caption\"><h4><a href=\"{path}\">{}</a></h4><p class=\"date\"><i class=\"fa fa-calendar\"></i> {}</p></div></div></div>", story.slug, escape(&story.title), date::long("th", blog.at(story))),
        list: &|entries| format!("<div class=\"row\">{entries}</div>"),
        above: &|_, _| String::new(),
        below: &|blog, story| format!("<p class=\"date\">{} น. {} โดย {}</p>", blog.at(story).format("%H:%M"), date::long("th", blog.at(story)), story.author),
        look: Look::Plain,
        page: &page,
    }
    .site("ข่าวชานชาลา", &THAI, 12)
}
