//! Sources and feeds: their names are unique, their addresses differ, and feeds gather sources that exist.

use std::collections::HashMap;
use std::sync::Arc;

use chrono_tz::Tz;
use url::{Host, Url};

use super::identity;
use super::load::Sections;
use super::rhythms::DefaultRhythm;
use super::suggest::nearest;
use super::tables::{FeedTable, SourceTable};
use crate::model::{CanonicalUrl, FeedId, FeedSpec, Reserved, Source, SourceId};
use crate::pipeline::Site;

/// What sources have that say nothing of their own.
pub(super) struct Defaults {
    pub(super) rhythm: DefaultRhythm,
    pub(super) timezone: Tz,
    pub(super) title: String,
    pub(super) respects: Reserved,
}

/// The sources and feeds that could be understood.
pub(super) struct Found {
    pub(super) sites: Vec<Site>,
    pub(super) feeds: Vec<FeedSpec>,
    pub(super) warnings: Vec<String>,
}

/// Reads all `[[source]]` and `[[feed]]` tables.
pub(super) fn read(sections: &mut Sections<'_, '_>, defaults: &Defaults) -> Found {
    let sources: Vec<Option<SourceTable>> = sections.elements("source");
    let feeds: Vec<Option<FeedTable>> = sections.elements("feed");
    let is_complete = sources.iter().all(Option::is_some);
    let mut warnings = Vec::new();

    let mut names = Names::default();
    for (idx, source) in numbered(&sources) {
        if let Some(id) = &source.id {
            names.take(sections, &format!("source.{idx}.id"), id.as_str(), "a source");
        }
    }
    for (idx, feed) in numbered(&feeds) {
        names.take(sections, &format!("feed.{idx}.id"), feed.id.as_str(), "a feed");
    }
    check_addresses(sections, &sources);
    let sites: Vec<Site> = numbered(&sources)
        .map(|(idx, source)| {
            let id = source.id.clone().unwrap_or_else(|| names.make(&source.url, idx, &mut warnings));
            site(sections, idx, source, id, defaults)
        })
        .collect();
    for (site, (_, source)) in sites.iter().zip(numbered(&sources)) {
        if source.url.scheme() == "http" && site.identity.has_secrets() && !is_here(&source.url) {
            warnings.push(format!(
                "the secrets of `{}` go over http, where anybody on the way can read them: write https",
                site.source.id
            ));
        }
    }
    let picker = Picker { sites: &sites, is_complete };
    let mut specs = vec![FeedSpec {
        id: FeedId::all(),
        title: defaults.title.clone(),
        sources: sites.iter().map(|site| site.source.id.clone()).collect(),
        folds: true,
    }];
    for (idx, feed) in numbered(&feeds) {
        let sources = picker.pick(sections, idx, &feed.sources);
        let title = feed.title.clone().unwrap_or_else(|| feed.id.to_string());
        specs.push(FeedSpec { id: feed.id.clone(), title, sources, folds: true });
    }
    specs.extend(sites.iter().map(|site| own_feed(&site.source)));
    if sources.is_empty() {
        warnings.push("there is no `[[source]]` yet, so there is nothing to read".to_owned());
    }
    Found { sites, feeds: specs, warnings }
}

/// Whether an address is this machine, to which no way is long enough to be listened at.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn numbered<T>(tables: &[Option<T>]) -> impl Iterator<Item = (usize, &T)> {
    tables.iter().enumerate().filter_map(|(idx, table)| Some((idx, table.as_ref()?)))
}

fn site(sections: &mut Sections<'_, '_>, idx: usize, source: &SourceTable, id: SourceId, defaults: &Defaults) -> Site {
    let path = format!("source.{idx}");
    let rhythm = sections.source_rhythm(&path, source, &defaults.rhythm);
    if let Some(tag) = source.tags.iter().position(|tag| tag.trim().is_empty()) {
        sections.refuse(&format!("{path}.tags.{tag}"), "a tag is empty", "write a word, or remove it");
    }
    let (url, identity) = identity::read(sections, &path, source);
    Site {
        source: Source {
            id,
            url,
            title: source.title.clone(),
            tags: source.tags.clone(),
            language: source.language.clone(),
            timezone: source.timezone.unwrap_or(defaults.timezone),
            rhythm,
        },
        discover: source.discover.clone(),
        extract: source.extract.clone(),
        respects: source.respect.over(defaults.respects),
        identity: Arc::new(identity),
    }
}

/// A source's own feed: nothing is folded there. Until the site told its title, its host stands for it.
fn own_feed(source: &Source) -> FeedSpec {
    let host = source.url.host_str().unwrap_or_default();
    let title = source.title.clone().unwrap_or_else(|| host.strip_prefix("www.").unwrap_or(host).to_owned());
    FeedSpec { id: FeedId::from(&source.id), title, sources: vec![source.id.clone()], folds: false }
}

