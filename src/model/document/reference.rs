//! Decodes character references such as `&amp;` (HTML standard, section 13.2.5.72).

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use html5ever::tendril::StrTendril;

/// Where a reference stands: in an attribute, `&copy=1` is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// Writes what the reference stands for whose `&` came just before, and tells how many bytes it takes. Where
/// there is no reference, that is the `&` and none.
pub(super) fn decode(rest: &str, place: Place, out: &mut StrTendril) -> usize {
    let taken = match rest.as_bytes().first() {
        Some(b'#') => numeric(rest, out),
        Some(byte) if byte.is_ascii_alphanumeric() => named(rest, place, out),
        _ => None,
    };
    if taken.is_none() {
        out.push_char('&');
    }
    taken.unwrap_or(0)
}

fn numeric(rest: &str, out: &mut StrTendril) -> Option<usize> {
    let (base, start) = if matches!(rest.as_bytes().get(1), Some(b'x' | b'X')) { (16, 2) } else { (10, 1) };
    let digits = rest[start..].chars().map_while(|digit| digit.to_digit(base));
    let (n_digits, code) =
        digits.fold((0, 0_u32), |(n, code), digit| (n + 1, code.saturating_mul(base).saturating_add(digit)));
    if n_digits == 0 {
        return None;
    }
    let end = start + n_digits;
    let replaced = code.checked_sub(0x80).and_then(|idx| C1_REPLACEMENTS.get(idx as usize).copied().flatten());
    let meant = replaced.or_else(|| char::from_u32(code).filter(|char| *char != '\0'));
    out.push_char(meant.unwrap_or('\u{fffd}'));
    Some(end + usize::from(rest.as_bytes().get(end) == Some(&b';')))
}

fn named(rest: &str, place: Place, out: &mut StrTendril) -> Option<usize> {
    let (length, (first, second)) = longest(rest)?;
    let has_semicolon = rest.as_bytes()[length - 1] == b';';
    let goes_on = rest.as_bytes().get(length).is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric());
    if place == Place::Attribute && !has_semicolon && goes_on {
        return None;
    }
    out.push_char(char::from_u32(first)?);
    if second != 0 {
        out.push_char(char::from_u32(second)?);
    }
    Some(length)
}

/// The longest name at the start of some text, and the one or two characters it stands for.
fn longest(rest: &str) -> Option<(usize, (u32, u32))> {
    /// The table knows no longer name.
    const MAX_LENGTH: usize = 40;
    let n_letters = rest.bytes().take(MAX_LENGTH).take_while(u8::is_ascii_alphanumeric).count();
    if rest.as_bytes().get(n_letters) == Some(&b';')
        && let Some(&found) = NAMED_ENTITIES.get(&rest[..=n_letters])
    {
        return Some((n_letters + 1, found));
    }
    // Some old names need no semicolon. The table has beginnings too, which stand for nothing.
    let known = |length: &usize| NAMED_ENTITIES.get(&rest[..*length]).copied().filter(|found| found.0 != 0);
    (1..=n_letters).rev().find_map(|length| Some((length, known(&length)?)))
}
