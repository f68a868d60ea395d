//! Cuts a page's text into tokens for html5ever's tree builder (HTML standard, section 13.2.5).
//!
//! html5ever's own tokenizer spends three quarters of the time of a parse: it takes its input in pieces, one
//! character at a time, and reports errors. Here the whole text is at hand, so that most states of the standard
//! are one search for the next byte that matters. The tests hold it to the same tokens as html5ever's, which
//! still reads the doctype.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult, TokenizerOpts};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr3};

use super::raw;
use super::reference::{self, Place};

/// Most attributes of one element; later ones are left out. Telling doubles takes time quadratic in their
/// number, and people write a dozen.
const MAX_ATTRIBUTES: usize = 256;

/// Longest text; the rest is left out. The tree's texts count their bytes in 32 bits.
const MAX_BYTES: usize = u32::MAX as usize;

/// Feeds the whole text to the sink and gives the sink back.
pub(super) fn feed<S: TokenSink>(text: Cow<'_, str>, sink: S) -> S {
    let page = {
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        shared(&text[..text.floor_char_boundary(MAX_BYTES)])
    };
    // The tree takes the room that this leaves.
    drop(text);
    let mut tokenizer =
        Tokenizer { text: &page, page: &page, at: 0, sink, pending: StrTendril::new(), names: Names::default() };
    tokenizer.run();
    tokenizer.sink.end();
    tokenizer.sink
}

