//! A page whose articles are found by the operator's selectors.

use chrono_tz::Tz;
use scraper::ElementRef;
use url::Url;

use super::date::date;
use super::page::base;
use super::text::line;
use super::{Config, Found, Gathered, Kind};
use crate::model::{CanonicalUrl, Css, Document, Link, Timestamp};

/// Attributes in which lazy pictures keep their address until somebody scrolls there.
const LAZY: [&str; 5] = ["data-src", "data-lazy-src", "data-original", "data-lazy", "data-url"];
/// The same for pictures in several sizes.
const LAZY_SETS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];

/// Reads the articles of a page into `found`.
pub(super) fn read(document: &Document, found: &mut Found, url: &Url, items: &Css, config: &Config, zone: Tz) {
    let base = base(document, url);
    let mut gathered = Gathered::new(Vec::new());
    let mut n_items = 0;
    for (idx, item) in document.html().select(items.selector()).enumerate() {
        n_items += 1;
        match link(item, &base, config, zone) {
            Ok(link) => gathered.add(link),
            Err(reason) => gathered.skip(idx, line(&text(item)).as_deref(), &reason),
        }
    }
    let (links, mut notes) = gathered.finish();
    // The operator chose selectors, so that it links to feeds or not is no news.
    notes.extend(found.notes.drain(..).skip(1));
    if n_items == 0 {
        notes.push(format!("the selector `{items}` of `items` matches nothing on this page"));
    }
    (found.kind, found.links, found.notes) = (Kind::Listing, links, notes);
    for link in &mut found.links {
        link.language.clone_from(&found.language);
    }
}

fn link(item: ElementRef<'_>, base: &Url, config: &Config, zone: Tz) -> Result<Link, String> {
    let anchor = match &config.link {
        Some(selector) => {
            let chosen =
                within(item, selector).ok_or_else(|| format!("`{selector}` of `link` matches nothing in it"))?;
            anchor(chosen).ok_or_else(|| format!("what `{selector}` of `link` matches holds no link"))?
        }
        None => anchor(item).ok_or("it holds no link")?,
    };
    let href = anchor.attr("href").unwrap_or_default().trim();
    let address = base.join(href).map_err(|error| format!("its link `{href}` is broken: {error}"))?;
    let canonical = CanonicalUrl::from_url(address).map_err(|error| error.to_string())?;
    let title = match &config.title {
        Some(selector) => within(item, selector).and_then(|element| line(&text(element))),
        None => default_title(item, anchor, href),
    };
    let dated = match &config.date {
        Some(selector) => within(item, selector),
        None => descendants(item).find(|element| element.value().name() == "time"),
    };
    let summary =
        config.summary.as_ref().and_then(|selector| within(item, selector)).map(|element| element.inner_html());
    let picture = config.image.as_ref().and_then(|selector| within(item, selector));
    Ok(Link {
        title,
        published: dated.and_then(|element| published(element, zone)).map(Timestamp::from),
        summary: summary.map(|markup| markup.trim().to_owned()).filter(|markup| !markup.is_empty()),
        image: picture.and_then(|element| image(element, base)),
        ..Link::to(canonical)
    })
}

/// The item itself if the selector means it, else the first match inside.
fn within<'a>(item: ElementRef<'a>, selector: &Css) -> Option<ElementRef<'a>> {
    item.select(selector.selector()).next().or_else(|| selector.selector().matches(&item).then_some(item))
}

fn anchor(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let is_link = |element: &ElementRef<'_>| {
        let href = element.attr("href").map(str::trim).unwrap_or_default();
        matches!(element.value().name(), "a" | "area") && !href.is_empty() && !href.starts_with('#')
    };
    descendants(element).find(is_link)
}

/// The element and all inside, in order.
fn descendants(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.descendants().filter_map(ElementRef::wrap)
}

/// The link's text; where it wraps a picture, that of the next link to the same page, else the item's heading.
fn default_title(item: ElementRef<'_>, anchor: ElementRef<'_>, href: &str) -> Option<String> {
    let heading = |of| descendants(of).find(|e| matches!(e.value().name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
    let in_link = heading(anchor).and_then(|heading| line(&text(heading)));
    let same = || {
        let links = descendants(item).filter(|element| element.attr("href").map(str::trim) == Some(href));
        links.filter_map(|element| line(&text(element))).next()
    };
    in_link.or_else(same).or_else(|| heading(item).and_then(|heading| line(&text(heading))))
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ")
}

pub(super) fn published(element: ElementRef<'_>, zone: Tz) -> Option<chrono::DateTime<chrono::Utc>> {
    let inner = descendants(element).find(|inner| inner.attr("datetime").is_some());
    let attribute = inner.and_then(|inner| inner.attr("datetime")).or_else(|| element.attr("content"));
    attribute.and_then(|value| date(value, zone)).or_else(|| date(&line(&text(element))?, zone))
}

pub(super) fn image(element: ElementRef<'_>, base: &Url) -> Option<Url> {
    let picture = descendants(element).find(|inner| inner.value().name() == "img").unwrap_or(element);
    let attribute = |name: &&str| picture.attr(name).map(str::trim).filter(|value| !value.is_empty());
    let lazy = LAZY.iter().find_map(attribute);
    let largest = || LAZY_SETS.iter().find_map(|name| largest(attribute(name)?));
    let plain = || attribute(&"src").or_else(|| attribute(&"content")).or_else(|| attribute(&"href"));
    let found = lazy.or_else(largest).or_else(plain)?;
    base.join(found).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The address of the widest picture of a `srcset`.
fn largest(set: &str) -> Option<&str> {
    let candidates = set.split(", ").filter_map(|candidate| {
        let mut words = candidate.split_whitespace();
        let address = words.next()?.trim_end_matches(',');
        let size = words.next().and_then(|size| size.get(..size.len() - 1)?.parse::<f64>().ok()).unwrap_or(1.0);
        (!address.starts_with("data:")).then_some((address, size))
    });
    candidates.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(address, _)| address)
}
