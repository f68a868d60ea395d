//! Counting words in any script.

/// How much text there is, in quarters of a word: scripts without spaces count by characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// Quarters of words.
    quarters: u32,
    /// Characters that aren't white space.
    pub(super) n_chars: u32,
    /// Commas of any script.
    pub(super) n_commas: u32,
    /// Decimal digits.
    pub(super) n_digits: u32,
    /// Words that begin with a capital.
    pub(super) n_capitals: u32,
}

impl Measure {
    /// Words, counted whole.
    pub(super) fn words(&self) -> f32 {
        self.quarters as f32 / 4.0
    }

    /// Adds another text's measure.
    pub(super) fn add(&mut self, other: &Self) {
        self.quarters += other.quarters;
        self.n_chars += other.n_chars;
        self.n_commas += other.n_commas;
        self.n_digits += other.n_digits;
        self.n_capitals += other.n_capitals;
    }

    /// Measures a text.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::of_ascii(text.as_bytes());
        }
        let mut measure = Self::default();
        let mut in_word = false;
        for c in text.chars() {
            if c.is_ascii() {
                if c.is_ascii_whitespace() {
                    in_word = false;
                    continue;
                }
                measure.n_chars += 1;
                if c.is_ascii_alphanumeric() {
                    if !in_word {
                        in_word = true;
                        measure.quarters += 4;
                        measure.n_capitals += u32::from(c.is_ascii_uppercase());
                    }
                    measure.n_digits += u32::from(c.is_ascii_digit());
                } else {
                    measure.n_commas += u32::from(c == ',');
                    in_word = in_word && c == '\'';
                }
                continue;
            }
            if c.is_whitespace() {
                in_word = false;
                continue;
            }
            measure.n_chars += 1;
            match c {
                '\u{3040}'..='\u{30ff}'
                | '\u{3400}'..='\u{9fff}'
                | '\u{f900}'..='\u{faff}'
                | '\u{20000}'..='\u{3134f}' => {
                    measure.quarters += 2;
                    in_word = false;
                }
                '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
                    measure.quarters += 1;
                    in_word = false;
                }
                '\u{3001}' | '\u{ff0c}' | '\u{060c}' => {
                    measure.n_commas += 1;
                    in_word = false;
                }
                '\u{2019}' | '\u{2018}' | '\u{2010}' | '\u{2011}' | '\u{00ad}' => {}
                '\u{2000}'..='\u{206f}'
                | '\u{3000}'..='\u{303f}'
                | '\u{ff00}'..='\u{ff0f}'
                | '\u{00a0}'..='\u{00bf}' => {
                    in_word = false;
                }
                '٠'..='٩' | '۰'..='۹' | '०'..='९' | '০'..='৯' | '０'..='９' => {
                    measure.n_digits += 1;
                    measure.quarters += if in_word { 0 } else { 4 };
                    in_word = true;
                }
                _ if !in_word => {
                    in_word = true;
                    measure.quarters += 4;
                    measure.n_capitals += u32::from(c.is_uppercase());
                }
                _ => {}
            }
        }
        measure
    }

    /// The same of a text that is nothing but ASCII, as most are: counted in runs of bytes by sums of comparisons,
    /// which compilers make of wide instructions.
    fn of_ascii(text: &[u8]) -> Self {
        /// No count of a run is larger than a byte.
        const LENGTH_OF_A_RUN: usize = 128;
        let mut measure = Self::default();
        let mut last = b' ';
        for run in text.chunks(LENGTH_OF_A_RUN) {
            let (mut n_spaces, mut n_digits, mut n_commas) = (0_u8, 0_u8, 0_u8);
            for byte in run {
                n_spaces += u8::from(byte.is_ascii_whitespace());
                n_digits += u8::from(byte.is_ascii_digit());
                n_commas += u8::from(*byte == b',');
            }
            let (mut n_words, mut n_capitals) = (0_u8, 0_u8);
            let mut begin = |before: u8, byte: u8| {
                let begins = byte.is_ascii_alphanumeric() & !before.is_ascii_alphanumeric();
                n_words += u8::from(begins);
                n_capitals += u8::from(begins & byte.is_ascii_uppercase());
            };
            begin(last, run[0]);
            for (before, byte) in run.iter().zip(&run[1..]) {
                begin(*before, *byte);
            }
            measure.n_chars += run.len() as u32 - u32::from(n_spaces);
            measure.n_digits += u32::from(n_digits);
            measure.n_commas += u32::from(n_commas);
            measure.quarters += 4 * u32::from(n_words);
            measure.n_capitals += u32::from(n_capitals);
            last = run[run.len() - 1];
        }
        // What follows an apostrophe inside a word is no new word.
        for at in memchr::memchr_iter(b'\'', text) {
            let Some(after) = text.get(at + 1).filter(|byte| byte.is_ascii_alphanumeric()) else { continue };
            let before = text[..at].iter().rev().find(|byte| **byte != b'\'');
            if before.is_some_and(u8::is_ascii_alphanumeric) {
                measure.quarters -= 4;
                measure.n_capitals -= u32::from(after.is_ascii_uppercase());
            }
        }
        measure
    }
}

/// Whether a text ends as sentences do, in any script; quotation marks and brackets after the stop don't count.
pub(super) fn ends_like_a_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\''
                    | ')'
                    | ']'
                    | '”'
                    | '“'
                    | '’'
                    | '»'
                    | '«'
                    | '›'
                    | '」'
                    | '』'
                    | '）'
                    | '\u{200f}'
                    | '\u{200e}'
            )
    });
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '．', '：', '।', '؟', '۔', '։', '።', '።'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_every_script() {
        for (text, words) in [
            ("", 0.0),
            ("  two words ", 2.0),
            ("it's o’clock — 9:30, really", 5.0),
            ("Żółw i świętość", 3.0),
            ("नमस्ते दुनिया", 2.0),
            ("日本語です", 2.5),
            ("한국어 신문", 2.0),
            ("ภาษาไทย", 1.75),
        ] {
            assert_eq!(Measure::of(text).words(), words, "{text}");
        }
    }

    #[test]
    fn ascii_is_counted_as_any_other_text() {
        for text in ["it's", "'it' it''s 'n' O'Neil's d'A", "''", "a'", "'a", "A,1.2 'B", &"don't Stop, 12 ".repeat(40)]
        {
            // A no-break space counts for nothing, but makes the text one of characters.
            assert_eq!(Measure::of(text), Measure::of(&format!("{text}\u{a0}")), "{text}");
        }
    }

    #[test]
    fn a_sentence_ends_with_a_stop_even_before_a_quotation_mark() {
        for text in ["It is.", "“It is.” ", "終わり。」", "تم؟", "(Yes!)"] {
            assert!(ends_like_a_sentence(text), "{text}");
        }
        for text in ["", "Read more", "Share"] {
            assert!(!ends_like_a_sentence(text), "{text}");
        }
    }
}
