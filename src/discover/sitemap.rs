//! Sitemaps and their indexes (<https://www.sitemaps.org/protocol.html>), with Google's extensions for news and
//! images, read as they are met.

use std::collections::HashSet;

use chrono_tz::Tz;
use url::Url;

use super::address;
use super::date::date;
use super::markup::{Tag, Token, Tokens, local};
use super::text::{decode_entities, line};
use super::{Contents, Hints, Item, Kind, Part};
use crate::model::Timestamp;

/// The standard's limit for one sitemap, which is one for us too.
const MAX_ENTRIES: usize = 50_000;
/// From so many entries on, changes that all happened at the same time are the time at which the file was made.
const MIN_ENTRIES_TO_DOUBT: usize = 4;
/// Changes within this are at the same time.
const SAME_TIME_MS: i64 = 10 * 60 * 1000;

/// Words in names of sitemaps that hold articles.
const OF_ARTICLES: [&str; 9] = ["post", "article", "artikel", "blog", "stor", "berita", "beitrag", "entr", "content"];
/// Words in names of sitemaps that hold none.
const OF_OTHERS: [&str; 17] = [
    "categor",
    "kategori",
    "tag",
    "author",
    "user",
    "taxonom",
    "page",
    "image",
    "video",
    "product",
    "event",
    "static",
    "section",
    "topic",
    "landing",
    "attachment",
    "format",
];

#[derive(Default)]
struct Entry {
    address: Option<String>,
    changed: Option<Timestamp>,
    title: Option<String>,
    published: Option<Timestamp>,
    language: Option<String>,
    keywords: Vec<String>,
    image: Option<Url>,
    publication: Option<String>,
}

/// Reads a sitemap or an index of sitemaps; never fails, it notes.
pub(super) fn read(text: &str, url: &Url, zone: Tz) -> Contents {
    let mut contents = Contents {
        kind: Kind::Sitemap,
        title: None,
        site: url.join("/").ok(),
        language: None,
        hints: Hints::default(),
        items: Vec::new(),
        parts: Vec::new(),
        notes: Vec::new(),
    };
    let mut entries = Vec::new();
    let mut open: Option<Entry> = None;
    let mut field = String::new();
    let mut value = String::new();
    for token in Tokens::new(text) {
        match token {
            Token::Start(tag) if is_entry(&tag) => {
                entries.extend(open.take());
                open = Some(Entry::default());
            }
            Token::Start(tag) => {
                field = tag.name.to_ascii_lowercase();
                value.clear();
            }
            Token::Text(text) => value.push_str(&decode_entities(text)),
            Token::Cdata(text) => value.push_str(text),
            Token::End(name) => {
                if let Some(entry) = open.as_mut().filter(|_| name.eq_ignore_ascii_case(&field)) {
                    entry.take(&field, value.trim(), url, zone);
                }
                field.clear();
                if matches!(local(name), "url" | "sitemap") {
                    entries.extend(open.take());
                }
            }
            Token::Other => {}
        }
        if entries.len() >= MAX_ENTRIES {
            contents.notes.push(format!("the sitemap goes on after {MAX_ENTRIES} entries, which isn't read"));
            break;
        }
    }
    entries.extend(open);
    entries.retain(|entry| entry.address.is_some());
    if entries.len() >= MIN_ENTRIES_TO_DOUBT && are_of_one_time(&entries) {
        contents.notes.push("all changes of the sitemap are of the same time, so none is believed".to_owned());
        entries.iter_mut().for_each(|entry| entry.changed = None);
    }
    if is_index(text) {
        contents.parts = parts(entries);
        if contents.parts.is_empty() {
            contents.notes.push("the index names no sitemaps".to_owned());
        }
        return contents;
    }
    contents.title = entries.iter().find_map(|entry| entry.publication.clone());
    // The newest first; without times the order stays.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.published.or(entry.changed)));
    let n_before = entries.len();
    entries.retain(|entry| entry.title.is_some() || entry.url().is_some_and(|url| address::may_be_article(&url)));
    leave_out_sections(&mut entries);
    if entries.len() < n_before {
        contents.notes.push(format!("{} addresses are no articles' by their look", n_before - entries.len()));
    }
    contents.items = entries.into_iter().map(Item::from).collect();
    contents
}

