//! Which images and players of the article's place belong to it, and their captions with them.

use std::collections::{HashMap, HashSet};

use super::embeds;
use super::images;
use super::judge::Verdicts;
use super::locate::Place;
use super::marks::{Furniture, Marks};
use super::survey::{Block, Element, Survey};
use super::tag::Tag;

/// What an element shows that isn't its text.
#[derive(Debug, Clone)]
pub(super) enum Medium {
    /// An image, by its address.
    Image(String),
    /// A player or a post, by its address.
    Frame(String),
    /// A film or a sound, by its address.
    File(String),
    /// A sign drawn as an image.
    Sign(String),
}

/// The images and players that stay.
#[derive(Debug)]
pub(super) struct Media {
    /// What each element shows, by element.
    pub(super) shown: Vec<Option<Medium>>,
    /// Boxes of an image and its caption, though they aren't called figures.
    pub(super) figures: HashSet<usize>,
    /// Their captions.
    pub(super) captions: HashSet<usize>,
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
const LINE_NUMBERS: &str = "line numbers of code";
/// So few words beside an image are its label, not the text around it.
const MOST_WORDS_OF_A_LABEL: f32 = 8.0;
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
    let captions = Captions::of(survey);
    let posts: Vec<usize> = survey.elements[root]
        .inside
        .clone()
        .filter(|idx| {
            embeds::is_post(&survey.elements[*idx])
                || is_container(survey, *idx) && embeds::of_container(survey, *idx).is_some()
        })
        .collect();
    settle_code(survey, root, verdicts);
    let mut is_aside = captions.is_caption.clone();
    for idx in &posts {
        is_aside[survey.elements[*idx].blocks.clone()].fill(true);
    }
    let sums = Sums::of(survey, &is_aside, verdicts);
    let first_kept = verdicts.removed_by.iter().position(Option::is_none).unwrap_or(0);
    let last_kept = verdicts.removed_by.iter().rposition(Option::is_none).unwrap_or(0);
    let mut shown: Vec<Option<Medium>> = vec![None; survey.elements.len()];
    let mut seen = HashMap::new();
    let mut end_of_player = 0;
    for idx in survey.elements[root].inside.clone() {
        let element = &survey.elements[idx];
        if idx < end_of_player || !may_show(survey, idx) {
            continue;
        }
        let is_cut = || removed.iter().any(|cut| survey.is_within(idx, *cut));
        if is_cut() || !belongs(survey, marks, &sums, root, idx) {
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
        let medium = medium(survey, idx, verdicts);
        shown[idx] = match medium {
            Some(Medium::Image(address)) => first_of_its_kind(idx, address, &mut seen, &mut shown).map(Medium::Image),
            Some(Medium::Frame(address)) => {
                end_of_player = element.inside.end;
                let is_first = seen.insert(player_key(&address), idx).is_none();
                is_first.then_some(Medium::Frame(address))
            }
            other => other,
        };
    }
    let mut n_before = vec![0; 1];
    let mut n = 0;
    n_before.extend(shown.iter().map(|medium| {
        n += u32::from(medium.is_some());
        n
    }));
    let mut media = Media { shown, figures: HashSet::new(), captions: HashSet::new(), n_before };
    captions.settle(survey, &mut media, &sums, verdicts);
    media
}

/// Whether an element can show anything but text.
fn may_show(survey: &Survey<'_>, idx: usize) -> bool {
    let element = &survey.elements[idx];
    match element.tag {
        Tag::Image | Tag::Player => true,
        Tag::Quote => embeds::is_post(element),
        Tag::Box | Tag::Figure => is_container(survey, idx) || is_painted(survey, idx),
        _ => false,
    }
}

/// Whether a box's name says that a script fills it.
fn is_container(survey: &Survey<'_>, idx: usize) -> bool {
    let element = &survey.elements[idx];
    matches!(element.tag, Tag::Box | Tag::Figure)
        && ["youtube", "embed", "fb-"].iter().any(|word| element.class.contains(word))
}

/// Whether an empty box shows an image as its background, in a figure without another.
fn is_painted(survey: &Survey<'_>, idx: usize) -> bool {
    /// A larger one is a gallery, whose boxes have images of their own.
    const MAX_ELEMENTS_OF_A_FIGURE: usize = 64;
    let element = &survey.elements[idx];
    element.tag == Tag::Box
        && element.inside.len() == 1
        && element.blocks.is_empty()
        && element.attr("style").is_some_and(|style| style.contains("background"))
        && survey.lineage(idx).take(4).any(|around| {
            let figure = &survey.elements[around];
            figure.tag == Tag::Figure
                && figure.inside.len() <= MAX_ELEMENTS_OF_A_FIGURE
                && !survey.elements[figure.inside.clone()].iter().any(|inner| inner.tag.is_media())
        })
}

/// What an element shows; a post with text of its own stays as that text.
fn medium(survey: &Survey<'_>, idx: usize, verdicts: &mut Verdicts) -> Option<Medium> {
    let element = &survey.elements[idx];
    match element.tag {
        Tag::Image => match images::sign(element.node) {
            Some(sign) => Some(Medium::Sign(sign.to_owned())),
            None if images::is_icon(element.node) => None,
            None => {
                let is_button = survey.lineage(idx).take(4).any(|around| survey.elements[around].tag == Tag::Button);
                let is_drawn = |address: &String| is_button && address.ends_with(".svg");
                images::address(element).filter(|address| !is_drawn(address)).map(Medium::Image)
            }
        },
        Tag::Player if matches!(element.name(), "video" | "audio" | "amp-video" | "amp-audio") => {
            embeds::player_address(survey, idx)
                .map(Medium::File)
                .or_else(|| element.attr("poster").map(|poster| Medium::Image(poster.to_owned())))
        }
        Tag::Player => embeds::player_address(survey, idx).map(Medium::Frame),
        Tag::Quote if element.blocks.is_empty() => embeds::post_address(survey, idx).map(Medium::Frame),
        Tag::Quote => {
            verdicts.removed_by[element.blocks.clone()].fill(None);
            None
        }
        _ if is_painted(survey, idx) => images::background(element.attr("style")?).map(Medium::Image),
        _ => embeds::of_container(survey, idx).map(Medium::Frame),
    }
}

/// An image's address, unless the page has shown the same one; the larger of two sizes takes the first place.
fn first_of_its_kind(
    idx: usize,
    address: String,
    seen: &mut HashMap<String, usize>,
    shown: &mut [Option<Medium>],
) -> Option<String> {
    let (key, width) = images::identity(&address);
    let Some(first) = seen.get(&key) else {
        seen.insert(key, idx);
        return Some(address);
    };
    if let Some(Medium::Image(earlier)) = &mut shown[*first] {
        let is_larger = images::identity(earlier).1.is_some_and(|earlier| width.is_none_or(|width| width > earlier));
        if is_larger {
            *earlier = address;
        }
    }
    None
}

/// What two frames have in common that show the same.
fn player_key(address: &str) -> String {
    let rest = address.split("//").nth(1).unwrap_or(address).replace("www.", "").replace("-nocookie", "");
    let end = rest
        .find('?')
        .filter(|_| rest.starts_with("youtube.com/embed/") && !rest.contains("list="))
        .unwrap_or(rest.len());
    rest[..end].to_owned()
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

/// What describes images.
struct Captions {
    /// By block, whether it belongs to a caption.
    is_caption: Vec<bool>,
    /// Elements that are called captions but aren't.
    named: Vec<usize>,
}

impl Captions {
    /// Captions by their element or by its class.
    fn of(survey: &Survey<'_>) -> Self {
        let mut captions = Self { is_caption: vec![false; survey.blocks.len()], named: Vec::new() };
        for (idx, element) in survey.elements.iter().enumerate() {
            let is_short = element.blocks.len() <= 2 && !element.blocks.is_empty() && !element.tag.is_phrasing();
            let is_named = is_short && (element.class.contains("caption") || is_credit(survey, element));
            if is_named || matches!(element.tag, Tag::Caption | Tag::TableCaption) {
                captions.is_caption[element.blocks.clone()].fill(true);
            }
            if is_named && element.tag != Tag::Caption {
                captions.named.push(idx);
            }
        }
        captions
    }
}

/// Whether an element names who made the image beside it.
fn is_credit(survey: &Survey<'_>, element: &Element<'_>) -> bool {
    let is_named = element.class.contains("credit") && element.blocks.len() == 1;
    is_named && {
        let around = &survey.elements[element.parent];
        around.blocks.len() <= 3 && survey.elements[around.inside.clone()].iter().any(|inner| inner.tag == Tag::Image)
    }
}

/// Whether the text nearest to an image stays, and nothing around it is furniture.
fn belongs(survey: &Survey<'_>, marks: &[Marks], sums: &Sums, root: usize, idx: usize) -> bool {
    let mut is_settled = false;
    for around in survey.lineage(idx).skip(1) {
        let element = &survey.elements[around];
        if !is_settled && sums.words(element) > 0.0 && !is_label(survey, element) {
            is_settled = true;
            if sums.kept(element) < MIN_KEPT_SHARE * sums.words(element) {
                return false;
            }
        }
        if around == root {
            return is_settled;
        }
        let is_furniture = match element.tag {
            // Images that can be enlarged stand in buttons without a word.
            Tag::Button => sums.words(element) > 0.0,
            Tag::Nav | Tag::Footer | Tag::Dialog | Tag::Form => true,
            _ => matches!(
                furniture_of(marks, element, around),
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

/// What an element's name says; marks are only there where text is.
fn furniture_of(marks: &[Marks], element: &Element<'_>, idx: usize) -> Option<Furniture> {
    if element.blocks.is_empty() { Marks::of(element.class, element.id).furniture } else { marks[idx].furniture }
}

/// Whether all that an element says is a few words beside an image: a counter, a label, «enlarge».
fn is_label(survey: &Survey<'_>, element: &Element<'_>) -> bool {
    let blocks = &survey.blocks[element.blocks.clone()];
    blocks.len() <= 6
        && blocks.iter().map(Block::words).sum::<f32>() <= MOST_WORDS_OF_A_LABEL
        && blocks.iter().all(|block| block.n_links == 0)
}

fn stands_in_a_figure(survey: &Survey<'_>, idx: usize) -> bool {
    survey.lineage(idx).take(6).any(|around| survey.elements[around].tag == Tag::Figure)
}

impl Captions {
    /// A caption stays exactly when what it describes does.
    fn settle(self, survey: &Survey<'_>, media: &mut Media, sums: &Sums, verdicts: &mut Verdicts) {
        for (block_idx, _) in self.is_caption.iter().enumerate().filter(|(_, is_caption)| **is_caption) {
            let parent = survey.blocks[block_idx].parent;
            if survey.elements[parent].tag == Tag::Button {
                continue;
            }
            let tags = match survey.elements[parent].tag {
                Tag::TableCaption => Tag::Table,
                _ => Tag::Figure,
            };
            // The figure around, or else the box around the caption's own element.
            let mut described = survey.lineage(parent).take(6).find(|idx| survey.elements[*idx].tag == tags);
            if described.is_none() {
                described = survey.lineage(parent).take(4).find(|idx| media.is_in(&survey.elements[*idx]));
            }
            let figure = described.map(|idx| &survey.elements[idx]);
            let is_shown = figure.is_some_and(|figure| media.is_in(figure) || sums.kept(figure) > 0.0);
            let verdict = &mut verdicts.removed_by[block_idx];
            match (is_shown, *verdict) {
                (false, None) => *verdict = Some(LOST_CAPTION),
                (true, Some(rule))
                    if rule != super::judge::OUTSIDE || figure.is_some_and(|figure| media.is_in(figure)) =>
                {
                    *verdict = None
                }
                _ => {}
            }
        }
        let mut end = 0;
        for idx in self.named {
            let element = &survey.elements[idx];
            if idx < end || media.is_in(element) || !element.blocks.clone().any(|idx| verdicts.is_kept(idx)) {
                continue;
            }
            end = element.inside.end;
            let around = survey.lineage(idx).skip(1).take(4).find(|idx| media.is_in(&survey.elements[*idx]));
            let table = |idx: usize| survey.lineage(idx).take(3).find(|idx| survey.elements[*idx].tag == Tag::Table);
            let around = around.map(|idx| match survey.elements[idx].tag {
                Tag::TablePart | Tag::Row => table(idx).unwrap_or(idx),
                _ => idx,
            });
            let Some(around) = around.filter(|around| sums.words(&survey.elements[*around]) == 0.0) else { continue };
            let is_in_figure = survey.lineage(around).take(4).any(|idx| survey.elements[idx].tag == Tag::Figure);
            let is_free = matches!(survey.elements[around].tag, Tag::Box | Tag::Section | Tag::Table);
            if is_free && !is_in_figure && media.figures.insert(around) {
                media.captions.insert(idx);
            }
        }
    }
}

/// Code stays or goes as a whole, and its line numbers go: highlighters make a block of each line.
fn settle_code(survey: &Survey<'_>, root: usize, verdicts: &mut Verdicts) {
    let elements = &survey.elements[survey.elements[root].inside.clone()];
    if !elements.iter().any(|element| element.tag == Tag::Pre) {
        return;
    }
    for element in elements {
        if element.blocks.is_empty() {
            continue;
        }
        let words = |is_counted: &dyn Fn(usize) -> bool| -> f32 {
            element.blocks.clone().filter(|idx| is_counted(*idx)).map(|idx| survey.blocks[idx].words()).sum()
        };
        if element.tag == Tag::Pre && element.blocks.len() > 1 {
            let kept = words(&|idx| verdicts.is_kept(idx));
            if kept >= MIN_KEPT_SHARE * words(&|_| true) {
                verdicts.removed_by[element.blocks.clone()].fill(None);
            }
        }
        if is_gutter(survey, element) {
            verdicts.removed_by[element.blocks.clone()].fill(Some(LINE_NUMBERS));
        }
    }
}

/// Whether an element holds the numbers beside lines of code and nothing else.
pub(super) fn is_gutter(survey: &Survey<'_>, element: &Element<'_>) -> bool {
    const NAMES: [&str; 8] =
        ["gutter", "lineno", "line-number", "line-num", "linenum", "ln-num", "blob-num", "hljs-ln-n"];
    NAMES.iter().any(|name| element.class.contains(name)) && {
        let text = survey.text(element.tape.clone(), 400);
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_whitespace())
    }
}
