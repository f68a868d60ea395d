//! Entrances as they are met, read through the front door.

mod hostile;

use proptest::prelude::*;
use url::Url;

use super::*;

fn read(text: &str) -> Found {
    read_with(text, &Config::default())
}

fn read_with(text: &str, config: &Config) -> Found {
    entrance(text, None, &Url::parse("https://blog.example/news/").unwrap(), config, chrono_tz::Asia::Jakarta)
}

fn urls(found: &Found) -> Vec<&str> {
    found.links.iter().map(|link| link.url.as_str()).collect()
}

const WORDPRESS: &str = r#"<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"
    xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:media="http://search.yahoo.com/mrss">
    <channel><title>Kabar &amp;amp; Desa</title><link>https://blog.example</link><language>id-ID</language>
    <image><url>x.png</url><title>Logo</title><link>https://blog.example/logo</link></image>
    <item><title>Panen &#8220;raya&#8221; &amp;#8211; &lt;b&gt;ramai&lt;/b&gt;</title><link>https://blog.example/panen/?utm_source=rss</link>
    <dc:creator><![CDATA[Siti]]></dc:creator><pubDate>Sel, 19 Nov 2024 08:30:00 +0700</pubDate>
    <category><![CDATA[Tani & Ternak]]></category><category>Tani &amp; Ternak</category>
    <guid isPermaLink="false">https://blog.example/?p=7</guid>
    <description><![CDATA[<p>Ringkas&nbsp;&hellip;</p>]]></description>
    <content:encoded><![CDATA[<p>Seluruh isi</p>]]></content:encoded>
    <enclosure url="/suara.mp3" length="123" type="audio/mpeg"/>
    <media:thumbnail url="https://blog.example/panen.jpg"/>
    </item></channel></rss>"#;

#[test]
fn an_rss_item_keeps_all_it_says() {
    let found = read(WORDPRESS);

    assert_eq!((found.kind, found.title.as_deref()), (Kind::Feed, Some("Kabar & Desa")));
    assert_eq!(found.site.unwrap().as_str(), "https://blog.example/");
    assert_eq!(found.notes, [""; 0]);
    let [link] = found.links.as_slice() else { panic!("{:?}", found.links) };
    assert_eq!(link.url.as_str(), "https://blog.example/panen/");
    assert_eq!(link.guid.as_deref(), Some("https://blog.example/?p=7"));
    assert_eq!(link.title.as_deref(), Some("Panen “raya” – ramai"));
    assert_eq!(link.published.unwrap().rfc3339(), "2024-11-19T01:30:00Z");
    assert_eq!(link.updated, None);
    assert_eq!(link.authors, ["Siti"]);
    assert_eq!(link.categories, ["Tani & Ternak"]);
    assert_eq!(link.summary.as_deref(), Some("<p>Ringkas&nbsp;&hellip;</p>"));
    assert_eq!(link.content.as_deref(), Some("<p>Seluruh isi</p>"));
    assert_eq!(link.image.as_ref().unwrap().as_str(), "https://blog.example/panen.jpg");
    assert_eq!(link.enclosures[0].url.as_str(), "https://blog.example/suara.mp3");
    assert_eq!((link.enclosures[0].mime.as_deref(), link.enclosures[0].bytes), (Some("audio/mpeg"), Some(123)));
    assert_eq!(link.language.as_deref(), Some("id-ID"));
}

