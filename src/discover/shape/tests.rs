//! Listings as sites of different make write them.

use std::fmt::Write;

use chrono_tz::Tz;

use super::*;
use crate::model::Caps;

const MENU: &str = r#"<header class="site-header"><a href="/"><img src="logo.png" alt="The Gazette"></a>
    <nav><ul><li><a href="/politics/">Politics and government</a></li><li><a href="/about-the-gazette">About the Gazette</a></li>
    <li><a href="/category/science-and-nature/">Science and nature news</a></li></ul></nav></header>"#;
const FOOT: &str = r##"<div class="sidebar"><h3>Most read</h3><ol><li><a href="/2020/01/02/an-old-story-that-people-still-read">An old story that people still read</a></li>
    <li><a href="/2019/05/06/another-old-story-of-the-town">Another old story of the town</a></li><li><a href="/2018/05/06/a-third-old-story-of-the-town">A third old story of the town</a></li></ol></div>
    <footer><a href="/terms-of-use-and-privacy">Terms of use and privacy</a><a href="/work-with-us-in-town">Work with us in town</a>
    <a href="/tag/budget-and-tax">Budget and tax</a><a href="https://social.example/gazette">Follow us on Social</a><a href="#top">Back to top</a></footer>"##;

fn links(page: &str) -> Vec<Link> {
    let document = Document::parse(page, Caps::default());
    let url = Url::parse("https://gazette.example/news/").unwrap();
    read(&document, &url, &url, Tz::Asia__Jakarta)
}

fn paths(links: &[Link]) -> Vec<&str> {
    links.iter().map(|link| link.url.as_url().path()).collect()
}

#[test]
fn a_front_page_gives_its_stories_and_neither_menu_nor_most_read() {
    let mut page = format!(
        "<body>{MENU}<main><div class='hero'><a href='/2024/11/19/council-votes-on-the-new-bridge'><img src='b.jpg'></a>\
        <h1><a href='/2024/11/19/council-votes-on-the-new-bridge'>Council votes on the new bridge</a></h1></div>"
    );
    for (section, n) in [("politics", 4), ("sport", 3)] {
        let _ = write!(page, "<section class='block-{section}'><h2><a href='/{section}/'>{section}</a></h2>");
        for story in 0..n {
            let _ = write!(
                page,
                "<div class='card'><a href='/2024/11/1{story}/{section}-story-number-{story}'><img src='x{story}.jpg'></a>\
                 <span class='kicker'><a href='/{section}/'>{section}</a></span><h3><a href='/2024/11/1{story}/{section}-story-number-{story}?utm_source=home'>\
                 The {section} story number {story}</a></h3><time datetime='2024-11-1{story}T08:00:00Z'>then</time>\
                 <p>What happened in this story of {section}, told in a teaser of some length for the front page.</p>\
                 <a href='/2024/11/1{story}/{section}-story-number-{story}#more'>Read more</a> by <a href='/author/jane-fonseca-miller'>Jane Fonseca-Miller</a></div>"
            );
        }
        page.push_str("</section>");
    }
    let links = links(&format!("{page}</main>{FOOT}</body>"));

    assert_eq!(links.len(), 8, "{:?}", paths(&links));
    assert_eq!(links[0].title.as_deref(), Some("Council votes on the new bridge"));
    let card = &links[1];
    assert_eq!(card.title.as_deref(), Some("The politics story number 0"));
    assert_eq!(card.published.unwrap().rfc3339(), "2024-11-10T08:00:00Z");
    assert!(card.summary.as_deref().unwrap().starts_with("What happened"));
    assert_eq!(card.image.as_ref().unwrap().as_str(), "https://gazette.example/news/x0.jpg");
}

#[test]
fn a_card_that_is_one_link_gives_its_headline_alone() {
    let mut page = format!("<body>{MENU}<ul class='list'>");
    for (n, title) in
        ["路面電車が夜間運転を再開へ", "灯台の一階が喫茶店に", "移動図書館に葉書が千通届く"].iter().enumerate()
    {
        let _ = write!(
            page,
            "<li><a href='/news/2024111{n}001.html'><span class='cat'>地域</span><p class='midashi'>{title}</p>\
             <p>市交通局は来月から、毎週金曜に限り路面電車の夜間運転を再開する。終電は午前零時四十分である。</p><span>2024年11月1{n}日</span></a></li>"
        );
    }
    let links = links(&format!("{page}</ul>{FOOT}"));

    assert_eq!(paths(&links), ["/news/20241110001.html", "/news/20241111001.html", "/news/20241112001.html"]);
    assert_eq!(links[1].title.as_deref(), Some("灯台の一階が喫茶店に"));
    assert_eq!(links[1].published.unwrap().rfc3339(), "2024-11-10T17:00:00Z");
}

#[test]
fn plain_lists_and_tables_of_old_sites_are_read() {
    let list = "<h1>My notes</h1><ul><li>12 Nov 2024: <a href='rust.html'>Why I rewrote the weather station in Rust</a>\
        <li>3 Oct 2024: <a href='bees.html'>Keeping bees on a balcony, year two</a>\
        <li>1 Sep 2024: <a href='old/map.html'>Drawing a map of the town by hand</a></ul><p>Mail: <a href='mailto:me@x.example'>me</a>. \
        I also like <a href='links.html'>links</a>.";
    let table = "<table><tr><th>Date<th>Title</tr><tr><td>12.11.2024<td><a href='?id=331'>Der neue Fahrplan der Buslinie 7</a></tr>\
        <tr><td>10.11.2024<td><a href='?id=330'>Rathaus bleibt am Freitag geschlossen</a></tr>\
        <tr><td>08.11.2024<td><a href='?id=329'>Wochenmarkt zieht auf den Kirchplatz um</a></tr></table>";

    let notes = links(list);
    assert_eq!(paths(&notes), ["/news/rust.html", "/news/bees.html", "/news/old/map.html"]);
    assert_eq!(notes[0].published.unwrap().rfc3339(), "2024-11-11T17:00:00Z");
    let rows = links(table);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[2].title.as_deref(), Some("Wochenmarkt zieht auf den Kirchplatz um"));
}

#[test]
fn a_heading_beside_its_link_is_the_headline() {
    let mut page = String::from("<main>");
    for n in 1..5 {
        let _ = write!(
            page,
            "<div class='p'><h2>Letter number {n} to the editor</h2><p>Some words.</p><a href='/letters/letter-number-{n}-to-us'>Read more</a></div>"
        );
    }
    let links = links(&page);

    assert_eq!(links.len(), 4);
    assert_eq!(links[3].title.as_deref(), Some("Letter number 4 to the editor"));
}

#[test]
fn a_page_without_a_list_gives_none() {
    for page in [
        format!(
            "<body>{MENU}<h1>Down for maintenance</h1><p>We are back soon. See <a href='/status-of-our-services'>the status of our services</a>.</p>{FOOT}"
        ),
        format!(
            "<body>{MENU}<article><h1>About the Gazette</h1><p>{}</p></article>{FOOT}",
            "We write about <a href='/the-town-and-its-people'>the town and its people</a> since 1911. ".repeat(20)
        ),
        "<div id=root></div><script src='/app.js'></script>".to_owned(),
    ] {
        assert_eq!(paths(&links(&page)), [""; 0], "{page}");
    }
}
