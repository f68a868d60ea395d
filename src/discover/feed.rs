//! RSS and Atom: feed-rs reads what `tidy` wrote, and its entries become links.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use feed_rs::model::{Content, Entry, Feed, FeedType, MediaObject, Person, Text};
use feed_rs::parser::Builder;
use url::Url;

use super::date::date;
use super::text::{line, plain, to_markup};
use super::tidy::{THUMBNAIL, Tidy, tidy, without_address};
use super::{Found, Gathered, Kind, MAX_LISTED};
use crate::model::{CanonicalUrl, Enclosure, Link, Timestamp};

/// Reads the feed whose root element starts at `text`'s start.
pub(super) fn read(text: &str, url: &Url, zone: Tz) -> Found {
    let Tidy { xml, mut notes } = tidy(text);
    let dates = Arc::new(Dates::default());
    let reader = Arc::clone(&dates);
    // The tidied feed is well-formed; still, nobody's feed may end the process.
    let feed = catch_unwind(AssertUnwindSafe(|| {
        Builder::new()
            .base_uri(Some(url.as_str()))
            // No id is made up: an item without one is known by its address.
            .id_generator(|_, _, _| String::new())
            .timestamp_parser(move |text| reader.read(text, zone))
            .build()
            .parse(xml.as_bytes())
    }));
    let feed = match feed {
        Ok(Ok(feed)) => feed,
        Ok(Err(error)) => return Found::unknown(format!("this looks like a feed but can't be read: {error}")),
        Err(_) => return Found::unknown("this looks like a feed but can't be read: its reader failed".to_owned()),
    };
    notes.extend(dates.note());
    found(feed, url, notes)
}

/// Reads dates for feed-rs, and keeps those that can't be read.
#[derive(Default)]
struct Dates {
    n_unread: AtomicUsize,
    first_unread: OnceLock<String>,
}

impl Dates {
    fn read(&self, text: &str, zone: Tz) -> Option<DateTime<Utc>> {
        let found = date(text, zone);
        if let Some(unread) = line(text).filter(|_| found.is_none()) {
            self.n_unread.fetch_add(1, Ordering::Relaxed);
            self.first_unread.get_or_init(|| unread.chars().take(40).collect());
        }
        found
    }

    fn note(&self) -> Option<String> {
        let first = self.first_unread.get()?;
        Some(match self.n_unread.load(Ordering::Relaxed) {
            1 => format!("the date `{first}` can't be read"),
            n => format!("{n} dates can't be read, such as `{first}`"),
        })
    }
}

fn found(feed: Feed, url: &Url, notes: Vec<String>) -> Found {
    let is_atom = feed.feed_type == FeedType::Atom;
    let mut gathered = Gathered::new(notes);
    for (idx, entry) in feed.entries.iter().enumerate() {
        match link(entry, &feed, url, is_atom) {
            Ok(link) => gathered.add(link),
            Err(reason) => gathered.skip(idx, entry.title.as_ref().map(|title| title.content.as_str()), &reason),
        }
    }
    let (links, notes) = gathered.finish();
    Found {
        kind: Kind::Feed,
        title: feed.title.as_ref().and_then(|title| headline(title, is_atom)),
        site: address(&feed.links, is_atom).and_then(|link| url.join(&link).ok()).filter(is_web),
        language: feed.language.as_deref().and_then(line),
        feeds: Vec::new(),
        links,
        notes,
    }
}

fn link(entry: &Entry, feed: &Feed, url: &Url, is_atom: bool) -> Result<Link, String> {
    // Atom's ids are often the page's address; RSS's were tried by `tidy`, which knows what `isPermaLink` says.
    let id = Some(entry.id.trim().to_owned()).filter(|id| is_atom && Url::parse(id).is_ok_and(|id| is_web(&id)));
    let address = address(&entry.links, is_atom).or(id).ok_or("it has neither a link nor a guid that is one")?;
    let absolute = url.join(&address).map_err(|error| format!("its link `{address}` is broken: {error}"))?;
    let canonical = CanonicalUrl::from_url(absolute).map_err(|error| error.to_string())?;
    let published = entry.published.map(Timestamp::from);
    let authors = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    Ok(Link {
        guid: Some(entry.id.trim().to_owned()).filter(|guid| !guid.is_empty()),
        title: entry.title.as_ref().and_then(|title| headline(title, is_atom)),
        published,
        // feed-rs repeats the date of publication here where RSS gives no other.
        updated: entry.updated.map(Timestamp::from).filter(|updated| is_atom || Some(*updated) != published),
        authors: names(authors),
        categories: categories(entry),
        summary: entry.summary.as_ref().and_then(|text| markup(&text.content, is_plain(text, is_atom))),
        content: entry.content.as_ref().and_then(|content| body(content, is_atom)),
        image: image(&entry.media),
        enclosures: enclosures(entry, url),
        language: entry.language.as_deref().or(feed.language.as_deref()).and_then(line),
        ..Link::to(canonical)
    })
}

