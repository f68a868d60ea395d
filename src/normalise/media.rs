//! What is shown, not read: which images, players and embeds stay, and how they are written.

use url::Url;

use super::address;
use super::markup::Attributes;
use super::writer::push_attribute;

/// Largest image that may stay inside the markup itself.
const MAX_DATA_BYTES: usize = 32_768;
/// A smaller one is a placeholder, waiting for a script.
const MIN_DATA_BYTES: usize = 300;
/// Where the real address waits until a script moves it into `src`, the best first.
const LAZY: [&str; 8] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-lazy",
    "data-orig-file",
    "data-full-url",
    "data-hi-res-src",
];
/// Hosts, with all below them, whose images only count readers.
const BEACON_HOSTS: [&str; 29] = [
    "2o7.net",
    "adnxs.com",
    "adsrvr.org",
    "analytics.google.com",
    "analytics.twitter.com",
    "b.scorecardresearch.com",
    "bat.bing.com",
    "bluekai.com",
    "chartbeat.net",
    "counter.yadro.ru",
    "crwdcntrl.net",
    "demdex.net",
    "doubleclick.net",
    "feedsportal.com",
    "google-analytics.com",
    "googleadservices.com",
    "googlesyndication.com",
    "googletagmanager.com",
    "imrworldwide.com",
    "ioam.de",
    "mc.yandex.ru",
    "met.vgwort.de",
    "omtrdc.net",
    "pixel.quantserve.com",
    "pixel.wp.com",
    "px.ads.linkedin.com",
    "sb.scorecardresearch.com",
    "statcounter.com",
    "stats.wordpress.com",
];
/// Beginnings of host and path that only count readers, where the host also serves pictures.
const BEACON_PATHS: [&str; 7] = [
    "feeds.feedburner.com/~",
    "www.facebook.com/tr",
    "facebook.com/tr",
    "t.co/i/adsct",
    "medium.com/_/stat",
    "api.follow.it/track",
    "feeds.wordpress.com/1.0/",
];
/// File names of empty images.
const EMPTY_FILES: [&str; 12] = [
    "1x1.gif",
    "1x1.png",
    "blank.gif",
    "blank.png",
    "clear.gif",
    "dot.gif",
    "pixel.gif",
    "pixel.png",
    "spacer.gif",
    "spacer.png",
    "transparent.gif",
    "transparent.png",
];

/// What becomes of an `img`.
pub(super) enum Image {
    /// Nothing to see.
    Nothing,
    /// A sign drawn as an image.
    Text(String),
    /// The tag.
    Tag(String),
}

/// What becomes of an `iframe` or `embed`.
pub(super) enum Embed {
    /// Nothing for a reader.
    Nothing,
    /// The tag of a player we trust.
    Player(String),
    /// Address and text of a link in its place.
    Link(String, String),
}

/// Decides on an image.
pub(super) fn image(attributes: &Attributes<'_>, base: &Url) -> Image {
    let alt = attributes.get("alt").unwrap_or_default();
    let raw = attributes.get("src").unwrap_or_default();
    let is_named = |name: &str| name.eq_ignore_ascii_case("emoji") || name == "wp-smiley";
    let is_emoji = attributes.get("class").is_some_and(|class| class.split(' ').any(is_named))
        || raw.contains("s.w.org/images/core/emoji")
        || raw.contains("emoji") && !alt.is_empty() && alt.len() < 40 && !alt.contains(char::is_alphanumeric);
    if is_emoji {
        return if alt.is_empty() { Image::Nothing } else { Image::Text(alt.into_owned()) };
    }
    if is_pixel(attributes) {
        return Image::Nothing;
    }
    let Some(source) = image_source(&raw, attributes, base) else { return Image::Nothing };
    let mut tag = String::from("<img");
    push_attribute(&mut tag, "src", &source);
    // Always there: a feed reader shows the address of an image without it.
    push_attribute(&mut tag, "alt", &one_line(&alt));
    push_title(&mut tag, attributes);
    push_size(&mut tag, attributes);
    tag.push('>');
    Image::Tag(tag)
}

