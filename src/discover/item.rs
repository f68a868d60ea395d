//! One item as its entrance tells it; only one that has an address can become a link.

use url::Url;

use super::{Contents, Doors, Found, Gathered};
use crate::model::{CanonicalUrl, Enclosure, Link, Timestamp};

/// One item of an entrance. Text fields are plain text, `summary` and `content` are markup that nobody has cleaned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// The entrance's own id of the item.
    pub guid: Option<String>,
    /// Where its page is: as it was written where that is a whole address, else made one.
    pub address: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// Names, in the entrance's order.
    pub authors: Vec<String>,
    /// Categories and tags, in the entrance's order.
    pub categories: Vec<String>,
    /// A short description.
    pub summary: Option<String>,
    /// The body.
    pub content: Option<String>,
    /// Lead image.
    pub image: Option<Url>,
    /// Files that belong to the item.
    pub enclosures: Vec<Enclosure>,
    /// Language of the item or of its entrance.
    pub language: Option<String>,
}

impl Item {
    /// The item as a link, or why it can't be one.
    fn link(self) -> Result<Link, String> {
        let address = self.address.as_deref().ok_or("it has neither a link nor an id that is one")?;
        let url = CanonicalUrl::parse(address).map_err(|error| error.to_string())?;
        Ok(Link {
            url,
            guid: self.guid,
            title: self.title,
            published: self.published,
            updated: self.updated,
            authors: self.authors,
            categories: self.categories,
            summary: self.summary,
            content: self.content,
            image: self.image,
            enclosures: self.enclosures,
            language: self.language,
        })
    }
}

impl From<Link> for Item {
    fn from(link: Link) -> Self {
        Self {
            guid: link.guid,
            address: Some(link.url.to_string()),
            title: link.title,
            published: link.published,
            updated: link.updated,
            authors: link.authors,
            categories: link.categories,
            summary: link.summary,
            content: link.content,
            image: link.image,
            enclosures: link.enclosures,
            language: link.language,
        }
    }
}

impl From<Contents> for Found {
    fn from(contents: Contents) -> Self {
        let mut gathered = Gathered::new(contents.notes);
        for (idx, item) in contents.items.into_iter().enumerate() {
            let title = item.title.clone();
            match item.link() {
                Ok(link) => gathered.add(link),
                Err(reason) => gathered.skip(idx, title.as_deref(), &reason),
            }
        }
        let (links, notes) = gathered.finish();
        Self {
            kind: contents.kind,
            title: contents.title,
            site: contents.site,
            language: contents.language,
            hints: contents.hints,
            feeds: Vec::new(),
            doors: Doors::default(),
            parts: contents.parts,
            links,
            notes,
        }
    }
}

impl From<Found> for Contents {
    fn from(found: Found) -> Self {
        Self {
            kind: found.kind,
            title: found.title,
            site: found.site,
            language: found.language,
            hints: found.hints,
            items: found.links.into_iter().map(Item::from).collect(),
            parts: found.parts,
            notes: found.notes,
        }
    }
}

/// An address as it was written where that is a whole one, else completed by `base`; as it was written where neither
/// helps.
pub(super) fn absolute(address: &str, base: &Url) -> String {
    let address = address.trim();
    let is_written_well = address.bytes().all(|byte| byte.is_ascii_graphic());
    match Url::parse(address) {
        Ok(_) if is_written_well => address.to_owned(),
        Ok(url) => url.into(),
        Err(_) => base.join(address).map_or_else(|_| address.to_owned(), String::from),
    }
}
