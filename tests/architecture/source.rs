//! Reads Rust files just far enough to see which paths they name, where, and whether only in tests.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A word or a sign of a file; comments are gone and a literal is one empty token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
    pub in_test: bool,
    /// Inline modules it stands in, from the outside in.
    scope: Vec<String>,
}

/// A path as the compiler understands it: `crate::…` wherever it stays in the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub segments: Vec<String>,
    pub line: usize,
    pub in_test: bool,
}

/// One file of the crate.
#[derive(Debug)]
pub struct Source {
    /// From the folder of `Cargo.toml`, with `/`.
    pub path: String,
    /// `["fetch", "robots"]` for `src/fetch/robots.rs`; empty for `lib.rs`.
    pub module: Vec<String>,
    pub text: String,
    pub tokens: Vec<Token>,
}

impl Source {
    /// All Rust files below `folder`, in order of their names, each knowing what of it is test code.
    pub fn all_below(folder: &str) -> Vec<Source> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        gather(&root.join(folder), &mut files);
        files.sort();
        let mut sources: Vec<Source> = files.iter().map(|file| Source::read(root, file)).collect();
        mark_test_files(&mut sources);
        sources
    }

    /// A file that isn't on disk.
    pub fn parse(path: &str, text: &str) -> Source {
        let mut tokens = tokenise(text);
        mark_tests(&mut tokens);
        mark_scopes(&mut tokens);
        Source { path: path.to_owned(), module: module_of(path), text: text.to_owned(), tokens }
    }

    /// Every path the file names, imports spelt out.
    pub fn paths(&self) -> Vec<Named> {
        let mut named = Vec::new();
        let mut aliases: HashMap<String, Vec<String>> = HashMap::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let is_import = self.is(at, "use") && !self.is(at + 1, "<");
            if is_import {
                let mut imports = Vec::new();
                at = self.import(at + 1, &[], &mut imports);
                for (alias, import) in imports {
                    if import.segments[0] == "crate" {
                        aliases.insert(alias, import.segments.clone());
                    }
                    named.push(import);
                }
            } else if self.starts_path(at) {
                let start = at;
                let mut segments = vec![self.tokens[at].text.clone()];
                while self.is(at + 1, "::") && self.word(at + 2).is_some() {
                    segments.push(self.tokens[at + 2].text.clone());
                    at += 2;
                }
                // A word alone names no crate: it's a field, a variable, or imported above.
                if segments.len() > 1 {
                    named.push(self.named(start, segments));
                }
                at += 1;
            } else {
                at += 1;
            }
        }
        for path in &mut named {
            if let Some(import) = aliases.get(&path.segments[0]) {
                path.segments.splice(..1, import.iter().cloned());
            }
        }
        named
    }

    /// Tokens in a row: the line of each place where they stand, and whether it's test code.
    pub fn places_of(&self, words: &[&str]) -> Vec<(usize, bool)> {
        self.tokens
            .windows(words.len())
            .filter(|window| window.iter().zip(words).all(|(token, word)| token.text == *word))
            .map(|window| (window[0].line, window[0].in_test))
            .collect()
    }

    fn read(root: &Path, file: &Path) -> Source {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("can't read {}: {error}", file.display()));
        let path = file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        Source::parse(&path, &text)
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text == text)
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| token.text.as_str()).filter(|text| is_word(text))
    }

    fn starts_path(&self, at: usize) -> bool {
        let follows_name = at > 1 && self.is(at - 1, "::") && self.word(at - 2).is_some();
        let is_member = at > 0 && self.is(at - 1, ".");
        self.word(at).is_some() && !follows_name && !is_member
    }

    /// Reads an import tree that starts at `at`; gives the place after it.
    fn import(&self, mut at: usize, prefix: &[String], imports: &mut Vec<(String, Named)>) -> usize {
        let mut segments = prefix.to_vec();
        let start = at;
        loop {
            match self.tokens.get(at).map(|token| token.text.as_str()) {
                Some("::") => at += 1,
                Some("{") => {
                    at += 1;
                    while at < self.tokens.len() && !self.is(at, "}") {
                        at = self.import(at, &segments, imports);
                        if self.is(at, ",") {
                            at += 1;
                        }
                    }
                    return at + 1;
                }
                Some("*") => {
                    segments.push("*".to_owned());
                    at += 1;
                }
                Some(text) if is_word(text) && text != "as" => {
                    if text != "self" || segments.is_empty() {
                        segments.push(text.to_owned());
                    }
                    at += 1;
                }
                _ => break,
            }
        }
        let mut alias = segments.last().cloned().unwrap_or_default();
        if self.is(at, "as") {
            alias = self.word(at + 1).unwrap_or_default().to_owned();
            at += 2;
        }
        if segments.is_empty() {
            // Not an import after all; step on, so that reading ends.
            return at.max(start + 1);
        }
        imports.push((alias, self.named(start, segments)));
        at
    }

    /// Resolves `self`, `super` and, in `main.rs` and tests, the library's name.
    fn named(&self, at: usize, mut segments: Vec<String>) -> Named {
        let Token { line, in_test, scope, .. } = &self.tokens[at.min(self.tokens.len() - 1)];
        if segments[0] == "offprint" {
            segments[0] = "crate".to_owned();
        }
        if matches!(segments[0].as_str(), "self" | "super") {
            let mut here: Vec<String> = self.module.iter().chain(scope).cloned().collect();
            let n_climbs = segments.iter().take_while(|segment| matches!(segment.as_str(), "self" | "super")).count();
            for step in segments.drain(..n_climbs) {
                if step == "super" {
                    here.pop();
                }
            }
            segments = std::iter::once("crate".to_owned()).chain(here).chain(segments).collect();
        }
        Named { segments, line: *line, in_test: *in_test }
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("can't list {}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap_or_else(|error| panic!("can't list {}: {error}", folder.display())).path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn module_of(path: &str) -> Vec<String> {
    let path = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Whole files that only a `#[cfg(test)] mod name;` brings in are test code too.
fn mark_test_files(sources: &mut [Source]) {
    let mut test_modules: HashSet<Vec<String>> = HashSet::new();
    for source in sources.iter() {
        for window in source.tokens.windows(3) {
            if window[0].in_test && window[0].text == "mod" && window[2].text == ";" {
                let inner = window[0].scope.iter().chain([&window[1].text]);
                test_modules.insert(source.module.iter().chain(inner).cloned().collect());
            }
        }
    }
    for source in sources {
        if (1..=source.module.len()).any(|n| test_modules.contains(&source.module[..n])) {
            source.tokens.iter_mut().for_each(|token| token.in_test = true);
        }
    }
}

/// Marks the items behind `#[cfg(test)]`.
fn mark_tests(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let starts = |words: &[&str]| {
            tokens[at..].len() >= words.len() && tokens[at..].iter().zip(words).all(|(token, word)| token.text == *word)
        };
        if starts(&["#", "[", "cfg", "(", "test", ")", "]"]) || starts(&["#", "[", "cfg", "(", "all", "(", "test", ","])
        {
            let end = end_of_item(tokens, at);
            tokens[at..end].iter_mut().for_each(|token| token.in_test = true);
            at = end;
        } else {
            at += 1;
        }
    }
}

/// Where the item ends whose attributes start at `at`: after its `;` or its closing brace.
fn end_of_item(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (idx, token) in tokens.iter().enumerate().skip(at) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return idx + 1;
                }
            }
            ";" if depth == 0 => return idx + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Tells each token which inline modules it stands in.
