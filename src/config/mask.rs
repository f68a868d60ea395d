//! Finds the secrets in a file that may be broken, so that no message shows them.
//!
//! It reads lines, not TOML, since what is wrong may be just the quote that ends a secret. Where it can't tell, it
//! hides too much.

use std::ops::Range;

/// Keys whose values are secrets, and tables of which every value is.
const KEYS: [&str; 3] = ["password", "token", "proxy"];
const TABLES: [&str; 3] = ["headers", "cookies", "auth"];

/// The text with stars for its secrets; every other byte keeps its place.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for secret in secrets(text) {
        let start = secret.start.max(from);
        out.push_str(text.get(from..start).unwrap_or_default());
        for c in text.get(start..secret.end).unwrap_or_default().chars() {
            let star = if matches!(c, '\n' | '\r') { c } else { '*' };
            (0..c.len_utf8()).for_each(|_| out.push(star));
        }
        from = secret.end.max(from);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Where the secrets of a text are, in order. A lone placeholder is none.
pub(super) fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = credentials(text);
    let mut in_table = false;
    let mut line_start = 0;
    while line_start < text.len() {
        let rest = text.get(line_start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let mut next = line_start + line.len() + 1;
        if line.trim_start().starts_with('[') {
            in_table = line.split(['[', ']', '.', '"', '\'']).any(|step| TABLES.contains(&step.trim()));
        } else if !line.trim_start().starts_with('#') {
            let value = if in_table { Some(line.find(['=', ':']).map_or(0, |equals| equals + 1)) } else { key(line) };
            if let Some(value) = value {
                next = next.max(Values { text, place: line_start + value }.collect(&mut found));
            }
        }
        line_start = next;
    }
    found.retain(|secret| !is_placeholder(text.get(secret.clone()).unwrap_or_default()));
    found.sort_by_key(|secret| secret.start);
    found
}

/// Where on a line the first value begins whose key is a secret's; also of `auth.password` and within `{ … }`.
fn key(line: &str) -> Option<usize> {
    // Where a quote is missing, nobody knows what is quoted.
    let is_whole = ['"', '\''].iter().all(|quote| line.matches(*quote).count() % 2 == 0);
    let (mut from, mut quote) = (0, None);
    for (idx, c) in line.char_indices().chain([(line.len(), '\n')]) {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => continue,
            (None, '"' | '\'') if is_whole => quote = Some(c),
            _ if c.is_alphanumeric() || c == '_' || c == '-' => continue,
            _ => {}
        }
        let word = line.get(from..idx).unwrap_or_default();
        let rest = line.get(idx..).unwrap_or_default().trim_start_matches(|c: char| c.is_whitespace() || c == '"');
        let is_first = line.get(..from).unwrap_or_default().trim_matches(['"', '\'', ' ', '\t']).is_empty();
        if is_secret(word) && (is_first || rest.starts_with(['=', ':', '.'])) {
            return value(line, idx);
        }
        from = idx + c.len_utf8();
    }
    None
}

fn is_secret(word: &str) -> bool {
    KEYS.iter().chain(&TABLES).any(|key| word.eq_ignore_ascii_case(key))
}

/// After a key and what may follow it: `.more`, a closing quote, `=` or, by mistake, `:`.
fn value(line: &str, key_end: usize) -> Option<usize> {
    let rest = line.get(key_end..)?;
    let equals = rest.find(['=', ':']);
    let text = rest.find(|c: char| !c.is_whitespace() && !matches!(c, '"' | '\''));
    Some(key_end + equals.map(|equals| equals + 1).or(text).unwrap_or(0))
}

/// Reads from the place where a value begins.
struct Values<'t> {
    text: &'t str,
    place: usize,
}

impl Values<'_> {
    /// Gathers the texts of a value, which may be a table or run over several lines; gives where the line after it
    /// begins.
    fn collect(mut self, found: &mut Vec<Range<usize>>) -> usize {
        let (mut open, mut is_value) = (Vec::new(), true);
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\n' if open.is_empty() => return self.place + 1,
                // Nobody closed the table.
                '\n' if self.rest().trim_start().starts_with('[') => return self.place + 1,
                '"' | '\'' => {
                    let text = self.quoted(c);
                    let is_key = self.rest().trim_start_matches([' ', '\t']).starts_with('=');
                    if !is_key {
                        found.push(text);
                    }
                    continue;
                }
                '{' | '[' => {
                    open.push(c);
                    is_value = c == '[';
                }
                '}' | ']' => {
                    open.pop();
                }
                '=' | ':' => is_value = true,
                ',' => is_value = open.last() == Some(&'['),
                '#' => found.push(self.until(&['\n'])),
                _ if c.is_whitespace() => {}
                _ if is_value => {
                    let ends: &[char] = if open.is_empty() { &['\n'] } else { &['\n', ',', '}', ']'] };
                    found.push(self.until(ends));
                    continue;
                }
                _ => {}
            }
            self.place +=
                if self.rest().starts_with('\n') { 1 } else { self.rest().chars().next().map_or(1, char::len_utf8) };
        }
        self.text.len()
    }

    fn rest(&self) -> &str {
        self.text.get(self.place..).unwrap_or_default()
    }

    /// Passes a text in quotes; gives what is between them. One that isn't closed ends with its line.
    fn quoted(&mut self, quote: char) -> Range<usize> {
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        if let Some(inner) = self.rest().strip_prefix(&triple) {
            let start = self.place + 3;
            let length = inner.find(&triple).unwrap_or(inner.len());
            self.place = (start + length + 3).min(self.text.len());
            return start..start + length;
        }
        let start = self.place + 1;
        let mut is_escaped = false;
        for (idx, c) in self.text.get(start..).unwrap_or_default().char_indices() {
            if c == '\n' {
                self.place = start + idx;
                return start..start + idx;
            }
            if c == quote && !is_escaped {
                self.place = start + idx + 1;
                return start..start + idx;
            }
            is_escaped = c == '\\' && quote == '"' && !is_escaped;
        }
        self.place = self.text.len();
        start..self.text.len()
    }

    fn until(&mut self, ends: &[char]) -> Range<usize> {
        let start = self.place;
        self.place = self.rest().find(ends).map_or(self.text.len(), |length| start + length);
        start..self.place
    }
}

