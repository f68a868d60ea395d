//! What a feed wishes of those who poll it, read from its head; whatever is odd there wishes for nothing.

use crate::model::Pace;

/// Nobody's feed wishes for more than this, in seconds: a week.
const MAX_FLOOR: u64 = 7 * 24 * 3600;
/// Wishes stand before the items, or behind them.
const MAX_BYTES: usize = 64 * 1024;

/// Reads `ttl`, `skipHours`, `skipDays` and `sy:update…` of a feed; nothing where it has none.
#[must_use]
pub fn pace(text: &str) -> Pace {
    let head = until(text, "<item").min(until(text, "<entry")).min(MAX_BYTES);
    let tail = text.rfind("</item>").unwrap_or(text.len());
    let parts = [cut(text, 0, head), cut(text, tail.max(head), text.len().min(tail.saturating_add(MAX_BYTES)))];
    let find = |name: &str| parts.iter().find_map(|part| element(part, name));
    let ttl = find("ttl").and_then(number).map(|minutes| minutes.saturating_mul(60));
    let floor_secs = ttl.into_iter().chain(syndication(&find)).max().unwrap_or_default().min(MAX_FLOOR);
    let mut pace = Pace { floor_secs, ..Pace::default() };
    for hour in find("skipHours").into_iter().flat_map(|list| elements(list, "hour")).filter_map(number) {
        // Some write 24 for midnight.
        if hour <= 24 {
            pace.skip_hours |= 1 << (hour % 24);
        }
    }
    for day in find("skipDays").into_iter().flat_map(|list| elements(list, "day")) {
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        if let Some(idx) = days.iter().position(|name| day.trim().eq_ignore_ascii_case(name)) {
            pace.skip_days |= 1 << idx;
        }
    }
    pace
}

/// Seconds between updates that the syndication module of RSS 1.0 tells.
fn syndication<'t>(find: &impl Fn(&str) -> Option<&'t str>) -> Option<u64> {
    let period = match find("sy:updatePeriod")?.trim().to_ascii_lowercase().as_str() {
        "hourly" => 3600,
        "daily" => 86_400,
        "weekly" => 7 * 86_400,
        "monthly" => 30 * 86_400,
        "yearly" => 365 * 86_400,
        _ => return None,
    };
    let frequency = match find("sy:updateFrequency") {
        Some(text) => number(text).filter(|n| *n > 0)?,
        None => 1,
    };
    Some(period / frequency)
}

/// A whole number, not below nothing.
fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().unwrap_or(u64::MAX))
}

fn until(text: &str, mark: &str) -> usize {
    text.find(mark).unwrap_or(text.len())
}

fn cut(text: &str, from: usize, to: usize) -> &str {
    let on_boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    text.get(on_boundary(from)..on_boundary(to)).unwrap_or_default()
}

/// The inside of the first element with this name.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    elements(text, name).next()
}

fn elements<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once(open.as_str())?;
            rest = after;
            // `<hourly>` is no `<hour>`.
            if !after.starts_with(['>', ' ', '\t', '\r', '\n']) {
                continue;
            }
            let (_, inside) = after.split_once('>')?;
            let (inside, after) = inside.split_once(close.as_str())?;
            rest = after;
            return Some(inside);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a15_a_feed_says_how_often_it_wants_to_be_asked() {
        let feed = |head: &str| format!("<rss><channel>{head}<item><ttl>9</ttl></item></channel></rss>");
        for (head, expected) in [
            ("<ttl>120</ttl>", (7200, 0, 0)),
            ("<ttl> 60\n</ttl>", (3600, 0, 0)),
            ("<ttl>-5</ttl>", (0, 0, 0)),
            ("<ttl>99999999999999999999999</ttl>", (MAX_FLOOR, 0, 0)),
            ("", (0, 0, 0)),
            ("<skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>99</hour></skipHours>", (0, 0b10_0001, 0)),
            ("<skipDays><day>Monday</day><day>SUNDAY</day><day>Noday</day></skipDays>", (0, 0, 0b100_0001)),
            ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", (21_600, 0, 0)),
            ("<sy:updatePeriod> hourly </sy:updatePeriod>", (3600, 0, 0)),
            ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>-1</sy:updateFrequency>", (0, 0, 0)),
            ("<sy:updatePeriod>yearly</sy:updatePeriod>", (MAX_FLOOR, 0, 0)),
            ("<sy:updatePeriod>never</sy:updatePeriod><ttl>10</ttl>", (600, 0, 0)),
        ] {
            let pace = pace(&feed(head));
            assert_eq!((pace.floor_secs, pace.skip_hours, pace.skip_days), expected, "{head}");
        }
        assert_eq!(pace("<rss><channel><item>é</item><ttl>30</ttl></channel></rss>").floor_secs, 1800);
        assert!(pace("<skipHours><hour").is_empty() && pace("").is_empty());
    }
}
