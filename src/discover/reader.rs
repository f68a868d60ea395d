//! Our own reader of RSS of every age, Atom and CDF, which takes feeds as they are: it follows tags as far as they go,
//! ends what was never closed where something else must begin, and reads each field from wherever publishers put it.
//! Linear in the feed's length, never fails.

use chrono_tz::Tz;
use url::Url;

use super::MAX_ITEMS;
use super::content::Content;
use super::date::date;
use super::draft::{Draft, add};
use super::hints::Hints;
use super::item::absolute;
use super::markup::{Tag, Token, Tokens, local};
use super::namespace::Spaces;
use super::text::{line, plain};
use super::vocabulary::{Action, Dialect, action, is_alternate};
use crate::model::{Enclosure, Timestamp};

/// Deeper elements are not read: a feed needs six levels.
const MAX_DEPTH: usize = 64;
/// What stands around a feed's items.
pub(super) struct Head {
    /// The fields that it shares with items.
    pub(super) draft: Draft,
    /// What it tells those who poll it.
    pub(super) hints: Hints,
    /// What was wrong.
    pub(super) notes: Vec<String>,
}

/// Reads the feed whose root element starts at `text`'s start, and hands its items to `take`, in order.
pub(super) fn read(text: &str, url: &Url, zone: Tz, take: &mut dyn FnMut(Draft)) -> Head {
    let mut tokens = Tokens::new(text);
    let Some(Token::Start(root)) = tokens.next() else {
        return Head { draft: Draft::default(), hints: Hints::default(), notes: Vec::new() };
    };
    let is_entry = local(root.name).eq_ignore_ascii_case("entry");
    let is_atom = is_entry || local(root.name).eq_ignore_ascii_case("feed");
    let mut reader = Reader {
        dialect: if is_atom { Dialect::Atom } else { Dialect::Rss },
        spaces: Spaces::of_root(&root),
        tokens,
        zone,
        open: vec![Open { name: "", state: State::Structure, base: Some(url.clone()) }],
        head: Draft::default(),
        item: None,
        hints: Hints::default(),
        dates: Dates::default(),
        n_items: 0,
        is_cut: false,
        take,
    };
    if let Some(language) = root.attribute("xml:lang") {
        reader.head.language.offer(1, language);
    }
    // A single entry is a feed of its own.
    let state = if is_entry { State::Item } else { State::Structure };
    if is_entry {
        reader.item = Some(Draft::default());
    }
    reader.push(&root, state);
    reader.run()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Skipped,
    Structure,
    Item,
}

/// An element that is open.
struct Open<'a> {
    name: &'a str,
    state: State,
    /// What addresses inside refer to, where that changes.
    base: Option<Url>,
}

struct Reader<'a, 'f> {
    dialect: Dialect,
    spaces: Spaces,
    tokens: Tokens<'a>,
    zone: Tz,
    open: Vec<Open<'a>>,
    head: Draft,
    item: Option<Draft>,
    hints: Hints,
    dates: Dates,
    n_items: usize,
    /// Whether the text ended within a field.
    is_cut: bool,
    take: &'f mut dyn FnMut(Draft),
}

