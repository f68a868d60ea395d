//! Who wrote it: names as a list, without "by", roles, addresses and duplicates.

use crate::extract::marks::{Furniture, Marks};
use crate::extract::survey::Survey;
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
    "from",
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
    "de",
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
        let name = without_prefix(part);
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

/// Whether a name tells who: `admin` and its kin don't.
pub(super) fn is_somebody(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '_');
    !name.is_empty() && !NOBODY.contains(&name)
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
}

/// Names that the visible page gives: microdata, `rel=author`, and elements named as bylines.
pub(super) fn visible(survey: &Survey<'_>) -> Vec<Vec<String>> {
    let mut by_property = Vec::new();
    let mut by_rel = Vec::new();
    let mut by_class = Vec::new();
    let mut skip_until = 0;
    for (idx, element) in survey.elements.iter().enumerate() {
        if idx < skip_until {
            continue;
        }
        // Who comments on the article has a name, too.
        if Marks::of(element.class, element.id).furniture == Some(Furniture::Comments) {
            skip_until = element.inside.end;
            continue;
        }
        if element.tape.len() > 120 {
            continue;
        }
        let is_property = element.itemprop.split_ascii_whitespace().any(|name| name == "author");
        let is_rel = element.attr("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "author"));
        let class_rank = if is_property || is_rel { None } else { class_rank(element.class) };
        if !is_property && !is_rel && class_rank.is_none() {
            continue;
        }
        let named = element.inside.clone().skip(1).find(|inner| survey.elements[*inner].itemprop == "name");
        let content = element.attr("content").map(str::to_owned);
        let text = content.unwrap_or_else(|| survey.text(survey.elements[named.unwrap_or(idx)].tape.clone(), 300));
        let names: Vec<String> = split(&text).into_iter().filter(|name| is_somebody(name)).collect();
        if names.is_empty() {
            continue;
        }
        skip_until = element.inside.end;
        if is_property {
            by_property.push(names);
        } else if is_rel {
            by_rel.push(names);
        } else {
            by_class.push((class_rank.unwrap_or(u8::MAX), names));
        }
    }
    by_class.sort_by_key(|(rank, _)| *rank);
    let first = |list: Vec<Vec<String>>| list.into_iter().next();
    let property: Vec<String> = by_property.into_iter().take(5).flatten().collect();
    let groups = [Some(property), first(by_rel), first(by_class.into_iter().map(|(_, names)| names).collect())];
    groups.into_iter().flatten().filter(|names| !names.is_empty()).collect()
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
