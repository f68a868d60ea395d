//! When it appeared: what the visible page says of dates, as it writes them.

use crate::extract::survey::{Element, Survey};
use crate::extract::tag::Tag;

/// Longer lines that hold a year are text.
const MAX_LINE_BYTES: usize = 220;

/// Dates that elements of the page carry, the most trusted first: published, updated.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) published: Vec<String>,
    pub(super) updated: Vec<String>,
    /// Those of the lines around the headline that aren't said to be of an update, in reading order.
    pub(super) shown: Vec<String>,
}

/// Dates by microdata, `<time>` and the lines around the headline. `headline` is its block, where it is known; of
/// a page that `is_dated` already only what stands near it is read.
pub(super) fn visible(survey: &Survey<'_>, headline: Option<usize>, is_dated: bool) -> Seen {
    let mut seen = Seen::default();
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for (idx, element) in survey.elements.iter().enumerate() {
        let is_classic = is_hentry(element);
        if element.tag != Tag::Time && element.itemprop.is_empty() && !is_classic {
            continue;
        }
        let property = element.itemprop.to_ascii_lowercase();
        let is_published = property.contains("datepublished") || property.contains("datecreated");
        let is_updated = property.contains("datemodified");
        if element.tag != Tag::Time && !is_published && !is_updated && !is_classic {
            continue;
        }
        let Some(value) = value(survey, idx) else { continue };
        let is_named_update = is_updated || says(element, &["updated", "modified", "update-"]);
        if is_named_update {
            seen.updated.push(value);
        } else if is_published {
            seen.published.push(value);
        } else if is_marked(element) || is_near(element, headline) {
            near.push(value);
        } else {
            far.push(value);
        }
    }
    seen.published.append(&mut near);
    // Below the headline first: above it there may be today's date, or another article's.
    let shown_around = headline;
    let headline = headline.unwrap_or(0);
    let end = (headline + 20).min(survey.blocks.len());
    lines(survey, headline..end, 45.0, &mut seen);
    lines(survey, headline.saturating_sub(6)..headline, 20.0, &mut seen);
    if let Some(at) = shown_around {
        shown(survey, at..end, &mut seen);
        shown(survey, at.saturating_sub(6)..at, &mut seen);
    }
    // A lone `<time>` away from the headline may still be the article's; of several, none can be told apart.
    if far.len() == 1 {
        seen.published.append(&mut far);
    }
    if seen.published.is_empty() && !is_dated {
        lines(survey, end..survey.blocks.len().min(end + 400), 12.0, &mut seen);
    }
    if seen.published.is_empty() && !is_dated {
        seen.published.extend(dateline(survey, headline..end));
    }
    seen
}

/// The date that a long text begins with: "27.1.2022 - The council …", "Press release of 25 January 2022 | …".
fn dateline(survey: &Survey<'_>, blocks: std::ops::Range<usize>) -> Option<String> {
    const MAX_BYTES: usize = 70;
    blocks.into_iter().find_map(|block_idx| {
        if survey.blocks[block_idx].measure.n_digits < 3 {
            return None;
        }
        let text = survey.text(survey.blocks[block_idx].tape.clone(), MAX_BYTES);
        let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= MAX_BYTES).last().unwrap_or(0);
        dates_in(&text[..end]).first().map(|(_, date)| (*date).to_owned())
    })
}

/// Whether an element carries a date as the hentry microformat does: `<abbr class="published" title="2013-04-04">`.
fn is_hentry(element: &Element<'_>) -> bool {
    let is_class = |word: &str| matches!(word, "published" | "updated" | "dt-published" | "dt-updated" | "dtstamp");
    !element.class.is_empty()
        && element.class.split_ascii_whitespace().any(is_class)
        && element.attr("title").is_some_and(has_year)
}

