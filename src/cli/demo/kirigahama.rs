//! 霧ヶ浜タイムズ: a Japanese local paper with RSS 1.0, text without spaces and readings in ruby.

use std::fmt::Write as _;

use chrono_tz::Tz;

use super::dates;
use super::markup::escape;
use super::paper::{Answer, Paper, Printed};
use super::site::{Request, Site};
use super::story::{Figure, Story};

const ZONE: Tz = Tz::Asia__Tokyo;

pub(super) fn site() -> Site {
    macro_rules! stories {
        ($($slug:literal),* $(,)?) => {
            [$(Story::parse($slug, include_str!(concat!("articles/kirigahama/", $slug, ".txt")))),*]
        };
    }
    Site {
        key: "kirigahama",
        title: "霧ヶ浜タイムズ",
        language: "ja",
        timezone: "Asia/Tokyo",
        entrance: "/",
        discover: None,
        about: "A Japanese local paper with RSS 1.0: no spaces, readings in ruby.",
        stories: stories!(
            "romen-densha-yakan-unten",
            "todai-kissaten",
            "ido-toshokan",
            "washi-kobo",
            "asaichi-denki",
            "oto-no-nai-hanabi",
        )
        .into(),
        path: |story| format!("/news/{}.html", story.slug),
        answer,
        not_found,
        robots: "User-agent: *\nDisallow: /cgi-bin/\n",
    }
}

fn answer(paper: &Paper<'_>, request: &Request<'_>) -> Option<Answer> {
    match request.path {
        "/" => Some(Answer::html(home(paper))),
        "/index.rdf" => Some(feed(paper)),
        "/css/times.css" => Some(Answer::css(include_str!("styles/kirigahama.css"))),
        "/about.html" => Some(Answer::html(about(paper))),
        path => paper.at(path).map(|printed| Answer::html(article(paper, printed))),
    }
}

fn feed(paper: &Paper<'_>) -> Answer {
    let (mut contents, mut items) = (String::new(), String::new());
    for printed in &paper.printed {
        let story = printed.story;
        let url = paper.url(story);
        let _ = writeln!(contents, r#"        <rdf:li rdf:resource="{url}"/>"#);
        let _ = write!(
            items,
            r#"  <item rdf:about="{url}">
    <title>{}</title>
    <link>{url}</link>
    <description>{}</description>
    <dc:creator>{}</dc:creator>
    <dc:subject>{}</dc:subject>
    <dc:date>{}</dc:date>
  </item>
"#,
            escape(&story.title),
            escape(&story.summary),
            escape(&story.authors.join("、")),
            escape(&story.section),
            dates::stamp(printed.published, ZONE),
        );
    }
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="ja">
  <channel rdf:about="{base}/index.rdf">
    <title>霧ヶ浜タイムズ</title>
    <link>{base}/</link>
    <description>霧と坂と路面電車の町から</description>
    <dc:language>ja</dc:language>
    <dc:date>{date}</dc:date>
    <items>
      <rdf:Seq>
{contents}      </rdf:Seq>
    </items>
  </channel>
{items}</rdf:RDF>
"#,
        base = paper.base,
        date = dates::stamp(paper.updated(), ZONE),
    );
    Answer::Document { content_type: "application/rdf+xml; charset=utf-8", body }
}

