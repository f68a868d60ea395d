//! Which of a page's titles is the headline, without the site's name.

use crate::extract::similar::likeness;
use crate::extract::survey::Survey;
use crate::extract::tag::Tag;
use crate::model::collapse;

/// What may stand between a headline and the site's name.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ~ ", " ‹ ", " › ", " > ", " * ", "｜",
    " : ", ": ", "|",
];

/// The titles that a page gives.
#[derive(Debug, Default)]
pub(super) struct Titles<'a> {
    /// JSON-LD's headline.
    pub(super) linked: Option<String>,
    /// `og:title` and its kin, the most trusted first.
    pub(super) metas: Vec<String>,
    /// `<title>`.
    pub(super) document: Option<String>,
    pub(super) site_name: Option<&'a str>,
    pub(super) host: &'a str,
}

/// The headline.
pub(super) fn choose(survey: &Survey<'_>, titles: &Titles<'_>) -> Option<String> {
    let stripped = |text: &str| without_site(&collapse(text), titles.site_name, titles.host);
    let claims: Vec<String> = titles
        .metas
        .iter()
        .chain(&titles.linked)
        .chain(&titles.document)
        .map(|text| stripped(text))
        .filter(|text| !text.is_empty())
        .collect();
    // What readers see above the text beats what is written for search engines and social networks.
    let headings = headings(survey);
    let mut best: Option<(f32, &String)> = None;
    for (level, heading) in &headings {
        let score = agreement(*level, heading, &claims, titles);
        if score > 0.0 && best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, heading));
        }
    }
    let first_h1 = || headings.iter().find(|(level, _)| *level == 1).map(|(_, heading)| heading);
    best.map(|(_, heading)| heading).or(claims.first()).or_else(first_h1).cloned()
}

/// Least likeness of an `h1` to one of the page's titles that makes it the headline.
const MIN_LIKENESS_OF_H1: f32 = 0.12;
/// A lesser heading has to say nearly the same.
const MIN_LIKENESS_OF_H2: f32 = 0.6;

/// How much a heading is the headline, judged by what the page's titles say; 0 where it isn't.
fn agreement(level: u8, heading: &str, claims: &[String], titles: &Titles<'_>) -> f32 {
    let likest = claims.iter().map(|claim| if is_alike(heading, claim) { 1.0 } else { likeness(heading, claim) });
    let likest = likest.fold(0.0, f32::max);
    let names_site = is_site(heading, titles.site_name, titles.host)
        || titles.document.as_deref().is_some_and(|title| is_end(heading, title) || is_start(heading, title, titles));
    match level {
        // The site's name is an `h1` on many a page: it is the headline only where every title says so.
        1 if names_site && !claims.iter().all(|claim| is_alike(heading, claim)) => 0.0,
        1 if claims.is_empty() => 0.1,
        1 => {
            let is_quoted = titles.document.as_deref().is_some_and(|title| is_part(heading, title));
            let score = if is_quoted { likest.max(0.9) } else { likest };
            if score >= MIN_LIKENESS_OF_H1 { score } else { 0.0 }
        }
        _ if likest >= MIN_LIKENESS_OF_H2 && !names_site => likest / 2.0,
        _ => 0.0,
    }
}

/// Whether a heading is the last part of the document's title, where its site's name stands.
fn is_end(heading: &str, document: &str) -> bool {
    let end = document.trim_end().strip_suffix(heading).map(str::trim_end);
    end.is_some_and(|before| {
        before.ends_with(['|', '-', '–', '—', '·', '•', '»', '«']) && before.len() > heading.len() / 2
    })
}

/// Whether a heading is the first part of the document's title and the page claims the rest as its headline, as Blogger
/// does it: `Gazette: Rain at last`.
fn is_start(heading: &str, document: &str, titles: &Titles<'_>) -> bool {
    let rest = document.trim_start().strip_prefix(heading).map(str::trim_start);
    let rest = rest.and_then(|rest| rest.strip_prefix([':', '|', '-', '–', '—', '·', '•', '»'])).map(letters);
    rest.is_some_and(|rest| titles.metas.iter().chain(&titles.linked).any(|claim| letters(claim) == rest))
}

