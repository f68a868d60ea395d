//! Which rules are for a page: those of its host, else of the nearest parent with a wildcard, and those for all.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use url::Url;

use super::{Rules, replaced};

/// The rules of many sites. Copies share them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SiteRules(Arc<BTreeMap<Name, Rules>>);

/// For which pages a file is, by its name: `example.com` (also with `www.`), `.example.com` (all hosts below it) or
/// `global` (all pages).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// The file for all pages, without its ending.
const GLOBAL: &str = "global";

impl Name {
    /// Reads a file's name; none where it isn't named after a host.
    #[must_use]
    pub fn of_file(file: &str) -> Option<Self> {
        let stem = file.strip_suffix(".txt").filter(|stem| !stem.is_empty() && stem.len() <= 200)?;
        let (dot, host) = match stem.strip_prefix('.') {
            Some(parent) => (".", parent),
            None => ("", stem),
        };
        if host.contains(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))) {
            return None;
        }
        // As addresses write it: in small letters, and what isn't ASCII encoded.
        let url = Url::parse(&format!("http://{host}/")).ok()?;
        let host = url.host_str()?;
        let host = if dot.is_empty() { bare(host) } else { host };
        Some(Self(format!("{dot}{host}")))
    }

    /// The file's name.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.txt", self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// The rules that count for one page.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::extract) struct Matching<'r> {
    pub(super) own: Option<(&'r Name, &'r Rules)>,
    pub(super) global: Option<(&'r Name, &'r Rules)>,
}

impl FromIterator<(Name, Rules)> for SiteRules {
    fn from_iter<T: IntoIterator<Item = (Name, Rules)>>(files: T) -> Self {
        Self(Arc::new(files.into_iter().collect()))
    }
}

impl SiteRules {
    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rules for pages of a host: those under its own name (a leading `www.` doesn't count), else those of its
    /// nearest parent that are meant for what is below.
    #[must_use]
    pub fn for_host(&self, host: &str) -> Option<(&Name, &Rules)> {
        if self.is_empty() {
            return None;
        }
        let host = bare(host.trim_end_matches('.')).to_ascii_lowercase();
        let parents = host.match_indices('.').filter_map(|(at, _)| host.get(at..));
        std::iter::once(host.as_str()).chain(parents).find_map(|name| self.0.get_key_value(&Name(name.to_owned())))
    }

    pub(in crate::extract) fn matching(&self, url: &Url) -> Matching<'_> {
        if self.is_empty() {
            return Matching::default();
        }
        let own = url.host_str().and_then(|host| self.for_host(host));
        let is_alone = own.is_some_and(|(_, rules)| rules.is_alone);
        let global = if is_alone { None } else { self.0.get_key_value(&Name(GLOBAL.to_owned())) };
        Matching { own, global }
    }
}

impl<'r> Matching<'r> {
    pub(in crate::extract) fn is_empty(&self) -> bool {
        self.own.is_none() && self.global.is_none()
    }

    /// The host's own rules first, then those for all.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'r Name, &'r Rules)> {
        self.own.into_iter().chain(self.global)
    }

    /// The page's source with what the rules replace in it.
    pub(in crate::extract) fn replaced<'h>(&self, html: Cow<'h, str>) -> Cow<'h, str> {
        self.all().fold(html, |html, (_, rules)| match html {
            Cow::Borrowed(html) => replaced(html, &rules.replacements),
            Cow::Owned(html) => Cow::Owned(match replaced(&html, &rules.replacements) {
                Cow::Owned(replaced) => replaced,
                Cow::Borrowed(_) => html,
            }),
        })
    }
}