#[test]
fn an_atom_entry_keeps_all_it_says() {
    let found = read(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://mag.example/a/">
        <title type="html">The &amp;lt;Mag&amp;gt;</title><link rel="self" href="feed.atom"/><link href="/"/>
        <author><name>Desk</name></author>
        <entry><id>urn:uuid:1</id><title>Plain &amp;amp; text &lt;b&gt;</title>
        <link rel="replies" href="1/comments"/><link rel="alternate" type="text/html" href="1"/>
        <link rel="enclosure" href="1.ogg" type="audio/ogg" length="9"/>
        <published>2024-11-19T08:30:00Z</published><updated>2024-11-20T00:00:00Z</updated>
        <summary>a &lt; b</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x<br/>y &amp; z</p></div></content>
        <source><title>Other</title><link href="https://other.example/"/></source>
        <category term="t1" label="Tea"/></entry></feed>"#,
    );

    assert_eq!((found.kind, found.title.as_deref()), (Kind::Feed, Some("The <Mag>")));
    assert_eq!(found.site.as_ref().unwrap().as_str(), "https://mag.example/");
    let [link] = found.links.as_slice() else { panic!("{found:?}") };
    assert_eq!(link.url.as_str(), "https://mag.example/a/1");
    assert_eq!(link.guid.as_deref(), Some("urn:uuid:1"));
    assert_eq!(link.title.as_deref(), Some("Plain &amp; text <b>"));
    assert_eq!(link.updated.unwrap().rfc3339(), "2024-11-20T00:00:00Z");
    assert_eq!(link.authors, ["Desk"]);
    assert_eq!(link.summary.as_deref(), Some("a &lt; b"));
    let content = link.content.as_deref().unwrap();
    assert!(content.contains("<p>x<br/>y &amp; z</p>"), "{content}");
    assert_eq!(link.categories, ["Tea"]);
    assert_eq!(link.enclosures[0].url.as_str(), "https://mag.example/a/1.ogg");
    assert_eq!(link.language.as_deref(), Some("en"));
}

#[test]
fn every_age_of_feed_is_read() {
    for (feed, expected) in [
        ("<rss version='0.91'><channel><item><title>a</title><link>/1</link></item></channel></rss>", "1"),
        ("<rss><channel></channel><item><link>/2</link></item></rss>", "2"),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
             <channel rdf:about='x'><title>t</title><items><rdf:Seq><rdf:li resource='y'/></rdf:Seq></items></channel>\
             <item rdf:about='https://blog.example/3'><title>a</title></item></rdf:RDF>",
            "3",
        ),
        (
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><link rel='alternate' href='/4'/>\
             <issued>2024-11-19T08:30:00Z</issued></entry></feed>",
            "4",
        ),
        (
            "<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'><atom:entry><atom:link href='/5'/></atom:entry></atom:feed>",
            "5",
        ),
        (
            "<RSS version='2.0' xmlns='http://backend.userland.com/rss2'><channel><item><link>/6</link></item></channel></RSS>",
            "6",
        ),
    ] {
        let found = read(feed);
        assert_eq!(found.kind, Kind::Feed, "{feed}: {:?}", found.notes);
        assert_eq!(urls(&found), [format!("https://blog.example/{expected}")], "{feed}: {:?}", found.notes);
    }
}

#[test]
fn a_json_feed_is_read_leniently() {
    let found = read(
        r#"{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "/", "language": "en", "items": [
        {"id": 7, "url": "/7", "content_text": "a < b", "image": "/7.jpg", "date_published": "2024-11-19T08:30:00Z",
         "authors": [{"name": "Ann"}], "attachments": [{"url": "/7.mp3"}], "tags": ["x", null]},
        {"id": "https://blog.example/8"}, {"id": "9", "title": "Lost"}]}"#,
    );

    assert_eq!(found.kind, Kind::Feed);
    assert_eq!(urls(&found), ["https://blog.example/7", "https://blog.example/8"]);
    assert_eq!(found.links[0].guid.as_deref(), Some("7"));
    assert_eq!(found.links[0].content.as_deref(), Some("a &lt; b"));
    assert_eq!(found.links[0].image.as_ref().unwrap().as_str(), "https://blog.example/7.jpg");
    assert_eq!(found.notes, ["item 3 (`Lost`) is left out: it has neither a link nor an id that is one"]);
}

