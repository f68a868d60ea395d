//! Who wrote it: names as a list, without "by", roles, addresses and duplicates.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::extract::evidence::Evidence;
use crate::extract::marks::Furniture;
use crate::extract::survey::Survey;
use crate::extract::tag::Tag;
use crate::model::collapse;

/// Longer ones are sentences, not names.
const MAX_NAME_CHARS: usize = 60;
/// More words than a name has.
const MAX_NAME_WORDS: usize = 7;

/// What may stand before a name, in lower case, each followed by a space or a colon.
const PREFIXES: &[&str] = &[
    "by",
    "written by",
    "posted by",
    "story by",
    "words by",
    "text by",
    "author",
    "authored by",
    "article by",
    "reported by",
    "published by",
    "reviewed by",
    "medically reviewed by",
    "contributed by",
    "report by",
    "opinion by",
    "analysis by",
    "von",
    "ein beitrag von",
    "ein artikel von",
    "text von",
    "autor",
    "autorin",
    "par",
    "écrit par",
    "publié par",
    "rédigé par",
    "propos recueillis par",
    "auteur",
    "por",
    "escrito por",
    "publicado por",
    "di",
    "scritto da",
    "a cura di",
    "autore",
    "door",
    "geschreven door",
    "oleh",
    "ditulis oleh",
    "penulis",
    "editor",
    "reporter",
    "pewarta",
    "laporan",
    "autorka",
    "napisał",
    "napisała",
    "opracował",
    "tekst",
    "av",
    "af",
    "skrevet av",
    "skrevet af",
    "kirjoittanut",
    "yazan",
    "yazar",
    "írta",
    "szerző",
    "scris de",
    "автор",
    "текст",
    "автор статьи",
    "автор:",
    "συντάκτης",
    "γράφει ο",
    "γράφει η",
    "بقلم",
    "كتب",
    "כתב",
    "מאת",
    "लेखक",
    "द्वारा",
    "文",
    "作者",
    "记者",
    "記者",
    "撰文",
    "著者",
    "執筆",
    "글",
    "bởi",
    "tác giả",
    "โดย",
];

/// What stands where a name should, in lower case.
const NOBODY: &[&str] = &[
    "the author",
    "theme",
    "datum",
    "date",
    "stand",
    "von",
    "text",
    "interview",
    "more posts",
    "all posts",
    "alle artikel",
    "by",
    "written by",
    "posted by",
    "sign in",
    "log in",
    "read more",
    "insights from",
    "view all",
    "content",
    "admin",
    "administrator",
    "author",
    "authors",
    "staff",
    "editor",
    "user",
    "guest",
    "unknown",
    "anonymous",
    "root",
    "webmaster",
    "null",
    "none",
    "undefined",
    "about",
    "home",
    "follow",
    "share",
    "posted",
    "redaktion",
    "redaksi",
    "redacción",
    "rédaction",
    "redazione",
    "redactie",
    "administrador",
    "default",
    "contributor",
    "me",
    "email",
    "twitter",
    "facebook",
    "superuser",
    "wordpress",
];

/// Cleans one mention of one or several authors.
pub(super) fn split(mention: &str) -> Vec<String> {
    let mention = collapse(mention);
    let mention = without_prefix(&mention);
    let mut names = Vec::new();
    for part in pieces(mention) {
        let name = without_date(without_prefix(part));
        let name = name.split([':', '(', '[', '/', '@']).next().unwrap_or_default();
        let name = name.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '.' | '-' | '–' | '—' | '•' | '*' | '"' | '“' | '”')
        });
        if is_name(name) && !names.iter().any(|known: &String| known.to_lowercase() == name.to_lowercase()) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A name without the date that follows it: "Jo Waters 4 August 2010".
fn without_date(name: &str) -> &str {
    let end = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let n_digits = name[end..].chars().filter(char::is_ascii_digit).count();
    let before = name[..end].trim();
    if n_digits >= 4 && before.split_whitespace().count() >= 2 { before } else { name }
}

/// Whether a name tells who: `admin` and its kin don't.
pub(super) fn is_somebody(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '_');
    // A name without a space but with a dot is an account, a host or a forgotten placeholder.
    let is_account = !name.contains(' ') && name.contains(['.', '_', '{', '@']);
    !name.is_empty() && !is_account && !NOBODY.contains(&name)
}

