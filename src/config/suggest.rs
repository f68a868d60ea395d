//! The word that was probably meant.

/// The known word nearest to a mistyped one; none where no word is near enough to be meant.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // One slip in three letters is a slip, and a beginning is an abbreviation; more is another word.
    let most = (word.chars().count() / 3).max(1);
    let word = word.to_lowercase().replace('-', "_");
    let distance = |candidate: &str| strsim::damerau_levenshtein(&word, &candidate.to_lowercase().replace('-', "_"));
    let is_meant = |(slips, known): &(usize, &str)| *slips <= most || (word.len() >= 3 && known.starts_with(&word));
    known.into_iter().map(|known| (distance(known), known)).filter(is_meant).min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let known = ["url", "title", "timezone", "max_items"];

        assert_eq!(nearest("ulr", known), Some("url"));
        assert_eq!(nearest("max-items", known), Some("max_items"));
        assert_eq!(nearest("Time_Zone", known), Some("timezone"));
        assert_eq!(nearest("max", known), Some("max_items"));
        assert_eq!(nearest("colour", known), None);
    }
}
