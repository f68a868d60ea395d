//! Bytes become text as browsers do it, and a little better: a page that is valid UTF-8 is UTF-8, whatever it says.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Declarations are sought within this (HTML, section 13.2.3.2).
const PRESCAN_BYTES: usize = 1024;
/// So much is guessed from, from the first foreign character on; more tells nothing new and takes a second for 5 MB.
const GUESSED_BYTES: usize = 512 * 1024;
/// A text that says it is UTF-8 and is broken in more than one of so many foreign characters is something else.
const MAX_BROKEN: usize = 10;

/// Decodes a document: byte order mark, then valid UTF-8, then header, XML declaration, `<meta>`, then a guess.
/// Never fails; what can't be decoded becomes U+FFFD.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark_bytes..]);
    }
    if let Some(encoding) = utf_16_by_zeros(bytes) {
        return with(encoding, bytes);
    }
    let declared = content_type.and_then(of_content_type).or_else(|| of_document(bytes));
    if declared == Some(ISO_2022_JP) && bytes.contains(&0x1b) {
        return with(ISO_2022_JP, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return without_c1(text.into());
    }
    match declared {
        Some(encoding) if encoding == UTF_8 => broken_utf_8(bytes),
        Some(encoding) => with(encoding, bytes),
        None => with(guess(bytes, Utf8Detection::Allow), bytes),
    }
}

/// The same of bytes that nobody needs any more: what is valid UTF-8 stays where it is, and of the rest only the text
/// is kept.
#[must_use]
pub fn into_text<'a>(bytes: impl Into<Cow<'a, [u8]>>, content_type: Option<&str>) -> Cow<'a, str> {
    let mut bytes = match bytes.into() {
        Cow::Borrowed(bytes) => return decode(bytes, content_type),
        Cow::Owned(bytes) => bytes,
    };
    let mark_bytes = match decode(&bytes, content_type) {
        Cow::Owned(text) => return Cow::Owned(text),
        // All of it, or all but the mark before it.
        Cow::Borrowed(text) => bytes.len() - text.len(),
    };
    bytes.drain(..mark_bytes);
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Cow::Owned(text)
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    without_c1(encoding.decode_without_bom_handling(bytes).0)
}

/// Mostly UTF-8 with some wrong bytes, such as a cut character, or not UTF-8 at all.
fn broken_utf_8(bytes: &[u8]) -> Cow<'_, str> {
    let text = with(UTF_8, bytes);
    let n_broken = text.matches('\u{fffd}').count();
    let n_foreign = text.chars().filter(|c| !c.is_ascii()).count();
    if n_broken * MAX_BROKEN <= n_foreign || n_broken <= 1 && n_foreign > 1 {
        return text;
    }
    with(guess(bytes, Utf8Detection::Deny), bytes)
}

fn guess(bytes: &[u8], utf_8: Utf8Detection) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[first.saturating_sub(PRESCAN_BYTES)..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&sample[..sample.len().min(GUESSED_BYTES)], true);
    detector.guess(None, utf_8)
}

/// The encoding that a `Content-Type` names.
fn of_content_type(content_type: &str) -> Option<&'static Encoding> {
    of_label(value_after(content_type.as_bytes(), b"charset")?)
}

/// The encoding that a document's XML declaration or its `<meta>` names.
fn of_document(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml").and_then(|rest| {
        let end = rest.iter().position(|b| *b == b'>')?;
        value_after(&rest[..end], b"encoding")
    });
    declaration.and_then(of_label).or_else(|| metas(head).find_map(|meta| of_label(value_after(meta, b"charset")?)))
}

/// The inside of each `<meta>` tag.
fn metas(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let starts = (0..head.len().saturating_sub(5)).filter(|at| head[*at..*at + 5].eq_ignore_ascii_case(b"<meta"));
    starts.map(|at| {
        let rest = &head[at..];
        &rest[..rest.iter().position(|b| *b == b'>').unwrap_or(rest.len())]
    })
}

/// A label in a document that we could read as ASCII can't be UTF-16, so then it means UTF-8.
fn of_label(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    match encoding {
        _ if encoding == UTF_16BE || encoding == UTF_16LE => Some(UTF_8),
        _ if encoding == X_USER_DEFINED => Some(WINDOWS_1252),
        _ if encoding == REPLACEMENT => None,
        _ => Some(encoding),
    }
}

/// The value of `name = value`, quoted or not.
fn value_after<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let at = text.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name))?;
    let rest = text[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (rest, is_end): (&[u8], fn(&u8) -> bool) = match rest.first()? {
        b'"' => (&rest[1..], |b| *b == b'"'),
        b'\'' => (&rest[1..], |b| *b == b'\''),
        _ => (rest, |b| b.is_ascii_whitespace() || matches!(b, b';' | b',' | b'"' | b'\'' | b'>' | b'/')),
    };
    Some(rest[..rest.iter().position(is_end).unwrap_or(rest.len())].trim_ascii())
}