fn article(paper: &Paper<'_>, printed: Printed<'_>) -> String {
    let story = printed.story;
    let url = paper.url(story);
    let picture = story.image.as_deref().unwrap_or("kirigahama");
    let title = escape(&story.title);
    let related: String = paper
        .others(printed, 3)
        .iter()
        .map(|other| format!(r#"<li><a href="{}">{}</a></li>"#, paper.path(other.story), escape(&other.story.title)))
        .collect();
    let tags: String = story.tags.iter().map(|tag| format!(r#"<a href="/">#{}</a> "#, escape(tag))).collect();
    let main = format!(
        r##"<div id="main">
<p class="topicpath"><a href="/">ホーム</a>＞<a href="/">{section}</a>＞{title}</p>
<div class="kiji">
<h1>{title}</h1>
<p class="kiji-info"><span class="date">{date}</span>　<span class="kisha">文・{authors}</span>　<span class="moji">文字サイズ：<a href="#">小</a><a href="#">中</a><a href="#">大</a></span></p>
{share}
<div class="kiji-honbun">
{body}
</div>
<p class="kiji-tags">タグ：{tags}</p>
{share}
<div class="kanren"><h2>関連記事</h2><ul>{related}</ul></div>
<div class="kisha-box"><h2>この記事を書いた人</h2><p><img src="/img/face/{picture}.svg" width="60" height="60" alt="">{authors}（あだ名は「坂の上」）。霧の日も雪の日も歩いて取材しています。ご感想は編集部までお寄せください。</p></div>
<div class="oshirase"><h2>会員登録のご案内</h2><p>会員になると、朝刊の紙面をスマートフォンで読むことができます。最初の一か月は無料です。</p><p><a href="/about.html">会員登録はこちら</a></p></div>
</div>
</div>"##,
        section = escape(&story.section),
        date = dates::japanese(printed.published),
        authors = escape(&story.authors.join("、")),
        share = share(&url),
        body = paper.blocks(story, &figure).join("\n"),
    );
    let head = format!(
        r#"<title>{title}｜霧ヶ浜タイムズ</title>
<meta name="description" content="{summary}">
<link rel="canonical" href="{url}">
<meta property="og:title" content="{title}"><meta property="og:type" content="article"><meta property="og:url" content="{url}"><meta property="og:site_name" content="霧ヶ浜タイムズ"><meta property="og:image" content="{base}/img/{picture}-1200.png"><meta property="og:description" content="{summary}"><meta property="og:locale" content="ja_JP">
<meta name="author" content="{authors}"><meta property="article:published_time" content="{date}">"#,
        summary = escape(&story.summary),
        base = paper.base,
        authors = escape(&story.authors.join("、")),
        date = dates::stamp(printed.published, ZONE),
    );
    page(paper, &head, &main)
}

fn figure(figure: &Figure) -> String {
    let address = |target: &str| target.to_owned();
    format!(
        r#"<figure class="shashin"><a href="/img/{name}-1200.png"><img src="/img/{name}-640.png" width="640" height="360" alt="{alt}"></a><figcaption>{caption}</figcaption></figure>"#,
        name = escape(&figure.picture),
        alt = escape(&figure.alt),
        caption = super::markup::inline(&figure.caption, &address),
    )
}

fn share(url: &str) -> String {
    format!(
        r#"<ul class="sns"><li><a href="https://hatena.example/entry/{url}">ブックマーク</a></li><li><a href="https://line.example/share?url={url}">LINEで送る</a></li><li><a href="https://facebook.example/sharer?u={url}">シェア</a></li><li><a href="javascript:print()">印刷</a></li></ul>"#
    )
}

fn home(paper: &Paper<'_>) -> String {
    let items: String = paper
        .printed
        .iter()
        .map(|printed| {
            format!(
                r#"<li><a href="{path}"><img src="/img/{picture}-320.png" width="160" height="90" alt=""><span class="cat">{section}</span><b>{title}</b><span class="lead">{summary}</span><span class="date">{date}</span></a></li>
"#,
                path = paper.path(printed.story),
                picture = printed.story.image.as_deref().unwrap_or("kirigahama"),
                section = escape(&printed.story.section),
                title = escape(&printed.story.title),
                summary = escape(&printed.story.summary),
                date = dates::japanese(printed.published),
            )
        })
        .collect();
    let main = format!(r#"<div id="main"><h2 class="midashi">新着ニュース</h2><ul class="ichiran">{items}</ul></div>"#);
    page(
        paper,
        r#"<title>霧ヶ浜タイムズ｜霧と坂と路面電車の町から</title><meta property="og:site_name" content="霧ヶ浜タイムズ">"#,
        &main,
    )
}

fn about(paper: &Paper<'_>) -> String {
    let main = r#"<div id="main"><h1>霧ヶ浜タイムズについて</h1><p>これは見本のサイトです。登場する土地、人物、出来事はすべて架空のものです。</p></div>"#;
    page(paper, "<title>会社案内｜霧ヶ浜タイムズ</title>", main)
}

fn not_found(paper: &Paper<'_>) -> String {
    let main = r#"<div id="main"><h1>ページが見つかりません</h1><p>お探しのページは移動したか、削除された可能性があります。<a href="/">トップページへ戻る</a></p></div>"#;
    page(paper, "<title>ページが見つかりません｜霧ヶ浜タイムズ</title>", main)
}

fn page(paper: &Paper<'_>, head: &str, main: &str) -> String {
    let ranking: String = paper
        .printed
        .iter()
        .rev()
        .take(5)
        .map(|printed| {
            format!(r#"<li><a href="{}">{}</a></li>"#, paper.path(printed.story), escape(&printed.story.title))
        })
        .collect();
    format!(
        r##"<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width">
{head}
<link rel="stylesheet" href="/css/times.css">
<link rel="alternate" type="application/rss+xml" title="RSS 1.0" href="/index.rdf">
</head>
<body id="pagetop">
<div id="header"><div class="inner"><p id="logo"><a href="/">霧ヶ浜タイムズ</a></p><p id="tagline">霧と坂と路面電車の町から</p><p id="tenki">今日の霧：朝のうち濃い　満潮 6:12／18:40</p></div>
<ul id="gnav"><li><a href="/">トップ</a></li><li><a href="/">地域</a></li><li><a href="/">暮らし</a></li><li><a href="/">文化</a></li><li><a href="/">経済</a></li><li><a href="/about.html">会社案内</a></li></ul></div>
<div id="contents">
{main}
<div id="side"><div class="box"><h3>人気記事ランキング</h3><ol>{ranking}</ol></div><div class="box"><h3>お知らせ</h3><p>休刊日のお知らせ：次の休刊日は第二月曜日です。電子版は休まず更新します。</p></div><div class="box pr"><h3>広告</h3><p><a href="https://meguro-sengyo.example/">港の干物 めぐろ鮮魚店　送料無料キャンペーン実施中</a></p></div></div>
</div>
<p id="totop"><a href="#pagetop">▲ページの先頭へ</a></p>
<div id="footer"><p><a href="/about.html">会社案内</a>｜<a href="/about.html">個人情報の取り扱い</a>｜<a href="/index.rdf">RSS</a></p><p>掲載の記事・写真の無断転載を禁じます。Copyright © 霧ヶ浜タイムズ社</p></div>
</body>
</html>
"##
    )
}
