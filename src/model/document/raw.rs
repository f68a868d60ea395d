//! Finds where the text of an element ends that holds no markup: scripts, styles, titles, text areas.

use html5ever::tokenizer::states::RawKind;
use memchr::memchr;

/// Length of the text before the end tag that closes the element; all of it if none does.
pub(super) fn length(text: &str, name: &str, kind: RawKind) -> usize {
    if kind == RawKind::ScriptData { script(text) } else { plain(text, name) }
}

fn plain(text: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(found) = memchr(b'<', &text.as_bytes()[at..]) {
        at += found;
        if is_end_tag(&text.as_bytes()[at..], name) {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// Whether text starts with the end tag of an element.
fn is_end_tag(text: &[u8], name: &str) -> bool {
    text.get(1) == Some(&b'/') && is_word(text.get(2..).unwrap_or_default(), name)
}

/// Whether text starts with a name that ends there.
fn is_word(text: &[u8], name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        && matches!(text.get(name.len()), Some(b' ' | b'\n' | b'\t' | b'\x0C' | b'/' | b'>'))
}

/// In a script, `<!--` hides end tags of scripts that were started there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Plain,
    /// After `<!--`.
    Escaped,
    /// After `<!-- <script`.
    DoubleEscaped,
}

fn script(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut state = Script::Plain;
    let mut at = 0;
    loop {
        let next = match state {
            Script::Plain => memchr(b'<', &bytes[at..]),
            _ => bytes[at..].iter().position(|byte| matches!(byte, b'<' | b'-')),
        };
        let Some(found) = next else { return text.len() };
        at += found;
        let rest = &bytes[at..];
        match state {
            Script::Plain if rest.starts_with(b"<!--") => {
                state = Script::Escaped;
                // The dashes are read again: `<!-->` is over at once.
                at += 2;
            }
            Script::Plain | Script::Escaped if is_end_tag(rest, "script") => return at,
            Script::Escaped if rest[0] == b'<' && is_word(&rest[1..], "script") => {
                state = Script::DoubleEscaped;
                at += 1;
            }
            Script::DoubleEscaped if rest.starts_with(b"</") && is_word(&rest[2..], "script") => {
                state = Script::Escaped;
                at += 1;
            }
            Script::Escaped | Script::DoubleEscaped if rest.starts_with(b"-->") => {
                state = Script::Plain;
                at += 3;
            }
            _ => at += 1,
        }
    }
}
