//! نافذة الميناء: an Arabic blog, written from right to left, with Arabic addresses and whole articles in its feed.

use std::fmt::Write as _;

use chrono_tz::Tz;
use url::Url;

use super::dates;
use super::markup::escape;
use super::paper::{Answer, Paper, Printed};
use super::site::{Request, Site};
use super::story::{Figure, Story};

const ZONE: Tz = Tz::Asia__Riyadh;

pub(super) fn site() -> Site {
    macro_rules! stories {
        ($($slug:literal),* $(,)?) => {
            [$(Story::parse($slug, include_str!(concat!("articles/nafidha/", $slug, ".txt")))),*]
        };
    }
    Site {
        key: "nafidha",
        title: "نافذة الميناء",
        language: "ar",
        timezone: "Asia/Riyadh",
        entrance: "/",
        discover: None,
        about: "An Arabic blog, right to left, with Arabic addresses; its RSS holds whole articles.",
        stories: stories!(
            "souq-almina",
            "falaj-alnakheel",
            "cinema-alqamar",
            "maktabat-alfusayfisa",
            "qawarib-shamsiya",
            "mihrajan-alkhubz",
        )
        .into(),
        path,
        answer,
        not_found,
        robots: "User-agent: *\nDisallow: /wp-login\n",
    }
}

/// The title's words, percent-encoded in lower case as WordPress does it.
fn path(story: &Story) -> String {
    let name = story.address.as_deref().unwrap_or(story.slug);
    let encoded = Url::parse("http://localhost/").and_then(|root| root.join(&format!("{name}/")));
    encoded.map_or_else(|_| format!("/{}/", story.slug), |url| url.path().to_ascii_lowercase())
}

fn answer(paper: &Paper<'_>, request: &Request<'_>) -> Option<Answer> {
    match request.path {
        "/" => Some(Answer::html(home(paper))),
        "/rss.xml" => Some(feed(paper)),
        "/theme/nafidha.css" => Some(Answer::css(include_str!("styles/nafidha.css"))),
        "/about/" => Some(Answer::html(about(paper))),
        path => paper.at(path).map(|printed| Answer::html(article(paper, printed))),
    }
}

fn feed(paper: &Paper<'_>) -> Answer {
    let mut items = String::new();
    for printed in &paper.printed {
        let story = printed.story;
        let url = paper.url(story);
        let tags: String =
            story.tags.iter().map(|tag| format!("<category>{}</category>", escape(tag))).collect::<String>();
        let _ = write!(
            items,
            r#"<item>
<title>{title}</title>
<link>{url}</link>
<guid isPermaLink="true">{url}</guid>
<pubDate>{date}</pubDate>
<dc:creator>{authors}</dc:creator>{tags}
<description>{summary}</description>
<content:encoded><![CDATA[{body}
<p>ظهرت المقالة <a href="{url}">{title}</a> أولًا في <a href="{base}/">نافذة الميناء</a>.</p>
<img src="{base}/px.gif?feed={slug}" width="1" height="1" alt="">]]></content:encoded>
</item>
"#,
            title = escape(&story.title),
            date = dates::mail(printed.published, ZONE),
            authors = escape(&story.authors.join("، ")),
            summary = escape(&story.summary),
            body = paper.blocks(story, &|one| figure(one, paper.base)).join("\n"),
            base = paper.base,
            slug = story.slug,
        );
    }
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>نافذة الميناء</title>
<link>{base}/</link>
<description>حكايات من المرافئ والقرى</description>
<language>ar</language>
<lastBuildDate>{date}</lastBuildDate>
<atom:link href="{base}/rss.xml" rel="self" type="application/rss+xml"/>
{items}</channel>
</rss>
"#,
        base = paper.base,
        date = dates::mail(paper.updated(), ZONE),
    );
    Answer::Document { content_type: "application/xml; charset=utf-8", body }
}

