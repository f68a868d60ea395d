//! Names that the visible page gives: microdata, author pages, elements named as bylines, lines that begin with "by".

use std::collections::HashSet;
use std::sync::LazyLock;

use super::authors::{
    PREFIXES, has_own_prefixes, is_somebody, looks_like_a_person, split, without_own_prefix, without_prefix,
};
use crate::extract::evidence::Evidence;
use crate::extract::hashed::{Hashed, key};
use crate::extract::marks::Furniture;
use crate::extract::survey::Survey;
use crate::extract::tag::Tag;

/// Names that the visible page gives, the most trusted mention first: microdata, `rel=author`, elements named as
/// bylines, and lines around the headline that begin with "by". `headline` is its block.
pub(super) fn visible(survey: &Survey<'_>, evidence: &Evidence, headline: Option<usize>) -> Vec<Vec<String>> {
    let mut mentions: Vec<(u32, Vec<String>)> = Vec::new();
    let mut properties = Vec::new();
    let mut ranks = Hashed::default();
    let mut idx = 0;
    while idx < survey.elements.len() {
        let element = &survey.elements[idx];
        let is_elsewhere = matches!(evidence.marks[idx].furniture, Some(Furniture::Comments | Furniture::Related))
            && headline.is_none_or(|headline| !element.blocks.contains(&headline));
        if is_elsewhere {
            idx = element.inside.end;
            continue;
        }
        let step = mention(survey, idx, &mut ranks).filter(|(_, names)| !names.is_empty());
        let Some((rank, names)) = step else {
            idx += 1;
            continue;
        };
        if rank == 0 {
            properties.extend(names);
        } else {
            // Names far from the headline are more often those of other articles.
            let distance = headline.map_or(0, |headline| element.blocks.start.abs_diff(headline) as u32);
            mentions.push((rank * 100 + distance.min(90), names));
        }
        idx = element.inside.end;
    }
    mentions.extend(bylines(survey, headline));
    mentions.sort_by_key(|(rank, _)| *rank);
    let properties = Some(properties).filter(|names| !names.is_empty());
    properties.into_iter().chain(mentions.into_iter().map(|(_, names)| names)).collect()
}

/// The names that an element mentions, and how much to trust it: 0 is best. `ranks` remembers the classes read.
fn mention(survey: &Survey<'_>, idx: usize, ranks: &mut Hashed<Option<u8>>) -> Option<(u32, Vec<String>)> {
    const MOST_PIECES: usize = 120;
    let element = &survey.elements[idx];
    if element.tape.len() > MOST_PIECES {
        return None;
    }
    let says = |value: &str, word: &str| value.split_ascii_whitespace().any(|part| part == word);
    let rank = if says(element.itemprop, "author") {
        0
    } else if element.tag == Tag::Link && element.attr("rel").is_some_and(|rel| says(rel, "author")) {
        1
    } else if element.tag == Tag::Link && element.attr("href").is_some_and(is_authors_page) {
        3
    } else if element.class.is_empty() {
        return None;
    } else {
        let rank = ranks.entry(key(element.class)).or_insert_with(|| class_rank(element.class));
        2 + u32::from((*rank)?)
    };
    let named = element.inside.clone().skip(1).find(|inner| survey.elements[*inner].itemprop == "name");
    let content = element.attr("content").map(str::to_owned);
    let text = content.unwrap_or_else(|| survey.text(survey.elements[named.unwrap_or(idx)].tape.clone(), 300));
    let is_person = |name: &String| {
        is_somebody(name) && (rank < 2 || is_capitalised(name)) && (rank != 3 || looks_like_a_person(name))
    };
    Some((rank, split(&text).into_iter().filter(is_person).collect()))
}

/// Lines that say "by" and a name, or only "by" with the name on the next line: near the headline, else anywhere.
fn bylines(survey: &Survey<'_>, headline: Option<usize>) -> Vec<(u32, Vec<String>)> {
    const MAX_WORDS: f32 = 25.0;
    const MAX_WORDS_FAR_AWAY: f32 = 7.0;
    let Some(headline) = headline else { return Vec::new() };
    let has_own_prefixes = has_own_prefixes(survey.head.language);
    let read = |block_idx: usize| {
        let block = &survey.blocks[block_idx];
        let is_near = block_idx + 4 >= headline && block_idx < headline + 14;
        if block.words() > if is_near { MAX_WORDS } else { MAX_WORDS_FAR_AWAY } {
            return None;
        }
        // Few lines begin with the right letter: the others needn't be put together.
        let may_begin = survey.first_char(block_idx).is_some_and(may_begin);
        if !may_begin && !has_own_prefixes {
            return None;
        }
        let text = survey.line(block_idx, 200);
        let own = if has_own_prefixes { without_own_prefix(&text, survey.head.language) } else { None };
        if own.is_none() && !may_begin {
            return None;
        }
        let mut rest = own.unwrap_or_else(|| without_prefix(&text));
        let next = survey.blocks.get(block_idx + 1).filter(|next| next.words() <= MAX_WORDS_FAR_AWAY);
        let next = next.map(|_| survey.line(block_idx + 1, 200));
        if rest.len() == text.len() {
            let is_label = PREFIXES.contains(&text.trim_end_matches([':', ' ']).to_lowercase().as_str());
            rest = next.as_deref().filter(|_| is_label)?;
        }
        // A name ends where a date or a role begins.
        let rest = rest.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let rest = [" on ", " am ", " @ "].iter().fold(rest, |rest, word| rest.split(word).next().unwrap_or_default());
        let mut names: Vec<String> =
            split(rest).into_iter().filter(|name| is_somebody(name) && looks_like_a_person(name)).collect();
        if names.is_empty() && is_near {
            names.extend(first_name(rest));
        }
        let rank = if is_near { 450 } else { 900 };
        (!names.is_empty()).then(|| (rank + block_idx.abs_diff(headline).min(90) as u32, names))
    };
    (0..survey.blocks.len()).filter_map(read).collect()
}

