//! Feeds made to break their readers: little comes out, and soon.

use super::*;

fn feed(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>F</title><link>/</link>{items}</channel></rss>")
}

fn item(title: &str) -> String {
    feed(&format!("<item><title>{title}</title><link>/1</link></item>"))
}

fn titles(found: &Found) -> Vec<&str> {
    found.links.iter().filter_map(|link| link.title.as_deref()).collect()
}

#[test]
fn b4_entities_of_a_document_are_not_expanded_and_those_of_html_are() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY lol{n} \"{}\">", format!("&lol{};", n - 1).repeat(10))).collect();
    let laughs = format!("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY lol0 \"lol\">{laughs}]>");
    let quadratic = format!("<!DOCTYPE rss [<!ENTITY a \"{}\">]>", "a".repeat(100_000));
    let many = "&a;".repeat(10_000);
    let external = "<!DOCTYPE rss SYSTEM \"http://192.168.0.1/x.dtd\" [<!ENTITY % p SYSTEM \"http://192.168.0.1/p\">%p;\
                    <!ENTITY e SYSTEM \"file:///etc/passwd\"><!ENTITY f PUBLIC \"-//x\" \"http://192.168.0.1/f\">]>";
    for (declared, title, expected) in [
        (laughs.as_str(), "&lol9;", "&lol9;"),
        (&quadratic, &many, &many),
        (external, "&e; &f; %p;", "&e; &f; %p;"),
        ("<?xml-stylesheet href=\"http://192.168.0.1/s.xsl\"?>", "Caf&eacute; &rsquo;x&#8217; &hellip;", "Café ’x’ …"),
        ("", "AT&T &unknown; &bogus", "AT&T &unknown; &bogus"),
        ("<!DOCTYPE rss [<!ENTITY eacute \"expanded\">]>", "Caf&eacute;", "Café"),
    ] {
        let found = read(&format!("{declared}{}", item(title)));

        assert!(titles(&found) == [expected], "{declared:.60}: {:.60?}", titles(&found));
    }
}

#[test]
fn b4_what_is_included_is_left_out() {
    let found = read(&feed(
        "<item xmlns:xi=\"http://www.w3.org/2001/XInclude\"><title>A</title><link>/a</link>\
         <xi:include href=\"file:///etc/passwd\" parse=\"text\"/></item>",
    ));

    assert_eq!((titles(&found), found.links[0].content.as_deref()), (vec!["A"], None));
}

#[test]
fn b4_depth_attributes_and_length_have_an_end() {
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"\"")).collect();
    let last = "<item><title>Last</title><link>/last</link></item>";
    for (what, text, n_links) in [
        ("depth", feed(&format!("{}{}{last}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000))), 1),
        ("depth without end", feed(&format!("{last}{}", "<a>".repeat(1_000_000))), 1),
        ("attributes", feed(&format!("<item{attributes}><title{attributes}>Last</title><link>/last</link></item>")), 1),
        (
            "one attribute",
            feed(&format!("<item x=\"{}\"><title>Last</title><link>/last</link></item>", "x".repeat(10 << 20))),
            1,
        ),
        ("sections", feed(&format!("{last}<item><title>{}", "<![CDATA[".repeat(1_000_000))), 1),
        ("comments", feed(&format!("{last}{}", "<!-- <!DOCTYPE [".repeat(500_000))), 1),
        ("quotes", feed(&format!("{last}{}", "<a b=\"".repeat(1_000_000))), 1),
    ] {
        let found = read(&text);

        assert_eq!((found.links.len(), titles(&found)[0]), (n_links, "Last"), "{what}: {:?}", found.notes);
    }
}

#[test]
fn b4_an_archive_of_everything_is_read_as_far_as_it_is_news() {
    let items: String = (0..100_000).map(|n| format!("<item><title>{n}</title><link>/{n}</link></item>")).collect();
    let json: String = (0..20_000).map(|n| format!("{{\"id\":{n},\"title\":\"t\",\"url\":\"/{n}\"}},")).collect();
    for (text, n_items) in [(feed(&items), 100_000), (format!("{{\"items\":[{json}{{\"id\":-1}}]}}"), 20_001)] {
        let contents =
            contents(&text, None, &Url::parse("https://a.example/").unwrap(), &Config::default(), chrono_tz::UTC);

        assert_eq!(contents.items.len(), 10_000);
        assert!(contents.notes.iter().any(|note| note.contains(&n_items.to_string())), "{:?}", contents.notes);
    }
}

#[test]
fn b4_json_that_would_become_large_is_refused() {
    for text in [
        format!("{{\"items\":[{}", "{\"id\":1},".repeat(1_000_000)),
        "[".repeat(1_000_000),
        "[{\"items\":".repeat(300_000),
    ] {
        let found = read(&text);

        assert_eq!((found.kind, found.links.len()), (Kind::Unknown, 0), "{:?}", found.notes);
    }
}

#[test]
fn b4_a_field_without_measure_is_none() {
    let long = |n_bytes: usize| "word ".repeat(n_bytes / 5);
    let found = read(&feed(&format!(
        "<item><title>{}</title><link>/1</link><description>{}</description></item>\
         <item><title>Last</title><link>/2</link><description>{}</description></item>",
        long(9 << 20),
        long(5 << 20),
        long(1 << 20)
    )));

    let summaries: Vec<_> = found.links.iter().map(|link| link.summary.as_ref().map(String::len)).collect();
    assert_eq!((found.links.len(), found.links[0].title.as_deref()), (2, None));
    assert!(summaries[0].is_none() && summaries[1].is_some_and(|length| length > 1_000_000), "{summaries:?}");
}