/// The one copy of the page, of which all texts and values of the tree are parts: nothing is copied again. The
/// standard makes line feeds of all line ends before anything else.
fn shared(text: &str) -> StrTendril {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return StrTendril::from_slice(text);
    }
    // The text is shorter than 2^32 bytes.
    let mut page = StrTendril::with_capacity(text.len() as u32);
    let mut rest = text;
    while let Some(end) = memchr(b'\r', rest.as_bytes()) {
        page.push_slice(&rest[..end]);
        page.push_char('\n');
        rest = &rest[end + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    page.push_slice(rest);
    page
}

struct Tokenizer<'a, S> {
    text: &'a str,
    /// The same, to be shared.
    page: &'a StrTendril,
    /// The next byte to read; always at the start of a character.
    at: usize,
    sink: S,
    /// Text that the sink hasn't got yet.
    pending: StrTendril,
    names: Names,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            self.characters();
            if self.at < self.text.len() {
                self.markup();
            }
        }
        let _ = self.emit(Token::EOFToken);
    }

    /// The byte some bytes ahead; 0 after the end, which no search asks for.
    fn peek(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The rest of the text.
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes what comes before the first of some bytes; all that is left, if none does.
    fn take_until(&mut self, is_end: impl Fn(u8) -> bool) -> (usize, usize) {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        self.at = start + rest.iter().position(|byte| is_end(*byte)).unwrap_or(rest.len());
        (start, self.at)
    }

    /// The same for three known bytes, which is quicker where the end is some way off.
    fn take_until_any(&mut self, ends: [u8; 3]) -> (usize, usize) {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        self.at = start + memchr3(ends[0], ends[1], ends[2], rest).unwrap_or(rest.len());
        (start, self.at)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(0), b' ' | b'\n' | b'\t' | b'\x0C') {
            self.at += 1;
        }
    }

    /// A part of the page; short ones are copied, longer ones share it.
    fn part(&self, start: usize, end: usize) -> StrTendril {
        // The page is shorter than 2^32 bytes.
        self.page.subtendril(start as u32, (end - start) as u32)
    }

    /// Adds a part of the page to the text that is to be sent.
    fn push(&mut self, start: usize, end: usize) {
        let part = self.part(start, end);
        join(&mut self.pending, part);
    }

    /// The same with zeros replaced.
    fn push_without_nulls(&mut self, start: usize, end: usize) {
        let part = self.part_without_nulls(start, end);
        join(&mut self.pending, part);
    }

    fn part_without_nulls(&self, start: usize, end: usize) -> StrTendril {
        match replace_nulls(&self.text[start..end]) {
            Cow::Borrowed(_) => self.part(start, end),
            Cow::Owned(text) => text.into(),
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let text = std::mem::take(&mut self.pending);
            // The answer to text is always to go on.
            let _ = self.sink.process_token(Token::CharacterTokens(text), 1);
        }
    }

    fn emit(&mut self, token: Token) -> TokenSinkResult<S::Handle> {
        self.flush();
        self.sink.process_token(token, 1)
    }

    /// Text up to the next `<`.
    fn characters(&mut self) {
        loop {
            let (start, end) = self.take_until_any([b'<', b'&', 0]);
            self.push(start, end);
            match self.text.as_bytes().get(self.at) {
                Some(b'&') => {
                    self.at += 1 + reference::decode(&self.text[self.at + 1..], Place::Text, &mut self.pending);
                }
                Some(0) => {
                    self.at += 1;
                    let _ = self.emit(Token::NullCharacterToken);
                }
                _ => return,
            }
        }
    }

    /// What starts with `<`.
    fn markup(&mut self) {
        match (self.peek(1), self.peek(2)) {
            (b'a'..=b'z' | b'A'..=b'Z', _) => {
                self.at += 1;
                self.start_tag();
            }
            (b'/', b'a'..=b'z' | b'A'..=b'Z') => {
                self.at += 2;
                self.end_tag();
            }
            (b'/', b'>') => self.at += 3,
            (b'/', _) if self.at + 2 < self.text.len() => {
                self.at += 2;
                self.bogus_comment();
            }
            (b'!', _) => {
                self.at += 2;
                self.declaration();
            }
            (b'?', _) => {
                self.at += 1;
                self.bogus_comment();
            }
            _ => {
                self.pending.push_char('<');
                self.at += 1;
            }
        }
    }

    fn start_tag(&mut self) {
        let name = self.tag_name();
        let mut tag = Tag {
            kind: TagKind::StartTag,
            name: name.clone(),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        if !self.attributes(&mut tag) {
            return;
        }
        match self.emit(Token::TagToken(tag)) {
            TokenSinkResult::RawData(kind) => self.raw_text(&name, kind),
            TokenSinkResult::Plaintext => {
                self.push_without_nulls(self.at, self.text.len());
                self.at = self.text.len();
            }
            _ => {}
        }
    }

    fn end_tag(&mut self) {
        let name = self.tag_name();
        let mut tag = Tag {
            kind: TagKind::EndTag,
            name,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        if self.attributes(&mut tag) {
            // An end tag never changes how to read on: a script isn't run.
            let _ = self.emit(Token::TagToken(tag));
        }
    }

    fn tag_name(&mut self) -> LocalName {
        let (start, end) = self.take_until(|byte| matches!(byte, b' ' | b'>' | b'/' | b'\n' | b'\t' | b'\x0C'));
        self.names.get(&self.text[start..end])
    }

    /// The rest of a tag; false if the text ends before it does, when the tag counts for nothing.
    fn attributes(&mut self, tag: &mut Tag) -> bool {
        loop {
            self.skip_space();
            match self.text.as_bytes().get(self.at) {
                None => return false,
                Some(b'>') => {
                    self.at += 1;
                    return true;
                }
                Some(b'/') => {
                    self.at += 1;
                    if self.peek(0) == b'>' {
                        tag.self_closing = true;
                    }
                }
                Some(_) => self.attribute(tag),
            }
        }
    }

    fn attribute(&mut self, tag: &mut Tag) {
        let name_start = self.at;
        // An equals sign at the start is part of the name.
        self.at += usize::from(self.peek(0) == b'=');
        let (_, name_end) = self.take_until(|byte| matches!(byte, b'=' | b'>' | b' ' | b'/' | b'\n' | b'\t' | b'\x0C'));
        self.skip_space();
        let mut value = StrTendril::new();
        if self.peek(0) == b'=' {
            self.at += 1;
            self.skip_space();
            match self.peek(0) {
                quote @ (b'"' | b'\'') => {
                    self.at += 1;
                    value = self.value(|tokenizer| tokenizer.take_until_any([quote, b'&', 0]));
                    self.at = (self.at + 1).min(self.text.len());
                }
                b'>' => {}
                _ => {
                    let is_end = |byte| matches!(byte, b'>' | b' ' | b'\n' | b'\t' | b'\x0C' | b'&' | 0);
                    value = self.value(|tokenizer| tokenizer.take_until(is_end));
                }
            }
        }
        if tag.kind == TagKind::EndTag || tag.attrs.len() >= MAX_ATTRIBUTES {
            return;
        }
        // A list begins with room for four, of 40 bytes each, and stays in the tree.
        tag.attrs.reserve_exact(usize::from(tag.attrs.is_empty()));
        let name = self.names.get(&self.text[name_start..name_end]);
        if tag.attrs.iter().any(|known| known.name.local == name) {
            tag.had_duplicate_attributes = true;
        } else {
            tag.attrs.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
    }

    /// An attribute's value up to its end, which isn't taken; `take` stops there, at `&` and at a zero.
    fn value(&mut self, take: impl Fn(&mut Self) -> (usize, usize)) -> StrTendril {
        let mut value = StrTendril::new();
        loop {
            let (start, end) = take(self);
            join(&mut value, self.part(start, end));
            match self.text.as_bytes().get(self.at) {
                Some(b'&') => {
                    self.at += 1 + reference::decode(&self.text[self.at + 1..], Place::Attribute, &mut value);
                }
                Some(0) => {
                    value.push_char('\u{fffd}');
                    self.at += 1;
                }
                _ => return value,
            }
        }
    }

    /// The text of an element that holds no markup, and its end tag.
    fn raw_text(&mut self, name: &str, kind: RawKind) {
        let length = raw::length(self.rest(), name, kind);
        let end = self.at + length;
        if kind == RawKind::Rcdata {
            while self.at < end {
                let start = self.at;
                // Looking beyond the end, for each title of a page of titles, would take a minute.
                let stop = memchr(b'&', &self.text.as_bytes()[start..end]).map_or(end, |length| start + length);
                self.push_without_nulls(start, stop);
                self.at = stop;
                if stop < end {
                    self.at += 1 + reference::decode(&self.text[stop + 1..], Place::Text, &mut self.pending);
                }
            }
        } else {
            self.push_without_nulls(self.at, end);
            self.at = end;
        }
    }

    /// What follows `<!`.
    fn declaration(&mut self) {
        let rest = self.rest();
        if rest.starts_with("--") {
            self.at += 2;
            self.comment();
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("doctype")) {
            let length = rest.find('>').map_or(rest.len(), |end| end + 1);
            let doctype = doctype(&rest[..length]);
            self.at += length;
            let _ = self.emit(Token::DoctypeToken(doctype));
        } else if rest.starts_with("[CDATA[") && self.is_in_foreign_content() {
            self.at += 7;
            self.cdata();
        } else {
            self.bogus_comment();
        }
    }

    fn is_in_foreign_content(&mut self) -> bool {
        self.flush();
        self.sink.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn comment(&mut self) {
        let rest = self.rest();
        let (data, length) = if rest.starts_with('>') {
            ("", 1)
        } else if rest.starts_with("->") {
            ("", 2)
        } else {
            comment_end(rest)
        };
        let data = self.part_without_nulls(self.at, self.at + data.len());
        self.at += length;
        let _ = self.emit(Token::CommentToken(data));
    }

    fn bogus_comment(&mut self) {
        let rest = self.rest();
        let length = rest.find('>').unwrap_or(rest.len());
        let data = self.part_without_nulls(self.at, self.at + length);
        self.at = (self.at + length + 1).min(self.text.len());
        let _ = self.emit(Token::CommentToken(data));
    }

    fn cdata(&mut self) {
        let rest = self.rest();
        let (length, skipped) = rest.find("]]>").map_or((rest.len(), 0), |end| (end, 3));
        let (start, end) = (self.at, self.at + length);
        for (idx, part) in self.text[start..end].split('\0').enumerate() {
            if idx > 0 {
                let _ = self.emit(Token::NullCharacterToken);
            }
            self.pending.push_slice(part);
        }
        self.at = end + skipped;
    }
}

/// Splits a comment's text from what ends it, and tells the length of both.
fn comment_end(rest: &str) -> (&str, usize) {
    let mut from = 0;
    while let Some(found) = rest[from..].find("--") {
        let dashes = from + found;
        match rest.as_bytes().get(dashes + 2) {
            Some(b'>') => return (&rest[..dashes], dashes + 3),
            Some(b'!') if rest.as_bytes().get(dashes + 3) == Some(&b'>') => return (&rest[..dashes], dashes + 4),
            _ => from = dashes + 1,
        }
    }
    let unfinished = rest.strip_suffix("--!").or_else(|| rest.strip_suffix("--")).or_else(|| rest.strip_suffix('-'));
    (unfinished.unwrap_or(rest), rest.len())
}

/// Reads `doctype …>` with html5ever's tokenizer: its many states matter once on a page.
fn doctype(text: &str) -> Doctype {
    struct Found(RefCell<Doctype>);

    impl TokenSink for Found {
        type Handle = ();

        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            if let Token::DoctypeToken(doctype) = token {
                self.0.replace(doctype);
            }
            TokenSinkResult::Continue
        }
    }

    let tokenizer = html5ever::tokenizer::Tokenizer::new(Found(RefCell::default()), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice("<!"));
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// Joins two texts without a copy where it can: where one is empty, or both are neighbours on the page.
fn join(text: &mut StrTendril, more: StrTendril) {
    if text.is_empty() {
        *text = more;
    } else {
        text.push_tendril(&more);
    }
}

/// The long names seen last. Making one anew takes a hash and a look into a table that all threads share, and
/// pages say the same dozens of names again and again; short ones are made without.
struct Names {
    seen: Vec<LocalName>,
}

impl Default for Names {
    fn default() -> Self {
        Self { seen: vec![LocalName::default(); Self::N_SLOTS] }
    }
}

impl Names {
    const N_SLOTS: usize = 128;
    /// Longer names aren't kept inside the atom itself.
    const MAX_SHORT: usize = 7;

    /// The name in small letters.
    fn get(&mut self, name: &str) -> LocalName {
        let bytes = name.as_bytes();
        if bytes.len() <= Self::MAX_SHORT {
            return local_name(name);
        }
        let sum = [bytes.len() - 1, bytes.len() / 2, 5]
            .iter()
            .fold(bytes.len(), |sum, at| 37 * sum + usize::from(bytes[*at]));
        let slot = &mut self.seen[sum % Self::N_SLOTS];
        if &**slot != name {
            *slot = local_name(name);
        }
        slot.clone()
    }
}

/// The name in small letters.
fn local_name(name: &str) -> LocalName {
    if name.bytes().any(|byte| byte == 0 || byte.is_ascii_uppercase()) {
        LocalName::from(replace_nulls(name).to_ascii_lowercase())
    } else {
        LocalName::from(name)
    }
}

fn replace_nulls(text: &str) -> Cow<'_, str> {
    if memchr(0, text.as_bytes()).is_some() { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests;
