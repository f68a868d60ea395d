//! Whatever is proven, the sanitiser leaves as it is: of trees at random, of damaged ones, of attacks.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use super::*;
use crate::normalise::clean;
use crate::normalise::clean::{TAGS, sanitised};

/// Elements that are never allowed, or not like this.
const STRANGERS: [&str; 9] = ["div", "svg", "math", "template", "select", "script", "style", "h1", "button"];

/// Elements at random: those that the sanitiser lets through, and strangers.
fn elements() -> impl Iterator<Item = &'static str> {
    TAGS.into_iter().chain(STRANGERS)
}

const ATTRIBUTES: [&str; 26] = [
    " href=\"https://a.example/\"",
    " href=\"http://a.example?b=1&amp;c=2\"",
    " href=\"mailto:a@b.example\"",
    " href=\"javascript:alert(1)\"",
    " href=\"/relative\"",
    " href=\"https://1.2.3.999/\"",
    " href=\"https://xn--a/\"",
    " href=\"https://a.example:99999/\"",
    " href=\"data:text/html,x\"",
    " src=\"https://a.example/i.png\"",
    " src=\"https://www.youtube-nocookie.com/embed/abc\"",
    " src=\"data:image/png;base64,AAAA\"",
    " cite=\"https://a.example/q\"",
    " cite=\"q\"",
    " poster=\"https://a.example/p.jpg\"",
    " title=\"x &quot;y&quot; &amp;nbsp; &nbsp;\"",
    " alt=\"\"",
    " width=\"2\"",
    " controls=\"\"",
    " dir=\"rtl\"",
    " lang=\"en\"",
    " colspan=\"2\"",
    " start=\"3\"",
    " type=\"a\"",
    " onclick=\"x()\"",
    " class=\"x\"",
];

const TEXTS: [&str; 14] = [
    "a",
    " ",
    "\n",
    "b c",
    "&amp;",
    "&lt;script&gt;",
    "&nbsp;",
    "\"quoted\"",
    "é",
    "\u{a0}",
    "\t",
    "]]&gt;",
    "&",
    "x\n",
];

/// One step of writing a tree: what to open, with which attributes, or what else to do.
fn steps() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    proptest::collection::vec((0..TAGS.len() + STRANGERS.len(), 0..5 * ATTRIBUTES.len(), 0..10_usize), 0..24)
}

/// Markup that is well nested, as a serialiser would write it, of elements that may not stand like this.
fn tree(steps: &[(usize, usize, usize)]) -> String {
    let (mut out, mut open) = (String::new(), Vec::<&str>::new());
    for (element, attribute, step) in steps {
        match step {
            0..=2 if !open.is_empty() => out.push_str(&format!("</{}>", open.pop().unwrap_or_default())),
            3..=4 => out.push_str(TEXTS[element % TEXTS.len()]),
            _ => {
                // Children that fit are few of all: half of the time one of those is taken.
                let around = open.last().and_then(|tag| shape(tag)).map_or(Holds::Flow, |(_, holds)| holds);
                let fits = |tag: &&str| shape(tag).is_some_and(|(role, _)| around.takes(role));
                let fitting: Vec<&str> = elements().filter(fits).collect();
                let any = elements().nth(*element).unwrap_or_default();
                let tag = if step % 2 == 0 || fitting.is_empty() { any } else { fitting[element % fitting.len()] };
                let rel = if tag == "a" { REL } else { "" };
                let attribute = ATTRIBUTES.get(*attribute).copied().unwrap_or_default();
                out.push_str(&format!("<{tag}{attribute}{rel}>"));
                match tag {
                    "br" | "hr" | "img" | "source" | "wbr" => {}
                    "iframe" => out.push_str("</iframe>"),
                    _ => open.push(tag),
                }
            }
        }
    }
    open.iter().rev().for_each(|tag| out.push_str(&format!("</{tag}>")));
    out
}

fn assert_held(markup: &str) {
    if is_clean(markup) {
        assert_eq!(sanitised(markup), markup);
    }
}

#[test]
fn what_the_writer_writes_is_proven() {
    for markup in [
        "",
        "<p>a &amp; b &lt;c&gt; \"d\"&nbsp;é</p>\n<hr>\n<p dir=\"rtl\">e<br>f<wbr>g</p>",
        "<p><a href=\"https://a.example/?b&amp;c\" title=\"&quot;\" rel=\"noopener noreferrer\"><b>x</b></a></p>",
        "<p><a href=\"tel:+123\" rel=\"noopener noreferrer\">x</a></p>",
        "<ul><li>a<ol start=\"3\"><li value=\"7\"><p>b</p></li></ol></li></ul>",
        "<dl><dt>t</dt><dd><p>d</p></dd></dl>",
        "<table><caption>c</caption><tbody><tr><th scope=\"col\">a</th><td colspan=\"2\"></td></tr></tbody></table>",
        "<figure><img src=\"https://a.example/i.png\" alt=\"\" width=\"2\"><figcaption>c</figcaption></figure>",
        "<iframe src=\"https://www.youtube-nocookie.com/embed/abc\" allowfullscreen=\"\"></iframe>",
        "<video controls=\"\" preload=\"none\"><source src=\"https://a.example/v\" type=\"video/mp4\"></video>",
        "<pre><code>a\n\n\tb</code></pre>",
        "<p>漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby><span lang=\"ja\"><span dir=\"ltr\">x</span></span></p>",
    ] {
        assert!(is_clean(markup), "{markup}");
        assert_eq!(sanitised(markup), markup);
    }
}

