//! A date's text in pieces: numbers, words and signs, digits of all scripts made ASCII.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::names::PHRASES;

/// What follows so many characters is no longer a date.
const MAX_CHARS: usize = 160;

/// A piece of a date's text.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) what: What,
    /// Whether white space stands before it.
    pub(super) is_apart: bool,
    /// Whether something has taken it as its own.
    pub(super) is_used: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A run of digits.
    Number { value: i64, n_digits: usize },
    /// A run of letters, folded, and whether it was all in capitals; of scripts without spaces, one letter.
    Word { text: String, is_upper: bool },
    /// Anything else.
    Sign(char),
}

impl Token {
    pub(super) fn number(&self) -> Option<(i64, usize)> {
        match self.what {
            What::Number { value, n_digits } => Some((value, n_digits)),
            _ => None,
        }
    }

    pub(super) fn word(&self) -> Option<&str> {
        match &self.what {
            What::Word { text, .. } => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self.what, What::Sign(c) if signs.contains(&c))
    }
}

/// Lower case without accents: the spelling in which names are compared.
pub(super) fn fold(text: &str) -> String {
    text.to_lowercase().nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).nfc().collect()
}

/// Takes a text apart.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text: String = text.chars().filter(|c| !is_mark(*c)).map(plain).take(MAX_CHARS).collect();
    let text = with_phrases(&text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.chars().peekable();
    let mut is_apart = true;
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            is_apart = true;
            continue;
        }
        let what = if c.is_ascii_digit() {
            let mut digits = String::from(c);
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            // More digits than a number has here; what it is can't be told.
            let value = digits.parse().unwrap_or(i64::MAX);
            What::Number { value, n_digits: digits.len() }
        } else if c.is_alphabetic() {
            let mut word = String::from(c);
            if !is_unspaced(c) {
                while let Some(letter) =
                    chars.next_if(|c| (c.is_alphabetic() || is_combining_mark(*c)) && !is_unspaced(*c))
                {
                    word.push(letter);
                }
            }
            What::Word { text: fold(&word), is_upper: !word.chars().any(char::is_lowercase) }
        } else {
            What::Sign(c)
        };
        tokens.push(Token { what, is_apart: std::mem::take(&mut is_apart), is_used: false });
    }
    tokens
}

/// Replaces spellings of several words; only where there are any, since folding loses the capitals.
fn with_phrases(text: &str) -> String {
    let folded = fold(text);
    if !PHRASES.iter().any(|(phrase, _)| folded.contains(phrase)) {
        return text.to_owned();
    }
    PHRASES.iter().fold(folded, |text, (phrase, plain)| text.replace(phrase, plain))
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}' | '\u{ad}')
}

/// Digits and signs of other scripts as ASCII has them.
fn plain(c: char) -> char {
    const ZEROS: [char; 14] = ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '၀', '០'];
    let code = u32::from(c);
    let zero = ZEROS.iter().chain(&['０']).map(|zero| u32::from(*zero)).find(|zero| (*zero..zero + 10).contains(&code));
    match (zero, c) {
        (Some(zero), _) => char::from_digit(code - zero, 10).unwrap_or(c),
        (_, '：' | '∶') => ':',
        (_, '／' | '⁄' | '∕') => '/',
        (_, '−' | '‐' | '‑' | '–' | '—' | '－') => '-',
        (_, '．' | '。') => '.',
        (_, '，' | '،' | '、') => ',',
        _ => c,
    }
}
