//! Whether a page is an article at all, by its address and by what it says of itself.

use url::Url;

use crate::model::Access;

/// What a page says of its kind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claims {
    /// JSON-LD describes an article, or a meta element says when one was published.
    pub(super) is_article: bool,
    /// JSON-LD describes a collection or search results.
    pub(super) is_collection: bool,
}

/// Why a page is probably no article; none where nothing says so. What describes an article is believed. `named` is
/// the page's own word on its address, without which one at the site's root may be a copy's.
pub(super) fn doubt(url: &Url, named: Option<&str>, claims: Claims) -> Option<&'static str> {
    if claims.is_article {
        return None;
    }
    if claims.is_collection {
        return Some("it calls itself a collection of pages");
    }
    let named = named.and_then(|named| url.join(named).ok());
    let is_named = named.is_some();
    let url = named.as_ref().unwrap_or(url);
    let parts: Vec<String> = url.path().split('/').filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let has_query = url.query().is_some();
    let is_query = |name: &str| url.query_pairs().any(|(key, value)| key == name && !value.is_empty());
    match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] | ["index.html" | "index.htm" | "index.php"] if !has_query && is_named => {
            Some("its address is the site's own")
        }
        ["search" | "suche" | "recherche" | "buscar" | "cari" | "zoeken" | "ricerca", ..] | []
            if ["q", "s", "query", "search", "keyword"].iter().any(|name| is_query(name)) =>
        {
            Some("its address is that of search results")
        }
        ["tag" | "tags" | "category" | "categories" | "kategorie" | "kategori" | "categoria" | "author", _] => {
            Some("its address is that of a list")
        }
        [.., "page", number] if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some("its address is that of a list")
        }
        _ => None,
    }
}

/// Whether all may read the page, by JSON-LD's `isAccessibleForFree` and the meta element `article:content_tier`.
pub(super) fn access(is_free: Option<bool>, tier: Option<String>) -> Access {
    match (tier.as_deref().map(str::to_lowercase).as_deref(), is_free) {
        (Some("metered"), _) => Access::Metered,
        (Some("locked" | "paid" | "premium"), _) | (None, Some(false)) => Access::Paid,
        _ => Access::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_says_more_than_a_flag() {
        for (is_free, tier, expected) in [
            (None, None, Access::Open),
            (Some(true), None, Access::Open),
            (Some(false), None, Access::Paid),
            (Some(false), Some("metered"), Access::Metered),
            (None, Some("Locked"), Access::Paid),
            (Some(false), Some("free"), Access::Open),
        ] {
            assert_eq!(access(is_free, tier.map(str::to_owned)), expected, "{is_free:?} {tier:?}");
        }
    }

    #[test]
    fn the_pages_own_address_counts() {
        let root = Url::parse("https://unknown.invalid/").unwrap();

        assert_eq!(doubt(&root, None, Claims::default()), None);
        assert_eq!(doubt(&root, Some("/2024/rain-at-last"), Claims::default()), None);
        assert!(doubt(&root, Some("https://gazette.example/"), Claims::default()).is_some());
    }

    #[test]
    fn an_address_or_a_claim_raises_a_doubt() {
        for (url, is_doubted) in [
            ("https://gazette.example/", true),
            ("https://gazette.example/index.html", true),
            ("https://gazette.example/?p=123", false),
            ("https://gazette.example/?s=rain", true),
            ("https://gazette.example/search?q=rain", true),
            ("https://gazette.example/category/weather/", true),
            ("https://gazette.example/category/weather/rain-at-last", false),
            ("https://gazette.example/weather/page/3", true),
            ("https://gazette.example/page/rain-at-last", false),
            ("https://gazette.example/2024/rain-at-last", false),
        ] {
            let url = Url::parse(url).unwrap();
            let named = Some(url.as_str());
            assert_eq!(doubt(&url, named, Claims::default()).is_some(), is_doubted, "{url}");
            assert_eq!(doubt(&url, named, Claims { is_article: true, is_collection: true }), None, "{url}");
            assert!(doubt(&url, named, Claims { is_article: false, is_collection: true }).is_some(), "{url}");
        }
    }
}
