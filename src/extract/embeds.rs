//! Players and posts of other sites that a page embeds, and where each of them really is.

use super::images;
use super::survey::{Element, Survey, attr};
use super::tag::Tag;

/// Classes of quotes that a script turns into a post of another site.
const POSTS: &[&str] = &[
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "mastodon-embed",
    "reddit-embed-bq",
    "reddit-card",
    "text-post-media",
    "fb-xfbml-parse-ignore",
    "imgur-embed-pub",
    "truthsocial-embed",
    "embedly-card",
    "wp-embedded-content",
];

/// Whether a quote stands for a post of another site.
pub(super) fn is_post(element: &Element<'_>) -> bool {
    element.tag == Tag::Quote && element.class.split_ascii_whitespace().any(|class| POSTS.contains(&class))
}

/// Where a post is that shows no text without its script.
pub(super) fn post_address(survey: &Survey<'_>, idx: usize) -> Option<String> {
    let element = &survey.elements[idx];
    let own = ["data-instgrm-permalink", "cite", "data-text-post-permalink"];
    let link = || survey.elements[element.inside.clone()].iter().find_map(|inner| inner.attr("href"));
    let address = own.iter().find_map(|name| element.attr(name)).or_else(link)?;
    address.starts_with("http").then(|| address.to_owned())
}

/// The address of a player that a reader may want: films, sound, posts, maps, charts.
pub(super) fn player_address(survey: &Survey<'_>, idx: usize) -> Option<String> {
    let element = &survey.elements[idx];
    if let Some(address) = of_custom_element(element) {
        return Some(address);
    }
    let is_file = matches!(element.name(), "video" | "audio" | "amp-video" | "amp-audio");
    let own = images::player_address(element.node);
    let of_children = || {
        let sources =
            || element.node.children().filter(|child| attr(*child, "type").is_none_or(|kind| !kind.contains("webm")));
        sources().find_map(images::player_address).or_else(|| element.node.children().find_map(images::player_address))
    };
    let src = own.or_else(of_children)?;
    // The frame that WordPress puts over its own quote says nothing more.
    let is_second_copy = element.class.contains("wp-embedded-content");
    let is_wanted = is_file || is_known_player(src) || is_post_frame(src) || is_meant(survey, idx, src);
    (is_wanted && !is_second_copy).then(|| src.to_owned())
}

/// Containers that a script fills with a player.
pub(super) fn of_container(survey: &Survey<'_>, idx: usize) -> Option<String> {
    let element = &survey.elements[idx];
    let has_class = |known: &str| element.class.split_ascii_whitespace().any(|class| class == known);
    if element.class.contains("youtube") {
        let names = ["data-id", "data-video-id", "data-videoid", "data-youtube-id", "data-yt-id", "data-youtube"];
        let id = names.iter().filter_map(|name| element.attr(name)).find(|id| id.len() == 11 && is_id(id));
        if let Some(id) = id {
            return Some(format!("https://www.youtube.com/embed/{id}"));
        }
    }
    if element.class.contains("fb-") && (has_class("fb-post") || has_class("fb-video")) && element.blocks.is_empty() {
        return element.attr("data-href").filter(|href| href.starts_with("http")).map(str::to_owned);
    }
    if has_class("flourish-embed") && element.inside.len() == 1 {
        let chart = element.attr("data-src")?.split(['?', '#']).next()?;
        return chart.starts_with("visualisation/").then(|| format!("https://flo.uri.sh/{chart}/embed"));
    }
    if element.class.contains("embed") && element.blocks.len() == 1 && element.inside.len() <= 3 {
        let text = survey.text(element.tape.clone(), 300);
        let is_address = text.starts_with("https://") && !text.contains(char::is_whitespace) && text.len() < 300;
        return (is_address && is_known_player(&text)).then_some(text);
    }
    None
}

fn of_custom_element(element: &Element<'_>) -> Option<String> {
    let name = element.name();
    if name == "script" {
        return of_script(element);
    }
    if !name.contains('-') {
        return None;
    }
    let id = |names: &[&str]| names.iter().find_map(|name| element.attr(name)).filter(|id| is_id(id));
    let video = || id(&["videoid", "data-videoid", "video-id"]);
    match name {
        "lite-youtube" | "amp-youtube" => video().map(|id| format!("https://www.youtube.com/embed/{id}")),
        "lite-vimeo" | "amp-vimeo" => video().map(|id| format!("https://player.vimeo.com/video/{id}")),
        "amp-dailymotion" => video().map(|id| format!("https://www.dailymotion.com/embed/video/{id}")),
        "amp-twitter" | "twitter-widget" => {
            id(&["data-tweetid", "data-tweet-id"]).map(|id| format!("https://twitter.com/i/status/{id}"))
        }
        "amp-instagram" => id(&["data-shortcode"]).map(|id| format!("https://www.instagram.com/p/{id}/")),
        "amp-soundcloud" => {
            let track = id(&["data-trackid"])?;
            Some(format!("https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/{track}"))
        }
        "amp-gist" => id(&["data-gistid"]).map(|id| format!("https://gist.github.com/{id}")),
        "amp-facebook" => element.attr("data-href").map(str::to_owned),
        "amp-reddit" | "amp-tiktok" => element.attr("data-src").map(str::to_owned),
        _ => None,
    }
}

