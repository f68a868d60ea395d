//! Which of a page's titles is the headline, without the site's name.

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
    // A heading that the page repeats elsewhere is the headline as readers see it.
    let headings = headings(survey);
    let agrees = |heading: &&String| {
        claims.iter().any(|claim| is_alike(heading, claim))
            || titles.document.as_ref().is_some_and(|document| is_part(heading, document))
    };
    let heading = headings.iter().find(agrees);
    let only_heading = || headings.first().filter(|_| headings.len() == 1 && claims.is_empty());
    heading.or_else(only_heading).or(claims.first()).or(headings.first()).cloned()
}

/// The texts of the page's `h1`s, then of what microdata calls the headline, then of its first `h2`s.
fn headings(survey: &Survey<'_>) -> Vec<String> {
    const MOST_HEADINGS: usize = 4;
    let of = |is_wanted: &dyn Fn(usize) -> bool| -> Vec<String> {
        let wanted =
            (0..survey.elements.len()).filter(|idx| is_wanted(*idx) && !survey.elements[*idx].blocks.is_empty());
        wanted.take(MOST_HEADINGS).map(|idx| survey.element_text(idx)).filter(|text| text.len() < 400).collect()
    };
    let mut all = of(&|idx| survey.elements[idx].tag == Tag::Heading(1));
    all.extend(of(&|idx| survey.elements[idx].itemprop.split_ascii_whitespace().any(|name| name == "headline")));
    all.extend(of(&|idx| survey.elements[idx].tag == Tag::Heading(2)));
    all.retain(|text| !text.is_empty());
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
    let squeeze =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let part = squeeze(part);
    if part.is_empty() {
        return false;
    }
    let name = site_name.map(squeeze).unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels = squeeze(host.rsplit_once('.').map_or(host, |(labels, _)| labels));
    let host = squeeze(host);
    let is_of_name = !name.is_empty()
        && (part == name || (part.len() >= 4 && name.contains(&part)) || (name.len() >= 4 && part.starts_with(&name)));
    let is_of_host = part == host
        || (part.len() >= 4 && (labels.contains(&part) || host.contains(&part)))
        || (labels.len() >= 4 && part.starts_with(&labels));
    is_of_name || is_of_host
}

/// Whether two titles are the same but for punctuation and case.
fn is_alike(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
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
}
