//! Posts as WordPress' REST API gives them (<https://developer.wordpress.org/rest-api/reference/posts/>).

use chrono_tz::Tz;
use serde_json::Value;
use url::Url;

use super::date::date;
use super::text::plain;
use super::{Contents, Hints, Item, Kind, MAX_LISTED};
use crate::model::Timestamp;

/// The address of the newest posts below the root of an API, `n` of them, with the names of authors and categories.
#[must_use]
pub fn newest_posts(api: &Url, n: u32) -> Url {
    let mut url = api.clone();
    // Sites without pretty addresses give the route as a parameter.
    let route: Option<String> =
        url.query_pairs().find(|(name, _)| name == "rest_route").map(|(_, route)| route.into_owned());
    match route {
        Some(route) => {
            let route = format!("{}/wp/v2/posts", route.trim_end_matches('/'));
            url.query_pairs_mut().clear().append_pair("rest_route", &route);
        }
        None => url.set_path(&format!("{}/wp/v2/posts", api.path().trim_end_matches('/'))),
    }
    url.query_pairs_mut().append_pair("per_page", &n.to_string()).append_pair("_embed", "author,wp:term");
    url
}

/// Whether the document is a list of posts.
pub(super) fn is_posts(value: &Value) -> bool {
    let Some(posts) = value.as_array() else { return false };
    posts.iter().any(|post| post.get("link").is_some_and(Value::is_string) && rendered(post, "title").is_some())
}

/// Reads a list of posts.
pub(super) fn read(value: &Value, url: &Url, zone: Tz) -> Contents {
    let posts = value.as_array().into_iter().flatten().filter(|post| post.is_object());
    Contents {
        kind: Kind::WordPress,
        title: None,
        site: url.join("/").ok(),
        language: None,
        hints: Hints::default(),
        items: posts.map(|post| item(post, zone)).collect(),
        parts: Vec::new(),
        notes: Vec::new(),
    }
}

fn item(post: &Value, zone: Tz) -> Item {
    let text = |name: &'static str| post.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    // The first is in UTC without saying so, the second on the site's own clock.
    let time = |utc: &'static str, local: &'static str| {
        let utc = text(utc).filter(|text| !text.starts_with("0000")).and_then(|text| date(text, Tz::UTC));
        utc.or_else(|| date(text(local)?, zone)).map(Timestamp::from)
    };
    let embedded = post.get("_embedded");
    let authors = embedded.and_then(|all| all.get("author")).and_then(Value::as_array).into_iter().flatten();
    let terms = embedded.and_then(|all| all.get("wp:term")).and_then(Value::as_array).into_iter().flatten();
    let terms = terms.filter_map(Value::as_array).flatten();
    let name = |of: &Value| plain(of.get("name")?.as_str()?);
    let image = post.get("jetpack_featured_media_url").or_else(|| post.pointer("/yoast_head_json/og_image/0/url"));
    Item {
        guid: rendered(post, "guid").map(str::to_owned),
        address: text("link").map(str::to_owned),
        title: rendered(post, "title").and_then(plain),
        published: time("date_gmt", "date"),
        updated: time("modified_gmt", "modified"),
        authors: authors.filter_map(name).take(MAX_LISTED).collect(),
        categories: terms.filter_map(name).filter(|name| name != "Uncategorized").take(MAX_LISTED).collect(),
        summary: rendered(post, "excerpt").map(str::to_owned),
        content: rendered(post, "content").map(str::to_owned),
        image: image.and_then(Value::as_str).and_then(|text| Url::parse(text).ok()),
        ..Item::default()
    }
}

/// A field that the API wraps, if it isn't empty or locked by a password.
fn rendered<'a>(post: &'a Value, name: &str) -> Option<&'a str> {
    let field = post.get(name)?;
    if field.get("protected").and_then(Value::as_bool) == Some(true) {
        return None;
    }
    field.get("rendered")?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_asked_for_in_both_ways_of_writing_the_api() {
        for (api, posts) in [
            (
                "https://a.example/wp-json/",
                "https://a.example/wp-json/wp/v2/posts?per_page=20&_embed=author%2Cwp%3Aterm",
            ),
            (
                "https://a.example/?rest_route=/",
                "https://a.example/?rest_route=%2Fwp%2Fv2%2Fposts&per_page=20&_embed=author%2Cwp%3Aterm",
            ),
        ] {
            assert_eq!(newest_posts(&Url::parse(api).unwrap(), 20).as_str(), posts);
        }
    }

    #[test]
    fn a_post_keeps_all_it_says() {
        let post = serde_json::json!([{
            "id": 7, "date": "2024-11-19T15:30:00", "date_gmt": "2024-11-19T08:30:00",
            "modified_gmt": "2024-11-20T00:00:00", "link": "https://a.example/panen/",
            "guid": {"rendered": "https://a.example/?p=7"}, "title": {"rendered": "Panen &#8220;raya&#8221;"},
            "content": {"rendered": "<p>Isi</p>", "protected": false},
            "excerpt": {"rendered": "<p>Ringkas</p>", "protected": false},
            "_embedded": {"author": [{"name": "Siti"}], "wp:term": [[{"name": "Tani &amp; Ternak"}], [{"name": "padi"}]]}
        }]);
        assert!(is_posts(&post));

        let contents = read(&post, &Url::parse("https://a.example/wp-json/wp/v2/posts").unwrap(), Tz::Asia__Jakarta);

        let [item] = contents.items.as_slice() else { panic!("{contents:?}") };
        assert_eq!(item.title.as_deref(), Some("Panen “raya”"));
        assert_eq!(item.published.unwrap().rfc3339(), "2024-11-19T08:30:00Z");
        assert_eq!(item.updated.unwrap().rfc3339(), "2024-11-20T00:00:00Z");
        assert_eq!(
            (item.authors.as_slice(), item.categories.as_slice()),
            (["Siti".to_owned()].as_slice(), ["Tani & Ternak".to_owned(), "padi".to_owned()].as_slice())
        );
        assert_eq!(
            (item.content.as_deref(), item.guid.as_deref()),
            (Some("<p>Isi</p>"), Some("https://a.example/?p=7"))
        );
    }
}