#[test]
fn what_parsers_or_readers_would_see_otherwise_is_not_proven() {
    for markup in [
        "a<",
        "a > b",
        "a & b",
        "&quot;",
        "&copy;",
        "a\u{a0}b",
        "a\rb",
        "a\0b",
        "\u{feff}a",
        "<p>a",
        "a</p>",
        "<p>a</div>",
        "<P>a</P>",
        "<p >a</p>",
        "<p>a<p>b</p></p>",
        "<p><ul></ul></p>",
        "<h2><h3>a</h3></h2>",
        "<b><b>a</b></b>",
        "<b><p>a</p></b>",
        "<pre>\na</pre>",
        "<ul>a</ul>",
        "<li>a</li>",
        "<table><tr><td>a</td></tr></table>",
        "<table><tbody>a</tbody></table>",
        "<rt>a</rt>",
        "<img src=\"https://a.example/\" src=\"https://a.example/\">",
        "<img src=https://a.example/>",
        "<img src='https://a.example/'>",
        "<img src=\"https://a.example/\"/>",
        "<img src=\"https://a.example/\" onerror=\"x\">",
        "<img src=\"//a.example/\">",
        "<img src=\"javascript:x\">",
        "<img src=\"data:image/svg+xml;base64,AAAA\">",
        "<a href=\"https://a.example/\">a</a>",
        "<a href=\"data:text/html,x\" rel=\"noopener noreferrer\">a</a>",
        "<a href=\"https://a.example/\" rel=\"noopener noreferrer\"><a rel=\"noopener noreferrer\">b</a></a>",
        "<iframe src=\"https://evil.example/\"></iframe>",
        "<iframe src=\"https://www.youtube-nocookie.com/embed/abc\"><p>a</p></iframe>",
        "<iframe>",
        "<video>a</video>",
        "<p style=\"x\">a</p>",
        "<script>x</script>",
        "<svg></svg>",
        "<!-- a -->",
    ] {
        assert!(!is_clean(markup), "{markup}");
    }
}

#[test]
fn b8_what_is_proven_of_an_attack_is_harmless() {
    let attacks = include_str!("../../../tests/fixtures/normalise/attacks.txt");
    for attack in attacks.lines() {
        assert_held(attack);
        for frame in ["p", "li", "td", "figure", "iframe", "pre", "video"] {
            assert_held(&format!("<{frame}>{attack}</{frame}>"));
        }
        for tag in ["img src", "a href", "iframe src", "video poster", "p title", "img alt"] {
            assert_held(&format!("<{tag}=\"{attack}\">"));
        }
        assert_held(&format!("<a href=\"{attack}\"{REL}>x</a>"));
    }
}

#[test]
fn a_host_with_a_plain_name_never_makes_an_address_wrong() {
    for address in
        ["https://a.example", "http://a.b-c.example/x y%zz?[#", "https://a..example/", "https://-a-.example?"]
    {
        assert!(is_plain_address(address) && Url::parse(address).is_ok(), "{address}");
    }
    for address in ["https://1.2.3.4/", "https://a.1/", "https://", "https://a.example:1/", "https://a@b/", "ftp://a/"]
    {
        assert!(!is_plain_address(address), "{address}");
    }
}

#[test]
fn most_of_a_random_tree_is_judged() {
    // Were nothing proven, the property below would hold of nothing.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut n_proven = 0;
    for _ in 0..2000 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        n_proven += usize::from(steps.len() > 3 && is_clean(&tree(&steps)));
    }

    assert!(n_proven >= 50, "{n_proven}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proven_of_a_tree_the_sanitiser_leaves(steps in steps()) {
        assert_held(&tree(&steps));
    }

    #[test]
    fn damage_is_seen(steps in steps(), at in 0..400_usize, other in 0..400_usize, with in "[<>/\"'=& a-z\n\\x00\u{a0}]{0,3}") {
        let base = Url::parse("https://blog.example/").unwrap();
        let written = clean::clean(&tree(&steps), &base).to_string();
        prop_assert!(is_clean(&written), "{}", written);
        let (from, to) = (at.min(other), at.max(other));
        let cut = |at: usize| written.floor_char_boundary(at.min(written.len()));

        assert_held(&format!("{}{with}{}", &written[..cut(at)], &written[cut(at)..]));
        assert_held(&format!("{}{with}{}", &written[..cut(from)], &written[cut(to)..]));
        assert_held(&format!("{}{}{}", &written[..cut(to)], &written[cut(from)..cut(to)], &written[cut(to)..]));
    }

    #[test]
    fn an_address_taken_for_plain_is_one(host in "[a-z0-9.\\-]{1,12}", path in "([/?#]\\PC{0,12})?") {
        let address = format!("https://{host}{path}");

        prop_assert!(!is_plain_address(&address) || Url::parse(&address).is_ok(), "{}", address);
    }
}
