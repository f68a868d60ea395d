//! Who wrote it: names without what pages put around them.

use super::title::{decoded, letters};

/// More are a list of something else.
const MAX_AUTHORS: usize = 20;
/// A longer one is a sentence.
const MAX_CHARS: usize = 80;
const MAX_WORDS: usize = 7;

/// Words before a name that can't be part of it.
const LABELS: [&str; 34] = [
    "written by",
    "posted by",
    "published by",
    "reported by",
    "story by",
    "text by",
    "words by",
    "created by",
    "author",
    "authors",
    "by",
    "oleh",
    "penulis",
    "ditulis oleh",
    "laporan",
    "reporter",
    "wartawan",
    "editor",
    "autor",
    "autorin",
    "auteur",
    "autore",
    "redactor",
    "written",
    "автор",
    "текст",
    "yazan",
    "yazar",
    "bởi",
    "tác giả",
    "โดย",
    "作者",
    "文",
    "記者",
];
/// Words that are «by» in one language and part of names in another: taken off before a whole name only.
const PREPOSITIONS: [&str; 10] = ["von", "par", "por", "di", "door", "av", "af", "przez", "de la", "от"];
/// What stands between two names: taken as such where a name stands on both sides.
const CONJUNCTIONS: [&str; 14] =
    [" and ", " & ", " und ", " et ", " y ", " e ", " dan ", " en ", " och ", " og ", " i ", " и ", " ve ", " with "];
/// Words of which a part that isn't a name consists: offices, and what forms leave empty.
const NO_NAMES: [&str; 23] = [
    "unknown",
    "null",
    "undefined",
    "none",
    "admin",
    "administrator",
    "n/a",
    "author",
    "guest",
    "anonymous",
    "superadmin",
    "root",
    "user",
    "webmaster",
    "wordpress",
    "feed",
    "noreply",
    "no-reply",
    "contributor",
    "kontributor",
    "view",
    "more",
    "posts",
];
const OFFICES: [&str; 13] = [
    "editor",
    "reporter",
    "correspondent",
    "writer",
    "journalist",
    "redakteur",
    "redakteurin",
    "redaktion",
    "columnist",
    "producer",
    "contributor",
    "photographer",
    "staff",
];
/// Words that begin an office behind a name: "Jo Waters Senior Science Reporter".
const RANKS: [&str; 12] = [
    "senior",
    "junior",
    "staff",
    "chief",
    "managing",
    "contributing",
    "associate",
    "assistant",
    "deputy",
    "executive",
    "freelance",
    "guest",
];
const SUFFIXES: [&str; 10] = ["jr", "jr.", "sr", "sr.", "md", "phd", "ph.d.", "ii", "iii", "esq."];

/// The authors named in `raw`, without repeats, in order. `names` are the site's, in letters: a site isn't an author
/// beside people, but it may be the only one, as where a person's site bears the person's name. So is an office.
pub(super) fn names(raw: &[String], names: &[String]) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    let (mut site, mut office): (Option<String>, Option<String>) = (None, None);
    for name in raw.iter().flat_map(|raw| split(&unlabelled(&decoded(raw)))) {
        let Some(name) = person(&name) else { continue };
        let name = without_office(&name);
        let key = letters(name);
        let is_known = authors.iter().any(|author| letters(author) == key);
        if is_office(name) {
            office.get_or_insert_with(|| name.to_owned());
        } else if names.contains(&key) {
            site.get_or_insert_with(|| name.to_owned());
        } else if !key.is_empty() && !is_known {
            authors.push(name.to_owned());
        }
    }
    if authors.is_empty() {
        authors.extend(office.or(site));
    }
    authors.truncate(MAX_AUTHORS);
    authors
}

fn unlabelled(text: &str) -> String {
    let mut rest = text.trim();
    loop {
        let next = LABELS.iter().find_map(|label| {
            let tail = strip_word(rest, label)?;
            let is_unspaced = label.chars().next().is_some_and(|c| c > '\u{2e80}');
            let tail_start = tail.trim_start_matches([':', '：', '/', '|', ' ', '-', '–']);
            // «Editor Smith» may be a name, «Editor: Smith» isn't.
            let has_mark = tail_start.len() < tail.trim_start().len();
            let needs_mark =
                !matches!(*label, "by" | "oleh" | "bởi" | "โดย") && !label.contains(" by") && !label.ends_with(" oleh");
            (!tail_start.is_empty() && (has_mark || !needs_mark && (tail.starts_with(' ') || is_unspaced)))
                .then_some(tail_start)
        });
        match next {
            Some(tail) => rest = tail,
            None => break,
        }
    }
    let preposition = PREPOSITIONS.iter().find_map(|word| strip_word(rest, word)?.strip_prefix(' '));
    match preposition {
        Some(tail) if is_whole_name(tail) => tail.to_owned(),
        _ => rest.to_owned(),
    }
}

/// What follows a word, whatever its letter case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in word.chars() {
        let found = rest.next()?;
        if found != expected && !found.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Whether this begins like a name; «der Leyen» and «Miller» alone need the word before them.
fn is_whole_name(text: &str) -> bool {
    text.split_whitespace().count() >= 2 && text.chars().next().is_some_and(|c| !c.is_lowercase())
}