/// Parts of a mention: names are joined by commas, conjunctions and signs; a role follows a sign too.
fn pieces(mention: &str) -> impl Iterator<Item = &str> {
    const JOINTS: &[&str] = &[
        " and ", " & ", " und ", " et ", " y ", " dan ", " och ", " og ", " with ", " et al", " и ", " та ", "、",
        "，", "،",
    ];
    let by_sign = mention.split(['|', '•', '·', ';', '\n']).take(1).chain(mention.split(';').skip(1));
    by_sign.flat_map(|part| {
        let mut parts = vec![part];
        for joint in JOINTS {
            parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
        }
        parts.into_iter().flat_map(|part| {
            // "Jo Waters, Science Editor": a role after a comma isn't another name, but "A. Sea, B. Wind" are two.
            part.split(", ")
                .enumerate()
                .filter(|(idx, piece)| *idx == 0 || looks_like_a_person(piece))
                .map(|(_, piece)| piece)
        })
    })
}

/// Two to four words, each with a capital, none a role.
fn looks_like_a_person(text: &str) -> bool {
    const ROLES: &[&str] = &[
        "editor",
        "reporter",
        "correspondent",
        "writer",
        "staff",
        "contributor",
        "phd",
        "md",
        "director",
        "manager",
        "analyst",
        "chief",
        "news",
        "press",
        "agency",
        "redakteur",
        "producer",
        "ceo",
        "founder",
        "specialist",
        "columnist",
        "team",
        "senior",
        "associate",
        "professor",
        "times",
        "university",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_ascii()))
        && !words.iter().any(|word| ROLES.contains(&word.to_lowercase().as_str()))
}

fn without_prefix(mention: &str) -> &str {
    let mut rest = mention.trim();
    for _ in 0..2 {
        let lower = rest.to_lowercase();
        // Lowering may change lengths in some scripts; then nothing is cut.
        let longest = PREFIXES
            .iter()
            .filter(|prefix| {
                lower.strip_prefix(**prefix).is_some_and(|after| {
                    after.starts_with([' ', ':', '\u{a0}', '：', '/', '／', '|']) && rest.is_char_boundary(prefix.len())
                })
            })
            .map(|prefix| prefix.len())
            .max();
        let Some(length) = longest else { break };
        rest = rest[length..]
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '/' | '／' | '|'));
    }
    rest
}

fn is_name(name: &str) -> bool {
    let n_words = name.split_whitespace().count();
    let n_digits = name.chars().filter(char::is_ascii_digit).count();
    (1..=MAX_NAME_WORDS).contains(&n_words)
        && name.chars().count() <= MAX_NAME_CHARS
        && name.chars().any(char::is_alphabetic)
        && n_digits <= 3
        && !name.contains("://")
        && !name.contains("www.")
        && !name.to_lowercase().ends_with(" says")
}

/// Names that the visible page gives, the most trusted mention first: microdata, `rel=author`, elements named as
/// bylines, and lines around the headline that begin with "by". `headline` is its block.
pub(super) fn visible(survey: &Survey<'_>, evidence: &Evidence, headline: Option<usize>) -> Vec<Vec<String>> {
    let mut mentions: Vec<(u32, Vec<String>)> = Vec::new();
    let mut properties = Vec::new();
    let mut ranks = HashMap::new();
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
fn mention(survey: &Survey<'_>, idx: usize, ranks: &mut HashMap<u64, Option<u8>>) -> Option<(u32, Vec<String>)> {
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
    } else {
        let rank = ranks.entry(xxh3_64(element.class.as_bytes())).or_insert_with(|| class_rank(element.class));
        2 + u32::from((*rank)?)
    };
    let named = element.inside.clone().skip(1).find(|inner| survey.elements[*inner].itemprop == "name");
    let content = element.attr("content").map(str::to_owned);
    let text = content.unwrap_or_else(|| survey.text(survey.elements[named.unwrap_or(idx)].tape.clone(), 300));
    let is_person = |name: &String| {
        is_somebody(name) && (rank == 0 || is_capitalised(name)) && (rank != 3 || looks_like_a_person(name))
    };
    Some((rank, split(&text).into_iter().filter(is_person).collect()))
}