/// Whether a `<time>` says itself that it is the date of publication.
fn is_marked(element: &Element<'_>) -> bool {
    element.attr("pubdate").is_some() || says(element, &["published", "entry-date", "post-date", "pubdate"])
}

/// Whether an element stands a few blocks around the headline.
fn is_near(element: &Element<'_>, headline: Option<usize>) -> bool {
    headline.is_some_and(|headline| element.blocks.start + 8 >= headline && element.blocks.start <= headline + 25)
}

fn says(element: &Element<'_>, words: &[&str]) -> bool {
    !element.class.is_empty() && words.iter().any(|word| element.class.contains(word))
}

fn value(survey: &Survey<'_>, idx: usize) -> Option<String> {
    let element = &survey.elements[idx];
    let written = ["datetime", "content", "title"].iter().filter_map(|name| element.attr(name)).map(str::trim);
    let written = written.filter(|value| has_year(value)).map(str::to_owned).next();
    written.or_else(|| Some(survey.text(element.tape.clone(), 120)).filter(|text| has_year(text) && text.len() < 100))
}

/// Lines that hold a date: short, with day, month and year side by side.
fn lines(survey: &Survey<'_>, blocks: std::ops::Range<usize>, max_words: f32, seen: &mut Seen) {
    let (mut named, mut unnamed) = (Vec::new(), Vec::new());
    for block_idx in blocks.filter(|idx| may_hold_dates(survey, *idx, max_words)) {
        let text = survey.line(block_idx, MAX_LINE_BYTES);
        if text.len() > MAX_LINE_BYTES {
            continue;
        }
        let dates = dates_in(&text);
        if dates.is_empty() || is_copyright(&text) {
            continue;
        }
        for (before, date) in dates {
            if is_update(before) {
                seen.updated.push(date.to_owned());
            } else if is_publication(before) {
                named.push(date.to_owned());
            } else {
                unnamed.push(date.to_owned());
            }
        }
    }
    seen.published.append(&mut named);
    seen.published.append(&mut unnamed);
}

/// Whether a block may be a line with dates: no code, not too long, enough digits.
fn may_hold_dates(survey: &Survey<'_>, block_idx: usize, max_words: f32) -> bool {
    let block = &survey.blocks[block_idx];
    block.measure.n_digits >= 3 && block.words() <= max_words && survey.elements[block.parent].tag != Tag::Pre
}

/// The dates of lines that say little else, those of updates left out: a sentence tells of its own matters.
fn shown(survey: &Survey<'_>, blocks: std::ops::Range<usize>, seen: &mut Seen) {
    const MAX_WORDS: f32 = 20.0;
    const MAX_CHARS_BESIDE: usize = 14;
    let tells = |idx: &usize| {
        if survey.blocks[*idx].is_sentence || !may_hold_dates(survey, *idx, MAX_WORDS) {
            return false;
        }
        let text = survey.line(*idx, MAX_LINE_BYTES);
        let dates = dates_in(&text);
        let said: usize = dates.iter().map(|(_, date)| date.chars().count()).sum();
        let is_named = dates.first().is_some_and(|(before, _)| is_publication(before));
        is_named || text.chars().count() <= said + MAX_CHARS_BESIDE
    };
    let mut around = Seen::default();
    for idx in blocks.filter(tells) {
        lines(survey, idx..idx + 1, MAX_WORDS, &mut around);
    }
    seen.shown.append(&mut around.published);
}

/// Most tokens of a date, fillers included.
const MAX_TOKENS: usize = 7;