fn mark_scopes(tokens: &mut [Token]) {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut depth = 0_usize;
    for at in 0..tokens.len() {
        match tokens[at].text.as_str() {
            "{" => {
                depth += 1;
                if at > 1 && tokens[at - 2].text == "mod" {
                    open.push((tokens[at - 1].text.clone(), depth));
                }
            }
            "}" => {
                if open.last().is_some_and(|(_, opened)| *opened == depth) {
                    open.pop();
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        tokens[at].scope = open.iter().map(|(name, _)| name.clone()).collect();
    }
}

/// Cuts a file into words and signs. Comments vanish; literals become empty tokens, lifetimes vanish.
fn tokenise(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let start = at;
        let rest = &chars[at..];
        let token = match rest {
            ['/', '/', ..] => {
                at += rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
                None
            }
            ['/', '*', ..] => {
                at += block_comment(rest);
                None
            }
            ['"', ..] => {
                at += quoted(rest, 1, '"');
                Some(String::new())
            }
            ['b' | 'c', '"', ..] => {
                at += quoted(rest, 2, '"');
                Some(String::new())
            }
            ['b', '\'', ..] => {
                at += quoted(rest, 2, '\'');
                Some(String::new())
            }
            ['\'', '\\', ..] | ['\'', _, '\'', ..] => {
                at += quoted(rest, 1, '\'');
                Some(String::new())
            }
            ['\'', ..] => {
                at += 1 + rest[1..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
                None
            }
            [':', ':', ..] => {
                at += 2;
                Some("::".to_owned())
            }
            [c, ..] if c.is_whitespace() => {
                at += 1;
                None
            }
            [c, ..] if c.is_ascii_digit() => {
                at += rest.iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
                Some(String::new())
            }
            [c, ..] if c.is_alphabetic() || *c == '_' => match raw_string(rest) {
                Some(length) => {
                    at += length;
                    Some(String::new())
                }
                None => {
                    at += if rest.starts_with(&['r', '#']) { 2 } else { 0 };
                    let word: String = chars[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                    at += word.chars().count();
                    Some(word)
                }
            },
            _ => {
                at += 1;
                Some(rest[0].to_string())
            }
        };
        if let Some(text) = token {
            tokens.push(Token { text, line, in_test: false, scope: Vec::new() });
        }
        line += chars[start..at.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[char], opening: usize, quote: char) -> usize {
    let mut at = opening;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// Length of the raw string that starts here, if one does: `r"…"`, `br#"…"#`.
fn raw_string(rest: &[char]) -> Option<usize> {
    let prefix = match rest {
        ['r', ..] => 1,
        ['b' | 'c', 'r', ..] => 2,
        _ => return None,
    };
    let n_hashes = rest[prefix..].iter().take_while(|c| **c == '#').count();
    let opening = prefix + n_hashes + 1;
    if rest.get(opening - 1) != Some(&'"') {
        return None;
    }
    let closing: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', n_hashes)).collect();
    let length = rest[opening..].windows(closing.len()).position(|window| window == closing)?;
    Some(opening + length + closing.len())
}
