//! What may be in an article's markup, written down a second time: the sanitiser isn't asked about itself.

use scraper::{Html, Node};
use url::Url;

/// Elements that need no attribute.
const PLAIN: &str = " abbr b bdi bdo br caption cite code dd details dfn dl dt em figcaption figure h2 h3 h4 h5 h6 hr i \
    kbd mark p pre rp rt ruby s samp small span strong sub summary sup table tbody tfoot thead tr u ul var wbr ";

/// The attributes that an element may have beside `dir` and `lang`; none where the element may not be.
fn attributes(element: &str) -> Option<&'static str> {
    Some(match element {
        "a" => " href title rel ",
        "img" => " src alt title width height ",
        "iframe" => " src title width height allowfullscreen ",
        "video" | "audio" => " src poster width height controls preload ",
        "source" => " src type ",
        "blockquote" | "q" | "del" | "ins" => " cite ",
        "ol" => " start reversed type ",
        "li" => " value ",
        "td" | "th" => " colspan rowspan scope ",
        "abbr" | "dfn" => " title ",
        _ if has(PLAIN, element) => "",
        _ => return None,
    })
}

fn has(list: &str, name: &str) -> bool {
    list.contains(&format!(" {name} "))
}

/// Panics where markup holds anything but allowed elements, attributes and addresses, or means something else to a
/// browser than it says.
pub fn check(html: &str) {
    let parsed = Html::parse_fragment(html);
    let root = parsed.root_element();
    for node in root.descendants().skip(1) {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let allowed = attributes(name);
                assert!(allowed.is_some(), "<{name}> in {html}");
                for (attribute, value) in element.attrs() {
                    let is_allowed = has(" dir lang ", attribute) || has(allowed.unwrap_or_default(), attribute);
                    assert!(is_allowed, "<{name} {attribute}> in {html}");
                    check_value(name, attribute, value, html);
                }
            }
            Node::Text(_) => {}
            other => panic!("{other:?} in {html}"),
        }
    }
    // The tree keeps attributes in an order of its own, so the first comparison is by length.
    let written = root.inner_html();
    assert_eq!(written.len(), html.len(), "the markup means something else than it says: {written} and {html}");
    let again = Html::parse_fragment(&written).root_element().inner_html();
    assert_eq!(again, written, "the markup changes when it is read again");
}

fn check_value(element: &str, attribute: &str, value: &str, html: &str) {
    let odd = value.chars().find(|c| c.is_control());
    assert!(odd.is_none(), "{odd:?} in the {attribute} of <{element}> in {html}");
    let schemes: &[&str] = match (element, attribute) {
        ("a", "href") => &["http", "https", "mailto", "tel"],
        ("img", "src") => &["http", "https", "data"],
        ("iframe", "src") => &["https"],
        (_, "src" | "poster" | "cite") => &["http", "https"],
        (_, "rel") => {
            assert_eq!(value, "noopener noreferrer", "in {html}");
            return;
        }
        (_, "dir") => {
            assert!(matches!(value, "ltr" | "rtl" | "auto"), "dir={value} in {html}");
            return;
        }
        _ => return,
    };
    let scheme = Url::parse(value).map(|url| url.scheme().to_owned()).unwrap_or_default();
    assert!(schemes.contains(&scheme.as_str()), "{attribute}={value} in {html}");
    if scheme == "data" {
        let raster = ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;", "data:image/avif;"];
        assert!(raster.iter().any(|start| value.starts_with(start)), "{attribute}={value} in {html}");
    }
}