impl Entry {
    fn take(&mut self, field: &str, value: &str, base: &Url, zone: Tz) {
        if value.is_empty() {
            return;
        }
        let time = || date(value, zone).map(Timestamp::from);
        match field {
            "loc" => self.address = base.join(value).ok().map(|url| url.to_string()),
            "lastmod" => self.changed = time(),
            "news:title" => self.title = line(value),
            "news:publication_date" => self.published = time(),
            "news:language" => self.language = line(value),
            "news:name" => self.publication = line(value),
            "news:keywords" => self.keywords = value.split(',').filter_map(line).take(super::MAX_LISTED).collect(),
            "image:loc" if self.image.is_none() => self.image = base.join(value).ok().filter(is_web),
            // Without prefixes, or with others.
            _ if self.address.is_none() && local(field) == "loc" && !field.contains("image") => {
                self.address = base.join(value).ok().map(|url| url.to_string());
            }
            _ => {}
        }
    }

    fn url(&self) -> Option<Url> {
        Url::parse(self.address.as_deref()?).ok().filter(is_web)
    }
}

impl From<Entry> for Item {
    fn from(entry: Entry) -> Self {
        Self {
            address: entry.address,
            title: entry.title,
            published: entry.published,
            updated: entry.changed,
            categories: entry.keywords,
            image: entry.image,
            language: entry.language,
            ..Self::default()
        }
    }
}

/// The sitemaps of an index that may hold articles, the most promising first.
fn parts(entries: Vec<Entry>) -> Vec<Part> {
    let mut ranked: Vec<(u8, Part)> = entries
        .into_iter()
        .filter_map(|entry| {
            let url = entry.url()?;
            Some((rank(&url), Part { url, changed: entry.changed }))
        })
        .collect();
    let best = ranked.iter().map(|(rank, _)| *rank).min();
    // What holds no articles by its name is read only where nothing else is.
    ranked.retain(|(rank, _)| *rank < 3 || best == Some(3));
    // Numbered parts grow at their end.
    ranked.reverse();
    ranked.sort_by_key(|(rank, part)| (*rank, std::cmp::Reverse(part.changed)));
    ranked.into_iter().map(|(_, part)| part).collect()
}

fn rank(url: &Url) -> u8 {
    let name = url.path().rsplit('/').find(|part| !part.is_empty()).unwrap_or_default().to_ascii_lowercase();
    // WordPress' own begin with `wp-sitemap-posts-`, those of pages too.
    let name = name.replace("posts-page", "page");
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match () {
        () if name.contains("news") => 0,
        () if has(&OF_OTHERS) && !name.starts_with("post-sitemap") => 3,
        () if has(&OF_ARTICLES) => 1,
        () => 2,
    }
}

/// Where most addresses are made of headlines, single words are articles only beside those.
fn leave_out_sections(entries: &mut Vec<Entry>) {
    let folder = |url: &Url| url.path().trim_end_matches('/').rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let is_headline = |url: &Url| address::worth(url) >= 1;
    let urls: Vec<Option<Url>> = entries.iter().map(Entry::url).collect();
    let headlines: Vec<&Url> = urls.iter().flatten().filter(|url| is_headline(url)).collect();
    if 2 * headlines.len() < entries.len() || headlines.len() < MIN_ENTRIES_TO_DOUBT {
        return;
    }
    let folders: HashSet<String> = headlines.into_iter().filter_map(folder).collect();
    let mut urls = urls.into_iter();
    entries.retain(|entry| {
        let url = urls.next().flatten();
        let is_beside = |url: &Url| is_headline(url) || folder(url).is_some_and(|folder| folders.contains(&folder));
        entry.title.is_some() || url.as_ref().is_some_and(is_beside)
    });
}

fn are_of_one_time(entries: &[Entry]) -> bool {
    let times = || entries.iter().map(|entry| entry.changed.map(Timestamp::as_millis));
    match (times().min().flatten(), times().max().flatten()) {
        (Some(first), Some(last)) => last - first <= SAME_TIME_MS,
        _ => false,
    }
}

fn is_index(text: &str) -> bool {
    Tokens::new(text).find_map(|token| match token {
        Token::Start(tag) => Some(local(tag.name).eq_ignore_ascii_case("sitemapindex")),
        _ => None,
    }) == Some(true)
}

