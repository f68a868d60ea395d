//! Next.js with both of its routers, and Nuxt: pages with the application's state in a script.

use serde_json::{Value, json};

use crate::date;
use crate::furniture::{cookies, imprint};
use crate::html::{Look, about_text, archived, body, escape, json, related};
use crate::site::{ORIGIN, Site};
use crate::story::{Blog, Story};
use crate::tongues_east::INDONESIAN;
use crate::tongues_west::{DUTCH, ENGLISH};

/// The list of articles is drawn by scripts from `__NEXT_DATA__`; only three of them are in the markup.
pub fn next_pages() -> Site {
    let blog = Blog::new("Ledger & Lantern", &ENGLISH, 14);
    let mut site = Site::new("next_pages", "/");
    let path = |story: &Story| format!("/stories/{}", story.slug);
    let page = |title: &str, main: &str, way: &str, props: &Value| {
        let menu: String = blog
            .tongue
            .sections()
            .iter()
            .map(|name| format!("<a class=\"text-sm font-medium\" href=\"/topics/{}\">{name}</a>", blog.key(name)))
            .collect();
        let state = json!({"props": {"pageProps": props, "__N_SSG": true}, "page": way, "query": {}, "buildId": "Xk2_9qLmZ0-7", "isFallback": false, "gsp": true, "scriptLoader": []});
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charSet=\"utf-8\"/><title>{}</title><meta name=\"next-head-count\" content=\"4\"/><link rel=\"preload\" href=\"/_next/static/css/8a21.css\" as=\"style\"/><script defer=\"\" nomodule=\"\" src=\"/_next/static/chunks/polyfills.js\"></script></head>\
             <body><div id=\"__next\"><header class=\"sticky top-0\"><a href=\"/\">{}</a><nav class=\"hidden md:flex gap-6\">{menu}</nav></header><main class=\"mx-auto max-w-5xl\">{main}</main><footer class=\"border-t\">{}</footer>{}</div>\
             <script id=\"__NEXT_DATA__\" type=\"application/json\">{}</script></body></html>",
            escape(title),
            escape(blog.title),
            imprint(&blog),
            cookies(&blog),
            state.to_string().replace("</", "<\\u002f"),
        )
    };
    let told = |story: &Story| {
        json!({"id": format!("p_{}", 900 + story.n), "slug": story.slug, "url": path(story), "title": story.title, "excerpt": story.excerpt(140), "publishedAt": story.at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string(),
            "author": {"name": story.author, "slug": blog.key(story.author)}, "cover": {"src": format!("/images/{}.jpg", story.slug), "width": 1200, "height": 630}, "category": {"name": story.section, "url": format!("/topics/{}", blog.key(story.section))}})
    };
    let cards = |stories: &[&Story]| {
        stories.iter().map(|story| format!("<article class=\"group relative\"><a href=\"{}\"><img alt=\"\" loading=\"lazy\" decoding=\"async\" data-nimg=\"fill\" src=\"/_next/image?url=%2Fimages%2F{}.jpg&amp;w=1080&amp;q=75\"/><h2 class=\"text-2xl font-bold\">{}</h2></a><p class=\"text-gray-500\">{}</p></article>", path(story), story.slug, escape(&story.title), date::long("en", blog.at(story)))).collect::<String>()
    };
    let all: Vec<&Story> = blog.stories.iter().collect();
    let skeleton = "<div class=\"animate-pulse rounded bg-gray-200 h-48\"></div>".repeat(6);
    let props = json!({"navigation": blog.tongue.sections(), "featured": all[..3].iter().map(|story| told(story)).collect::<Vec<_>>(), "posts": all[3..].iter().map(|story| told(story)).collect::<Vec<_>>(), "totalPages": 1,
        "seo": {"title": blog.title, "description": "Accounts of small things.", "image": {"src": "/og.jpg"}}});
    site.entrance(
        "/",
        "text/html; charset=utf-8",
        page(
            blog.title,
            &format!(
                "<section class=\"grid gap-8\">{}</section><section class=\"grid grid-cols-3\">{skeleton}</section>",
                cards(&all[..3])
            ),
            "/",
            &props,
        ),
    );
    for story in &blog.stories {
        let near = related(&blog, story, 3);
        let main = format!(
            "<article class=\"prose lg:prose-xl\"><header><p class=\"uppercase\">{}</p><h1 class=\"text-5xl\">{}</h1><div class=\"flex\"><span>{}</span><time dateTime=\"{}\">{}</time></div></header><div class=\"post-body\">{}</div></article><aside><h3>Keep reading</h3><div class=\"grid\">{}</div></aside>",
            story.section,
            escape(&story.title),
            story.author,
            blog.iso(story),
            date::long("en", blog.at(story)),
            body(story, Look::Plain, "/images"),
            cards(&near),
        );
        let props = json!({"post": {"title": story.title, "slug": story.slug, "publishedAt": blog.iso(story), "html": body(story, Look::Plain, "/images")}, "related": near.iter().map(|other| told(other)).collect::<Vec<_>>()});
        let html = page(&format!("{} | {}", story.title, blog.title), &main, "/stories/[slug]", &props);
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|way, name| {
        let main = if way.starts_with("/topics/") {
            format!("<h1>{}</h1>{}", escape(name), cards(&archived(&blog, way)))
        } else {
            format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name))
        };
        page(&format!("{name} | {}", blog.title), &main, "/topics/[slug]", &json!({"title": name}))
    });
    site
}