/// Credentials in addresses: what is between `://` and `@`.
fn credentials(text: &str) -> Vec<Range<usize>> {
    let begins = text.match_indices("://").map(|(idx, mark)| idx + mark.len());
    let found = begins.filter_map(|start| {
        let authority = text.get(start..)?;
        // A placeholder may hold a slash: `${file:a/b}`.
        let mut in_placeholder = false;
        let end = authority.find(|c: char| {
            in_placeholder = (in_placeholder || c == '{') && c != '}';
            c.is_whitespace() || !in_placeholder && matches!(c, '/' | '"' | '\'' | '?' | '#')
        });
        let length = authority.get(..end.unwrap_or(authority.len()))?.rfind('@')?;
        Some(start..start + length)
    });
    found.collect()
}

fn is_placeholder(text: &str) -> bool {
    let parts = text.split(':').collect::<Vec<_>>().join(":");
    let is_one = |text: &str| {
        text.strip_prefix("${").and_then(|inner| inner.strip_suffix('}')).is_some_and(|inner| !inner.contains('}'))
    };
    text.is_empty()
        || is_one(&parts)
        || parts.split_once("}:").is_some_and(|(a, b)| is_one(&format!("{a}}}")) && is_one(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_secret_is_masked() {
        for text in [
            "password = \"CANARY\"",
            "auth = { user = \"CANARY\", password = 'CANARY' }",
            "auth.password = \"CANARY",
            "auth.\"password\" = \"CANARY\"",
            "password = CANARY and more",
            "password: CANARY",
            "password \"CANARY\"",
            "token=\"a\\\"CANARY\" # CANARY",
            "token = \"\"\"\nCANARY\nCANARY\"\"\"\nid = \"x\"",
            "headers = { \"X-Key\" = \"CANARY\", Authorization = \"Bearer CANARY\" }",
            "headers = {\n  X-Key = \"CANARY\",\n  Other = \"CANARY\"\n}\n",
            "headers.X-Key = \"CANARY\"",
            "cookies = { id = CANARY, other = 5 CANARY }",
            "cookies = [\"CANARY\", CANARY]",
            "[source.headers]\nX-Key = \"CANARY\"\nY = CANARY\nCANARY\n[[source]]\n",
            "[ source . auth ]\npassword = \"CANARY\n",
            "proxy = \"http://CANARY:CANARY@proxy.example:3128\"",
            "url = \"https://me:CANARY@a.example/feed\"",
            "url = \"https://${env:ME}:CANARY@a.example/feed\"",
            "source = [{ url = \"https://a.example/\", auth = { token = \"CANARY\" } }]",
            "  \"password\" = \"CANARY\"",
            "source = [{ id = \"x, auth = { token = \"CANARY\" } }]",
        ] {
            let shown = masked(text);

            assert!(!shown.contains("CANARY"), "{text}\n{shown}");
            assert_eq!(shown.len(), text.len());
            assert_eq!(shown.lines().count(), text.lines().count());
        }
    }

    #[test]
    fn nothing_else_is_masked() {
        for text in [
            "url = \"https://a.example/password?token=1\"",
            "[[source]]\nid = \"headers\"\ntags = [\"cookies\", \"token\"]\n",
            "password = \"${env:WORD}\"",
            "url = \"https://${env:ME}:${file:a/b}@a.example/\"",
            "[source.headers]\nX-Key = \"${file:key}\"\n[source.extract]\ncontent = \"div\"",
            "auth = { user = \"${env:ME}\", passwort = \"${env:WORD}\" }\nid = \"x\"",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn no_text_is_too_broken() {
        for text in ["password = \"é", "headers = {{{[\"", "[auth\n='''", "token", "://@", "password=\"\\", "é://é@é"]
        {
            assert_eq!(masked(text).len(), text.len());
        }
    }
}