/// What looks like a line's dates ("10 phones of 2024" does, too; whoever reads it knows better), each with the text
/// since the last one: three neighbouring tokens that are a day, a month by name or by number and a year in any
/// order, or one token that holds all three.
fn dates_in(line: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let tokens = tokens(line);
    let (mut idx, mut since) = (0, 0);
    while idx < tokens.len() {
        let ahead = &tokens[idx..tokens.len().min(idx + MAX_TOKENS)];
        // A date has a day and a year in numbers; few places of a sentence have two.
        let is_number = |token: &&(usize, usize)| line[token.0..].starts_with(char::is_numeric);
        let length = if ahead.iter().filter(is_number).nth(1).is_some() { date_length(line, ahead) } else { None };
        let Some(n_tokens) = length else {
            idx += 1;
            continue;
        };
        let start = tokens[idx].0;
        // The time of day and its zone may follow.
        let last = (idx + n_tokens + 4).min(tokens.len()) - 1;
        let end = (idx + n_tokens..=last)
            .find(|at| is_glued(line, &tokens[at - 1..=*at]))
            .map_or(tokens[last].1, |glued| tokens[glued - 1].1);
        let end = line[start..end]
            .find(['|', '•', '·', '/', '—', '–', '©'])
            .filter(|at| start + at > tokens[idx + n_tokens - 1].0)
            .map_or(end, |at| start + at);
        found.push((&line[since..start], line[start..end].trim()));
        idx += n_tokens;
        since = tokens[idx - 1].1;
    }
    found
}

/// Whether a word sticks to a number before it, as where "2025" and "Updated" are elements of their own.
fn is_glued(line: &str, pair: &[(usize, usize)]) -> bool {
    const MIN_LETTERS: usize = 3;
    let [(_, end), (start, after)] = pair else { return false };
    end == start
        && line[*start..*after].chars().filter(|c| c.is_alphabetic() && c.is_lowercase()).count() >= MIN_LETTERS
}

/// Bounds of the runs of letters and digits in a line; a date written with `-`, `/` or `.` is several.
fn tokens(line: &str) -> Vec<(usize, usize)> {
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let mut kind_before = None;
    let mut chars = line.char_indices().peekable();
    let is_thai = |c: char| matches!(c, '\u{0e00}'..='\u{0e7f}');
    while let Some((at, c)) = chars.next() {
        // Thai months are shortened to letters with dots between them.
        if c == '.' && line[..at].ends_with(is_thai) && chars.peek().is_some_and(|(_, next)| is_thai(*next)) {
            continue;
        }
        let kind = if c.is_numeric() {
            Some(true)
        } else if c.is_alphabetic() || matches!(c, '\u{0900}'..='\u{0dff}' | '\u{0e00}'..='\u{0e7f}') {
            Some(false)
        } else {
            None
        };
        match (kind, tokens.last_mut()) {
            (Some(_), Some(last)) if kind == kind_before => last.1 = at + c.len_utf8(),
            (Some(_), _) => tokens.push((at, at + c.len_utf8())),
            (None, _) => {}
        }
        kind_before = kind;
    }
    tokens
}

/// How many tokens a date at the start of these takes; none where there is none.
fn date_length(line: &str, tokens: &[(usize, usize)]) -> Option<usize> {
    let mut parts = Vec::new();
    let mut n_days = 0;
    let (mut has_year, mut has_month) = (false, false);
    for (n, (start, end)) in tokens.iter().take(MAX_TOKENS).enumerate() {
        let token = &line[*start..*end];
        if n > 0 && !is_gap(&line[tokens[n - 1].1..*start]) {
            return None;
        }
        let number = number(token);
        if is_short_year(line, &tokens[..=n], &parts, n_days) {
            return Some(n + 1);
        }
        match number.map(|number| common_year(number, line)) {
            // "Posted 2024 …": a word before a year isn't a month.
            Some(1990..=2099) if !(has_year || (parts.len() == 1 && has_month)) => has_year = true,
            Some(1..=31) if token.chars().count() <= 2 && n_days < 2 => n_days += 1,
            Some(_) => return None,
            None if is_filler(token) => {
                if n == 0 {
                    return None;
                }
                continue;
            }
            None if !has_month && token.chars().count() >= 2 && token.chars().all(|c| !c.is_ascii_digit()) => {
                has_month = true
            }
            None => return None,
        }
        parts.push(n);
        if has_year && ((n_days == 1 && has_month) || (n_days == 2 && !has_month)) {
            return Some(n + 1).filter(|_| !goes_on(line, *end));
        }
        if parts.len() >= 3 {
            return None;
        }
    }
    None
}