/// Scripts that write a post or a piece of code where they stand.
fn of_script(element: &Element<'_>) -> Option<String> {
    if let Some(post) = element.attr("data-telegram-post") {
        return Some(format!("https://t.me/{post}"));
    }
    let src = element.attr("src")?;
    src.strip_suffix(".js").filter(|_| src.starts_with("https://gist.github.com/")).map(str::to_owned)
}

/// Whether a script writes something a reader wants.
pub(super) fn is_writing_script(node: ego_tree::NodeRef<'_, scraper::Node>) -> bool {
    attr(node, "data-telegram-post").is_some()
        || attr(node, "src").is_some_and(|src| src.starts_with("https://gist.github.com/") && src.ends_with(".js"))
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The frame of a Mastodon post: `/@name/number/embed`, on any host.
fn is_post_frame(src: &str) -> bool {
    src.trim_end_matches('/').strip_suffix("/embed").is_some_and(|rest| {
        let mut parts = rest.rsplit('/');
        let is_number = parts.next().is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
        is_number && parts.next().is_some_and(|name| name.starts_with('@'))
    })
}

/// Whether a frame's title is more than what advertisements and forms say there.
fn is_telling(title: &str) -> bool {
    const FURNITURE: [&str; 9] =
        ["ad", "ads", "advertisement", "advertising", "consent", "captcha", "newsletter", "widget", "comments"];
    let is_furniture = |word: &str| FURNITURE.iter().any(|known| word.eq_ignore_ascii_case(known));
    title.split_whitespace().count() >= 2 && !title.split(|c: char| !c.is_alphanumeric()).any(is_furniture)
}

/// Whether an unknown frame is set like something to look at: in a figure, as an embed, for the whole screen.
fn is_meant(survey: &Survey<'_>, idx: usize, src: &str) -> bool {
    let element = &survey.elements[idx];
    let is_web = src.starts_with("http") || src.starts_with("//");
    let is_named = |idx: usize| survey.elements[idx].tag == Tag::Figure || survey.elements[idx].class.contains("embed");
    let is_set = element.attr("allowfullscreen").is_some()
        || element.attr("title").is_some_and(is_telling)
        || survey.lineage(idx).take(3).any(is_named);
    let is_advertisement = ["/ads", "//ads.", "adserver", "doubleclick", "googlesyndication", "recaptcha", "disqus"];
    is_web && is_set && element.name() == "iframe" && !is_advertisement.iter().any(|word| src.contains(word))
}

/// Hosts of players and posts; a subdomain counts as its host.
const PLAYERS: &[&str] = &[
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "facebook.com",
    "tiktok.com",
    "soundcloud.com",
    "spotify.com",
    "bandcamp.com",
    "mixcloud.com",
    "podcasts.apple.com",
    "music.apple.com",
    "deezer.com",
    "twitch.tv",
    "ted.com",
    "streamable.com",
    "rumble.com",
    "odysee.com",
    "bilibili.com",
    "niconico.jp",
    "nicovideo.jp",
    "vk.com",
    "vkvideo.ru",
    "rutube.ru",
    "ok.ru",
    "t.me",
    "reddit.com",
    "redditmedia.com",
    "bsky.app",
    "threads.net",
    "linkedin.com",
    "pinterest.com",
    "giphy.com",
    "imgur.com",
    "gfycat.com",
    "flickr.com",
    "jwplayer.com",
    "jwplatform.com",
    "brightcove.net",
    "wistia.com",
    "wistia.net",
    "loom.com",
    "kaltura.com",
    "acast.com",
    "libsyn.com",
    "simplecast.com",
    "megaphone.fm",
    "buzzsprout.com",
    "anchor.fm",
    "podbean.com",
    "spreaker.com",
    "audioboom.com",
    "omny.fm",
    "iheart.com",
    "datawrapper.de",
    "dwcdn.net",
    "flourish.studio",
    "infogram.com",
    "everviz.com",
    "tableau.com",
    "ourworldindata.org",
    "google.com",
    "openstreetmap.org",
    "arcgis.com",
    "mapbox.com",
    "codepen.io",
    "jsfiddle.net",
    "codesandbox.io",
    "github.com",
    "slideshare.net",
    "speakerdeck.com",
    "scribd.com",
    "issuu.com",
    "documentcloud.org",
    "archive.org",
    "peertube.tv",
    "knightlab.com",
    "sketchfab.com",
    "canva.com",
    "miro.com",
    "arte.tv",
    "zdf.de",
    "ardmediathek.de",
    "bbc.co.uk",
    "bbc.com",
    "nytimes.com",
    "cnn.com",
    "video.detik.com",
    "vidio.com",
];

fn is_known_player(src: &str) -> bool {
    let rest = src.split("//").nth(1).unwrap_or_default();
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    PLAYERS.iter().any(|known| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
        && !src.contains("/plugins/like")
        && !src.contains("/plugins/follow")
        && !src.contains("googletagmanager")
}

#[cfg(test)]
mod tests {
    use super::is_known_player;

    #[test]
    fn players_are_known_by_their_host() {
        for src in
            ["https://www.youtube.com/embed/x", "//player.vimeo.com/video/1", "https://platform.twitter.com/embed?id=1"]
        {
            assert!(is_known_player(src), "{src}");
        }
        for src in [
            "https://ads.example/x",
            "https://notyoutube.com.example/",
            "/local",
            "https://www.facebook.com/plugins/like.php",
        ] {
            assert!(!is_known_player(src), "{src}");
        }
    }
}
