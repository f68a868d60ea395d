//! Where an image really is: lazy attributes, `srcset`, `<picture>` and `<noscript>` twins.

use ego_tree::NodeRef;
use scraper::Node;

use super::survey::{Element, attr};

/// Wider images cost a feed's reader more than they show.
const MAX_WIDTH: u32 = 1280;
/// Narrower ones are taken only where there is nothing else.
const MIN_WIDTH: u32 = 480;

/// Attributes that lazy loaders keep the address in, the most trusted first.
const LAZY: &[&str] = &[
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-img-src",
    "data-hi-res-src",
    "data-full-src",
    "data-large-file",
    "data-orig-file",
    "data-image-src",
    "data-actualsrc",
    "data-echo",
    "data-pagespeed-lazy-src",
    "nitro-lazy-src",
    "data-cfsrc",
    "data-ezsrc",
    "data-opt-src",
];
const LAZY_SETS: &[&str] =
    &["data-srcset", "data-lazy-srcset", "nitro-lazy-srcset", "data-pagespeed-lazy-srcset", "data-ezsrcset"];

/// The address to show for an image; none for placeholders, pixels and icons.
pub(super) fn address(image: &Element<'_>) -> Option<String> {
    if is_pixel(image.node) {
        return None;
    }
    let own = of_node(image.node);
    own.or_else(|| of_picture(image.node)).or_else(|| image.twin.and_then(of_node)).filter(|src| !is_tracker(src))
}

/// The address that a player or a media file has, lazily or not.
pub(super) fn player_address<'a>(node: NodeRef<'a, Node>) -> Option<&'a str> {
    let is_address = |value: &&str| !value.is_empty() && !value.starts_with("about:") && !value.starts_with("data:");
    [
        "src",
        "data-src",
        "data-lazy-src",
        "data-cmp-src",
        "data-rocket-src",
        "data-litespeed-src",
        "data-embed-src",
        "data",
    ]
    .iter()
    .filter_map(|name| attr(node, name).map(str::trim))
    .find(is_address)
}

fn of_node(node: NodeRef<'_, Node>) -> Option<String> {
    let lazy_set = LAZY_SETS.iter().find_map(|name| attr(node, name));
    if let Some(best) = lazy_set.and_then(best_of_set) {
        return Some(best.to_owned());
    }
    let lazy = LAZY.iter().filter_map(|name| attr(node, name)).map(str::trim).find(|src| is_image_address(src));
    if let Some(src) = lazy {
        return Some(src.to_owned());
    }
    let src = attr(node, "src").map(str::trim).filter(|src| is_image_address(src) && !is_placeholder(src));
    let set = attr(node, "srcset").and_then(best_of_set);
    set.filter(|best| !is_placeholder(best)).or(src).map(str::to_owned)
}

/// A `<picture>` around an image that says nothing itself: its first usable source.
fn of_picture(image: NodeRef<'_, Node>) -> Option<String> {
    let picture = image.parent().filter(|parent| parent.value().as_element().is_some_and(|e| e.name() == "picture"))?;
    picture.children().find_map(|source| {
        let set =
            attr(source, "srcset").or_else(|| attr(source, "data-srcset")).or_else(|| attr(source, "data-lazy-srcset"));
        set.and_then(best_of_set).map(str::to_owned)
    })
}

/// The candidate of a `srcset` that is wide enough and not too wide.
fn best_of_set(set: &str) -> Option<&str> {
    let mut best: Option<(&str, u32)> = None;
    for (url, width) in candidates(set) {
        if !is_image_address(url) {
            continue;
        }
        let is_better = match best {
            None => true,
            Some((_, so_far)) if so_far > MAX_WIDTH => width < so_far && width >= MIN_WIDTH,
            Some((_, so_far)) => width > so_far && (width <= MAX_WIDTH || so_far < MIN_WIDTH),
        };
        if is_better {
            best = Some((url, width));
        }
    }
    best.map(|(url, _)| url)
}

/// Addresses and widths of a `srcset`; a density counts as that many times 640 pixels. Addresses may hold
/// commas: only one at an address's end, or one after a descriptor, ends a candidate (HTML, section 4.8.4.2.2).
fn candidates(set: &str) -> impl Iterator<Item = (&str, u32)> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        if let Some(url) = url.strip_suffix(',') {
            rest = after;
            return Some((url, 640));
        }
        let end = after.find(',').unwrap_or(after.len());
        let (descriptor, after) = after.split_at(end);
        rest = after;
        let descriptor = descriptor.trim();
        let width = match descriptor.strip_suffix('x') {
            Some(density) => density.parse::<f32>().map_or(640, |density| (density.clamp(0.1, 10.0) * 640.0) as u32),
            None => descriptor.strip_suffix('w').and_then(|width| width.parse().ok()).unwrap_or(640),
        };
        Some((url, width))
    })
}

