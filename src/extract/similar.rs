//! How much two short texts say the same, word by word.

/// A text to compare others with.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Hashes of its words in lower case.
    words: Vec<u64>,
    /// The kinds of its words, one bit each.
    kinds: u64,
    n_bytes: usize,
}

impl Phrase {
    /// Takes a text's words.
    pub(super) fn new(text: &str) -> Self {
        let kinds = words(text).fold(0, |kinds, word| kinds | kind(word));
        Self { words: words(text).map(folded).collect(), kinds, n_bytes: text.len() }
    }

    /// Share of common words among all words of both, case and punctuation aside: 0.0 to 1.0.
    pub(super) fn likeness(&self, other: &str) -> f32 {
        // Far apart in length, they can't be much alike: no need to look.
        if self.n_bytes > 5 * other.len() || other.len() > 5 * self.n_bytes {
            return 0.0;
        }
        let (mut n_common, mut n_other) = (0, 0);
        for word in words(other) {
            n_other += 1;
            // Most words differ from all of these in length or beginning already: no need to read on.
            n_common += usize::from(self.kinds & kind(word) != 0 && self.words.contains(&folded(word)));
        }
        let n_all = self.words.len() + n_other - n_common.min(self.words.len());
        if n_all == 0 { 0.0 } else { n_common as f32 / n_all as f32 }
    }
}

/// As [`Phrase::likeness`], for two texts that are compared once.
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    Phrase::new(other).likeness(one)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| if c.is_ascii() { !c.is_ascii_alphanumeric() } else { !c.is_alphanumeric() })
        .filter(|word| !word.is_empty())
}

/// A bit that words have in common which are the same in lower case: by length and first letter where they are ASCII.
/// Other scripts have one for all, as lower case may change lengths there and even make ASCII of a sign.
fn kind(word: &str) -> u64 {
    if !word.is_ascii() {
        return u64::MAX;
    }
    let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
    1 << ((usize::from(first) + 11 * word.len()) % 64)
}

/// A hash (FNV-1a) of a word in lower case.
fn folded(word: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let mix = |hash: u64, value: u32| (hash ^ u64::from(value)).wrapping_mul(PRIME);
    if word.is_ascii() {
        return word.bytes().fold(OFFSET, |hash, byte| mix(hash, u32::from(byte.to_ascii_lowercase())));
    }
    word.chars().flat_map(char::to_lowercase).fold(OFFSET, |hash, c| mix(hash, u32::from(c)))
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
