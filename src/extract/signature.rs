//! The site's name in front of the first sentence: "Web FaktaThe minister said …", "WEB FAKTA – The minister …".

use super::judge::Verdicts;
use super::survey::Survey;

/// The block that begins with the site's name, and how many of its characters to leave out, white space not
/// counted.
pub(super) fn at_start(survey: &Survey<'_>, verdicts: &Verdicts, site_name: Option<&str>) -> Option<(usize, usize)> {
    const MIN_WORDS: f32 = 8.0;
    let site_name = site_name?;
    let block_idx =
        (0..survey.blocks.len()).find(|idx| verdicts.is_kept(*idx) && survey.blocks[*idx].words() >= MIN_WORDS)?;
    let text = survey.text(survey.blocks[block_idx].tape.clone(), 300);
    n_glued(&text, site_name).map(|n_chars| (block_idx, n_chars))
}

/// Characters of the name, and of a dash or colon after it, at the start of a text; white space isn't counted.
fn n_glued(text: &str, site_name: &str) -> Option<usize> {
    let solid = |text: &str| -> Vec<char> { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let name = solid(site_name);
    let mut n_name = 0;
    let mut rest = text.char_indices();
    for expected in &name {
        let (_, c) = rest.by_ref().find(|(_, c)| !c.is_whitespace())?;
        if !c.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
        n_name += 1;
    }
    if n_name < 3 {
        return None;
    }
    let after = rest.as_str();
    let trimmed = after.trim_start();
    let dash = trimmed.chars().next().filter(|c| matches!(c, '–' | '—' | '-' | ':' | '|'));
    match dash {
        // "Gazette-led inquiry" begins a sentence; "Gazette - The inquiry" doesn't.
        Some(c) if trimmed[c.len_utf8()..].starts_with(char::is_whitespace) => Some(n_name + 1),
        Some('–' | '—') => Some(n_name + 1),
        Some(_) => None,
        None => after.starts_with(char::is_uppercase).then_some(n_name),
    }
}

#[cfg(test)]
mod tests {
    use super::n_glued;

    #[test]
    fn only_a_name_that_is_glued_or_set_off_goes() {
        for (text, expected) in [
            ("Web FaktaPemimpin Korea Utara", Some(8)),
            ("WEB FAKTA – Pemimpin Korea", Some(9)),
            ("WebFakta: Pemimpin", Some(9)),
            ("Web Fakta melaporkan", None),
            ("Web Faktanya begitu", None),
            ("Web Fakta-led inquiry", None),
            ("Pemimpin", None),
        ] {
            assert_eq!(n_glued(text, "Web Fakta"), expected, "{text}");
        }
    }
}