/// Whether a value can be an image's address at all.
fn is_image_address(src: &str) -> bool {
    let is_word = !src.contains(['/', '.']);
    !(src.is_empty() || is_word || src.starts_with("data:") || src.starts_with("about:") || src.starts_with('{'))
}

/// Whether an address is what lazy loaders show until the image arrives.
fn is_placeholder(src: &str) -> bool {
    let name = src.rsplit('/').next().unwrap_or(src);
    let name = name.split('?').next().unwrap_or(name).to_ascii_lowercase();
    [
        "placeholder",
        "blank.",
        "spacer",
        "transparent",
        "lazy",
        "loading.",
        "pixel.",
        "1x1",
        "grey.gif",
        "gray.gif",
        "trans.gif",
        "clear.gif",
        "dot.gif",
    ]
    .iter()
    .any(|word| name.contains(word))
}

/// Whether an image is there to count readers: no side longer than two pixels, or not shown.
fn is_pixel(node: NodeRef<'_, Node>) -> bool {
    let side = |name| attr(node, name).and_then(|value| value.trim().trim_end_matches("px").parse::<f32>().ok());
    let is_tiny = |side: Option<f32>| side.is_some_and(|side| side <= 2.0);
    is_tiny(side("width")) || is_tiny(side("height"))
}

/// Whether an image is smaller than anything an article shows.
pub(super) fn is_icon(node: NodeRef<'_, Node>) -> bool {
    let side = |name| attr(node, name).and_then(|value| value.trim().trim_end_matches("px").parse::<f32>().ok());
    matches!((side("width"), side("height")), (Some(width), Some(height)) if width < 60.0 && height < 60.0)
}

/// Whether an address is known to count readers.
fn is_tracker(src: &str) -> bool {
    let src = src.split("://").nth(1).unwrap_or(src);
    let (host, path) = src.trim_start_matches('/').split_once('/').unwrap_or((src, ""));
    const HOSTS: &[&str] = &[
        "pixel.wp.com",
        "stats.wordpress.com",
        "b.scorecardresearch.com",
        "sb.scorecardresearch.com",
        "www.facebook.com",
        "pixel.quantserve.com",
        "counter.yadro.ru",
        "mc.yandex.ru",
        "ad.doubleclick.net",
        "feeds.feedburner.com",
        "ssl-vg03.met.vgwort.de",
        "googleads.g.doubleclick.net",
        "px.ads.linkedin.com",
        "analytics.twitter.com",
        "bat.bing.com",
    ];
    HOSTS.contains(&host) || host.ends_with(".met.vgwort.de") || path.starts_with("__utm.gif")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Caps, Document};

    use super::super::survey::Survey;
    use super::super::tag::Tag;

    fn first_address(html: &str) -> Option<String> {
        let document = Document::parse(html, Caps::default());
        let survey = Survey::of(document.html());
        survey.elements.iter().find(|element| element.tag == Tag::Image).and_then(address)
    }

    #[test]
    fn a_lazy_image_is_found() {
        for html in [
            r#"<img src="data:image/gif;base64,R0" data-src="/a.jpg">"#,
            r#"<img src="/placeholder.png" data-lazy-src="/a.jpg">"#,
            r#"<img src="/x/blank.gif" data-srcset="/a.jpg 800w, /b.jpg 300w">"#,
            r#"<img class=lazy><noscript><img src="/a.jpg"></noscript>"#,
            r#"<noscript><p><img src="/a.jpg"></p></noscript>"#,
            r#"<picture><source data-srcset="/a.jpg 1x"><img src="data:,x"></picture>"#,
        ] {
            assert_eq!(first_address(html).as_deref(), Some("/a.jpg"), "{html}");
        }
    }

    #[test]
    fn a_set_gives_an_image_of_a_sensible_width() {
        for (set, best) in [
            ("/s.jpg 320w, /m.jpg 1024w, /l.jpg 2400w", "/m.jpg"),
            ("/l.jpg 2400w, /m.jpg 1024w, /s.jpg 100w", "/m.jpg"),
            ("/one.jpg, /two.jpg 2x", "/two.jpg"),
            (
                "https://cdn.example/w_800,h_600/a.jpg 800w, https://cdn.example/w_300,h_200/a.jpg 300w",
                "https://cdn.example/w_800,h_600/a.jpg",
            ),
            ("/only.jpg 4000w", "/only.jpg"),
        ] {
            assert_eq!(best_of_set(set), Some(best), "{set}");
        }
        assert_eq!(best_of_set(" , "), None);
    }

    #[test]
    fn b9_pixels_and_placeholders_are_no_images() {
        for html in [
            r#"<img src="https://t.example/p.gif" width=1 height=1>"#,
            r#"<img src="https://pixel.wp.com/g.gif?v=ext">"#,
            r#"<img src="data:image/png;base64,AAAA">"#,
            r#"<img alt="nothing">"#,
        ] {
            assert_eq!(first_address(html), None, "{html}");
        }
    }
}
