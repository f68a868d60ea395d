//! When it appeared: the day that a page's address names.

use url::Url;

/// Months as addresses write them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that an address names: `/2024/11/19/`, `/2024-11-19-`, `/20241119/`.
pub(super) fn day(url: &Url) -> Option<String> {
    let digits = |text: &str, n: usize| text.len() >= n && text.as_bytes()[..n].iter().all(u8::is_ascii_digit);
    let parts: Vec<&str> = url.path().split(['/', '-', '_', '.']).collect();
    let valid = |year: &str, month: &str, day: &str| {
        let (year, month, day) = (year.parse::<u32>().ok()?, month.parse::<u32>().ok()?, day.parse::<u32>().ok()?);
        let fits = (1995..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        fits.then(|| format!("{year:04}-{month:02}-{day:02}"))
    };
    for window in parts.windows(3) {
        if window[0].len() == 4
            && digits(window[0], 4)
            && window[1].len() <= 2
            && window[2].len() <= 2
            && let Some(date) = valid(window[0], window[1], window[2])
        {
            return Some(date);
        }
        let month = MONTHS.iter().position(|month| window[1].eq_ignore_ascii_case(month));
        if let Some(month) = month
            && digits(window[0], 4)
            && let Some(date) = valid(window[0], &(month + 1).to_string(), window[2])
        {
            return Some(date);
        }
    }
    parts
        .iter()
        .filter(|part| part.len() == 8 && digits(part, 8))
        .find_map(|part| valid(&part[..4], &part[4..6], &part[6..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_name_the_day() {
        for (url, date) in [
            ("https://a.example/2024/11/19/title", Some("2024-11-19")),
            ("https://a.example/news/2024-1-9-title", Some("2024-01-09")),
            ("https://a.example/n/20241119/x", Some("2024-11-19")),
            ("https://a.example/2023/october/03/title", Some("2023-10-03")),
            ("https://a.example/2024/11/title", None),
            ("https://a.example/20249919", None),
            ("https://a.example/1/2/2024", None),
        ] {
            assert_eq!(day(&Url::parse(url).unwrap()).as_deref(), date, "{url}");
        }
    }
}
