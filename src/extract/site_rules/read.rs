//! Reads a rule file: a directive, a colon and a value a line. What can't be used is told and left out.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use super::{Replacement, Rule, Rules, Sample, XPath};

/// Largest file; the largest in use has a twentieth.
pub(super) const MAX_BYTES: usize = 256 * 1024;
/// Most rules in one file.
const MAX_RULES: usize = 1000;
/// Most elements put around others: each adds to the depth of the page's tree.
const MAX_WRAPS: usize = 16;

/// Directives that are read and need nothing here: what they ask for is always or never done.
const NEEDLESS: [&str; 14] = [
    "autodetect_next_page",
    "convert_double_br_tags",
    "footnotes",
    "insert_detected_image",
    "login_extra_fields",
    "login_password_field",
    "login_uri",
    "login_username_field",
    "not_logged_in_xpath",
    "parser",
    "prune",
    "skip_json_ld",
    "strip_comments",
    "tidy",
];

/// A rule file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// What can be used of it.
    pub rules: Rules,
    /// What can't, in the order of the file.
    pub remarks: Vec<Remark>,
}

/// Something in a rule file that can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line, counted from 1; none where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub text: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

impl Rules {
    /// Reads a file. One rule that can't be used costs only itself.
    ///
    /// # Errors
    /// When nothing of the file can be used.
    pub fn parse(bytes: &[u8]) -> Result<Parsed, Remark> {
        if bytes.len() > MAX_BYTES {
            return Err(Remark { line: None, text: format!("it is larger than {} KiB", MAX_BYTES / 1024) });
        }
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut reader = Reader::default();
        // Old Macs ended lines with a carriage return alone.
        let lines = text.split('\n').flat_map(|line| line.trim_end_matches('\r').split('\r'));
        for (idx, line) in lines.enumerate() {
            reader.line = idx + 1;
            reader.read(line.trim());
        }
        reader.finish()
    }
}

#[derive(Default)]
struct Reader {
    rules: Rules,
    remarks: Vec<Remark>,
    line: usize,
    /// Directives met, known ones only.
    n_known: usize,
    /// Rules that do something, and those that can't be used.
    n_rules: usize,
    n_broken: usize,
    /// Texts to find that still wait for their replacement.
    finds: VecDeque<(usize, String)>,
    unknown: BTreeSet<String>,
    /// The directive that a condition on the next line belongs to.
    last: Option<fn(&mut Rules) -> &mut Vec<Rule>>,
}

impl Reader {
    fn read(&mut self, line: &str) {
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let Some((name, argument, value)) = split(line) else {
            return self.remark("there is no directive on this line");
        };
        let name = name.to_ascii_lowercase();
        let list: Option<fn(&mut Rules) -> &mut Vec<Rule>> = match name.as_str() {
            "title" => Some(|rules| &mut rules.title),
            "author" => Some(|rules| &mut rules.author),
            "date" => Some(|rules| &mut rules.date),
            "body" => Some(|rules| &mut rules.body),
            "strip" => Some(|rules| &mut rules.strip),
            "strip_attr" | "post_strip_attr" => Some(|rules| &mut rules.strip_attributes),
            "next_page_link" => Some(|rules| &mut rules.next_page),
            "single_page_link" => Some(|rules| &mut rules.single_page),
            "single_page_link_in_feed" => Some(|rules| &mut rules.single_page_in_feed),
            "native_ad_clue" => Some(|rules| &mut rules.native_ad),
            _ => None,
        };
        if let Some(list) = list {
            self.n_known += 1;
            if let Some(rule) = self.rule(value) {
                list(&mut self.rules).push(rule);
                self.last = Some(list);
            } else {
                self.last = None;
            }
            return;
        }
        let is_known = match (name.as_str(), argument) {
            ("if_page_contains", _) => {
                self.condition(value);
                true
            }
            ("replace_string", Some(find)) if !find.is_empty() => {
                self.replace(find.to_owned(), value);
                true
            }
            ("replace_string", None) => {
                match self.finds.pop_front() {
                    Some((_, find)) => self.replace(find, value),
                    None => self.remark("`replace_string` without a `find_string` before it"),
                }
                true
            }
            ("wrap_in", Some(tag)) => {
                self.wrap(tag, value);
                true
            }
            // A value is needed from here on.
            _ if value.is_empty() => is_listed(&name),
            ("find_string", _) => {
                self.finds.push_back((self.line, value.to_owned()));
                true
            }
            ("strip_id_or_class", _) => {
                let part: String = value.chars().filter(|c| !matches!(c, '"' | '\'')).collect();
                if !part.trim().is_empty() && self.has_room() {
                    self.rules.strip_names.push(part.trim().to_owned());
                }
                true
            }
            ("strip_image_src", _) => {
                let part: String = value.chars().filter(|c| !matches!(c, '"' | '\'')).collect();
                if !part.trim().is_empty() && self.has_room() {
                    self.rules.strip_images.push(part.trim().to_owned());
                }
                true
            }
            ("src_lazy_load_attr", _) => {
                if self.has_room() {
                    self.rules.lazy.push(value.to_ascii_lowercase());
                }
                true
            }
            ("http_header", Some(header)) => {
                self.header(header, value);
                true
            }
            ("http_header", None) => {
                match value.split_once(':') {
                    Some((header, value)) => self.header(header.trim(), value.trim()),
                    None => self.remark("`http_header` names no header; write `http_header(Referer): …`"),
                }
                true
            }
            ("test_url" | "test_urls", _) => {
                self.rules.samples.push(Sample { url: value.to_owned(), contains: Vec::new() });
                true
            }
            ("test_contains" | "test_content", _) => {
                match self.rules.samples.last_mut() {
                    Some(sample) => sample.contains.push(value.to_owned()),
                    None => self.remark("`test_contains` without a `test_url` before it"),
                }
                true
            }
            ("requires_login", _) => {
                if matches!(value, "yes" | "true") {
                    self.remark("the site wants a login, which isn't supported");
                }
                true
            }
            ("autodetect_on_failure", _) => {
                self.rules.is_alone = !matches!(value, "yes" | "true");
                true
            }
            _ => is_listed(&name),
        };
        self.last = self.last.filter(|_| name == "if_page_contains");
        if is_known {
            self.n_known += 1;
        } else if self.unknown.insert(name.clone()) {
            let name: String = name.chars().take(40).collect();
            self.remark(format!("the directive `{name}` isn't known"));
        }
    }