#[test]
fn a_broken_feed_is_repaired() {
    for (what, feed) in [
        (
            "junk before",
            "Warning: x in <b>y.php</b>\n<?xml version='1.0'?><rss><channel><item><link>/1</link></item></channel></rss>",
        ),
        ("a bare ampersand", "<rss><channel><title>R & B</title><item><link>/1?a=2&b=3</link></item></channel></rss>"),
        (
            "a wrong encoding",
            "<?xml version='1.0' encoding='utf-16'?><rss><channel><item><link>/1</link></item></channel></rss>",
        ),
        (
            "an unclosed tag",
            "<rss><channel><item><link>/1</link><description>a<br>b</description></item></channel></rss>",
        ),
        ("a truncated tail", "<rss><channel><item><link>/1</link></item><item><link>/2</li"),
        ("control characters", "<rss><channel><item><link>/1</link><title>\u{1}\u{b}</title></item></channel></rss>"),
        ("scripts behind", "<rss><channel><item><link>/1</link></item></channel></rss><script>x</script>"),
        (
            "a doctype",
            "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item><link>/1</link><title>&a;</title></item></channel></rss>",
        ),
        (
            "no declaration of a prefix",
            "<rss><channel><item><link>/1</link><media:x>y</media:x></item></channel></rss>",
        ),
        ("an unknown version", "<rss version='1.7'><channel><item><link>/1</link></item></channel></rss>"),
    ] {
        let found = read(feed);
        assert_eq!(found.kind, Kind::Feed, "{what}: {:?}", found.notes);
        assert_eq!(found.links.len(), 1, "{what}: {found:?}");
    }
}

#[test]
fn b4_entities_are_never_expanded() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;'>]>";
    let feed = format!(
        "<?xml version='1.0'?>{laughs}<rss><channel><item><link>/1</link><title>&b; &eacute;</title></item></channel></rss>"
    );

    let found = read(&feed);

    assert_eq!(found.links[0].title.as_deref(), Some("&b; é"));
}

#[test]
fn an_item_without_link_is_known_by_its_permalink_or_left_out() {
    let found = read(
        "<rss><channel><item><guid>https://blog.example/1</guid></item>\
         <item><guid isPermaLink='false'>https://blog.example/2</guid><title>Two</title></item></channel></rss>",
    );

    assert_eq!(urls(&found), ["https://blog.example/1"]);
    assert_eq!(found.notes, ["item 2 (`Two`) is left out: it has neither a link nor an id that is one"]);
}

#[test]
fn an_address_that_comes_twice_is_one_link_without_gaps() {
    let found = read(
        "<rss><channel><item><link>http://www.blog.example/1</link></item>\
         <item><link>https://blog.example/1/?utm_source=x</link><title>One</title></item></channel></rss>",
    );

    assert_eq!(urls(&found), ["http://www.blog.example/1"]);
    assert_eq!(found.links[0].title.as_deref(), Some("One"));
    assert_eq!(found.notes, ["an item repeats the address of another"]);
}

#[test]
fn dates_that_cannot_be_read_are_noted() {
    let found = read(
        "<rss><channel><item><link>/1</link><pubDate>Selasa, 19 Lusa 2024</pubDate></item>\
         <item><link>/2</link><pubDate>gestern</pubDate></item><item><link>/3</link><pubDate/></item></channel></rss>",
    );

    assert_eq!(found.links[0].published, None);
    assert_eq!(found.notes, ["2 dates can't be read, such as `Selasa, 19 Lusa 2024`"]);
}

#[test]
fn a_feed_without_items_or_with_idle_selectors_says_so() {
    let config = Config { items: Some(".card".parse().unwrap()), ..Config::default() };

    let found = read_with("<rss><channel><title>T</title></channel></rss>", &config);

    assert_eq!(found.kind, Kind::Feed);
    assert_eq!(
        found.notes,
        ["the feed has no items", "the selector of `items` isn't used: this is a feed, not a page"]
    );
}

#[test]
fn what_is_no_entrance_says_why() {
    for (text, note) in [
        ("", "the document is empty"),
        ("just words", "this is neither a feed nor a page"),
        ("<?xml version='1.0'?><books><title>x</title></books>", "this is neither a feed nor a page"),
        ("{}", "this is JSON without `items`, so it isn't a JSON Feed"),
    ] {
        let found = read(text);
        assert_eq!((found.kind, found.notes), (Kind::Unknown, vec![note.to_owned()]), "{text}");
    }
}

const HOME: &str = r##"<!DOCTYPE html><html lang="en"><head><title>The Mag</title><base href="/news/">
    <link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
    <link rel="alternate" hreflang="de" href="/de/">
    <link rel="ALTERNATE" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/atom+xml; charset=utf-8" href="atom.xml"></head>
    <body><a href="/podcast/rss.xml">RSS</a> <a href="https://else.example/feed">else</a>
    <article class="card"><a href="/1"><img src="data:x" data-src="/1.jpg"></a><h2><a href="/1"> One  &amp; only </a></h2>
    <time datetime="2024-11-19T08:30">yesterday</time><p>First <b>words</b></p></article>
    <article class="card"><h3>Two</h3><a href="2#top">More</a><span class="d">19 Nov 2024</span>
    <img srcset="/s.jpg 300w, /l.jpg 900w" src="/s.jpg"></article>
    <article class="card"><h3>No link</h3></article></body></html>"##;

