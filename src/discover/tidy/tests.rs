//! Each breakage and what becomes of it.

use super::*;

fn rss(item: &str) -> String {
    let feed = tidy(&format!("<rss><channel><item>{item}</item></channel></rss>"));
    let (_, rest) = feed.xml.split_once("<item>").unwrap();
    rest.split_once("</item>").unwrap().0.to_owned()
}

#[test]
fn each_breakage_is_rewritten_to_what_is_meant() {
    for (source, tidied) in [
        ("<title>AT&T &rsquo;s &amp; &bogus;</title>", "<title>AT&amp;T ’s &amp; &amp;bogus;</title>"),
        ("<title>a\u{1}b < c</title>", "<title>ab &lt; c</title>"),
        ("<description><p>x<br>y</p></description>", "<description>&lt;p&gt;x&lt;br&gt;y&lt;/p&gt;</description>"),
        ("<description><![CDATA[<p>&nbsp;]]></description>", "<description>&lt;p&gt;&amp;nbsp;</description>"),
        ("<content:encoded>&lt;b&gt;</content:encoded>", "<content:encoded>&lt;b&gt;</content:encoded>"),
        ("<author>a@b.example (Ann)</author>", "<dc:creator>Ann</dc:creator>"),
        ("<author>Ann &lt;a@b.example&gt;</author>", "<dc:creator>Ann</dc:creator>"),
        ("<guid>http://a.example/1</guid>", "<link>http://a.example/1</link><guid>http://a.example/1</guid>"),
        ("<guid isPermaLink='false'>http://a.example/1</guid>", "<guid>http://a.example/1</guid>"),
        ("<link href='http://a.example/2'/>", "<link>http://a.example/2</link>"),
        ("<atom:link rel='self' href='x'/><link>y</link>", "<link>y</link>"),
        (
            "<link>http://proxy.example/1</link><feedburner:origLink>http://a.example/1</feedburner:origLink>",
            "<link>http://a.example/1</link><link>http://proxy.example/1</link>",
        ),
        ("<pubDate>now<title>x</title></pubDate>", "<pubDate>now<title>x</title></pubDate>"),
        ("<podcast:person>x</podcast:person><foo:title>y</foo:title>", ""),
        ("<source url='x'><title>y</title></source>", ""),
        ("<title>x<link>y</link>", "<title>x&lt;link&gt;y&lt;/link&gt;</title>"),
    ] {
        assert_eq!(rss(source), tidied, "{source}");
    }
}

#[test]
fn a_feed_that_breaks_off_keeps_its_whole_items() {
    let feed = tidy("<rss><channel><title>T</title><item><title>1</title></item><item><title>2</ti");

    assert!(feed.xml.ends_with("<title>T</title><item><title>1</title></item></channel></rss>"), "{}", feed.xml);
    assert_eq!(feed.notes, ["the feed breaks off within an item, which is left out"]);
}

#[test]
fn an_item_that_was_never_closed_ends_at_the_next() {
    let feed = tidy("<rss><channel><item><guid>1</guid><item><guid>2</guid></item></channel></rss>");

    assert!(feed.xml.contains("<item><guid>1</guid></item><item><guid>2</guid></item>"), "{}", feed.xml);
}