    fn remark(&mut self, text: impl Into<String>) {
        self.remarks.push(Remark { line: Some(self.line), text: text.into() });
    }

    fn has_room(&mut self) -> bool {
        self.n_rules += 1;
        if self.n_rules == MAX_RULES + 1 {
            self.remark(format!("more than {MAX_RULES} rules; those from here on are left out"));
        }
        self.n_rules <= MAX_RULES
    }

    /// None where there is no value, or where it can't be used.
    fn rule(&mut self, value: &str) -> Option<Rule> {
        if value.is_empty() {
            return None;
        }
        match XPath::parse(value) {
            Ok(path) => self.has_room().then_some(Rule { path, line: self.line, condition: None }),
            Err(fault) => {
                self.n_broken += 1;
                self.remark(format!("`{}` can't be used: {fault}", shortened(value)));
                None
            }
        }
    }

    /// What stands below a link says on which pages it counts.
    fn condition(&mut self, value: &str) {
        match (self.rule(value), self.last) {
            (Some(condition), Some(list)) => {
                if let Some(rule) = list(&mut self.rules).last_mut() {
                    rule.condition = Some(condition.path);
                }
            }
            (Some(_), None) => self.remark("`if_page_contains` has no rule above it"),
            // Without its condition a rule would count everywhere.
            (None, Some(list)) if !value.is_empty() => {
                list(&mut self.rules).pop();
            }
            (None, _) => {}
        }
    }

    fn replace(&mut self, find: String, with: &str) {
        if self.has_room() {
            self.rules.replacements.push(Replacement { find, with: with.to_owned() });
        }
    }

    fn wrap(&mut self, tag: &str, value: &str) {
        let tag = tag.trim().to_ascii_lowercase();
        let is_tag = tag.starts_with(|c: char| c.is_ascii_lowercase())
            && tag.len() <= 16
            && tag.chars().all(|c| c.is_ascii_alphanumeric())
            && !matches!(tag.as_str(), "html" | "head" | "body" | "script" | "style" | "template" | "noscript");
        if !is_tag {
            return self.remark(format!("`{}` isn't a tag to put around something", shortened(&tag)));
        }
        let Some(rule) = self.rule(value) else { return };
        if self.rules.wraps.len() < MAX_WRAPS {
            self.rules.wraps.push((tag, rule));
        } else {
            self.remark(format!("more than {MAX_WRAPS} `wrap_in`; this one is left out"));
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_name && !value.contains(char::is_control) && self.has_room() {
            self.rules.headers.push((name.to_owned(), value.to_owned()));
        } else {
            self.remark(format!("`{}` isn't a header", shortened(name)));
        }
    }

    fn finish(mut self) -> Result<Parsed, Remark> {
        for (line, _) in std::mem::take(&mut self.finds) {
            let text = "`find_string` without a `replace_string`".to_owned();
            self.remarks.push(Remark { line: Some(line), text });
        }
        self.remarks.sort_by_key(|remark| remark.line);
        let whole = |text: &str| Err(Remark { line: None, text: text.to_owned() });
        if self.n_known == 0 {
            return whole("there is no rule in it");
        }
        if self.n_rules == 0 && self.n_broken > 0 {
            let first = self.remarks.into_iter().find(|remark| remark.text.contains("can't be used"));
            return first.map_or_else(|| whole("none of its rules can be used"), Err);
        }
        Ok(Parsed { rules: self.rules, remarks: self.remarks })
    }
}

/// Whether a directive asks for nothing that has to be done.
fn is_listed(name: &str) -> bool {
    const WITH_VALUE: [&str; 10] = [
        "find_string",
        "strip_id_or_class",
        "strip_image_src",
        "src_lazy_load_attr",
        "http_header",
        "requires_login",
        "test_url",
        "test_urls",
        "test_contains",
        "autodetect_on_failure",
    ];
    NEEDLESS.contains(&name) || WITH_VALUE.contains(&name)
}

/// Takes a line apart: directive, what stands in brackets behind it, value.
fn split(line: &str) -> Option<(&str, Option<&str>, &str)> {
    let end = line.find([':', '('])?;
    let (name, rest) = line.split_at_checked(end)?;
    let (argument, value) = match rest.strip_prefix('(') {
        // What is to be found may hold colons and brackets itself.
        Some(rest) => {
            let (argument, value) = rest.split_once("):").or_else(|| rest.split_once(") :"))?;
            (Some(argument), value)
        }
        None => (None, rest.strip_prefix(':')?),
    };
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    is_name.then_some((name, argument, value.trim()))
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
