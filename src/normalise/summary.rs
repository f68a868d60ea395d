//! A few sentences that say what the article is about.

use super::text;
use super::title::letters;
use crate::model::collapse;

/// Longest summary, in characters.
const MAX_CHARS: usize = 300;
/// A shorter one says too little: «Read on», «Photo».
const MIN_CHARS: usize = 40;

/// Beginnings of sentences that feed makers add to every summary.
const BOILERPLATE: [&str; 22] = [
    "The post ",
    "Artikel ",
    "Der Beitrag ",
    "L’article ",
    "L'article ",
    "La entrada ",
    "O post ",
    "L'articolo ",
    "L’articolo ",
    "Het bericht ",
    "Wpis ",
    "Inlägget ",
    "Indlægget ",
    "Запись ",
    "Příspěvek ",
    "Read more",
    "Continue reading",
    "Baca selengkapnya",
    "Weiterlesen",
    "Lire la suite",
    "Leer más",
    "Click here",
];

/// The summary: the entrance's if it is one, else the page's, else the article's first sentences.
pub(super) fn choose(entrance: Option<&str>, page: Option<&str>, body: &str, title: &str) -> String {
    let written = [entrance.map(text::of), page.map(str::to_owned)];
    let fits = |text: &String| {
        let key = letters(text);
        text.chars().count() >= MIN_CHARS && key != letters(title)
    };
    let written = written.into_iter().flatten().map(|text| without_boilerplate(&text)).find(fits);
    shortened(&written.unwrap_or_else(|| beginning(body)), MAX_CHARS)
}

/// Text on one line of at most so many characters, ended at a sentence if one ends late enough, else at a word.
pub(super) fn shortened(text: &str, max_chars: usize) -> String {
    let text = collapse(text);
    let Some((end, _)) = text.char_indices().nth(max_chars) else { return text };
    let head = &text[..end];
    let sentence = head.char_indices().rev().find(|(at, c)| {
        let next = text[at + c.len_utf8()..].chars().next();
        matches!(c, '。' | '！' | '？' | '।' | '؟')
            || matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace)
    });
    if let Some((at, c)) = sentence.filter(|(at, _)| *at * 2 > end) {
        return head[..at + c.len_utf8()].to_owned();
    }
    // A script without spaces has no word to end at.
    let word = head.rfind(' ').filter(|at| *at * 2 > end).unwrap_or(head.len());
    format!("{}…", head[..word].trim_end_matches([' ', ',', ';', ':', '–', '-']))
}

/// The first paragraphs that are sentences, headings left out.
fn beginning(body: &str) -> String {
    let mut out = String::new();
    for block in body.split("\n\n") {
        let is_prose = block.chars().count() >= MIN_CHARS || block.ends_with(['.', '。', '!', '?', '…', '।']);
        if is_prose {
            out.push_str(block);
            out.push(' ');
        }
        if out.len() > MAX_CHARS * 4 {
            break;
        }
    }
    if out.is_empty() { body.chars().take(MAX_CHARS * 2).collect() } else { out }
}

fn without_boilerplate(text: &str) -> String {
    let kept: Vec<&str> = text.lines().filter(|line| !is_boilerplate(line.trim())).collect();
    let text = collapse(&kept.join(" "));
    let ends = ["[…]", "[...]", "[&#8230;]", "(more…)", "(more...)"];
    match ends.iter().find_map(|end| text.strip_suffix(end)) {
        Some(rest) => format!("{}…", rest.trim_end_matches(['.', '…', ' '])),
        None => text,
    }
}

fn is_boilerplate(line: &str) -> bool {
    let is_link = line.chars().count() < 60;
    BOILERPLATE.iter().any(|start| {
        line.starts_with(start)
            && (is_link
                || line.contains(" first ")
                || line.contains(" zuerst ")
                || line.contains("pertama kali")
                || line.contains(" en premier ")
                || line.contains(" primero ")
                || line.contains(" primeiro ")
                || line.contains("proviene da")
                || line.contains(" eerst ")
                || line.contains("впервые")
                || line.contains(" apareceu ")
                || line.contains(" appeared "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_real_text_of_the_entrance_or_the_beginning() {
        let body =
            "Heading\n\nThe first sentence of the body is long enough to be prose. The second one follows it.\n\nMore.";
        let check = |entrance: &str, expected: &str| assert_eq!(choose(Some(entrance), None, body, "Title"), expected);
        let beginning = "The first sentence of the body is long enough to be prose. The second one follows it. More.";

        check(
            "<p>A summary that says what the article is about.</p>\n<p>The post <a>Title</a> appeared first on <a>Blog</a>.</p>",
            "A summary that says what the article is about.",
        );
        check("<p>A summary that says what the article is [&#8230;]</p>", "A summary that says what the article is…");
        check("<img src=x>Photo", beginning);
        check("", beginning);
        check("Title", beginning);
    }

    #[test]
    fn a_long_text_ends_at_a_sentence_or_a_word() {
        let sentence = format!("{} end. Next begins here", "word ".repeat(11).trim_end());

        assert_eq!(shortened(&sentence, 70), format!("{} end.", "word ".repeat(11).trim_end()));
        assert_eq!(shortened("one two three four", 12), "one two…");
        assert_eq!(shortened(&"字".repeat(50), 10), format!("{}…", "字".repeat(10)));
        assert_eq!(shortened("short", 10), "short");
    }
}
