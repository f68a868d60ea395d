//! Articles on several pages, with a version for printing.

use crate::date;
use crate::furniture::headlines;
use crate::html::{Look, about_text, archived, escape, parts, related};
use crate::listings::ordinary;
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::tongues_east::INDONESIAN;
use crate::tongues_west::SPANISH;

/// `rel=next` and numbers below the text; the second page has the rest.
pub fn two_pages() -> Site {
    let blog = Blog::new("Warta Layar", &INDONESIAN, 10);
    let mut site = Site::new("two_pages", "/");
    let path = |story: &Story| format!("/artikel/{}", story.slug);
    make(
        &mut site,
        &blog,
        &path,
        |story, page| if page == 0 { path(story) } else { format!("{}?page={}", path(story), page + 1) },
        false,
    );
    site
}

/// Pages with a number in the address, and a link to one page for the printer.
pub fn with_print() -> Site {
    let blog = Blog::new("El Andén", &SPANISH, 10);
    let mut site = Site::new("print_version", "/revista/");
    let path = |story: &Story| format!("/revista/{}.html", story.slug);
    make(
        &mut site,
        &blog,
        &path,
        |story, page| if page == 0 { path(story) } else { format!("/revista/{}-{}.html", story.slug, page + 1) },
        true,
    );
    site
}

fn make(
    site: &mut Site,
    blog: &Blog,
    path: &dyn Fn(&Story) -> String,
    part: impl Fn(&Story, usize) -> String,
    prints: bool,
) {
    let code = blog.tongue.code;
    let entry = |story: &Story| {
        format!(
            "<div class=\"item\"><h2><a href=\"{}\">{}</a></h2><span class=\"fecha\">{}</span><p>{}</p></div>",
            path(story),
            escape(&story.title),
            date::long(code, blog.at(story)),
            escape(&story.excerpt(120))
        )
    };
    let start = site.start.clone();
    site.entrance(
        &start,
        "text/html; charset=utf-8",
        ordinary(blog, blog.title, "", &blog.stories.iter().map(entry).collect::<String>()),
    );
    for story in &blog.stories {
        let middle = story.blocks.len() / 2;
        for (at, blocks) in [&story.blocks[..middle], &story.blocks[middle..]].into_iter().enumerate() {
            let (rel, other) = if at == 0 { ("next", part(story, 1)) } else { ("prev", part(story, 0)) };
            let print = if prints {
                format!("<a class=\"print\" href=\"/imprimir/{}.html\" rel=\"nofollow\">Imprimir</a>", story.slug)
            } else {
                String::new()
            };
            let numbers: String = (0..2)
                .map(|n| {
                    if n == at {
                        format!("<strong>{}</strong> ", n + 1)
                    } else {
                        format!("<a href=\"{}\">{}</a> ", part(story, n), n + 1)
                    }
                })
                .collect();
            let main = format!(
                "<article><h1>{}</h1><p class=\"by\">{}, {}</p>{print}<div class=\"text\">{}</div><div class=\"pages\">{numbers}<a rel=\"{rel}\" href=\"{other}\">{}</a></div></article><aside><ul>{}</ul></aside>",
                escape(&story.title),
                story.author,
                date::long(code, blog.at(story)),
                parts(blocks, Look::Plain, "/media"),
                if at == 0 { "»" } else { "«" },
                headlines(&related(blog, story, 3), path)
            );
            let head = format!("<link rel=\"{rel}\" href=\"{ORIGIN}{other}\">");
            let html = ordinary(blog, &story.title, &head, &main);
            if at == 0 {
                site.article(blog, story, &path(story), html);
            } else {
                site.html(&part(story, 1), html);
            }
        }
        if prints {
            let html = format!(
                "<!doctype html><html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{t}</title><meta name=\"robots\" content=\"noindex\"><link rel=\"canonical\" href=\"{ORIGIN}{}\"></head><body onload=\"print()\"><h1>{t}</h1><p>{}, {}</p>{}</body></html>",
                path(story),
                story.author,
                date::long(code, blog.at(story)),
                parts(&story.blocks, Look::Plain, "/media"),
                t = escape(&story.title)
            );
            site.html(&format!("/imprimir/{}.html", story.slug), html);
        }
    }
    site.fill(|way, name| {
        ordinary(
            blog,
            name,
            "",
            &if way.starts_with("/section/") {
                archived(blog, way).into_iter().map(entry).collect()
            } else {
                format!("<h1>{}</h1>{}", escape(name), about_text(blog, name))
            },
        )
    });
}
