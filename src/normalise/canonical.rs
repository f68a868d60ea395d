//! Which address is the article's: the page's own word where it's credible, else where the page was found.

use url::Url;

use crate::model::CanonicalUrl;

/// Second levels under which countries register names: `co.uk`, `com.br`, `web.id`.
const SECOND_LEVELS: [&str; 16] =
    ["co", "com", "org", "net", "gov", "edu", "ac", "or", "go", "ne", "web", "my", "sch", "info", "nom", "gob"];
/// Path segments that name a variant of a page, not another one.
const VARIANTS: [&str; 8] = ["amp", "print", "mobile", "m", "index.html", "index.php", "amp.html", "feed"];

/// The canonical address of the page found at `page`, and a note where the page's own word wasn't believed.
pub(super) fn choose(
    said: Option<&str>,
    base: &Url,
    page: &Url,
    link: &CanonicalUrl,
) -> (CanonicalUrl, Option<String>) {
    let found = || CanonicalUrl::from_url(page.clone()).unwrap_or_else(|_| link.clone());
    let Some(said) = said.map(str::trim).filter(|said| !said.is_empty()) else { return (found(), None) };
    let Some(url) = base.join(said).ok().and_then(|url| CanonicalUrl::from_url(url).ok()) else {
        return (found(), Some(format!("url: `{}` isn't an address", super::summary::shortened(said, 80))));
    };
    match doubt(url.as_url(), page) {
        None => (url, None),
        Some(doubt) => (found(), Some(format!("url: the page calls itself `{url}`, which is {doubt}"))),
    }
}

/// Why an address can't be this page's; none where it can.
fn doubt(url: &Url, page: &Url) -> Option<&'static str> {
    let is_home = |url: &Url| url.path().trim_matches('/').is_empty() && url.query().is_none();
    if registrable(url) != registrable(page) {
        Some("on another site")
    } else if is_home(url) && !is_home(page) {
        Some("the home page")
    } else if !is_same_article(url, page) {
        Some("another article")
    } else {
        None
    }
}

/// The name that somebody registered, as far as it shows: no list of public suffixes is worth its upkeep here,
/// since a wrong answer only keeps the address where the page was found.
fn registrable(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.');
    let labels: Vec<&str> = host.rsplit('.').collect();
    let is_number =
        host.starts_with('[') || labels.first().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    let n_kept = match labels.as_slice() {
        _ if is_number => labels.len(),
        [top, second, _, ..] if top.len() == 2 && SECOND_LEVELS.contains(second) => 3,
        _ => 2,
    };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let kept: Vec<&str> = labels.into_iter().take(n_kept).rev().collect();
    Some(kept.join(".") + &port)
}

/// Whether two addresses of one site may name one article: a shared slug, a shared number, or one that has none.
fn is_same_article(url: &Url, page: &Url) -> bool {
    let (said, found) = (segments(url), segments(page));
    if said == found {
        return true;
    }
    let (Some(said_slug), Some(found_slug)) = (said.last(), found.last()) else {
        // `/?p=123` and such have a pretty address that shares nothing with them.
        return page.query().is_some() || found.is_empty();
    };
    let numbers = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() >= 4).map(str::to_owned).collect()
    };
    let said_numbers = numbers(url.as_str());
    let has_no_slug = found_slug.bytes().all(|b| b.is_ascii_digit()) || found_slug.contains(".php");
    said_slug == found_slug
        || n_shared_words(said_slug, found_slug) * 2 > words(found_slug).count().min(words(said_slug).count())
        || numbers(found_slug).iter().any(|number| number.len() >= 5 && said_numbers.contains(number))
        || has_no_slug && said_slug.len() > found_slug.len()
}

fn segments(url: &Url) -> Vec<String> {
    let path = url.path().trim_matches('/').to_ascii_lowercase();
    path.split('/')
        .filter(|segment| !segment.is_empty() && !VARIANTS.contains(segment))
        .map(|segment| segment.trim_end_matches(".amp").trim_end_matches(".html").trim_end_matches(".htm").to_owned())
        .collect()
}

fn words(slug: &str) -> impl Iterator<Item = &str> {
    slug.split(['-', '_', '.', '+']).filter(|word| !word.is_empty())
}

fn n_shared_words(a: &str, b: &str) -> usize {
    words(a).filter(|word| words(b).any(|other| other == *word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D2: a canonical address is believed where it can be this article's.
    #[test]
    fn d2_a_canonical_address_is_believed_where_it_can_be_true() {
        let check = |page: &str, said: &str, expected: &str| {
            let page = Url::parse(page).unwrap();
            let link = CanonicalUrl::parse("https://link.example/").unwrap();
            assert_eq!(choose(Some(said), &page, &page, &link).0.as_str(), expected, "{page} says {said}");
        };
        let page = "https://www.gazette.example/2024/rain-at-last?utm_source=rss";

        check(page, "https://gazette.example/2024/rain-at-last", "https://gazette.example/2024/rain-at-last");
        check(page, "/weather/rain-at-last-1234", "https://www.gazette.example/weather/rain-at-last-1234");
        check(page, "https://gazette.example/", "https://www.gazette.example/2024/rain-at-last");
        check(page, "https://gazette.example/2019/sun-all-day", "https://www.gazette.example/2024/rain-at-last");
        check(page, "https://other.example/2024/rain-at-last", "https://www.gazette.example/2024/rain-at-last");
        check(page, "javascript:alert(1)", "https://www.gazette.example/2024/rain-at-last");
        check(page, "  ", "https://www.gazette.example/2024/rain-at-last");
        check("https://gazette.example/rain/amp/", "/rain", "https://gazette.example/rain");
        check("https://amp.gazette.co.id/rain", "https://gazette.co.id/rain", "https://gazette.co.id/rain");
        check("https://a.co.id/rain", "https://b.co.id/rain", "https://a.co.id/rain");
        check("https://gazette.example/?p=12", "/rain-at-last/", "https://gazette.example/rain-at-last/");
        check("http://127.0.0.1:8001/a/rain", "http://127.0.0.1:8002/a/rain", "http://127.0.0.1:8001/a/rain");
    }
}
