//! Articles made of a language's phrases: the same seed gives the same article.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, TimeDelta, TimeZone, Utc};
use unicode_normalization::UnicodeNormalization;

use crate::tongue::{Tongue, entries};

/// One article as its author typed it.
pub struct Story {
    pub n: usize,
    pub title: String,
    pub slug: String,
    pub author: &'static str,
    pub section: &'static str,
    pub tags: Vec<&'static str>,
    pub at: DateTime<Utc>,
    pub blocks: Vec<Block>,
    pub has_image: bool,
    /// Who commented and what.
    pub comments: Vec<(&'static str, String)>,
}

pub enum Block {
    Paragraph(String),
    Heading(String),
    Quote(String),
    Image(String),
    List(Vec<String>),
}

/// A site's articles, newest first, and what it is called.
pub struct Blog {
    pub title: &'static str,
    pub tongue: &'static Tongue,
    pub zone: FixedOffset,
    pub stories: Vec<Story>,
}

impl Blog {
    /// `n_stories` articles, the newest of 30 October 2026.
    pub fn new(title: &'static str, tongue: &'static Tongue, n_stories: usize) -> Self {
        let seed = title.bytes().fold(7_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
        let mut dice = Dice(seed);
        let mut titles = BTreeSet::new();
        let mut slugs = BTreeSet::new();
        let mut at = Utc.with_ymd_and_hms(2026, 10, 30, 9, 12, 0).unwrap();
        let stories = (0..n_stories)
            .map(|n| {
                let mut story = write(tongue, n, at, &mut dice);
                while !titles.insert(story.title.clone()) {
                    story = write(tongue, n, at, &mut dice);
                }
                if !slugs.insert(story.slug.clone()) {
                    story.slug = format!("{}-{n}", story.slug);
                    slugs.insert(story.slug.clone());
                }
                // One a day or two, by daylight.
                let days = 1 + i64::from(dice.below(5) == 0);
                let minutes = i64::try_from(dice.below(240)).unwrap();
                at = (at - TimeDelta::days(days)).date_naive().and_hms_opt(6, 3, 0).unwrap().and_utc()
                    + TimeDelta::minutes(minutes);
                story
            })
            .collect();
        let hours = match tongue.code {
            "id" | "th" => 7,
            "ja" => 9,
            "ar" | "ru" => 3,
            "pt" => -3,
            "en" => 0,
            _ => 1,
        };
        Self { title, tongue, zone: FixedOffset::east_opt(hours * 3600).unwrap(), stories }
    }

    pub fn at(&self, story: &Story) -> DateTime<FixedOffset> {
        story.at.with_timezone(&self.zone)
    }

    /// `2026-10-30T10:12:00+01:00`
    pub fn iso(&self, story: &Story) -> String {
        self.at(story).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The address part of a section, an author or a tag.
    pub fn key(&self, name: &str) -> String {
        let key = slug(name, 8);
        if key.is_empty() { format!("c{}", name.bytes().map(u32::from).sum::<u32>()) } else { key }
    }
}

impl Story {
    /// The first paragraph, cut as platforms cut their excerpts.
    pub fn excerpt(&self, n_chars: usize) -> String {
        let first = self.first();
        if first.chars().count() <= n_chars {
            return first.to_owned();
        }
        let cut: String = first.chars().take(n_chars).collect();
        let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(cut, _)| cut);
        format!("{cut}…")
    }

    fn first(&self) -> &str {
        let Block::Paragraph(first) = &self.blocks[0] else { unreachable!("an article begins with a paragraph") };
        first
    }

    fn last(&self) -> &str {
        let Some(Block::Paragraph(last)) = self.blocks.last() else { unreachable!("an article ends with a paragraph") };
        last
    }

    /// The first words of the text.
    pub fn first_words(&self, tongue: &Tongue) -> String {
        if tongue.is_dense() {
            return self.first().chars().take(16).collect::<String>().trim().to_owned();
        }
        self.first().split_whitespace().take(6).collect::<Vec<_>>().join(" ")
    }

    /// The last words of the text.
    pub fn last_words(&self, tongue: &Tongue) -> String {
        if tongue.is_dense() {
            let chars: Vec<char> = self.last().chars().collect();
            return chars[chars.len().saturating_sub(16)..].iter().collect::<String>().trim().to_owned();
        }
        let words: Vec<&str> = self.last().split_whitespace().collect();
        words[words.len().saturating_sub(6)..].join(" ")
    }
}

/// Chance that is the same each time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

fn write(tongue: &'static Tongue, n: usize, at: DateTime<Utc>, dice: &mut Dice) -> Story {
    let title = capitalised(&shaped(tongue, tongue.titles, dice));
    let mut blocks = vec![Block::Paragraph(paragraph(tongue, 2, dice))];
    let n_parts = 6 + dice.below(4);
    for part in 0..n_parts {
        match part {
            1 | 5 => blocks.push(Block::Heading(capitalised(&shaped(tongue, tongue.titles, dice)))),
            2 if n % 3 != 1 => blocks.push(Block::Image(sentence(tongue, dice))),
            3 if n.is_multiple_of(2) => blocks.push(Block::Quote(sentence(tongue, dice))),
            4 if n % 4 == 1 => blocks.push(Block::List((0..4).map(|_| sentence(tongue, dice)).collect())),
            _ => {}
        }
        let n_sentences = 2 + dice.below(3);
        blocks.push(Block::Paragraph(paragraph(tongue, n_sentences, dice)));
    }
    let sections = tongue.sections();
    let authors = tongue.authors();
    let tags = tongue.tags();
    let first_tag = dice.below(tags.len() - 2);
    Story {
        n,
        slug: match slug(&title, 8) {
            slug if slug.len() > 5 => slug,
            _ => format!("{}{}", 48_000 + 37 * n, tongue.code),
        },
        title,
        author: dice.pick(&authors),
        section: dice.pick(&sections),
        tags: tags[first_tag..first_tag + 2].to_vec(),
        at,
        has_image: n % 5 != 4,
        comments: (0..dice.below(4)).map(|_| (dice.pick(&authors), sentence(tongue, dice))).collect(),
        blocks,
    }
}

pub fn paragraph(tongue: &'static Tongue, n_sentences: usize, dice: &mut Dice) -> String {
    let sentences: Vec<String> = (0..n_sentences).map(|_| sentence(tongue, dice)).collect();
    sentences.join(if tongue.code == "ja" { "" } else { " " })
}

fn sentence(tongue: &'static Tongue, dice: &mut Dice) -> String {
    capitalised(&shaped(tongue, tongue.sentences, dice))
}

/// One of the shapes, filled; each gap gets its own phrase.
fn shaped(tongue: &'static Tongue, shapes: &'static str, dice: &mut Dice) -> String {
    let mut rest = dice.pick(&entries(shapes));
    let mut text = String::new();
    while let Some((before, gap)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = gap.split_once('}').unwrap();
        match name {
            "s" => text.push_str(dice.pick(&entries(tongue.subjects))),
            "v" => text.push_str(dice.pick(&entries(tongue.verbs))),
            "o" => text.push_str(dice.pick(&entries(tongue.objects))),
            "p" => text.push_str(dice.pick(&entries(tongue.places))),
            "t" => text.push_str(dice.pick(&entries(tongue.times))),
            _ => text.push_str(&(3 + dice.below(390)).to_string()),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", chars.as_str())
}

/// At most so many words in the letters of addresses; nothing for scripts that have none of them.
pub fn slug(text: &str, n_words: usize) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| c.is_ascii_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '’' | '\''))
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    plain.split_whitespace().take(n_words).collect::<Vec<_>>().join("-")
}