/// The page's `h1`s, what microdata calls the headline, and its first `h2`s, each with its level.
fn headings(survey: &Survey<'_>) -> Vec<(u8, String)> {
    const MOST_HEADINGS: usize = 5;
    let of = |level: u8, is_wanted: &dyn Fn(usize) -> bool| -> Vec<(u8, String)> {
        let wanted =
            (0..survey.elements.len()).filter(|idx| is_wanted(*idx) && !survey.elements[*idx].blocks.is_empty());
        let texts = wanted.take(MOST_HEADINGS).map(|idx| survey.element_text(idx));
        texts.filter(|text| !text.is_empty() && text.len() < 400).map(|text| (level, text)).collect()
    };
    let mut all = of(1, &|idx| survey.elements[idx].tag == Tag::Heading(1));
    all.extend(of(1, &|idx| survey.elements[idx].itemprop.split_ascii_whitespace().any(|name| name == "headline")));
    all.extend(of(2, &|idx| survey.elements[idx].tag == Tag::Heading(2)));
    all
}

/// A title without the name of its site at either end.
fn without_site(title: &str, site_name: Option<&str>, host: &str) -> String {
    let mut title = title.to_owned();
    for _ in 0..2 {
        let Some(shorter) = cut_once(&title, site_name, host) else { break };
        title = shorter;
    }
    title
}

fn cut_once(title: &str, site_name: Option<&str>, host: &str) -> Option<String> {
    for separator in SEPARATORS {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && is_site(tail, site_name, host)
            && !head.trim().is_empty()
        {
            return Some(head.trim().to_owned());
        }
        if let Some((head, tail)) = title.split_once(separator)
            && is_site(head, site_name, host)
            && !tail.trim().is_empty()
        {
            return Some(tail.trim().to_owned());
        }
    }
    None
}

/// Whether a part of a title names the site: it is its name, or its host spelt with spaces.
fn is_site(part: &str, site_name: Option<&str>, host: &str) -> bool {
    let part = letters(part);
    if part.is_empty() {
        return false;
    }
    let name = site_name.map(letters).unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels = letters(host.rsplit_once('.').map_or(host, |(labels, _)| labels));
    let host = letters(host);
    let is_of_name = !name.is_empty()
        && (part == name || (part.len() >= 4 && name.contains(&part)) || (name.len() >= 4 && part.starts_with(&name)));
    let is_of_host = part == host
        || (part.len() >= 4 && (labels.contains(&part) || host.contains(&part)))
        || (labels.len() >= 4 && part.starts_with(&labels));
    is_of_name || is_of_host
}

/// Whether a name is just the site's, or its host.
pub(super) fn names_site(name: &str, site_name: Option<&str>, host: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels = host.rsplit_once('.').map_or(host, |(labels, _)| labels);
    let name = letters(name);
    [site_name.unwrap_or_default(), host, labels].iter().any(|site| !name.is_empty() && letters(site) == name)
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two titles are the same but for punctuation and case.
fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (letters(one), letters(other));
    !one.is_empty()
        && (one == other
            || (one.len() > 15 && other.len() > 15 && (one.starts_with(&other) || other.starts_with(&one))))
}

/// Whether a heading of some length stands in the document's title.
fn is_part(heading: &str, document: &str) -> bool {
    heading.len() > 15 && document.to_lowercase().contains(&heading.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_cut_off_a_title() {
        for (title, headline) in [
            ("Rice prices fall | The Gazette", "Rice prices fall"),
            ("The Gazette: Rice prices fall", "Rice prices fall"),
            ("Rice prices fall - Economy - The Gazette", "Rice prices fall - Economy"),
            ("Rice prices fall — gazette.example", "Rice prices fall"),
            ("Rice: prices fall - by half", "Rice: prices fall - by half"),
            ("The Gazette", "The Gazette"),
        ] {
            assert_eq!(without_site(title, Some("The Gazette"), "www.gazette.example"), headline, "{title}");
        }
    }

    #[test]
    fn a_name_before_the_headline_is_the_sites_where_the_page_claims_the_rest() {
        let claims = |linked: &str| Titles {
            linked: Some(linked.to_owned()).filter(|text| !text.is_empty()),
            ..Titles::default()
        };

        for (linked, document, expected) in [
            ("Rain at last", "Gazette: Rain at last", true),
            ("Rain at last", "Gazette | Rain at last", true),
            ("Gazette: Rain at last", "Gazette: Rain at last", false),
            ("", "Gazette: Rain at last", false),
            ("Rain at last", "Gazettes: Rain at last", false),
        ] {
            assert_eq!(is_start("Gazette", document, &claims(linked)), expected, "{linked} / {document}");
        }
    }
}