fn check_addresses(sections: &mut Sections<'_, '_>, sources: &[Option<SourceTable>]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (idx, source) in numbered(sources) {
        let path = format!("source.{idx}.url");
        match CanonicalUrl::from_url(source.url.clone()) {
            Ok(url) => {
                let first = *seen.entry(url.identity()).or_insert(idx);
                if first != idx {
                    let message = format!("this address is read already, by source number {}", first + 1);
                    sections.refuse_safely(&path, message, "remove one of the two sources");
                }
            }
            Err(error) => {
                let help = "write an address of the web, such as `https://blog.example.com/`";
                sections.refuse(&path, error.to_string(), help);
            }
        }
    }
}

/// The names that are taken, and by what. Sources and feeds share them: both are `/feeds/NAME`.
#[derive(Default)]
struct Names(HashMap<String, &'static str>);

impl Names {
    fn take(&mut self, sections: &mut Sections<'_, '_>, path: &str, name: &str, by: &'static str) {
        if name == "all" || name == "health" {
            let message = format!("the id `{name}` is taken: that feed is always there");
            sections.refuse(path, message, "choose another id");
        } else if let Some(owner) = self.0.get(name) {
            sections.refuse(path, format!("the id `{name}` is taken by {owner} already"), "choose another id");
        } else {
            self.0.insert(name.to_owned(), by);
        }
    }

    /// A free name made from the host: `blog-example-com`, else `blog-example-com-2` and so on.
    fn make(&mut self, url: &Url, idx: usize, warnings: &mut Vec<String>) -> SourceId {
        let host = url.host_str().and_then(SourceId::from_host);
        let base = host.map_or_else(|| format!("source-{}", idx + 1), |id| id.to_string());
        // Room for the number within the 64 characters of an id.
        let stem: String = base.chars().take(58).collect();
        let numbered = (2..).map(|n| format!("{}-{n}", stem.trim_end_matches('-')));
        let free = std::iter::once(base.clone()).chain(numbered).find(|name| !self.0.contains_key(name));
        let name = free.expect("numbers don't end");
        if name != base {
            warnings.push(format!(
                "source number {} is called `{name}`, since `{base}` is taken; give it an `id`, or its articles become \
                 new ones when the order of the sources changes",
                idx + 1
            ));
        }
        self.0.insert(name.clone(), "a source");
        name.parse().expect("a short name of a-z, 0-9 and - with a number is an id")
    }
}

/// Finds the sources that a feed gathers.
struct Picker<'p> {
    sites: &'p [Site],
    /// Whether every source could be read; if not, one that is missing here may be among the others.
    is_complete: bool,
}

impl Picker<'_> {
    fn pick(&self, sections: &mut Sections<'_, '_>, feed_idx: usize, wanted: &[String]) -> Vec<SourceId> {
        let path = format!("feed.{feed_idx}.sources");
        if wanted.is_empty() {
            sections.refuse(
                &path,
                "the feed gathers nothing",
                "name sources by id, `\"tag:NAME\"`, or `\"*\"` for all",
            );
        }
        let mut is_picked = vec![false; self.sites.len()];
        for (idx, word) in wanted.iter().enumerate() {
            let mut n_hits = 0;
            for (site, is_picked) in self.sites.iter().zip(&mut is_picked) {
                if matches(&site.source, word) {
                    *is_picked = true;
                    n_hits += 1;
                }
            }
            if n_hits == 0 && self.is_complete && word != "*" {
                let (message, help) = self.explain(word);
                sections.refuse(&format!("{path}.{idx}"), message, help);
            }
        }
        let picked = self.sites.iter().zip(is_picked).filter(|(_, is_picked)| *is_picked);
        picked.map(|(site, _)| site.source.id.clone()).collect()
    }

    fn explain(&self, word: &str) -> (String, String) {
        let sources = || self.sites.iter().map(|site| &site.source);
        if let Some(tag) = word.strip_prefix("tag:") {
            let tags = sources().flat_map(|source| source.tags.iter().map(String::as_str));
            let help = nearest(tag.trim(), tags).map(|near| format!("did you mean `tag:{near}`?"));
            let help = help.unwrap_or_else(|| "add it to the `tags` of a source, or remove it here".to_owned());
            return (format!("no source has the tag `{}`", tag.trim()), help);
        }
        let message = format!("no source is called `{word}`");
        if sources().any(|source| source.tags.iter().any(|tag| tag == word)) {
            return (message, format!("for all sources with that tag, write `tag:{word}`"));
        }
        let help = nearest(word, sources().map(|source| source.id.as_str()));
        let help = help.map(|near| format!("did you mean `{near}`?")).unwrap_or_else(|| {
            let ids: Vec<&str> = sources().map(|source| source.id.as_str()).take(10).collect();
            match ids.is_empty() {
                true => "there are no sources yet".to_owned(),
                false => format!("sources are called {}", ids.join(", ")),
            }
        });
        (message, help)
    }
}

fn matches(source: &Source, word: &str) -> bool {
    match word.strip_prefix("tag:") {
        Some(tag) => source.tags.iter().any(|own| own.trim() == tag.trim()),
        None => word == "*" || source.id.as_str() == word,
    }
}
