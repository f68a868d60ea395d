//! RSS, Atom and CDF: our reader mends them, feed-rs reads what is mended, and its entries become items.

use std::panic::catch_unwind;

use chrono_tz::Tz;
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;
use url::Url;

use super::draft::{Draft, Text};
use super::reader::{Head, read as read_drafts};
use super::text::{line, plain, to_markup};
use super::{Contents, Item, Kind, canonical};
use crate::model::{Enclosure, Timestamp};

/// Reads the feed whose root element starts at `text`'s start.
pub(super) fn read(text: &str, url: &Url, zone: Tz) -> Contents {
    let mut xml = String::with_capacity(text.len() + 512);
    let mut asides = Vec::new();
    xml.push_str(canonical::START);
    let head = read_drafts(text, url, zone, &mut |draft| {
        canonical::entry(&mut xml, &draft);
        asides.push(Aside { address: draft.address.take(), language: draft.language.take() });
    });
    xml.push_str(canonical::END);
    let items = match parsed(xml) {
        Some(feed) if feed.entries.len() == asides.len() => {
            feed.entries.into_iter().zip(asides).map(|(entry, aside)| item(entry, aside)).collect()
        }
        // It failed or lost some, so ours are taken.
        _ => own_items(text, url, zone),
    };
    contents(head, items, url)
}

/// The items without feed-rs.
fn own_items(text: &str, url: &Url, zone: Tz) -> Vec<Item> {
    let mut items = Vec::new();
    read_drafts(text, url, zone, &mut |draft| items.push(own_item(draft)));
    items
}

/// What feed-rs makes of a feed; none where it fails, in whatever way.
fn parsed(xml: String) -> Option<Feed> {
    // What it gets is well-formed; still, nobody's feed may end the process.
    catch_unwind(move || {
        // No id is made up: an item without one is known by its address.
        Builder::new().id_generator(|_, _, _| String::new()).build().parse(xml.as_bytes()).ok()
    })
    .ok()
    .flatten()
}

/// What feed-rs would change or lose of an item.
struct Aside {
    address: Option<String>,
    language: Option<String>,
}

fn contents(head: Head, mut items: Vec<Item>, url: &Url) -> Contents {
    let authors = head.draft.names().to_vec();
    let language = head.draft.language.take().as_deref().and_then(line);
    for item in &mut items {
        if item.authors.is_empty() {
            item.authors.clone_from(&authors);
        }
        item.language = item.language.take().or_else(|| language.clone());
    }
    let site = head.draft.address.take().and_then(|link| url.join(&link).ok());
    Contents {
        kind: Kind::Feed,
        title: head.draft.title.get().and_then(headline),
        site: site.filter(|url| matches!(url.scheme(), "http" | "https")),
        language,
        hints: head.hints,
        items,
        parts: Vec::new(),
        notes: head.notes,
    }
}

fn item(entry: Entry, aside: Aside) -> Item {
    let is_plain = |kind: &str| kind == "text/plain";
    let text =
        |text: feed_rs::model::Text| Text { is_plain: is_plain(text.content_type.as_str()), value: text.content };
    let content = entry
        .content
        .and_then(|content| Some(Text { is_plain: is_plain(content.content_type.as_str()), value: content.body? }));
    let mut images = Vec::new();
    let mut enclosures = Vec::new();
    for link in entry.links {
        let Ok(url) = Url::parse(&link.href) else { continue };
        match link.rel.as_deref() {
            Some(canonical::PICTURE) => images.push(url),
            _ => enclosures.push(Enclosure { url, mime: link.media_type, bytes: link.length }),
        }
    }
    Item {
        guid: Some(entry.id.trim().to_owned()).filter(|guid| !guid.is_empty()),
        address: aside.address,
        title: entry.title.map(text).as_ref().and_then(headline),
        published: entry.published.map(Timestamp::from),
        updated: entry.updated.map(Timestamp::from),
        authors: entry.authors.into_iter().filter_map(|person| person.name).collect(),
        categories: entry.categories.into_iter().map(|category| category.term).collect(),
        summary: entry.summary.map(text).and_then(markup),
        content: content.and_then(markup),
        image: lead(images),
        enclosures,
        language: aside.language.as_deref().and_then(line),
    }
}

fn own_item(draft: Draft) -> Item {
    Item {
        title: draft.title.get().and_then(headline),
        authors: draft.names().to_vec(),
        guid: draft.guid.take(),
        address: draft.address.take(),
        published: draft.published.take(),
        updated: draft.updated.take(),
        categories: draft.categories,
        summary: draft.summary.take().and_then(markup),
        content: draft.content.take().and_then(markup),
        image: lead(draft.images),
        enclosures: draft.enclosures,
        language: draft.language.take().as_deref().and_then(line),
    }
}

/// A title as one line of plain text.
fn headline(text: &Text) -> Option<String> {
    if text.is_plain { line(&text.value) } else { plain(&text.value) }
}

fn markup(text: Text) -> Option<String> {
    let trimmed = text.value.trim();
    match text.is_plain {
        _ if trimmed.is_empty() => None,
        true => Some(to_markup(trimmed)),
        false => Some(trimmed.to_owned()),
    }
}

/// The first picture that isn't somebody's portrait.
fn lead(images: Vec<Url>) -> Option<Url> {
    images.into_iter().find(|url| !url.host_str().is_some_and(|host| host.ends_with("gravatar.com")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feed_rs_and_our_own_reader_agree() {
        let url = Url::parse("https://post.example/feed").unwrap();
        for feed in [
            "<rss><channel><item><title>a &amp;amp; b &lt;i&gt;c&lt;/i&gt;</title><link>/1</link><guid> 1 </guid>\
             <pubDate>19 Nov 2024 08:30:15.250 GMT</pubDate><description> <![CDATA[<p>x &nbsp; y]]> </description>\
             <dc:creator>Ann &amp; Bob</dc:creator><category>\"c\"</category><enclosure url='/a.mp3' length='5' type='odd'/>\
             <media:thumbnail url='b.jpg?c=1&amp;d=2'/></item><item/></channel></rss>",
            "<feed xml:lang='en'><author><name>Cem</name></author><entry><title>&lt;b> \u{1}</title><link href='?a&b'/>\
             <summary>one\n\ntwo</summary><content type='xhtml' xml:lang='de'><div>x<br/></div></content></entry></feed>",
        ] {
            let text = feed;
            let mut own = own_items(text, &url, chrono_tz::UTC);
            let found = read(text, &url, chrono_tz::UTC);

            for item in &mut own {
                if text.contains("Cem") {
                    item.authors = vec!["Cem".to_owned()];
                }
            }
            assert_eq!(found.items, own, "{feed}");
            assert!(parsed(format!("{}{}", canonical::START, canonical::END)).is_some());
        }
    }
}