/// The app router streams: what took long comes hidden at the end, and a script moves it; the data comes in pushes.
pub fn next_app() -> Site {
    let blog = Blog::new("Getij & Tij", &DUTCH, 12);
    let mut site = Site::new("next_app", "/nieuws");
    let path = |story: &Story| format!("/nieuws/{}", story.slug);
    let page = |title: &str, fallback: &str, late: &str, data: &Value| {
        let flight = format!("5:[\"$\",\"$L1b\",null,{data}]\n");
        let middle = flight.char_indices().nth(flight.chars().count() / 2).map_or(0, |(at, _)| at);
        let pushes: String = [&flight[..middle], &flight[middle..]]
            .iter()
            .map(|part| format!("<script>self.__next_f.push([1,{}])</script>", json(part)))
            .collect();
        format!(
            "<!DOCTYPE html><html lang=\"nl\"><head><meta charSet=\"utf-8\"/><link rel=\"stylesheet\" href=\"/_next/static/css/1f.css\" data-precedence=\"next\"/><title>{}</title></head><body class=\"__className_d65c78\">\
             <header class=\"bar\"><a href=\"/\">{}</a><nav><a href=\"/nieuws\">Nieuws</a><a href=\"/agenda\">Agenda</a><a href=\"/over-ons\">Over ons</a></nav></header><main><!--$?--><template id=\"B:0\"></template>{fallback}<!--/$--></main><footer>{}</footer>\
             <script src=\"/_next/static/chunks/webpack-1a.js\" async=\"\"></script><script>(self.__next_f=self.__next_f||[]).push([0]);self.__next_f.push([2,null])</script><script>self.__next_f.push([1,\"1:HL[\\\"/_next/static/css/1f.css\\\",\\\"style\\\"]\\n0:[\\\"$L2\\\"]\\n\"])</script>\
             <div hidden id=\"S:0\">{late}</div><script>$RC=function(b,c,e){{c=document.getElementById(c);}};$RC(\"B:0\",\"S:0\")</script>{pushes}</body></html>",
            escape(title),
            escape(blog.title),
            imprint(&blog),
        )
    };
    let card = |story: &Story| {
        format!(
            "<li class=\"card\"><a class=\"card-link\" href=\"{}\"><div class=\"card-media\"><img alt=\"\" src=\"/_next/image?url=%2Fm%2F{}.jpg&amp;w=640&amp;q=75\"/></div><div class=\"card-text\"><h3>{}</h3><p>{}</p><time dateTime=\"{}\">{}</time></div></a></li>",
            path(story),
            story.slug,
            escape(&story.title),
            escape(&story.excerpt(110)),
            blog.iso(story),
            date::long("nl", blog.at(story))
        )
    };
    let told = |story: &Story| json!({"_id": format!("a{}", story.n), "title": story.title, "slug": {"current": story.slug}, "href": path(story), "publishedAt": blog.iso(story), "teaser": story.excerpt(110)});
    let list: String = blog.stories.iter().map(card).collect();
    let data = json!({"items": blog.stories.iter().map(told).collect::<Vec<_>>(), "children": ["$", "$L1c", null, {}]});
    site.entrance(
        "/nieuws",
        "text/html; charset=utf-8",
        page(
            "Nieuws",
            "<div class=\"spinner\">Laden…</div>",
            &format!("<h1>Nieuws</h1><ul class=\"cards\">{list}</ul>"),
            &data,
        ),
    );
    for story in &blog.stories {
        let late = format!(
            "<article><h1>{}</h1><p class=\"meta\">{} · <time dateTime=\"{}\">{}</time></p><div class=\"rich-text\">{}</div><section class=\"more\"><h2>Lees ook</h2><ul>{}</ul></section></article>",
            escape(&story.title),
            story.author,
            blog.iso(story),
            date::long("nl", blog.at(story)),
            body(story, Look::Plain, "/m"),
            related(&blog, story, 2).into_iter().map(card).collect::<String>(),
        );
        let html = page(&story.title, "<div class=\"spinner\">Laden…</div>", &late, &told(story));
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|_, name| page(name, &format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name)), "", &json!({})));
    site
}