/// The number, or about the common year of one that the calendars of Thailand and Iran write.
fn common_year(number: u32, line: &str) -> u32 {
    let has = |script: std::ops::RangeInclusive<char>| line.chars().any(|c| script.contains(&c));
    match number {
        2533..=2642 if has('\u{0e00}'..='\u{0e7f}') => number - 543,
        1369..=1478 if has('\u{0600}'..='\u{06ff}') => number + 621,
        _ => number,
    }
}

/// Whether what stands between two parts of a date may stand there.
fn is_gap(between: &str) -> bool {
    const MAX_BYTES: usize = 4;
    between.len() <= MAX_BYTES && !between.contains(['(', ')', '[', ']', '&', '+', '"', ':', ';', '!', '?'])
}

/// Whether the last of these tokens ends a day such as `28.01.22`: two digits each, one sign between them.
fn is_short_year(line: &str, tokens: &[(usize, usize)], parts: &[usize], n_days: u32) -> bool {
    let [.., day, month, year] = tokens else { return false };
    let text = |(start, end): (usize, usize)| &line[start..end];
    let is_pair = |token: (usize, usize)| text(token).len() == 2 && number(text(token)).is_some();
    let between = (&line[day.1..month.0], &line[month.1..year.0]);
    let has_signs = between.0 == between.1 && matches!(between.0, "." | "/");
    parts == [0, 1] && n_days == 2 && is_pair(*month) && is_pair(*year) && has_signs && !goes_on(line, year.1)
}

/// Whether a number goes on behind a sign, as prices and versions do.
fn goes_on(line: &str, end: usize) -> bool {
    let mut rest = line[end..].chars();
    matches!(rest.next(), Some('.' | ',' | '/')) && rest.next().is_some_and(|c| c.is_ascii_digit())
}

/// A number of at most four digits of any script that news is dated in.
fn number(token: &str) -> Option<u32> {
    let digit = |c: char| {
        let zero = match c {
            '0'..='9' => '0',
            '٠'..='٩' => '٠',
            '۰'..='۹' => '۰',
            '०'..='९' => '०',
            '০'..='৯' => '০',
            '０'..='９' => '０',
            _ => return None,
        };
        Some(u32::from(c) - u32::from(zero))
    };
    if token.chars().count() > 4 {
        return None;
    }
    token.chars().try_fold(0, |number, c| Some(number * 10 + digit(c)?))
}

/// Whether a short line is little more than a date.
pub(super) fn is_date_line(line: &str) -> bool {
    const MAX_CHARS_BESIDE: usize = 40;
    dates_in(line).first().is_some_and(|(_, date)| line.chars().count() <= date.chars().count() + MAX_CHARS_BESIDE)
}

/// Words between the parts of a date.
fn is_filler(token: &str) -> bool {
    const FILLERS: &[&str] = &[
        "de", "del", "of", "st", "nd", "rd", "th", "er", "ter", "den", "der", "на", "года", "год", "年", "月", "日",
        "년", "월", "일", "ngày", "tháng", "năm", "da", "a", "di", "ม", "ค", "พ", "ศ",
    ];
    FILLERS.contains(&token.to_lowercase().as_str())
}