/// The one word that a line says after "by", where it says nothing else: a first name, or an account's.
fn first_name(rest: &str) -> Option<String> {
    const MIN_CHARS: usize = 3;
    let word = rest.split(['|', '•', '·', '—', '–', '-', '/']).next()?.trim();
    // Two words that stick together are a name and a month's, or a button's.
    let is_glued = word.chars().zip(word.chars().skip(1)).any(|(one, next)| one.is_lowercase() && next.is_uppercase());
    let is_word = !is_glued && word.chars().all(char::is_alphanumeric) && word.chars().count() >= MIN_CHARS;
    (is_word && is_somebody(word) && !is_date(word)).then(|| word.to_owned())
}

/// Whether a line is "by" and a name.
pub(super) fn says_by_whom(line: &str) -> bool {
    let rest = without_prefix(line);
    rest.len() < line.trim().len() && split(rest).iter().any(|name| looks_like_a_person(name))
}

/// Whether a text's first letter is one that a byline begins with.
fn may_begin(first: char) -> bool {
    static LETTERS: LazyLock<HashSet<char>> =
        LazyLock::new(|| PREFIXES.iter().filter_map(|prefix| prefix.chars().next()).collect());
    first.to_lowercase().next().is_some_and(|c| LETTERS.contains(&c))
}

/// Whether an address is that of an author's page on the same site.
fn is_authors_page(href: &str) -> bool {
    let is_folder = |part: &str| {
        matches!(
            part,
            "author"
                | "authors"
                | "contributor"
                | "contributors"
                | "autor"
                | "autoren"
                | "auteur"
                | "auteurs"
                | "autore"
                | "autori"
                | "penulis"
                | "writers"
                | "journalist"
                | "journalists"
                | "redakteur"
                | "byline"
        )
    };
    let mut parts = href.split('/');
    parts.any(is_folder) && parts.any(|part| !part.is_empty())
}

/// Whether a name begins with a capital, or is written in a script without them, and holds no word of a sentence.
fn is_capitalised(name: &str) -> bool {
    let begins = |word: &str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    let n_small = name.split_whitespace().filter(|word| !begins(word)).count();
    begins(name) && n_small <= 2 && !is_date(name)
}

/// Whether words are a date's: a month or a day of the week and a number.
fn is_date(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "updated",
        "published",
        "posted",
    ];
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let has_number = text.chars().any(|c| c.is_ascii_digit());
    let is_name = |word: &String| {
        word.chars().count() >= 3 && NAMES.iter().any(|name| word == name || (word.starts_with(name) && has_number))
    };
    words.iter().any(is_name) && words.len() <= 3 && (has_number || words.len() == 1)
}

/// How surely a class says that an element holds the author's name; none where it doesn't.
fn class_rank(class: &str) -> Option<u8> {
    if class.is_empty() {
        return None;
    }
    class
        .split_ascii_whitespace()
        .filter_map(|name| {
            let name = name.to_ascii_lowercase().replace('_', "-");
            match name.as_str() {
                "author-name"
                | "byline-name"
                | "byline-author"
                | "author--name"
                | "post-author-name"
                | "entry-author-name"
                | "authorname"
                | "article-author-name"
                | "p-author" => Some(0),
                "author" | "byline" | "by-line" | "post-author" | "entry-author" | "article-author" | "authors"
                | "fn" | "vcard" | "article-byline" | "post-byline" | "entry-byline" | "writer" | "penulis"
                | "reporter" | "autor" | "auteur" | "autore" | "meta-author" | "blog-author" | "story-author"
                | "posted-by" => Some(1),
                _ if (name.contains("author") || name.contains("byline"))
                    && !name.contains("avatar")
                    && !name.contains("bio")
                    && !name.contains("box")
                    && !name.contains("about")
                    && !name.contains("image") =>
                {
                    Some(2)
                }
                _ => None,
            }
        })
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_after_the_headline_may_name_one_word() {
        for (rest, name) in [
            ("Jona", Some("Jona")),
            ("Jona · Nov 19", Some("Jona")),
            ("moonfish | ", Some("moonfish")),
            ("JonaNovember ", None),
            ("looking, we found", None),
            ("admin", None),
            ("Nov", None),
        ] {
            assert_eq!(first_name(rest).as_deref(), name, "{rest}");
        }
    }

    #[test]
    fn an_authors_page_is_a_folder_and_a_name() {
        for (href, is_page) in [
            ("https://gazette.example/author/jo-waters/", true),
            ("/autoren/jo", true),
            ("/author/", false),
            ("/news/authority", false),
        ] {
            assert_eq!(is_authors_page(href), is_page, "{href}");
        }
    }
}