fn split(text: &str) -> Vec<String> {
    if let Some((address, name)) = text.split_once('(')
        && address.contains('@')
        && let Some((name, _)) = name.split_once(')')
    {
        return vec![name.trim().to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    let pieces: Vec<&str> =
        text.split([',', ';', '、', '，', '|', '・']).map(str::trim).filter(|p| !p.is_empty()).collect();
    // «Doe, Jane» is one person.
    if let [last, first] = pieces.as_slice()
        && !last.contains(' ')
        && !first.contains(' ')
        && text.contains(", ")
        && text.is_ascii()
    {
        return vec![format!("{first} {last}")];
    }
    for piece in pieces {
        if SUFFIXES.contains(&piece.to_ascii_lowercase().as_str()) {
            if let Some(last) = parts.last_mut() {
                last.push_str(", ");
                last.push_str(piece);
            }
            continue;
        }
        let piece = strip_word(piece, "and ").unwrap_or(piece);
        let mut rest = vec![piece];
        for conjunction in CONJUNCTIONS {
            let is_sure = matches!(conjunction, " and " | " & ");
            rest = rest
                .into_iter()
                .flat_map(|part| {
                    let halves: Vec<&str> = part.split(conjunction).collect();
                    let are_names = halves.iter().all(|half| {
                        let n_words = half.split_whitespace().count();
                        (if is_sure { 1 } else { 2 }..=4).contains(&n_words)
                    });
                    if are_names { halves } else { vec![part] }
                })
                .collect();
        }
        parts.extend(rest.into_iter().map(|part| part.trim().to_owned()));
    }
    parts
}

/// Whether a name is that of an office: `Redaktion`, `Political Editor`.
fn is_office(name: &str) -> bool {
    name.split_whitespace().next_back().is_some_and(|last| OFFICES.contains(&last.to_lowercase().as_str()))
}

/// A name without the office behind it; an office with fewer than two words before it stays whole.
fn without_office(name: &str) -> &str {
    const MIN_WORDS: usize = 2;
    if !is_office(name) {
        return name;
    }
    let is_start = |word: &str| {
        let word = word.to_lowercase();
        RANKS.contains(&word.as_str()) || OFFICES.contains(&word.as_str())
    };
    let mut words = name.split(' ').filter(|word| !word.is_empty());
    let first: Vec<&str> = words.by_ref().take(MIN_WORDS).collect();
    if first.iter().any(|word| is_start(word)) {
        return name;
    }
    let Some(start) = words.find(|word| is_start(word)) else { return name };
    let length = start.as_ptr().addr() - name.as_ptr().addr();
    name[..length].trim_end()
}

/// The name, where it is one.
fn person(text: &str) -> Option<String> {
    let text = text.split_once('<').map_or(text, |(name, _)| name).trim();
    let text =
        text.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '(' | ')' | '[' | ']' | '-' | '–' | '•' | '*' | ':'));
    let text = text.trim().trim_start_matches('@').trim_start_matches("& ");
    let low = text.to_lowercase();
    let n_words = text.split_whitespace().count();
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    let is_address = text.contains('@') || low.contains("://") || low.starts_with("www.") || low.contains(".com/");
    let fits = text.chars().any(char::is_alphabetic)
        && text.chars().count() <= MAX_CHARS
        && n_words <= MAX_WORDS
        && n_digits < 4
        && !is_address
        && !NO_NAMES.contains(&low.as_str());
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_what_pages_write() {
        let check = |raw: &[&str], expected: &[&str]| {
            let raw: Vec<String> = raw.iter().map(|&raw| raw.to_owned()).collect();
            assert_eq!(names(&raw, &["thegazette".to_owned()]), expected, "{raw:?}");
        };

        check(&["By Ann Example"], &["Ann Example"]);
        check(&["BY: ANN EXAMPLE"], &["ANN EXAMPLE"]);
        check(&["Oleh Sari Contoh"], &["Sari Contoh"]);
        check(&["Penulis: Sari Contoh"], &["Sari Contoh"]);
        check(&["Von Anna Beispiel und Bert Muster"], &["Anna Beispiel", "Bert Muster"]);
        check(&["Von Miller"], &["Von Miller"]);
        check(&["Byron Example"], &["Byron Example"]);
        check(&["Ludwig von der Probe"], &["Ludwig von der Probe"]);
        check(&["desk@gazette.example (Ann Example)"], &["Ann Example"]);
        check(&["Ann Example <ann@gazette.example>"], &["Ann Example"]);
        check(&["ann@gazette.example", "https://gazette.example/ann", "admin", "The Gazette"], &["The Gazette"]);
        check(&["The Gazette", "Ann Example"], &["Ann Example"]);
        check(&["Ann Example and Bo Case", "bo case"], &["Ann Example", "Bo Case"]);
        check(&["Ann Example, Bo Case and Cy Test"], &["Ann Example", "Bo Case", "Cy Test"]);
        check(&["Ann Example, Political Editor"], &["Ann Example"]);
        check(&["Laura Stafford Staff Writer"], &["Laura Stafford"]);
        check(&["Political Editor"], &["Political Editor"]);
        check(&["Redaktion", "Ann Example"], &["Ann Example"]);
        check(&["Redaktion"], &["Redaktion"]);
        check(&["Ann Example Senior Farms Reporter"], &["Ann Example"]);
        check(&["& Ann Example Writer"], &["Ann Example"]);
        check(&["Gazette Staff Writer"], &["Gazette Staff Writer"]);
        check(&["Martin Example, Jr."], &["Martin Example, Jr."]);
        check(&["Example, Ann"], &["Ann Example"]);
        check(&["José Ejemplo y Prueba"], &["José Ejemplo y Prueba"]);
        check(&["山田太郎、鈴木花子"], &["山田太郎", "鈴木花子"]);
        check(&["文/王小明"], &["王小明"]);
        check(&["19 November 2024 at 14:05"], &[]);
    }
}