fn article(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let story = printed.story;
    let url = paper.url(story);
    let title = escape(&story.title);
    let picture = story.image.as_deref().unwrap_or("nafidha");
    let related: String = paper
        .others(printed, 3)
        .iter()
        .map(|other| {
            format!(
                r#"<a class="card" href="{}"><img src="/img/{}-320.png" width="320" height="180" alt=""><span>{}</span></a>"#,
                paper.path(other.story),
                other.story.image.as_deref().unwrap_or("nafidha"),
                escape(&other.story.title)
            )
        })
        .collect();
    let tags: String = story.tags.iter().map(|tag| format!(r#"<a href="/">{}</a>"#, escape(tag))).collect();
    let main = format!(
        r#"<main>
<article class="maqala">
<header><p class="qism"><a href="/">الرئيسية</a> ‹ <a href="/">{section}</a></p><h1>{title}</h1>
<p class="bayanat">كتبها <span class="katib">{authors}</span> في <time datetime="{stamp}">{date}</time> · قراءة أربع دقائق</p></header>
<img class="ghilaf" src="/img/{picture}-1200.png" width="1200" height="675" alt="">
<div class="matn">
{body}
</div>
<div class="musharaka"><span>شارك المقالة:</span><a href="https://facebook.example/sharer?u={url}">فيسبوك</a><a href="https://wa.example/?text={url}">واتساب</a><a href="https://telegram.example/share?url={url}">تيليغرام</a></div>
<p class="wusum">وسوم: {tags}</p>
<section class="katib-box"><img src="/img/face/{picture}.svg" width="64" height="64" alt=""><div><h4>عن الكاتب</h4><p>{authors} يكتب في نافذة الميناء عن المدن الصغيرة والناس الذين يصلحون الأشياء بأيديهم.</p></div></section>
</article>
<section class="sila"><h3>مقالات ذات صلة</h3><div class="cards">{related}</div></section>
<section id="comments" class="taliqat"><h3>التعليقات (2)</h3>
<div class="taliq"><b>أبو كريم</b> <span>قبل ثلاث ساعات</span><p>قرأت المقالة مع أولادي على العشاء، وسألوني إن كان في بلدتنا شيء مثل هذا. لم أعرف بماذا أجيب، فخرجنا بعد العشاء نمشي ونبحث. وجدنا بابًا قديمًا لم نلاحظه من قبل، وهذا يكفي لليلة واحدة. شكرًا على هذه الحكايات التي تجعل الناس ينظرون حولهم.</p></div>
<div class="taliq"><b>هدى من الشمال</b> <span>أمس</span><p>أتمنى لو أضفتم خريطة صغيرة مع كل مقالة. نحن الذين نسافر بالحافلة نحب أن نعرف كم تبعد البلدة عن أقرب محطة، ومتى يكون آخر باص للعودة. غير ذلك، الكتابة جميلة والصور واضحة، وأنتظر المقالة القادمة كعادتي كل أسبوع.</p></div>
<h3>اترك تعليقًا</h3><form><p>لن يُنشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *</p><label>التعليق *<textarea rows="4"></textarea></label><label>الاسم *<input></label><button type="button">إرسال التعليق</button></form></section>
</main>"#,
        section = escape(&story.section),
        authors = escape(&story.authors.join("، ")),
        stamp = dates::stamp(printed.published, ZONE),
        date = dates::arabic(printed.published),
        body = paper.blocks(story, &|one| figure(one, "")).join("\n"),
    );
    let head = format!(
        r#"<title>{title} - نافذة الميناء</title>
<meta name="description" content="{summary}">
<link rel="canonical" href="{url}">
<meta property="og:locale" content="ar_AR"><meta property="og:title" content="{title}"><meta property="og:type" content="article"><meta property="og:url" content="{url}"><meta property="og:site_name" content="نافذة الميناء"><meta property="og:description" content="{summary}"><meta property="og:image" content="{base}/img/{picture}-1200.png">
<meta name="author" content="{authors}"><meta property="article:published_time" content="{stamp}">"#,
        summary = escape(&story.summary),
        base = paper.base,
        authors = escape(&story.authors.join("، ")),
        stamp = dates::stamp(printed.published, ZONE),
    );
    page(paper, &head, &main)
}

fn figure(figure: &Figure, base: &str) -> String {
    format!(
        r#"<figure><img src="{base}/img/{name}-640.png" width="640" height="360" alt="{alt}"><figcaption>{caption}</figcaption></figure>"#,
        name = escape(&figure.picture),
        alt = escape(&figure.alt),
        caption = escape(&figure.caption),
    )
}

fn home(paper: &Paper<'_>) -> String {
    let posts: String = paper
        .printed
        .iter()
        .map(|printed| {
            format!(
                r#"<article class="mulakhkhas"><a href="{path}"><img src="/img/{picture}-640.png" width="640" height="360" alt=""></a><div><p class="qism">{section}</p><h2><a href="{path}">{title}</a></h2><p>{summary}</p><p class="bayanat">{authors} · <time datetime="{stamp}">{date}</time></p></div></article>
"#,
                path = paper.path(printed.story),
                picture = printed.story.image.as_deref().unwrap_or("nafidha"),
                section = escape(&printed.story.section),
                title = escape(&printed.story.title),
                summary = escape(&printed.story.summary),
                authors = escape(&printed.story.authors.join("، ")),
                stamp = dates::stamp(printed.published, ZONE),
                date = dates::arabic(printed.published),
            )
        })
        .collect();
    let head = r#"<title>نافذة الميناء - حكايات من المرافئ والقرى</title><meta property="og:site_name" content="نافذة الميناء">"#;
    page(paper, head, &format!("<main>{posts}</main>"))
}

fn about(paper: &Paper<'_>) -> String {
    let main = "<main><h1>من نحن</h1><p>نافذة الميناء موقع تجريبي، وكل ما فيه من أماكن وأشخاص وأحداث من نسج الخيال.</p></main>";
    page(paper, "<title>من نحن - نافذة الميناء</title>", main)
}

fn not_found(paper: &Paper<'_>) -> String {
    let main =
        r#"<main><h1>الصفحة غير موجودة</h1><p>ربما انتقلت أو أبحرت. <a href="/">العودة إلى الرئيسية</a></p></main>"#;
    page(paper, "<title>الصفحة غير موجودة - نافذة الميناء</title>", main)
}

fn page(paper: &Paper<'_>, head: &str, main: &str) -> String {
    let recent: String = paper
        .printed
        .iter()
        .take(5)
        .map(|printed| {
            format!(r#"<li><a href="{}">{}</a></li>"#, paper.path(printed.story), escape(&printed.story.title))
        })
        .collect();
    format!(
        r#"<!DOCTYPE html>
<html dir="rtl" lang="ar">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}
<link rel="stylesheet" href="/theme/nafidha.css">
<link rel="alternate" type="application/rss+xml" title="نافذة الميناء" href="{base}/rss.xml">
</head>
<body>
<header class="tarwisa"><a class="ism" href="/">نافذة الميناء</a><span>حكايات من المرافئ والقرى</span><nav><a href="/">الرئيسية</a><a href="/">مدن</a><a href="/">بيئة</a><a href="/">ثقافة</a><a href="/about/">من نحن</a></nav></header>
<div class="satr">
{main}
<aside><section><h3>أحدث المقالات</h3><ul>{recent}</ul></section><section class="nashra"><h3>النشرة البريدية</h3><p>رسالة واحدة كل خميس، فيها حكاية ووصفة وخريطة.</p><form><input type="email" placeholder="بريدك الإلكتروني"><button type="button">اشترك</button></form></section></aside>
</div>
<footer class="tadhyil"><p>© نافذة الميناء. جميع الحقوق محفوظة.</p><p><a href="/about/">سياسة الخصوصية</a> · <a href="/rss.xml">خلاصة RSS</a></p></footer>
</body>
</html>
"#,
        base = paper.base,
    )
}