fn is_entry(tag: &Tag<'_>) -> bool {
    matches!(tag.local(), "url" | "sitemap") && !tag.is_empty
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Contents {
        super::read(text, &Url::parse("https://a.example/maps/sitemap.xml").unwrap(), Tz::UTC)
    }

    fn addresses(contents: &Contents) -> Vec<&str> {
        contents.items.iter().filter_map(|item| item.address.as_deref()).collect()
    }

    fn entry(path: &str, changed: &str) -> String {
        format!("<url><loc>https://a.example{path}</loc><lastmod>{changed}</lastmod></url>")
    }

    #[test]
    fn a16_an_index_names_its_parts_the_most_promising_first() {
        let index = "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>
            <sitemap><loc>/category-sitemap.xml</loc><lastmod>2026-11-20</lastmod></sitemap>
            <sitemap><loc>/wp-sitemap-posts-page-1.xml</loc></sitemap>
            <sitemap><loc>/post-sitemap1.xml</loc><lastmod>2024-01-01</lastmod></sitemap>
            <sitemap><loc><![CDATA[https://a.example/post-sitemap2.xml.gz]]></loc><lastmod>2026-11-19T08:30:00Z</lastmod></sitemap>
            <sitemap><loc>/sitemap-news.xml</loc></sitemap></sitemapindex>";

        let contents = read(index);

        let parts: Vec<&str> = contents.parts.iter().map(|part| part.url.path()).collect();
        assert_eq!(parts, ["/sitemap-news.xml", "/post-sitemap2.xml.gz", "/post-sitemap1.xml"]);
        assert_eq!(contents.parts[1].changed.unwrap().rfc3339(), "2026-11-19T08:30:00Z");
        assert_eq!(contents.items.len(), 0);
    }

    #[test]
    fn a16_news_keep_their_headlines_and_dates() {
        let news = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'
            xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url><loc>https://a.example/kota/banjir</loc>
            <news:news><news:publication><news:name>Kabar &amp; Kota</news:name><news:language>id</news:language></news:publication>
            <news:publication_date>2026-11-19T15:30:00+07:00</news:publication_date><news:title>Banjir &#8220;besar&#8221; surut</news:title>
            <news:keywords>banjir, kota</news:keywords></news:news><image:image><image:loc>/b.jpg</image:loc></image:image></url></urlset>";

        let contents = read(news);

        assert_eq!(contents.title.as_deref(), Some("Kabar & Kota"));
        let [item] = contents.items.as_slice() else { panic!("{contents:?}") };
        assert_eq!(item.address.as_deref(), Some("https://a.example/kota/banjir"));
        assert_eq!(item.title.as_deref(), Some("Banjir “besar” surut"));
        assert_eq!(item.published.unwrap().rfc3339(), "2026-11-19T08:30:00Z");
        assert_eq!(
            (item.language.as_deref(), item.categories.as_slice()),
            (Some("id"), ["banjir".to_owned(), "kota".to_owned()].as_slice())
        );
        assert_eq!(item.image.as_ref().unwrap().as_str(), "https://a.example/b.jpg");
    }

    #[test]
    fn a16_the_newest_come_first_and_sections_not_at_all() {
        let map = format!(
            "<urlset>{}{}{}{}{}{}</urlset>",
            entry("/", "2026-11-20"),
            entry("/notes/the-old-mill-turns", "2024-05-01"),
            entry("/tag/mills", "2026-11-20"),
            entry("/notes/a-bridge-for-one-day", "2026-11-19"),
            entry("/notes/rust", "2025-02-01"),
            entry("/notes/three-boats-and-a-dog", "2026-01-05"),
        ) + "<url><loc>https://a.example/notes/without-a-date-at-all</loc></url>";

        let contents = read(&map);

        assert_eq!(
            addresses(&contents),
            [
                "https://a.example/notes/a-bridge-for-one-day",
                "https://a.example/notes/three-boats-and-a-dog",
                "https://a.example/notes/rust",
                "https://a.example/notes/the-old-mill-turns",
                "https://a.example/notes/without-a-date-at-all",
            ]
        );
    }

    #[test]
    fn a16_changes_that_are_all_of_one_time_are_not_believed() {
        let all: String =
            (0..5).map(|n| entry(&format!("/notes/a-note-of-mine-{n}"), &format!("2026-11-20T08:0{n}:00Z"))).collect();

        let contents = read(&format!("<urlset>{all}</urlset>"));

        assert!(contents.items.iter().all(|item| item.updated.is_none()), "{contents:?}");
        assert!(addresses(&contents)[0].ends_with("-0"));
        assert!(contents.notes[0].contains("of the same time"), "{:?}", contents.notes);
    }

    #[test]
    fn a16_a_sitemap_is_read_as_far_as_the_standard_lets_it_go() {
        let all: String =
            (0..50_010).map(|n| format!("<url><loc>https://a.example/n/note-{n}-of-mine-here</loc></url>")).collect();

        let contents = read(&format!("<urlset>{all}</urlset>"));

        assert_eq!(contents.items.len(), 50_000);
        assert!(contents.notes[0].contains("goes on after 50000"), "{:?}", contents.notes);
    }
}