/// Decides on a frame.
pub(super) fn embed(attributes: &Attributes<'_>, base: &Url) -> Embed {
    let raw = ["src", "data-src", "data-lazy-src", "data-litespeed-src"]
        .iter()
        .filter_map(|name| attributes.get(name))
        .find(|raw| !raw.is_empty() && !raw.starts_with("about:"));
    let Some(url) = raw.and_then(|raw| address::resource(&raw, base)) else { return Embed::Nothing };
    if let Some(source) = player(&url) {
        let mut tag = String::from("<iframe");
        push_attribute(&mut tag, "src", &source);
        push_title(&mut tag, attributes);
        push_size(&mut tag, attributes);
        tag.push_str(" allowfullscreen=\"\"></iframe>");
        return Embed::Player(tag);
    }
    let host = url.host_str().unwrap_or_default();
    let path = url.path();
    let is_furniture = is_beacon(&url)
        || is_pixel(attributes)
        || [
            "recaptcha",
            "disqus",
            "plugins/like",
            "plugins/page",
            "plugins/share",
            "/ads/",
            "adserver",
            "follow_button",
        ]
        .iter()
        .any(|word| path.contains(word) || host.contains(word));
    if is_furniture {
        return Embed::Nothing;
    }
    let url = post(&url).unwrap_or(url);
    let title = one_line(&attributes.get("title").unwrap_or_default());
    let title = if title.is_empty() { spoken(&url) } else { title };
    Embed::Link(url.into(), title)
}

/// The page of what a frame shows, where its address tells.
fn post(frame: &Url) -> Option<Url> {
    let query =
        |wanted: &str| frame.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
    let is_number = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let path = frame.path().trim_end_matches('/');
    match frame.host_str()? {
        "platform.twitter.com" | "platform.x.com" => {
            let id = query("id").filter(|id| is_number(id))?;
            Url::parse(&format!("https://twitter.com/i/status/{id}")).ok()
        }
        "www.facebook.com" if path.starts_with("/plugins/post") || path.starts_with("/plugins/video") => {
            address::resource(&query("href")?, frame)
        }
        "flo.uri.sh" => {
            let chart = path.strip_suffix("/embed")?.strip_prefix("/visualisation/").filter(|id| is_number(id))?;
            Url::parse(&format!("https://public.flourish.studio/visualisation/{chart}/")).ok()
        }
        "giphy.com" => Url::parse(&format!("https://giphy.com/gifs{}", path.strip_prefix("/embed")?)).ok(),
        "embed.reddit.com" | "www.redditmedia.com" => {
            let mut post = Url::parse("https://www.reddit.com/").ok()?;
            post.set_path(path);
            Some(post)
        }
        "www.tiktok.com" => {
            let id = path.rsplit('/').next().filter(|id| is_number(id) && path.starts_with("/embed"))?;
            Url::parse(&format!("https://www.tiktok.com/@/video/{id}")).ok()
        }
        _ => {
            // Mastodon, on any host: `/@name/number/embed`; Instagram: `/p/code/embed/captioned`.
            let shown = path.strip_suffix("/captioned").unwrap_or(path).strip_suffix("/embed")?;
            let mut post = frame.clone();
            post.set_path(shown);
            post.set_query(None);
            let is_post = shown.starts_with("/@") || frame.host_str() == Some("www.instagram.com");
            is_post.then_some(post)
        }
    }
}

/// An address as people say it: host and path, shortened; in every language the same.
fn spoken(url: &Url) -> String {
    const MOST_CHARS: usize = 60;
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let spoken = format!("{host}{}", url.path().trim_end_matches('/'));
    if spoken.len() <= MOST_CHARS && !spoken.contains('%') { spoken } else { host.to_owned() }
}

/// The attributes of a `video` or `audio`, and whether it names a file itself.
pub(super) fn media(attributes: &Attributes<'_>, base: &Url) -> (String, bool) {
    let mut tag = String::new();
    let source = attributes.get("src").and_then(|raw| address::resource(&raw, base));
    if let Some(source) = &source {
        push_attribute(&mut tag, "src", source.as_str());
    }
    if let Some(poster) = attributes.get("poster").and_then(|raw| address::resource(&raw, base)) {
        push_attribute(&mut tag, "poster", poster.as_str());
    }
    push_size(&mut tag, attributes);
    tag.push_str(" controls=\"\" preload=\"none\"");
    (tag, source.is_some())
}