fn is_publication(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "publish",
        "posted",
        "created",
        "veröffentlicht",
        "erstellt",
        "publié",
        "publicado",
        "pubblicato",
        "gepubliceerd",
        "geplaatst",
        "opublikowano",
        "dodano",
        "publicerad",
        "publiceret",
        "publisert",
        "julkaistu",
        "yayın",
        "diterbitkan",
        "tayang",
        "опубликован",
        "опубліковано",
        "نشر",
        "פורסם",
        "公開",
        "投稿",
        "发布",
        "發布",
        "입력",
        "đăng",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

fn is_copyright(text: &str) -> bool {
    text.contains('©') || text.to_ascii_lowercase().contains("copyright")
}

fn is_update(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "updated",
        "last modified",
        "aktualisiert",
        "mis à jour",
        "actualizado",
        "atualizado",
        "aggiornato",
        "diperbarui",
        "bijgewerkt",
        "zaktualizowano",
        "aktualizacja",
        "uppdaterad",
        "opdateret",
        "oppdatert",
        "päivitetty",
        "güncelleme",
        "обновлено",
        "оновлено",
        "تحديث",
        "更新",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether a text holds a year between 1990 and 2099 as a number of its own, or a short date such as 19.11.24.
pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut idx = 0;
    while idx < bytes.len() {
        if !bytes[idx].is_ascii_digit() {
            idx += 1;
            continue;
        }
        let start = idx;
        while idx < bytes.len() && bytes[idx].is_ascii_digit() {
            idx += 1;
        }
        let number = &text[start..idx];
        if number.len() == 4 && (number.starts_with("199") || number.starts_with("20")) {
            return true;
        }
        if matches!(number.len(), 8 | 14) && number.starts_with("20") {
            return true;
        }
    }
    if is_short_date(text) {
        return true;
    }
    // Calendars of Thailand and Iran, and digits of other scripts, are left to whoever reads dates.
    text.chars().filter(|c| matches!(c, '٠'..='٩' | '۰'..='۹' | '०'..='९' | '০'..='৯')).count() >= 4
        || ["255", "256", "257"]
            .iter()
            .any(|prefix| text.contains(prefix) && text.chars().any(|c| matches!(c, '\u{0e00}'..='\u{0e7f}')))
}

/// Whether a text is a day such as `28.01.22` and little else.
fn is_short_date(text: &str) -> bool {
    const MAX_BYTES: usize = 24;
    text.len() <= MAX_BYTES && dates_in(text).first().is_some_and(|(before, _)| before.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_year_may_be_a_date() {
        for text in ["28.01.22", "19 November 2024", "2024年11月19日", "١٩ نوفمبر ٢٠٢٤", "20241119"] {
            assert!(has_year(text), "{text}");
        }
        for text in ["5 comments", "120245", "in 1850"] {
            assert!(!has_year(text), "{text}");
        }
    }

    #[test]
    fn dates_are_found_inside_lines() {
        for (line, date) in [
            ("By Jo Waters | March 5, 2021 | 4 min read", Some("March 5, 2021")),
            ("Selasa, 19 November 2024 14:05 WIB", Some("19 November 2024 14:05 WIB")),
            ("Publicado el 3 de mayo de 2022", Some("3 de mayo de 2022")),
            ("19.11.2024, 08:30 Uhr", Some("19.11.2024, 08:30 Uhr")),
            ("2024年11月19日", Some("2024年11月19日")),
            ("14:18 น. 30 ตุลาคม 2569 | โดย สมชาย", Some("30 ตุลาคม 2569")),
            ("30 ต.ค. 2569", Some("30 ต.ค. 2569")),
            ("۱۵ آبان ۱۴۰۳", Some("۱۵ آبان ۱۴۰۳")),
            ("Posted 2024-11-19", Some("2024-11-19")),
            ("Bern | 28.01.22 / jo", Some("28.01.22")),
            ("July 4, 2025February 9, 2026", Some("July 4, 2025")),
            ("Version 10.04.22.1 is out", None),
            ("Nitro 16 (2023)", None),
            ("Save up to $2000 on your trip", None),
            ("12 Best Running Shoes of 2026", None),
        ] {
            assert_eq!(dates_in(line).first().map(|(_, date)| *date), date, "{line}");
        }
    }
}
