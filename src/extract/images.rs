//! Where an image really is: lazy attributes, `srcset`, `<picture>` and `<noscript>` twins.

use ego_tree::NodeRef;
use scraper::Node;

use super::survey::{Element, attr};

/// Wider images cost a feed's reader more than they show.
const MAX_WIDTH: u32 = 1280;
/// Narrower ones are taken only where there is nothing else.
const MIN_WIDTH: u32 = 480;
/// The width of a candidate that doesn't say it.
const UNSAID: u32 = 640;

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
    let is_bare = || !["srcset"].iter().chain(LAZY_SETS).any(|name| attr(image.node, name).is_some());
    let better = of_picture(image.node, own.is_some()).filter(|_| own.is_none() || is_bare());
    let twin = || image.twin.and_then(|twin| of_node(twin).or_else(|| of_picture(twin, false)));
    better.or(own).or_else(twin).or_else(|| of_any_attribute(image.node)).filter(|src| !is_tracker(src))
}

/// The sign that a small image stands for.
pub(super) fn sign(node: NodeRef<'_, Node>) -> Option<&str> {
    let alt = attr(node, "alt").map(str::trim).filter(|alt| !alt.is_empty())?;
    let class = attr(node, "class").unwrap_or_default();
    let is_named = class.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("emoji") || name == "wp-smiley");
    let is_drawn = attr(node, "src").is_some_and(|src| src.contains("emoji") || src.contains("/smilies/"));
    let is_sign = alt.chars().count() <= 12 && !alt.contains(char::is_whitespace);
    let has_letters = alt.chars().any(char::is_alphanumeric);
    (is_sign && (is_named || is_drawn && !has_letters)).then_some(alt)
}

/// The address in a style's `background` or `background-image`.
pub(super) fn background(style: &str) -> Option<String> {
    let (_, rest) = style.split_once("background")?;
    let (_, rest) = rest.split_once("url(")?;
    let (address, _) = rest.split_once(')')?;
    let address = address.trim().trim_matches(['"', '\'']);
    (is_image_address(address) && !is_placeholder(address)).then(|| address.to_owned())
}

/// What the addresses of one image in several sizes have in common, and the width where the address tells it.
pub(super) fn identity(address: &str) -> (String, Option<u32>) {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let rest = path.split_once("//").map_or(path, |(_, rest)| rest);
    let Some((stem, ending)) = rest.rsplit_once('.').filter(|(_, ending)| is_file_ending(ending)) else {
        return (address.to_owned(), None);
    };
    let widths = ["?w=", "&w=", "?width=", "&width="];
    let of_query = widths.iter().find_map(|name| number(address.split_once(name)?.1));
    // WordPress appends `-300x200` to scaled images.
    let sized = stem.rsplit_once('-').and_then(|(stem, size)| {
        let (width, height) = size.split_once('x')?;
        height.parse::<u32>().ok()?;
        Some((stem, width.parse::<u32>().ok()?))
    });
    let (stem, of_name) = match sized {
        Some((stem, width)) => (stem, Some(width)),
        None => (stem.strip_suffix("-scaled").unwrap_or(stem), None),
    };
    (format!("{stem}.{}", ending.to_ascii_lowercase()), of_name.or(of_query))
}

