//! Pages made to break the reader: whatever comes in, only allowed markup comes out.

use std::fs;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::{pages, properties};

/// Markup that parsers and sanitisers have stumbled over, each on its own harmless.
const FRAGMENTS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div hidden>",
    "<article>",
    "</article>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<br>",
    "</br>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th scope=row colspan=9999999999>",
    "<caption>",
    "<colgroup><col>",
    "<tbody>",
    "<form>",
    "</form>",
    "<form><form>",
    "<input value=x>",
    "<select><option>",
    "</select>",
    "<textarea>",
    "<template>",
    "</template>",
    "<svg>",
    "</svg>",
    "<svg><foreignObject>",
    "<svg><desc>",
    "<svg><style>",
    "<svg><title>",
    "<math>",
    "</math>",
    "<math><mtext>",
    "<math><annotation-xml encoding=text/html>",
    "<mglyph>",
    "<malignmark>",
    "<noscript>",
    "</noscript>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<style>",
    "</style>",
    "<script>alert(1)</script>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<!-->",
    "<![CDATA[",
    "]]>",
    "<?php ?>",
    "<!doctype>",
    "<xmp>",
    "<plaintext>",
    "<listing>",
    "<noembed>",
    "<noframes>",
    "<frameset>",
    "<iframe src=//evil.example srcdoc='<p>'>",
    "<iframe src='https://www.youtube.com/embed/abc?autoplay=1' onload=x>",
    "<object data=x>",
    "<embed src=javascript:x>",
    "<a href='javascript:alert(1)'>",
    "<a href=' java\nscript:x'>",
    "<a href='data:text/html,x'>",
    "<a href='//b.example/?utm_source=x'>",
    "<a href=\"https://[::1\">",
    "<a href>",
    "<a name=x>",
    "</a>",
    "<a><a>",
    "<img src=x onerror=alert(1)>",
    "<img src='data:image/svg+xml,<svg onload=x>'>",
    "<img srcset='a 1x, , b 2w, c' data-src=d>",
    "<img src=/a.jpg width=1 height=1>",
    "<picture><source srcset=x type=image/webp>",
    "<video poster=javascript:x src=/v.mp4 autoplay>",
    "<audio><source src=a.mp3>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "<blockquote cite=javascript:x>",
    "</blockquote>",
    "<pre>",
    "<pre>\n\n",
    "</pre>",
    "<code>",
    "</code>",
    "<ul>",
    "<ol start=-1 type=a reversed>",
    "<li value=9e99>",
    "</li>",
    "</ul>",
    "<dl><dt>",
    "<dd>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<b><p>",
    "</b></p>",
    "<font color=red>",
    "<center>",
    "<marquee>",
    "<details open><summary>",
    "<ruby>漢<rt>",
    "<span lang='x\u{0}y' dir=RTL>",
    "<bdo dir=rtl>",
    "<base href='javascript:x'>",
    "<base href=//c.example>",
    "<meta http-equiv=refresh content='0;url=javascript:x'>",
    "<link rel=canonical href=x>",
    "<title>",
    "</title>",
    "<meta property=article:published_time content='2024-02-30T25:61'>",
    "<body onload=x>",
    "<html lang=tlh>",
    "&lt;script&gt;",
    "&#0;",
    "&#x1F;",
    "&#xD800;",
    "&NotEqualTilde;",
    "&amp",
    "&#38;#60;",
    "<",
    "</",
    "<a",
    "=\"'",
    "\u{0}",
    "\u{b}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{2028}",
    "e\u{301}\u{301}",
    "\u{10ffff}",
    " ",
    "\n",
    "\t",
    "<div class='comments related sidebar' id=share>",
    "<p>Baca juga: <a href=/x>",
    "<time datetime='٢٠٢٤-١'>",
    "By Ann Bee, 3 May 2024",
    "<script type=application/ld+json>[{\"@type\":[\"Article\",{}],\"author\":[null,[\"\\ud800\"]],\"datePublished\":1e999}</script>",
    "A sentence that goes on for more than a dozen words, so that it is taken for good text, as it should be. ",
    "النص يمضي من اليمين إلى اليسار، وفيه كلمات كثيرة حتى يُعدّ نصًا جيدًا. ",
    "この文は、良い文章として数えられるように、少し長く書いてあります。",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<char>().prop_map(String::from),
        1 => ("[a-z:_@]{1,9}", "\\PC{0,20}").prop_map(|(name, value)| format!("<p {name}=\"{value}\">")),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

static PAGES: LazyLock<Vec<String>> =
    LazyLock::new(|| pages::cases().iter().map(|case| fs::read_to_string(case.join("page.html")).unwrap()).collect());

/// One change to a page: where it is, how long it is, and what is done there.
type Mutation = (Index, usize, u8);

/// A fixture with ranges deleted, doubled, swallowed by a fragment or replaced by a piece of another fixture.
fn mutated(page: &Index, mutations: &[Mutation]) -> String {
    let mut text: Vec<char> = PAGES[page.index(PAGES.len())].chars().collect();
    for (at, length, what) in mutations {
        if text.is_empty() {
            break;
        }
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        let range: Vec<char> = text[start..end].to_vec();
        let with: Vec<char> = match what % 4 {
            0 => Vec::new(),
            1 => [range.clone(), range].concat(),
            2 => FRAGMENTS[at.index(FRAGMENTS.len())].chars().collect(),
            _ => PAGES[at.index(PAGES.len())].chars().skip(start).take(*length).collect(),
        };
        text.splice(start..end, with);
    }
    text.into_iter().collect()
}

proptest! {
    #[test]
    fn any_bytes_give_a_clean_article_or_none(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        properties::extract(&bytes);
        properties::clean(&bytes);
    }

    #[test]
    fn any_soup_of_tags_gives_a_clean_article_or_none(html in soup()) {
        properties::extract(html.as_bytes());
        properties::clean(html.as_bytes());
    }

    #[test]
    fn any_text_is_a_date_or_none(text in "\\PC{0,40}|[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}[ T]?[0-9:.+Z-]{0,16}") {
        properties::date(text.as_bytes());
    }

    #[test]
    fn any_linked_data_leaves_the_page_readable(
        text in "[\\[\\]{}\":,@a-z0-9\\\\ ]{0,80}|\\PC{0,40}|(\\{\"@graph\":\\[){0,200}"
    ) {
        properties::json_ld(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_damaged_page_gives_a_clean_article_or_none(
        page in any::<Index>(),
        mutations in prop::collection::vec((any::<Index>(), 0_usize..300, any::<u8>()), 1..8),
    ) {
        let html = mutated(&page, &mutations);
        properties::extract(html.as_bytes());
        properties::clean(html.as_bytes());
    }
}

/// Shapes whose cost or depth grows with their size: each ends, and ends clean.
#[test]
fn a_page_of_one_shape_ten_thousand_times_is_no_trouble() {
    for shape in [
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<ul><li>",
        "<blockquote>",
        "<svg><g>",
        "<template>",
        "<a href=x>",
        "<p><b><i>",
        "<select><option>",
        "<form>",
        "<font>",
        "<h1>",
        "<ruby><rt>",
        "<math><mi>",
        "<!--",
        "</p>",
        "<br>",
        "&",
        "\u{0}",
    ] {
        let page = format!("<p>A first sentence of some words.</p>{}", shape.repeat(10_000));

        properties::extract(page.as_bytes());
        properties::clean(page.as_bytes());
    }
    let wide = format!("<p class=\"{}\" title='{}'>x", "a ".repeat(50_000), "&amp;".repeat(20_000));
    properties::extract(wide.as_bytes());
}
