//! Which images and players of the article's place belong to it, and their captions with them.

use std::collections::HashSet;

use super::images;
use super::judge::Verdicts;
use super::locate::Place;
use super::marks::{Furniture, Marks};
use super::survey::{Element, Survey};
use super::tag::Tag;

/// The images and players that stay.
#[derive(Debug)]
pub(super) struct Media {
    /// Address of each element that stays, by element.
    pub(super) addresses: Vec<Option<String>>,
    /// How many stay before each element; one entry more than elements.
    n_before: Vec<u32>,
}

impl Media {
    /// Whether any of a subtree's images or players stay.
    pub(super) fn is_in(&self, element: &Element<'_>) -> bool {
        self.n_before[element.inside.end] > self.n_before[element.inside.start]
    }
}

const LOST_CAPTION: &str = "caption of an image that isn't shown";
/// Of the text around an image, at least this share has to stay.
const MIN_KEPT_SHARE: f32 = 0.3;

/// Chooses the images and players, and settles the captions' verdicts.
pub(super) fn choose(
    survey: &Survey<'_>,
    marks: &[Marks],
    place: &Place,
    root: usize,
    removed: &[usize],
    verdicts: &mut Verdicts,
) -> Media {
    let is_caption = captions(survey);
    let sums = Sums::of(survey, &is_caption, verdicts);
    let first_kept = verdicts.removed_by.iter().position(Option::is_none).unwrap_or(0);
    let last_kept = verdicts.removed_by.iter().rposition(Option::is_none).unwrap_or(0);
    let mut addresses = vec![None; survey.elements.len()];
    let mut seen = HashSet::new();
    for idx in survey.elements[root].inside.clone() {
        let element = &survey.elements[idx];
        let is_cut = || removed.iter().any(|cut| survey.is_within(idx, *cut));
        if !element.tag.is_media() || is_cut() || !belongs(survey, marks, &sums, root, idx) {
            continue;
        }
        let is_in_place = place.roots.iter().any(|root| survey.is_within(idx, *root));
        if !is_in_place && !(first_kept..last_kept).contains(&element.blocks.start) {
            continue;
        }
        let is_after_the_end = element.blocks.start > last_kept;
        if is_after_the_end && element.tag == Tag::Image && !stands_in_a_figure(survey, idx) {
            continue;
        }
        let address = match element.tag {
            Tag::Image if images::is_icon(element.node) => None,
            Tag::Image => images::address(element).filter(|address| seen.insert(address.clone())),
            _ => player(element),
        };
        addresses[idx] = address;
    }
    let mut n_before = vec![0; 1];
    let mut n = 0;
    n_before.extend(addresses.iter().map(|address| {
        n += u32::from(address.is_some());
        n
    }));
    let media = Media { addresses, n_before };
    settle_captions(survey, &media, &sums, &is_caption, verdicts);
    media
}

/// Words of the text that isn't caption, and how many of them stay, as prefix sums over blocks.
struct Sums {
    words: Vec<f32>,
    kept: Vec<f32>,
}

impl Sums {
    fn of(survey: &Survey<'_>, is_caption: &[bool], verdicts: &Verdicts) -> Self {
        let (mut words, mut kept) = (vec![0.0], vec![0.0]);
        let (mut n_words, mut n_kept) = (0.0, 0.0);
        for (idx, block) in survey.blocks.iter().enumerate() {
            if !is_caption[idx] {
                n_words += block.words();
                n_kept += if verdicts.is_kept(idx) { block.words() } else { 0.0 };
            }
            words.push(n_words);
            kept.push(n_kept);
        }
        Self { words, kept }
    }

    fn words(&self, element: &Element<'_>) -> f32 {
        self.words[element.blocks.end] - self.words[element.blocks.start]
    }

    fn kept(&self, element: &Element<'_>) -> f32 {
        self.kept[element.blocks.end] - self.kept[element.blocks.start]
    }
}

/// Blocks that are captions, by their element or by its class.
fn captions(survey: &Survey<'_>) -> Vec<bool> {
    let mut is_caption = vec![false; survey.blocks.len()];
    for element in &survey.elements {
        let is_named = element.blocks.len() <= 2 && element.class.contains("caption") && !element.tag.is_phrasing();
        if element.tag == Tag::Caption || is_named {
            is_caption[element.blocks.clone()].fill(true);
        }
    }
    is_caption
}

/// Whether the text nearest to an image stays, and nothing around it is furniture.
fn belongs(survey: &Survey<'_>, marks: &[Marks], sums: &Sums, root: usize, idx: usize) -> bool {
    let mut is_settled = false;
    for around in survey.lineage(idx).skip(1) {
        let element = &survey.elements[around];
        if !is_settled && sums.words(element) > 0.0 {
            is_settled = true;
            if sums.kept(element) < MIN_KEPT_SHARE * sums.words(element) {
                return false;
            }
        }
        if around == root {
            return is_settled;
        }
        let is_furniture = match element.tag {
            Tag::Nav | Tag::Footer | Tag::Dialog | Tag::Button | Tag::Form => true,
            _ => matches!(
                marks[around].furniture,
                Some(
                    Furniture::Related
                        | Furniture::Share
                        | Furniture::AuthorBox
                        | Furniture::Promotion
                        | Furniture::Comments
                        | Furniture::Consent
                )
            ),
        };
        if is_furniture && sums.kept(element) == 0.0 {
            return false;
        }
    }
    is_settled
}

fn stands_in_a_figure(survey: &Survey<'_>, idx: usize) -> bool {
    survey.lineage(idx).take(6).any(|around| survey.elements[around].tag == Tag::Figure)
}

/// The address of a player that a reader may want: films, sound, posts, maps, charts.
fn player(element: &Element<'_>) -> Option<String> {
    let own = images::player_address(element.node).or_else(|| element.node.children().find_map(images::player_address));
    let src = own?;
    let is_file = matches!(element.name(), "video" | "audio");
    (is_file || is_known_player(src)).then(|| src.to_owned())
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

/// A caption stays exactly when what it describes does.
fn settle_captions(survey: &Survey<'_>, media: &Media, sums: &Sums, is_caption: &[bool], verdicts: &mut Verdicts) {
    for (block_idx, _) in is_caption.iter().enumerate().filter(|(_, is_caption)| **is_caption) {
        let parent = survey.blocks[block_idx].parent;
        // The figure around, or else the box around the caption's own element.
        let mut described = survey.lineage(parent).take(6).find(|idx| survey.elements[*idx].tag == Tag::Figure);
        if described.is_none() {
            described = survey.lineage(parent).take(4).find(|idx| media.is_in(&survey.elements[*idx]));
        }
        let figure = described.map(|idx| &survey.elements[idx]);
        let is_shown = figure.is_some_and(|figure| media.is_in(figure) || sums.kept(figure) > 0.0);
        let verdict = &mut verdicts.removed_by[block_idx];
        match (is_shown, *verdict) {
            (false, None) => *verdict = Some(LOST_CAPTION),
            (true, Some(rule)) if rule != super::judge::OUTSIDE => *verdict = None,
            _ => {}
        }
    }
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