#[test]
fn a_home_page_tells_its_feeds_the_best_first() {
    let found = read(HOME);

    assert_eq!(
        (found.kind, found.title.as_deref(), found.language.as_deref()),
        (Kind::Page, Some("The Mag"), Some("en"))
    );
    let feeds: Vec<&str> = found.feeds.iter().map(Url::as_str).collect();
    assert_eq!(
        feeds,
        [
            "https://blog.example/news/atom.xml",
            "https://blog.example/feed/",
            "https://blog.example/podcast/rss.xml",
            "https://blog.example/comments/feed/",
        ]
    );
    assert_eq!(found.notes, ["this is a page, and it links to 4 feeds"]);
    assert_eq!(read("<html><body>hi").notes, ["this is a page, and it links to no feed"]);
}

#[test]
fn a_listing_is_read_by_its_selectors() {
    let css = |text: &str| Some(text.parse().unwrap());
    let config = Config { items: css(".card"), summary: css("p"), image: css("img"), ..Config::default() };

    let found = read_with(HOME, &config);

    assert_eq!(found.kind, Kind::Listing);
    assert_eq!(urls(&found), ["https://blog.example/1", "https://blog.example/news/2"]);
    let [one, two] = found.links.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.title.as_deref(), two.title.as_deref()), (Some("One & only"), Some("More")));
    assert_eq!(one.published.unwrap().rfc3339(), "2024-11-19T01:30:00Z");
    assert_eq!(one.summary.as_deref(), Some("First <b>words</b>"));
    assert_eq!(one.image.as_ref().unwrap().as_str(), "https://blog.example/1.jpg");
    assert_eq!(two.image.as_ref().unwrap().as_str(), "https://blog.example/l.jpg");
    assert_eq!(found.notes, ["item 3 (`No link`) is left out: it holds no link"]);

    let config = Config { title: css("h3"), date: css(".d"), ..config };
    assert_eq!(read_with(HOME, &config).links[1].title.as_deref(), Some("Two"));
    assert_eq!(read_with(HOME, &config).links[1].published.unwrap().rfc3339(), "2024-11-18T17:00:00Z");
}

#[test]
fn selectors_that_match_nothing_are_named() {
    let config = Config { items: Some(".gone".parse().unwrap()), ..Config::default() };

    let found = read_with(HOME, &config);

    assert_eq!(found.notes, ["the selector `.gone` of `items` matches nothing on this page"]);
}

proptest! {
    #[test]
    fn no_entrance_panics_and_whole_items_survive_what_follows(parts in prop::collection::vec(prop_oneof![
        Just("<rss>"), Just("<channel>"), Just("<item>"), Just("</item>"), Just("<title>"), Just("</title>"),
        Just("<link>"), Just("/a</link>"), Just("<![CDATA["), Just("]]>"), Just("<feed>"), Just("<entry>"),
        Just("<content type='xhtml'>"), Just("</content>"), Just("<author>é@a.b"), Just("&"), Just("&#x;"), Just("<"),
        Just("<media:content url='x' medium='image'>"), Just("<media:group>"), Just("</channel>"), Just("<!--"), Just("é"),
        Just("<guid>"), Just("'"), Just("<link href=\"/b\"/>"), Just("<div a='>"), Just("<pubDate>24:61 é"), Just("{\"items\":"),
    ], 0..40)) {
        let text = parts.concat();
        let found = read(&text);
        prop_assert!(found.kind != Kind::Unknown || !found.notes.is_empty());
        for start in ["<rss><channel><item><link>/x</link></item><item>", "<feed><entry><link href='/x'/></entry><entry>"] {
            let found = read(&format!("{start}{text}"));
            prop_assert_eq!(found.kind, Kind::Feed);
            prop_assert_eq!(urls(&found)[0], "https://blog.example/x");
        }
    }
}
