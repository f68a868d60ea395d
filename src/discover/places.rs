//! Where feeds usually are.

use url::Url;

/// Paths of feeds, the most common first.
const PLACES: [&str; 9] =
    ["feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss", "feed.json", "feeds/posts/default", "index.rdf"];

/// Paths of sitemaps, the most common first.
const SITEMAPS: [&str; 3] = ["/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml"];

/// Addresses to try for a sitemap of the site when robots.txt names none.
#[must_use]
pub fn usual_sitemaps(url: &Url) -> Vec<Url> {
    SITEMAPS.iter().filter_map(|place| url.join(place).ok()).collect()
}

/// Addresses to try for a feed when the page at `url` links to none: beside the page, then at the site's root.
#[must_use]
pub fn usual_places(url: &Url) -> Vec<Url> {
    let mut base = url.clone();
    base.set_query(None);
    base.set_fragment(None);
    // `/blog` is a folder as well as a page.
    let is_file = base.path().rsplit('/').next().is_some_and(|last| last.contains('.'));
    if !is_file && !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    let mut places: Vec<Url> = Vec::new();
    for folder in [base.join(".").ok(), base.join("/").ok()].into_iter().flatten() {
        for place in PLACES.iter().filter_map(|place| folder.join(place).ok()) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_sought_beside_the_page_and_at_the_root() {
        let places = usual_places(&Url::parse("https://a.example/blog?page=2#x").unwrap());

        assert_eq!(places[0].as_str(), "https://a.example/blog/feed/");
        assert!(places.contains(&Url::parse("https://a.example/rss.xml").unwrap()));
        assert_eq!(usual_places(&Url::parse("https://a.example/").unwrap()).len(), PLACES.len());
    }
}
