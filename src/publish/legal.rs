//! Text that every XML parser takes, whatever came in.

use std::borrow::Cow;

/// The text without what XML 1.0 can't hold (section 2.2) and without what it allows but readers stumble over: C1
/// controls, byte order marks, and carriage returns, which a parser would turn into line feeds.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\n' if after_return => {}
            '\r' => out.push('\n'),
            _ if is_kept(c) => out.push(c),
            _ => {}
        }
        after_return = c == '\r';
    }
    Cow::Owned(out)
}

/// Plain text as the content of an element or a quoted attribute, in XML as in HTML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

fn is_kept(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' => false,
        // The last two code points of every plane are no characters.
        _ => u32::from(c) & 0xfffe != 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b10_what_xml_cannot_hold_is_gone() {
        let text = legal("a\0\u{1}\u{b}\u{1f}\u{7f}\u{85}b\r\nc\rd\u{feff}\u{fffe}\u{ffff}\u{1fffe}\te\u{1f600}");

        assert_eq!(text, "ab\nc\nd\te\u{1f600}");
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(legal("plain text\n"), Cow::Borrowed(_)));
    }
}