/// Nuxt 3 whose list is drawn in the browser: the state is one flat list in which values are named by their place.
pub fn nuxt() -> Site {
    let blog = Blog::new("Suara Dermaga", &INDONESIAN, 13);
    let mut site = Site::new("nuxt", "/");
    let path = |story: &Story| format!("/berita/{}", story.slug);
    let page = |title: &str, main: &str, state: &str| {
        let menu: String = blog
            .tongue
            .sections()
            .iter()
            .map(|name| format!("<a href=\"/kanal/{}\" class=\"\">{name}</a>", blog.key(name)))
            .collect();
        format!(
            "<!DOCTYPE html><html lang=\"id\" data-capo=\"\"><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"stylesheet\" href=\"/_nuxt/entry.CkQ3.css\"><script type=\"module\" src=\"/_nuxt/BxV1.js\" crossorigin></script></head>\
             <body><div id=\"__nuxt\"><div data-v-7a3c1f><header data-v-7a3c1f><a href=\"/\" class=\"router-link-active\">{name}</a><nav data-v-7a3c1f>{menu}</nav></header><main data-v-7a3c1f>{main}</main><footer>{}</footer></div></div><div id=\"teleports\"></div>\
             <script type=\"application/json\" data-nuxt-data=\"nuxt-app\" data-ssr=\"true\" id=\"__NUXT_DATA__\">{state}</script><script>window.__NUXT__={{}};window.__NUXT__.config={{public:{{}},app:{{baseURL:\"/\",buildId:\"0f4c\",buildAssetsDir:\"/_nuxt/\",cdnURL:\"\"}}}}</script></body></html>",
            escape(title),
            imprint(&blog),
            name = blog.title,
        )
    };
    let told = |story: &Story| json!({"id": 5000 + story.n, "title": story.title, "slug": story.slug, "url": format!("{ORIGIN}{}", path(story)), "published_at": blog.iso(story), "description": story.excerpt(120), "author": {"name": story.author}, "image": format!("/img/{}.webp", story.slug)});
    let list: Vec<Value> = blog.stories.iter().map(told).collect();
    let skeleton = "<div class=\"skeleton-card\" data-v-11c2><span></span></div>".repeat(8);
    site.entrance(
        "/",
        "text/html; charset=utf-8",
        page(
            blog.title,
            &format!("<h1 class=\"sr-only\">{}</h1><span><div class=\"feed\">{skeleton}</div></span>", blog.title),
            &flat(&json!({"articles": {"items": list, "total": 13}})),
        ),
    );
    for story in &blog.stories {
        let main = format!(
            "<article data-v-9d1><p class=\"kanal\">{}</p><h1 data-v-9d1>{}</h1><p class=\"byline\" data-v-9d1>{} | <time datetime=\"{}\">{}</time></p><div class=\"isi-berita\" data-v-9d1>{}</div><div class=\"baca-juga\"><h4>Baca Juga</h4><ul>{}</ul></div></article>",
            story.section,
            escape(&story.title),
            story.author,
            blog.iso(story),
            date::long("id", blog.at(story)),
            body(story, Look::Plain, "/img"),
            related(&blog, story, 3)
                .iter()
                .map(|other| format!("<li><a href=\"{}\">{}</a></li>", path(other), escape(&other.title)))
                .collect::<String>(),
        );
        let html = page(&format!("{} | {}", story.title, blog.title), &main, &flat(&json!({"article": told(story)})));
        site.article(&blog, story, &path(story), html);
    }
    site.fill(|_, name| {
        page(name, &format!("<h1>{}</h1>{}", escape(name), about_text(&blog, name)), &flat(&json!({})))
    });
    site
}

/// The state as Nuxt writes it: every value once, objects and lists holding the places of theirs.
fn flat(data: &Value) -> String {
    fn put(value: &Value, places: &mut Vec<Value>) -> usize {
        let at = places.len();
        places.push(Value::Null);
        places[at] = match value {
            Value::Array(items) => Value::Array(items.iter().map(|item| put(item, places).into()).collect()),
            Value::Object(fields) => {
                Value::Object(fields.iter().map(|(name, field)| (name.clone(), put(field, places).into())).collect())
            }
            other => other.clone(),
        };
        at
    }
    let mut places = vec![
        json!(["ShallowReactive", 1]),
        json!({"data": 2, "state": 3, "once": 4, "serverRendered": 5, "path": 6}),
        json!(["ShallowReactive", 7]),
        json!(["Reactive", 8]),
        json!(["Set"]),
        json!(true),
        json!("/"),
    ];
    put(data, &mut places);
    if places.len() == 8 {
        places.push(json!({}));
    }
    // Place 8 is named as the state of the application.
    places[3] = json!(["Reactive", places.len()]);
    places.push(json!({}));
    serde_json::to_string(&places).unwrap().replace("</", "<\\/")
}