/// A `source` of a `video` or `audio`.
pub(super) fn source(attributes: &Attributes<'_>, base: &Url) -> Option<String> {
    let url = address::resource(&attributes.get("src")?, base)?;
    let mut tag = String::from("<source");
    push_attribute(&mut tag, "src", url.as_str());
    if let Some(mime) = attributes.get("type").filter(|mime| is_media_type(mime)) {
        push_attribute(&mut tag, "type", &mime);
    }
    tag.push('>');
    Some(tag)
}

/// Whether an address shows no picture: it counts readers, or it's an empty one.
pub(super) fn is_beacon(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_host = |known: &str| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let place = format!("{host}{}", url.path());
    let file = url.path().rsplit('/').next().unwrap_or_default();
    BEACON_HOSTS.iter().any(|known| is_host(known))
        || BEACON_PATHS.iter().any(|known| place.starts_with(known))
        || EMPTY_FILES.contains(&file)
}

/// The player's address as we write it, without cookies where it offers that; none for unknown hosts.
pub(super) fn player(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = url.path();
    let kept = |names: &[&str]| -> String {
        let pairs = url.query().unwrap_or_default().split('&');
        let pairs: Vec<&str> =
            pairs.filter(|pair| pair.split_once('=').is_some_and(|(name, _)| names.contains(&name))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    };
    match host {
        "youtube.com" | "youtube-nocookie.com" | "m.youtube.com" | "youtu.be" => {
            let prefixes = ["/embed/", "/v/", "/shorts/", "/live/"];
            let id = match prefixes.iter().find_map(|prefix| path.strip_prefix(prefix)) {
                Some(id) => id.to_owned(),
                None if host == "youtu.be" => path.trim_start_matches('/').to_owned(),
                None => url.query_pairs().find(|(name, _)| name == "v").map(|(_, id)| id.into_owned())?,
            };
            let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let id = id.trim_end_matches('/');
            (!id.is_empty() && id.len() <= 40 && id.chars().all(is_id))
                .then(|| format!("https://www.youtube-nocookie.com/embed/{id}{}", kept(&["start", "end", "list"])))
        }
        "player.vimeo.com" if path.starts_with("/video/") => {
            let hash = kept(&["h"]);
            let dnt = if hash.is_empty() { "?dnt=1" } else { "&dnt=1" };
            Some(format!("https://player.vimeo.com{path}{hash}{dnt}"))
        }
        "geo.dailymotion.com" if path.starts_with("/player") => {
            let id = url.query_pairs().find(|(name, _)| name == "video").map(|(_, id)| id.into_owned())?;
            let is_id = id.len() <= 20 && id.bytes().all(|b| b.is_ascii_alphanumeric());
            is_id.then(|| format!("https://www.dailymotion.com/embed/video/{id}"))
        }
        "dailymotion.com" if path.starts_with("/embed/video/") => Some(format!("https://www.dailymotion.com{path}")),
        "open.spotify.com" if path.starts_with("/embed") => Some(format!("https://open.spotify.com{path}")),
        "w.soundcloud.com" if path.starts_with("/player") => Some(format!("https://{host}{path}{}", kept(&["url"]))),
        "bandcamp.com" if path.starts_with("/EmbeddedPlayer") => Some(format!("https://{host}{path}")),
        "embed.podcasts.apple.com" | "embed.music.apple.com" => Some(format!("https://{host}{path}{}", kept(&["i"]))),
        "archive.org" if path.starts_with("/embed/") => Some(format!("https://{host}{path}")),
        "embed.ted.com" if path.starts_with("/talks/") => Some(format!("https://{host}{path}")),
        "fast.wistia.net" if path.starts_with("/embed/iframe/") => Some(format!("https://{host}{path}")),
        "streamable.com" if path.starts_with("/e/") || path.starts_with("/o/") => Some(format!("https://{host}{path}")),
        "player.bilibili.com" => Some(format!("https://{host}{path}{}", kept(&["aid", "bvid", "cid", "page"]))),
        "rutube.ru" if path.starts_with("/play/embed/") => Some(format!("https://{host}{path}")),
        _ => None,
    }
}

/// Whether a source inside the markup is a small picture of dots, which can run nothing.
pub(super) fn is_small_raster(data: &str) -> bool {
    let kinds = ["png", "jpeg", "jpg", "gif", "webp", "avif"];
    let Some((kind, body)) = data.strip_prefix("data:image/").and_then(|rest| rest.split_once(";base64,")) else {
        return false;
    };
    kinds.contains(&kind)
        && (MIN_DATA_BYTES..=MAX_DATA_BYTES).contains(&data.len())
        && body.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

fn image_source(raw: &str, attributes: &Attributes<'_>, base: &Url) -> Option<String> {
    let picture = |raw: &str| address::resource(raw, base).filter(|url| !is_beacon(url) && !is_placeholder(url));
    if let Some(url) = picture(raw) {
        return Some(url.into());
    }
    let lazy = LAZY.iter().filter_map(|name| attributes.get(name)).find_map(|raw| picture(&raw));
    let set = || {
        ["data-srcset", "srcset", "data-lazy-srcset"].iter().find_map(|name| picture(largest(&attributes.get(name)?)?))
    };
    match lazy.or_else(set) {
        Some(url) => Some(url.into()),
        None => Some(raw.trim()).filter(|raw| is_small_raster(raw)).map(str::to_owned),
    }
}

/// The widest or densest candidate of a `srcset`. Addresses may hold commas, so candidates end at a comma
/// followed by white space.
fn largest(set: &str) -> Option<&str> {
    let candidates = set.split(", ").flat_map(|part| part.split(",\n")).filter_map(|candidate| {
        let mut parts = candidate.split_ascii_whitespace();
        let url = parts.next()?.trim_matches(',');
        let size = parts.next().and_then(|size| size.trim_end_matches(['w', 'x', 'h', ',']).parse::<f64>().ok());
        Some((size.unwrap_or(1.0), url))
    });
    candidates.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, url)| url)
}

