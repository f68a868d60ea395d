//! How much two short texts say the same, word by word.

/// Share of common words among all words of both, case and punctuation aside: 0.0 to 1.0.
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    // Far apart in length, they can't be much alike: no need to look.
    if one.len() > 5 * other.len() || other.len() > 5 * one.len() {
        return 0.0;
    }
    let (one, other) = (words(one), words(other));
    let n_common = one.iter().filter(|word| other.contains(word)).count();
    let n_all = one.len() + other.len() - n_common.min(other.len());
    if n_all == 0 { 0.0 } else { n_common as f32 / n_all as f32 }
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn likeness_is_the_share_of_common_words() {
        assert_eq!(likeness("Storm hits the coast!", "storm hits the coast"), 1.0);
        assert_eq!(likeness("Storm hits", "Storm ebbs"), 1.0 / 3.0);
        assert_eq!(likeness("", ""), 0.0);
        assert_eq!(likeness("a", "a long line about something else altogether"), 0.0);
    }
}
