//! Which headline is the article's, without the site's name around it.

use super::markup::decode;
use crate::model::{Title, collapse};

/// What sites put between headline and name, the longest first.
const SEPARATORS: [&str; 12] = [" :: ", " || ", " - ", " | ", " – ", " — ", " · ", " • ", " » ", " « ", " ‹ ", " / "];
/// Fewest letters of a headline that may stand for a longer one that begins alike.
const MIN_LETTERS: usize = 8;

/// The better of the two headlines, and whether it's the entrance's. `names` are the site's.
pub(super) fn choose(page: Option<&str>, entrance: Option<&str>, names: &[String]) -> Option<(Title, bool)> {
    let page = page.map(decoded).map(|title| without_site(&title, names)).filter(|title| is_headline(title, names));
    let entrance = entrance.map(decoded).map(|title| without_site(&title, names)).filter(|title| !title.is_empty());
    let (text, is_entrance) = match (page, entrance) {
        (Some(page), Some(entrance)) if adds_to(&page, &entrance) => (entrance, true),
        (Some(page), _) => (page, false),
        (None, Some(entrance)) => (entrance, true),
        (None, None) => return None,
    };
    Title::new(&text).map(|title| (title, is_entrance))
}

/// A headline for an item without one: its first sentence, or what fits on a line.
pub(super) fn from_text(text: &str) -> Option<Title> {
    Title::new(&super::summary::shortened(text.split("\n\n").next().unwrap_or_default(), 100))
}

/// Letters and digits in lower case: what two spellings of one headline share.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The headline with entities decoded that were escaped twice. Angle brackets stay escaped, so that nothing
/// written as text turns into a tag.
pub(super) fn decoded(text: &str) -> String {
    let text = collapse(text);
    if !text.contains('&') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';').map_or(1, |end| end + 1);
        match decode(&rest[..end]).filter(|_| end > 2) {
            Some(sign) if !matches!(sign.as_ref(), "<" | ">") => out.push_str(&sign),
            _ => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    collapse(&out)
}

/// `Headline - Gazette` and `Gazette | Headline` without the site's name.
fn without_site(title: &str, names: &[String]) -> String {
    let is_site = |part: &str| {
        let part = letters(part);
        !part.is_empty() && names.contains(&part)
    };
    for separator in SEPARATORS {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && is_site(tail)
            && !head.trim().is_empty()
        {
            return head.trim().to_owned();
        }
        if let Some((head, tail)) = title.split_once(separator)
            && is_site(head)
            && !tail.trim().is_empty()
        {
            return tail.trim().to_owned();
        }
    }
    title.to_owned()
}

fn is_headline(title: &str, names: &[String]) -> bool {
    let letters = letters(title);
    !letters.is_empty() && !names.contains(&letters)
}

/// Whether the page's headline is the entrance's with something sticking to it.
fn adds_to(page: &str, entrance: &str) -> bool {
    let is_cut = entrance.ends_with('…') || entrance.ends_with("...");
    let (page, entrance) = (letters(page), letters(entrance));
    !is_cut && entrance.chars().count() >= MIN_LETTERS && page.len() > entrance.len() && page.starts_with(&entrance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_loses_what_is_the_sites() {
        let names = ["thegazette".to_owned(), "gazetteexample".to_owned()];
        let check = |page: &str, entrance: &str, expected: &str| {
            let chosen = choose(Some(page), Some(entrance).filter(|text| !text.is_empty()), &names);
            assert_eq!(chosen.map(|(title, _)| title.to_string()).as_deref(), Some(expected), "{page} / {entrance}");
        };

        check("Rain at last - The Gazette", "", "Rain at last");
        check("The Gazette | Rain - at last", "", "Rain - at last");
        check("Rain at last — gazette.example", "", "Rain at last");
        check("Rain at last | Weather desk of the Gazette", "Rain at last", "Rain at last");
        check("Rain at last, farmers say", "Rain at …", "Rain at last, farmers say");
        check("Rain at last, farmers say", "Rain", "Rain at last, farmers say");
        check("The Gazette", "Rain at last", "Rain at last");
        check(
            "AT&amp;T &#8217;s &quot;plan&quot; &lt;b&gt; A&B & C &unknown;",
            "",
            "AT&T ’s \"plan\" &lt;b&gt; A&B & C &unknown;",
        );
    }

    #[test]
    fn b10_a_title_is_one_clean_line_of_bounded_length() {
        let title = |text: &str| choose(Some(text), None, &[]).map(|(title, _)| title.to_string());

        assert_eq!(title("a\r\nb\u{0}\u{202e}c ]]> \u{feff}&lt;script").unwrap(), "a bc ]]> &lt;script");
        assert_eq!(title(&"x".repeat(1 << 20)).unwrap().chars().count(), 501);
        assert_eq!(title("\u{200b} "), None);
        assert_eq!(title("&#x1;&amp;").unwrap(), "&#x1;&");
    }
}