impl<'a> Reader<'a, '_> {
    fn run(mut self) -> Head {
        while self.open.len() > 1 {
            match self.tokens.next() {
                Some(Token::Start(tag)) => self.start(&tag),
                Some(Token::End(name)) => self.end(name),
                Some(_) => {}
                None => break,
            }
        }
        let mut notes = Vec::new();
        let breaks_off = self.is_cut || self.open.len() > 1;
        if let Some(item) = self.item.take() {
            // What was read of it stands, if that is enough to find its page.
            if item.address.get().is_some() {
                self.finish(item);
                notes.push("the feed breaks off within an item, of which the beginning is read".to_owned());
            } else {
                notes.push("the feed breaks off within an item, which is left out".to_owned());
            }
        } else if breaks_off {
            notes.push("the feed breaks off before its end".to_owned());
        }
        if self.n_items > MAX_ITEMS {
            notes.push(format!("of {} items, only the first {MAX_ITEMS} are read", self.n_items));
        }
        notes.extend(self.dates.note());
        Head { draft: self.head, hints: self.hints, notes }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        if self.open.len() > MAX_DEPTH {
            return;
        }
        if self.open.last().is_some_and(|open| open.state == State::Skipped) {
            return self.push(tag, State::Skipped);
        }
        match action(self.dialect, self.spaces.family(tag), tag, self.item.is_some()) {
            Action::Skip => self.push(tag, State::Skipped),
            Action::Structure => self.push(tag, State::Structure),
            Action::Item => self.item(tag),
            Action::File => {
                self.file(tag);
                self.push(tag, State::Structure);
            }
            Action::Picture(attribute) => {
                if let Some(url) = tag.attribute(attribute).and_then(|url| self.web(tag, &url)) {
                    add(&mut self.draft().images, url);
                }
                self.push(tag, State::Skipped);
            }
            field => self.field(tag, field),
        }
    }

    fn item(&mut self, tag: &Tag<'a>) {
        if let Some(item) = self.item.take() {
            // It was never closed.
            self.finish(item);
            if let Some(at) = self.open.iter().rposition(|open| open.state == State::Item) {
                self.open.truncate(at);
            }
        }
        let mut item = Draft::default();
        if let Some(about) = tag.attribute("rdf:about").filter(|about| !about.trim().is_empty()) {
            item.guid.offer(2, about.trim().to_owned());
            if is_web(about.trim()) {
                item.address.offer(6, about.trim().to_owned());
            }
        }
        if let Some(language) = tag.attribute("xml:lang") {
            item.language.offer(1, language);
        }
        // CDF keeps these in attributes.
        if let Some(href) = tag.attribute("href").filter(|_| self.dialect == Dialect::Rss) {
            item.address.offer(3, absolute(&href, &self.base(tag)));
        }
        if let Some(time) = tag.attribute("lastmod").and_then(|text| self.dates.read(&text, self.zone)) {
            item.updated.offer(3, time);
        }
        self.item = Some(item);
        self.push(tag, State::Item);
    }

    /// Opens an element, or closes it at once if its tag does.
    fn push(&mut self, tag: &Tag<'a>, state: State) {
        let base = tag.attribute("xml:base").and_then(|base| self.here().join(base.trim()).ok());
        self.open.push(Open { name: tag.name, state, base });
        if tag.is_empty {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if self.open.pop().is_some_and(|open| open.state == State::Item)
            && let Some(item) = self.item.take()
        {
            self.finish(item);
        }
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else { return };
        // What its end tag was forgotten for ends here as well.
        while self.open.len() > at.max(1) {
            self.pop();
        }
    }

    fn finish(&mut self, item: Draft) {
        self.n_items += 1;
        if self.n_items <= MAX_ITEMS {
            (self.take)(item);
        }
    }

    fn draft(&mut self) -> &mut Draft {
        self.item.as_mut().unwrap_or(&mut self.head)
    }

    /// What addresses refer to where the reader is.
    fn here(&self) -> &Url {
        let known = self.open.iter().rev().find_map(|open| open.base.as_ref());
        known.expect("the first of the open elements is the document, which has an address")
    }

    /// What addresses in an element's tag and text refer to.
    fn base(&self, tag: &Tag<'_>) -> Url {
        let own = tag.attribute("xml:base").and_then(|base| self.here().join(base.trim()).ok());
        own.unwrap_or_else(|| self.here().clone())
    }

    fn web(&self, tag: &Tag<'_>, address: &str) -> Option<Url> {
        let address = address.trim();
        let url = self.base(tag).join(address).ok()?;
        (!address.is_empty() && matches!(url.scheme(), "http" | "https")).then_some(url)
    }

    /// A file that comes with an item; pictures may be its lead image.
    fn file(&mut self, tag: &Tag<'a>) {
        let Some(url) = tag.attribute("url").or_else(|| tag.attribute("href")) else { return };
        let Some(url) = self.web(tag, &url) else { return };
        let mime = tag.attribute("type").map(|mime| mime.trim().to_owned()).filter(|mime| !mime.is_empty());
        let size = ["fileSize", "length"].iter().find_map(|name| tag.attribute(name)?.trim().parse().ok());
        let is_picture = match &mime {
            Some(mime) => mime.starts_with("image/"),
            None => tag.attribute("medium").is_some_and(|medium| medium == "image") || has_picture_ending(&url),
        };
        let draft = self.draft();
        if is_picture {
            add(&mut draft.images, url);
        } else if !draft.enclosures.iter().any(|known| known.url == url) {
            add(&mut draft.enclosures, Enclosure { url, mime, bytes: size.filter(|bytes| *bytes > 0) });
        }
    }

    fn field(&mut self, tag: &Tag<'a>, field: Action) {
        let content = Content::of(tag, &mut self.tokens, field.is_line());
        if content.is_cut {
            // Half an address or half a text is worse than none.
            self.is_cut = true;
            return;
        }
        match field {
            Action::Link => self.link(tag, &content.text),
            Action::Original => {
                let link = content.text.trim().to_owned();
                if is_web(&link) {
                    self.draft().address.offer(0, link);
                }
            }
            Action::Id(rank) => self.id(tag, rank, &content.text),
            Action::Published(rank) => {
                if let Some(time) = self.dates.read(&content.text, self.zone) {
                    self.draft().published.offer(rank, time);
                }
            }
            Action::Updated(rank) => {
                if let Some(time) = self.dates.read(&content.text, self.zone) {
                    self.draft().updated.offer(rank, time);
                }
            }
            Action::Language => {
                if let Some(language) = line(&content.text) {
                    self.draft().language.offer(0, language);
                }
            }
            Action::Author => {
                for name in content.people() {
                    add(&mut self.draft().authors, name);
                }
            }
            Action::Podcaster => {
                for name in content.people() {
                    add(&mut self.draft().podcasters, name);
                }
            }
            Action::Category => self.category(tag, &content),
            Action::Hint => {
                let base = self.base(tag);
                self.hints.element(&tag.local().to_ascii_lowercase(), content.text.trim(), &base, self.zone);
            }
            _ => self.text(tag, field, &content),
        }
    }

    fn text(&mut self, tag: &Tag<'a>, field: Action, content: &Content) {
        let text = content.meant(tag, self.dialect == Dialect::Atom);
        if text.value.trim().is_empty() {
            return;
        }
        let language = tag.attribute("xml:lang");
        let draft = self.draft();
        match field {
            Action::Title(rank) => draft.title.offer(rank, text),
            Action::Summary(rank) => draft.summary.offer(rank, text),
            Action::Content(rank) => {
                if let Some(language) = language {
                    draft.language.offer(2, language);
                }
                draft.content.offer(rank, text);
            }
            _ => {}
        }
    }

    /// An address as text, as RSS has it, or in an attribute, as Atom has it.
    fn link(&mut self, tag: &Tag<'a>, text: &str) {
        // Some escape the ampersands of an address twice.
        let text = text.trim().replace("&amp;", "&");
        let base = self.base(tag);
        let href = tag.attribute("href").map(|href| href.trim().to_owned()).filter(|href| !href.is_empty());
        if !is_alternate(tag) {
            let rel = tag.attribute("rel").unwrap_or_default().trim().to_ascii_lowercase();
            match (self.item.is_some(), rel.as_str()) {
                (true, "enclosure") => self.file(tag),
                (false, rel) => self.hints.link(rel, href.as_deref().unwrap_or_default(), &base),
                _ => {}
            }
            return;
        }
        let kind = tag.attribute("type").map(|kind| kind.to_ascii_lowercase());
        let rank = match &kind {
            Some(kind) if kind.contains("html") => 1,
            None => 2,
            Some(_) => 3,
        };
        let draft = self.draft();
        if !text.is_empty() {
            draft.address.offer(1, absolute(&text, &base));
        } else if let Some(href) = href {
            draft.address.offer(rank, absolute(&href, &base));
        }
    }

    /// An id, which is an address as well where it looks like one or says so.
    fn id(&mut self, tag: &Tag<'a>, rank: u8, text: &str) {
        let mut id = text.trim().to_owned();
        if is_web(&id) && id.contains(['\n', '\t', '\r']) {
            // An address that was broken into lines.
            id = id.split_whitespace().collect();
        }
        if id.is_empty() {
            return;
        }
        let says = tag.attribute("isPermaLink").map(|says| says.trim().to_ascii_lowercase());
        let base = self.base(tag);
        let draft = self.draft();
        let is_path = id.contains('/') || says.as_deref() == Some("true");
        if says.as_deref() != Some("false") {
            if is_web(&id) {
                draft.address.offer(4, id.clone());
            } else if is_path && !id.contains(char::is_whitespace) && !id.contains(':') {
                draft.address.offer(5, absolute(&id, &base));
            } else {
                // By the standards it is an address; nobody can ask for such a one, but the feed gives no other.
                draft.address.offer(9, id.clone());
            }
        }
        draft.guid.offer(rank, id);
    }

    fn category(&mut self, tag: &Tag<'a>, content: &Content) {
        let scheme = tag.attribute("scheme").unwrap_or_default();
        // Blogger marks every post as a post.
        if scheme.ends_with("2005#kind") {
            return;
        }
        let attribute = tag.attribute("label").filter(|label| !label.trim().is_empty());
        let named = attribute.or_else(|| tag.attribute("term")).and_then(|name| plain(&name));
        if let Some(name) = named.or_else(|| plain(&content.text)) {
            add(&mut self.draft().categories, name);
        }
    }
}

/// Reads dates, and keeps those that can't be read.
#[derive(Default)]
struct Dates {
    n_unread: usize,
    first_unread: Option<String>,
}

impl Dates {
    fn read(&mut self, text: &str, zone: Tz) -> Option<Timestamp> {
        let text = line(text)?;
        let found = date(&text, zone);
        if found.is_none() {
            self.n_unread += 1;
            self.first_unread.get_or_insert_with(|| text.chars().take(40).collect());
        }
        found.map(Timestamp::from)
    }

    fn note(self) -> Option<String> {
        let first = self.first_unread?;
        Some(match self.n_unread {
            1 => format!("the date `{first}` can't be read"),
            n => format!("{n} dates can't be read, such as `{first}`"),
        })
    }
}

fn is_web(text: &str) -> bool {
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// Whether an address ends as pictures' do.
fn has_picture_ending(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].iter().any(|ending| path.ends_with(ending))
}
