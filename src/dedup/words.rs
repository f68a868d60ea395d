//! A text as duplicates are sought in it: words without case, punctuation and typography, and the facts among them.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text boiled down.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All words in lower case with one space between; where words aren't spaced, all characters without.
    pub(super) joined: String,
    /// Start of each word in `joined`, or of each character; and the end.
    pub(super) starts: Vec<usize>,
    /// Whether pieces are characters, since the text's words aren't spaced.
    pub(super) is_unspaced: bool,
    /// What each piece is.
    pub(super) classes: Vec<Class>,
}

/// What a word or character is, as far as it tells a copy from a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing special, or a time of day.
    Plain,
    /// A number, punctuation inside left out: `1,234.5` and `1.234,5` are one.
    Number,
    /// A word with a capital, and small letters after it, inside a sentence, or a character of katakana: mostly a name.
    Name,
}

/// Share of letters that must be of a script without spaces for the text to be read by characters.
const UNSPACED_SHARE: f64 = 0.3;
/// The same where the language is known to be such.
const UNSPACED_SHARE_OF_LANGUAGE: f64 = 0.1;

impl Words {
    /// Reads a text; `is_unspaced_language` where its language is written without spaces.
    pub(super) fn of(text: &str, is_unspaced_language: bool) -> Self {
        let (mut n_letters, mut n_unspaced) = (0_u32, 0_u32);
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            n_letters += 1;
            n_unspaced += u32::from(is_unspaced(c));
        }
        let share = if is_unspaced_language { UNSPACED_SHARE_OF_LANGUAGE } else { UNSPACED_SHARE };
        let mut words = Self {
            is_unspaced: f64::from(n_unspaced) > f64::from(n_letters) * share,
            joined: String::with_capacity(text.len()),
            ..Self::default()
        };
        if text.is_ascii() {
            words.read(text.chars());
        } else {
            words.read(text.nfkc());
        }
        words
    }

    /// How many words it has; two characters stand for one where words aren't spaced.
    pub(super) fn n_words(&self) -> usize {
        if self.is_unspaced { self.n_pieces() / 2 } else { self.n_pieces() }
    }

    /// How many words or characters it has.
    pub(super) fn n_pieces(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// So many pieces from the given one, as text.
    pub(super) fn run(&self, from: usize, n_pieces: usize) -> &str {
        self.joined[self.starts[from]..self.starts[from + n_pieces]].trim_end_matches(' ')
    }

    fn read(&mut self, text: impl Iterator<Item = char>) {
        let mut text = text.peekable();
        let mut word = Word::default();
        let mut begins_sentence = true;
        while let Some(c) = text.next() {
            if c.is_alphanumeric() || is_combining_mark(c) {
                word.push(c);
                continue;
            }
            match c {
                // Apostrophes, soft hyphens and marks without width are typography.
                '\'' | '’' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => continue,
                // `1,234.5` is one number and `14:05` is one time.
                '.' | ',' | ':' if word.ends_with_digit && text.peek().is_some_and(char::is_ascii_digit) => {
                    word.is_time |= c == ':';
                    continue;
                }
                _ => {}
            }
            if !word.text.is_empty() {
                self.push(&word, begins_sentence);
                word.clear();
                begins_sentence = false;
            }
            begins_sentence |= matches!(
                c,
                '.' | '!' | '?' | ':' | '\n' | '"' | '“' | '”' | '„' | '«' | '»' | '(' | '•' | '|' | '…' | '‘'
            );
        }
        if !word.text.is_empty() {
            self.push(&word, begins_sentence);
        }
        self.starts.push(self.joined.len());
    }

    fn push(&mut self, word: &Word, begins_sentence: bool) {
        if self.is_unspaced {
            self.starts.extend(word.text.char_indices().map(|(at, _)| self.joined.len() + at));
            self.joined.push_str(&word.text);
            self.classes.extend(word.text.chars().map(|c| match c {
                '0'..='9' if !word.is_time => Class::Number,
                '\u{30a0}'..='\u{30ff}' => Class::Name,
                _ => Class::Plain,
            }));
            return;
        }
        self.starts.push(self.joined.len());
        self.joined.push_str(&word.text);
        self.joined.push(' ');
        // All in capitals is how headings and whole wires are set.
        let is_name = word.is_capital && word.has_small && !begins_sentence;
        self.classes.push(match () {
            () if word.is_time => Class::Plain,
            () if word.has_digit => Class::Number,
            () if is_name => Class::Name,
            () => Class::Plain,
        });
    }
}

/// A word while it's read.
#[derive(Debug, Default)]
struct Word {
    text: String,
    is_capital: bool,
    has_small: bool,
    has_digit: bool,
    ends_with_digit: bool,
    is_time: bool,
}

impl Word {
    fn push(&mut self, c: char) {
        if self.text.is_empty() {
            self.is_capital = c.is_uppercase();
        }
        self.has_small |= !c.is_uppercase();
        self.ends_with_digit = c.is_ascii_digit();
        self.has_digit |= self.ends_with_digit;
        if c.is_ascii() {
            self.text.push(c.to_ascii_lowercase());
        } else {
            self.text.extend(c.to_lowercase());
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        *self = Self { text: std::mem::take(&mut self.text), ..Self::default() };
    }
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