fn is_placeholder(url: &Url) -> bool {
    let file = url.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    ["placeholder", "lazyload", "lazy-load", "lazy_placeholder", "loading.gif", "loader.gif", "ajax-loader", "grey.gif"]
        .iter()
        .any(|word| file.contains(word))
}

/// Whether an element is too small or too hidden to be looked at.
fn is_pixel(attributes: &Attributes<'_>) -> bool {
    let tiny = |name: &str| {
        let value = attributes.get(name)?;
        value.trim().trim_end_matches("px").parse::<u32>().ok().map(|size| size <= 2)
    };
    if tiny("width") == Some(true) || tiny("height") == Some(true) {
        return true;
    }
    let Some(style) = attributes.get("style") else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.split(';').any(|rule| {
        matches!(
            rule,
            "display:none"
                | "visibility:hidden"
                | "width:1px"
                | "height:1px"
                | "width:0"
                | "height:0"
                | "width:0px"
                | "height:0px"
        )
    })
}

fn is_media_type(mime: &str) -> bool {
    (mime.starts_with("video/") || mime.starts_with("audio/") || mime == "application/x-mpegurl")
        && mime.len() < 100
        && mime.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'+' | b'.'))
}

fn push_title(tag: &mut String, attributes: &Attributes<'_>) {
    let title = one_line(&attributes.get("title").unwrap_or_default());
    if !title.is_empty() {
        push_attribute(tag, "title", &title);
    }
}

fn push_size(tag: &mut String, attributes: &Attributes<'_>) {
    for name in ["width", "height"] {
        let size = attributes.get(name).and_then(|value| value.trim().trim_end_matches("px").parse::<u32>().ok());
        if let Some(size) = size.filter(|size| (1..=20_000).contains(size)) {
            push_attribute(tag, name, &size.to_string());
        }
    }
}

fn one_line(text: &str) -> String {
    crate::model::collapse(text)
}