/// Lines that say "by" and a name, or only "by" with the name on the next line: near the headline, else anywhere.
fn bylines(survey: &Survey<'_>, headline: Option<usize>) -> Vec<(u32, Vec<String>)> {
    const MAX_WORDS: f32 = 25.0;
    const MAX_WORDS_FAR_AWAY: f32 = 7.0;
    let Some(headline) = headline else { return Vec::new() };
    let read = |block_idx: usize| {
        let block = &survey.blocks[block_idx];
        let is_near = block_idx + 4 >= headline && block_idx < headline + 14;
        if block.words() > if is_near { MAX_WORDS } else { MAX_WORDS_FAR_AWAY } {
            return None;
        }
        let text = survey.text(block.tape.clone(), 200);
        if !may_begin(&text) {
            return None;
        }
        let mut rest = without_prefix(&text);
        let next = survey.blocks.get(block_idx + 1).filter(|next| next.words() <= MAX_WORDS_FAR_AWAY);
        let next = next.map(|next| survey.text(next.tape.clone(), 200));
        if rest.len() == text.len() {
            let is_label = PREFIXES.contains(&text.trim_end_matches([':', ' ']).to_lowercase().as_str());
            rest = next.as_deref().filter(|_| is_label)?;
        }
        // A name ends where a date or a role begins.
        let rest = rest.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let rest = rest.split(" on ").next().unwrap_or_default();
        let names: Vec<String> =
            split(rest).into_iter().filter(|name| is_somebody(name) && looks_like_a_person(name)).collect();
        let rank = if is_near { 450 } else { 900 };
        (!names.is_empty()).then(|| (rank + block_idx.abs_diff(headline).min(90) as u32, names))
    };
    (0..survey.blocks.len()).filter_map(read).collect()
}

/// Whether a text's first letter is one that a byline begins with.
fn may_begin(text: &str) -> bool {
    let first = |text: &str| text.chars().next().and_then(|c| c.to_lowercase().next());
    let letter = first(text);
    letter.is_some() && PREFIXES.iter().any(|prefix| first(prefix) == letter)
}

/// Whether an address is that of an author's page on the same site.
fn is_authors_page(href: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "/author/",
        "/authors/",
        "/contributor/",
        "/contributors/",
        "/autor/",
        "/autoren/",
        "/auteur/",
        "/auteurs/",
        "/autore/",
        "/autori/",
        "/penulis/",
        "/writers/",
        "/journalist/",
        "/journalists/",
        "/redakteur/",
        "/byline/",
    ];
    FOLDERS.iter().any(|folder| href.split_once(folder).is_some_and(|(_, rest)| !rest.is_empty()))
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
    fn a_mention_is_a_list_of_names() {
        for (mention, names) in [
            ("By Jo Waters", vec!["Jo Waters"]),
            ("Written by: Jo Waters and Ana Mar", vec!["Jo Waters", "Ana Mar"]),
            ("Jo Waters, Science Editor", vec!["Jo Waters"]),
            ("Jo Waters, Ana Mar & Li Wei", vec!["Jo Waters", "Ana Mar", "Li Wei"]),
            ("Oleh: Budi Santoso", vec!["Budi Santoso"]),
            ("浅葉 透子、真柴 遼", vec!["浅葉 透子", "真柴 遼"]),
            ("نور المداد، فارس النخلاوي", vec!["نور المداد", "فارس النخلاوي"]),
            ("Von Anna Schmidt | Aktualisiert am 3. März", vec!["Anna Schmidt"]),
            ("Автор: Иван Петров", vec!["Иван Петров"]),
            ("Jo Waters (Reuters)", vec!["Jo Waters"]),
            ("https://example.com/jo", vec!["https"]),
            ("", vec![]),
        ] {
            let names: Vec<&str> = names.into_iter().filter(|name| *name != "https").collect();
            assert_eq!(
                split(mention).into_iter().filter(|name| name != "https").collect::<Vec<_>>(),
                names,
                "{mention}"
            );
        }
    }

    #[test]
    fn an_account_is_nobody() {
        for nobody in ["admin", "Admin 2", "Redaksi", "editor"] {
            assert!(!is_somebody(nobody), "{nobody}");
        }
        assert!(is_somebody("Jo Waters"));
    }
}