fn is_file_ending(ending: &str) -> bool {
    ["jpg", "jpeg", "png", "gif", "webp", "avif"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn number(text: &str) -> Option<u32> {
    text[..text.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// Whatever a lazy loader we don't know keeps, where it is plainly the address of an image.
fn of_any_attribute(node: NodeRef<'_, Node>) -> Option<String> {
    let element = node.value().as_element()?;
    let is_image = |value: &str| {
        let path = value.split(['?', '#']).next().unwrap_or(value);
        let has_ending = path.rsplit_once('.').is_some_and(|(_, ending)| is_file_ending(ending));
        has_ending && is_image_address(value) && !value.contains([' ', '{', '"']) && !is_placeholder(value)
    };
    let mut values =
        element.attrs.iter().filter(|(name, _)| name.local.starts_with("data-")).map(|(_, value)| value.trim());
    values.find(|value| is_image(value)).map(str::to_owned)
}

/// The address that a player or a media file has, lazily or not.
pub(super) fn player_address<'a>(node: NodeRef<'a, Node>) -> Option<&'a str> {
    let is_address = |value: &&str| {
        !value.is_empty() && !["about:", "data:", "blob:", "javascript:"].iter().any(|scheme| value.starts_with(scheme))
    };
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
        return Some(best.0.to_owned());
    }
    let lazy = LAZY.iter().filter_map(|name| attr(node, name)).map(str::trim).find(|src| is_image_address(src));
    if let Some(src) = lazy {
        return Some(src.to_owned());
    }
    let src = attr(node, "src").map(str::trim).filter(|src| is_image_address(src) && !is_placeholder(src));
    let set = attr(node, "srcset").and_then(best_of_set).filter(|(best, _)| !is_placeholder(best));
    match (set, src) {
        // A set of small ones only: the image itself is likely larger.
        (Some((_, width)), Some(src)) if width < MIN_WIDTH => Some(src.to_owned()),
        (set, src) => set.map(|(best, _)| best).or(src).map(str::to_owned),
    }
}

/// The best source of a `<picture>` around an image; beside an image that says something itself, only one that
/// is surely wider.
fn of_picture(image: NodeRef<'_, Node>, has_own: bool) -> Option<String> {
    let is_picture = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|e| e.name() == "picture");
    let picture = image.parent().filter(is_picture)?;
    let sets = picture.children().filter_map(|source| {
        let names = ["srcset", "data-srcset", "data-lazy-srcset"];
        let (best, width) = best_of_set(names.iter().find_map(|name| attr(source, name))?)?;
        let kind = attr(source, "type").unwrap_or_default();
        let is_new = kind.contains("avif") || kind.contains("webp") || kind.contains("jxl");
        Some((best, width, !is_new))
    });
    let is_small =
        || attr(image, "src").is_some_and(|src| number_near_the_end(src).is_some_and(|width| width < MIN_WIDTH));
    let is_wanted = |(best, width, is_old): &(&str, u32, bool)| {
        !is_placeholder(best) && (!has_own || (*width >= MIN_WIDTH && *width != UNSAID && (*is_old || is_small())))
    };
    let rank = |(_, width, is_old): &(&str, u32, bool)| (*is_old, if *width <= MAX_WIDTH { *width } else { 1 });
    // The first of equals is the one a browser would take.
    let best = sets.filter(is_wanted).reduce(|best, next| if rank(&next) > rank(&best) { next } else { best });
    best.map(|(best, ..)| best.to_owned())
}

/// The last number of an address that may be a width: `a-320.jpg`, `a.jpg?w=320`, `/320/a.jpg`.
fn number_near_the_end(src: &str) -> Option<u32> {
    src.rsplit(|c: char| !c.is_ascii_digit())
        .filter(|digits| (2..=4).contains(&digits.len()))
        .find_map(|digits| digits.parse().ok())
}

/// The candidate of a `srcset` that is wide enough and not too wide.
fn best_of_set(set: &str) -> Option<(&str, u32)> {
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
    best
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
            return Some((url, UNSAID));
        }
        let end = after.find(',').unwrap_or(after.len());
        let (descriptor, after) = after.split_at(end);
        rest = after;
        let descriptor = descriptor.trim();
        let width = match descriptor.strip_suffix('x') {
            Some(density) => {
                density.parse::<f32>().map_or(UNSAID, |density| (density.clamp(0.1, 10.0) * UNSAID as f32) as u32)
            }
            None => descriptor.strip_suffix('w').and_then(|width| width.parse().ok()).unwrap_or(UNSAID),
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
    is_tiny(side("width")) || is_tiny(side("height")) || is_unseen(node) || is_portrait(node)
}

/// Whether an image is never shown; one that waits for a script is.
fn is_unseen(node: NodeRef<'_, Node>) -> bool {
    let is_lazy = || LAZY.iter().chain(LAZY_SETS).any(|name| attr(node, name).is_some());
    (attr(node, "hidden").is_some() || attr(node, "style").is_some_and(hides)) && !is_lazy()
}

/// Whether a style hides its element, or makes it a dot.
pub(super) fn hides(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        match name.trim() {
            "display" => value == "none",
            "visibility" => value == "hidden",
            "width" | "height" => matches!(value, "0" | "0px" | "1px"),
            _ => false,
        }
    })
}

/// Whether an image shows who wrote something.
fn is_portrait(node: NodeRef<'_, Node>) -> bool {
    attr(node, "class")
        .is_some_and(|class| class.split_ascii_whitespace().any(|name| matches!(name, "avatar" | "gravatar")))
        || attr(node, "src").is_some_and(|src| src.contains("gravatar.com/avatar"))
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
            assert_eq!(best_of_set(set).map(|(url, _)| url), Some(best), "{set}");
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