/// UTF-16 without a mark: a document starts with two ASCII characters, the first of them `<` or `{`.
fn utf_16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<' | b'{', 0, second, 0, ..] if *second != 0 => Some(UTF_16LE),
        [0, b'<' | b'{', 0, second, ..] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// U+0080 to U+009F are no text: they are bytes of windows-1252 that somebody took for Latin 1.
fn without_c1(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_c1 = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    // In UTF-8 they are the byte C2 and their own; nearly every text is without, so the search has to be quick.
    let mut leads = memchr::memchr_iter(0xc2, text.as_bytes());
    if !leads.any(|at| text.as_bytes().get(at + 1).is_some_and(|byte| (0x80..=0x9f).contains(byte))) {
        return text;
    }
    text.chars()
        .map(|c| match u8::try_from(u32::from(c)) {
            Ok(byte) if is_c1(c) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c),
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_given_away_become_the_same_text() {
        for (bytes, content_type) in [
            (&b"<p>plain"[..], None),
            (b"", None),
            ("\u{feff}<p>né".as_bytes(), Some("text/html; charset=koi8-r")),
            ("<p>né\u{85}".as_bytes(), None),
            (b"\xff\xfe<\0p\0", None),
            (b"<p>n\xe9 caf\xe9", Some("text/html; charset=iso-8859-1")),
            (b"<p>caf\xc3\xa9 \xff", Some("text/html; charset=utf-8")),
        ] {
            assert_eq!(into_text(bytes.to_vec(), content_type), decode(bytes, content_type), "{bytes:?}");
            assert_eq!(into_text(bytes, content_type), decode(bytes, content_type), "{bytes:?}");
        }
    }

    #[test]
    fn bytes_become_text_as_their_charset_says_or_shows() {
        let utf_16le: Vec<u8> = "<p>né".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf_16be: Vec<u8> = "<p>né".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let shift_jis = encoding_rs::SHIFT_JIS.encode("<p>日本語の新聞記事です。東京").0.into_owned();
        let russian = encoding_rs::WINDOWS_1251.encode("<p>Сегодня в Москве прошла выставка новых книг").0.into_owned();
        let koi = encoding_rs::KOI8_R.encode("<?xml version='1.0' encoding='koi8-r'?>Привет").0.into_owned();
        let iso_2022 = b"<p>\x1b$BF|K\\\x1b(B".to_vec();
        for (what, bytes, header, text) in [
            (
                "a mark beats the header",
                b"\xef\xbb\xbfn\xc3\xa9".to_vec(),
                Some("text/html; charset=windows-1251"),
                "né",
            ),
            ("a UTF-16 mark", [b"\xff\xfe".to_vec(), utf_16le.clone()].concat(), None, "<p>né"),
            ("UTF-16 without a mark", utf_16le, Some("text/xml"), "<p>né"),
            ("the other UTF-16", utf_16be, None, "<p>né"),
            ("valid UTF-8 beats a wrong header", b"n\xc3\xa9".to_vec(), Some("text/html; charset=iso-8859-1"), "né"),
            (
                "valid UTF-8 beats a wrong declaration",
                "<?xml version='1.0' encoding='windows-1251'?>né".into(),
                None,
                "<?xml version='1.0' encoding='windows-1251'?>né",
            ),
            ("the header", b"n\xe9".to_vec(), Some("text/html; Charset=\"ISO-8859-1\"; x=y"), "né"),
            ("Latin 1 is windows-1252", b"\x93n\xe9\x94".to_vec(), Some("text/html;charset=latin1"), "“né”"),
            ("the XML declaration", koi, None, "<?xml version='1.0' encoding='koi8-r'?>Привет"),
            (
                "a meta",
                b"<head><META content='text/html; charset=windows-1250'>\xb9".to_vec(),
                None,
                "<head><META content='text/html; charset=windows-1250'>ą",
            ),
            ("a short meta", b"<meta charset=iso-8859-2>\xb1".to_vec(), None, "<meta charset=iso-8859-2>ą"),
            (
                "the header beats a meta",
                b"<meta charset=iso-8859-2>\xe9".to_vec(),
                Some("text/html; charset=iso-8859-1"),
                "<meta charset=iso-8859-2>é",
            ),
            (
                "a meta that says UTF-16 means UTF-8",
                b"<meta charset=utf-16>n\xc3\xa9".to_vec(),
                None,
                "<meta charset=utf-16>né",
            ),
            ("a guess at Japanese", shift_jis, None, "<p>日本語の新聞記事です。東京"),
            (
                "a guess at Russian that says UTF-8",
                russian,
                Some("text/html; charset=utf-8"),
                "<p>Сегодня в Москве прошла выставка новых книг",
            ),
            ("escapes beat being ASCII", iso_2022, Some("text/html; charset=iso-2022-jp"), "<p>日本"),
            (
                "one cut character",
                b"\xd0\x9f\xd1\x80\xd0\xb8\xd0".to_vec(),
                Some("text/html; charset=utf-8"),
                "При\u{fffd}",
            ),
            ("C1 that came through UTF-8", "it\u{92}s".into(), Some("text/html; charset=utf-8"), "it’s"),
            ("an unknown label", b"n\xc3\xa9".to_vec(), Some("text/html; charset=klingon"), "né"),
            ("nothing", Vec::new(), None, ""),
        ] {
            assert_eq!(decode(&bytes, header), text, "{what}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, header: String) {
            let _ = decode(&bytes, Some(&format!("text/html; charset={header}")));
            let _ = decode(&[b"<?xml encoding=", &bytes[..], b"><meta charset=", &bytes[..]].concat(), None);
        }
    }
}