/// The address of the page among an entry's or a feed's links.
fn address(links: &[feed_rs::model::Link], is_atom: bool) -> Option<String> {
    let mut pages = links.iter().filter(|link| {
        let is_page = link.rel.as_deref().is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"));
        is_page && link.target.is_none() && !link.href.trim().is_empty()
    });
    let is_html = |link: &&feed_rs::model::Link| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    let first = if is_atom { pages.clone().find(is_html).or_else(|| pages.next()) } else { pages.next() };
    first.map(|link| link.href.clone())
}

/// A title in plain text. Only Atom says whether it is markup; RSS titles mostly are.
fn headline(text: &Text, is_atom: bool) -> Option<String> {
    if is_plain(text, is_atom) { line(&text.content) } else { plain(&text.content) }
}

fn is_plain(text: &Text, is_atom: bool) -> bool {
    is_atom && text.content_type.as_str() == "text/plain"
}

fn body(content: &Content, is_atom: bool) -> Option<String> {
    markup(content.body.as_deref()?, is_atom && content.content_type.as_str() == "text/plain")
}

fn markup(text: &str, is_plain: bool) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| if is_plain { to_markup(text) } else { text.to_owned() })
}

fn names(people: &[Person]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in people.iter().take(MAX_LISTED).filter_map(|person| plain(&without_address(person.name.as_deref()?))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn categories(entry: &Entry) -> Vec<String> {
    let mut categories: Vec<String> = Vec::new();
    for category in entry.categories.iter().take(MAX_LISTED) {
        // Blogger marks every post as a post.
        let is_kind = category.scheme.as_deref().is_some_and(|scheme| scheme.ends_with("2005#kind"));
        let text = plain(category.label.as_deref().unwrap_or(&category.term));
        if let Some(text) = text.filter(|text| !is_kind && !categories.contains(text)) {
            categories.push(text);
        }
    }
    categories
}

/// The first picture that isn't somebody's portrait.
fn image(media: &[MediaObject]) -> Option<Url> {
    let contents = media.iter().flat_map(|object| &object.content);
    let from_contents = contents
        .filter(|content| is_image(content.content_type.as_ref().map(|kind| kind.as_str()), content.url.as_ref()));
    from_contents
        .filter_map(|content| content.url.clone())
        .find(|url| is_web(url) && !url.host_str().is_some_and(|host| host.ends_with("gravatar.com")))
}

fn is_image(mime: Option<&str>, url: Option<&Url>) -> bool {
    match mime {
        Some(mime) => mime.starts_with("image/"),
        None => url.is_some_and(|url| {
            let path = url.path().to_ascii_lowercase();
            [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].iter().any(|ending| path.ends_with(ending))
        }),
    }
}

/// Files that come with an entry: enclosures, and media that is no picture.
fn enclosures(entry: &Entry, url: &Url) -> Vec<Enclosure> {
    let linked = entry.links.iter().filter(|link| link.rel.as_deref() == Some("enclosure")).filter_map(|link| {
        Some(Enclosure { url: url.join(&link.href).ok()?, mime: link.media_type.clone(), bytes: link.length })
    });
    let media = entry.media.iter().flat_map(|object| &object.content).filter_map(|content| {
        let mime = content.content_type.as_ref().map(ToString::to_string);
        let is_picture = mime.as_deref() == Some(THUMBNAIL) || is_image(mime.as_deref(), content.url.as_ref());
        let file = Enclosure { url: content.url.clone()?, mime, bytes: content.size.filter(|bytes| *bytes > 0) };
        (!is_picture).then_some(file)
    });
    let mut files: Vec<Enclosure> = Vec::new();
    for file in linked.chain(media).filter(|file| is_web(&file.url)).take(MAX_LISTED) {
        if !files.iter().any(|known| known.url == file.url) {
            files.push(file);
        }
    }
    files
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}
