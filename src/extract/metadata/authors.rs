//! Who wrote it: names as a list, without "by", roles, addresses and duplicates.

use crate::model::collapse;

/// Longer ones are sentences, not names.
const MAX_NAME_CHARS: usize = 60;
/// More words than a name has.
const MAX_NAME_WORDS: usize = 7;

/// What may stand before a name, in lower case, each followed by a space or a colon.
pub(super) const PREFIXES: &[&str] = &[
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
    "contributors",
    "von",
    "erstellt von",
    "geschrieben von",
    "verfasst von",
    "gespeichert von",
    "veröffentlicht von",
    "autoren",
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
    "লেখক",
    "প্রতিবেদক",
    "kirjoittaja",
    "글쓴이",
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

/// Words that are "by" in one language and something else in others: counted where the page says that it is in theirs.
const OWN_PREFIXES: &[(&str, &[&str])] = &[
    ("ro", &["de"]),
    ("el", &["του", "της", "των", "ο", "η"]),
    ("sw", &["na"]),
    ("hr", &["piše"]),
    ("sr", &["piše", "пише"]),
    ("sl", &["piše"]),
];

/// What stands where a name should, in lower case.
const NOBODY: &[&str] = &[
    "the author",
    "theme",
    "datum",
    "quelle",
    "source",
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
    // A date may stand before the name.
    let is_dated =
        |part: &&str| part.chars().filter(char::is_ascii_digit).count() >= 4 && part.split_whitespace().count() <= 3;
    let by_sign =
        mention.split(['|', '•', '·', ';', '\n']).skip_while(is_dated).take(1).chain(mention.split(';').skip(1));
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

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "zu", "al",
    "el", "bin", "ibn", "y", "af", "av",
];

/// Two to four words, each with a capital but for the small ones inside, none a role.
pub(super) fn looks_like_a_person(text: &str) -> bool {
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
        && words.iter().enumerate().all(|(n, word)| {
            word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_ascii())
                || (n > 0 && n + 1 < words.len() && PARTICLES.contains(word))
        })
        && !words.iter().any(|word| ROLES.contains(&word.to_lowercase().as_str()))
}

pub(super) fn without_prefix(mention: &str) -> &str {
    /// Much more than the longest prefix has, whatever becomes of letters in lower case.
    const MAX_BYTES: usize = 256;
    let mut rest = mention.trim();
    for _ in 0..2 {
        let lower = rest[..rest.floor_char_boundary(MAX_BYTES)].to_lowercase();
        let first = lower.bytes().next();
        // Lowering may change lengths in some scripts; then nothing is cut.
        let longest = PREFIXES
            .iter()
            .filter(|prefix| {
                prefix.bytes().next() == first
                    && lower.strip_prefix(**prefix).is_some_and(|after| {
                        after.starts_with([' ', ':', '\u{a0}', '：', '/', '／', '|'])
                            && rest.is_char_boundary(prefix.len())
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

/// The text behind a word that is "by" in the page's own language; none where it doesn't begin so.
pub(super) fn without_own_prefix<'t>(text: &'t str, language: Option<&str>) -> Option<&'t str> {
    let prefixes = own_prefixes(language)?;
    let (first, rest) = text.trim().split_once(' ')?;
    let first = first.to_lowercase();
    prefixes.contains(&first.trim_end_matches(':')).then_some(rest)
}

/// Whether a language has such words.
pub(super) fn has_own_prefixes(language: Option<&str>) -> bool {
    own_prefixes(language).is_some()
}

fn own_prefixes(language: Option<&str>) -> Option<&'static [&'static str]> {
    let language = language?.split(['-', '_']).next()?.to_ascii_lowercase();
    OWN_PREFIXES.iter().find(|(tag, _)| *tag == language).map(|(_, prefixes)| *prefixes)
}

fn is_name(name: &str) -> bool {
    let n_words = name.split_whitespace().count();
    let n_digits = name.chars().filter(char::is_ascii_digit).count();
    (1..=MAX_NAME_WORDS).contains(&n_words)
        && name.chars().count() <= MAX_NAME_CHARS
        && name.chars().any(char::is_alphabetic)
        && n_digits <= 3
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.contains("://")
        && !name.contains("www.")
        && !name.to_lowercase().ends_with(" says")
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
            ("Erstellt von Jo Waters", vec!["Jo Waters"]),
            ("19 Nov 2024 · Jo Waters", vec!["Jo Waters"]),
            ("Jo Waters 19 November 2024", vec!["Jo Waters"]),
            ("10 mins read", vec![]),
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
    fn a_person_has_two_to_four_words_with_small_ones_inside() {
        for (text, is_person) in [
            ("Jo Waters", true),
            ("Jo van der Sea", true),
            ("Jo Waters von", false),
            ("Personal finance", false),
            ("Science Editor", false),
            ("Jo", false),
        ] {
            assert_eq!(looks_like_a_person(text), is_person, "{text}");
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
