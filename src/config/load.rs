//! A file and the environment become a `Config`, or a report of all that is wrong with them.

use std::fs::File;
use std::io::Read;
use std::net::SocketAddr;
use std::ops::{Range, RangeInclusive};
use std::path::Path;
use std::time::Duration;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;

use super::error::MAX_BYTES;
use super::report::Problems;
use super::secrets::Written;
use super::sites::{self, Defaults};
use super::tables::{DefaultPace, DefaultPages, Heading};
use super::tree::{self, Tree};
use super::{
    Config, ConfigError, Env, Loaded, Problem, Report, keys, locate, mask, overrides, schema, secrets, site_rules,
};
use crate::extract::SiteRules;
use crate::model::Reserved;

/// Reads a configuration; the environment's `OFFPRINT__…` variables and `PORT` win over the file.
///
/// # Errors
/// When the file can't be read, or when it or a variable says something that can't be done. All problems are told.
pub fn load(path: &Path, env: &Env) -> Result<Loaded, ConfigError> {
    let text = read(path)?;
    let draft = understand(&text, env, path.parent().unwrap_or(Path::new("")));
    if !draft.problems.is_empty() {
        return Err(ConfigError::Invalid(Box::new(Report::new(path, &text, draft.problems))));
    }
    let Draft { mut config, mut warnings, written, .. } = draft;
    let folder = path.parent().unwrap_or(Path::new("")).join(&draft.pages.site_rules);
    let is_named = draft.pages != DefaultPages::default();
    config.site_rules = site_rules::load(&folder, is_named, &mut warnings);
    for site in &mut config.sites {
        site.extract.site_rules = config.site_rules.clone();
    }
    Ok(Loaded { config, path: path.to_owned(), warnings, site_rules: folder, written })
}

/// The address to which the daemon listens that runs with this configuration. Asked by those who look whether it
/// is well: they mustn't fail because the file was broken since, so what can't be read counts as left out.
#[must_use]
pub fn listen_address(named: Option<&Path>, env: &Env) -> SocketAddr {
    let text = locate(named, env).and_then(|path| read(&path)).unwrap_or_default();
    understand(&text, env, Path::new("")).config.server.listen
}

/// What could be understood of a text, and what couldn't.
struct Draft {
    config: Config,
    problems: Vec<Problem>,
    warnings: Vec<String>,
    written: Written,
    pages: DefaultPages,
}

fn read(path: &Path) -> Result<String, ConfigError> {
    let failed = |source| ConfigError::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let n_bytes = File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if n_bytes as u64 > MAX_BYTES {
        return Err(ConfigError::TooLarge { path: path.to_owned() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        ConfigError::NotText { path: path.to_owned(), line }
    })
}

fn understand(text: &str, env: &Env, folder: &Path) -> Draft {
    let schema = schema();
    let mut problems = Problems::of(text);
    mask::secrets(text).into_iter().for_each(|secret| problems.hide(secret));
    let mut tree = Tree::parse(text, &mut problems);
    let is_toml = problems.is_empty();
    let mut further = Problems::of(text);
    mask::secrets(text).into_iter().for_each(|secret| further.hide(secret));
    overrides::apply(&mut tree, env, &schema, &mut further);
    let written = secrets::resolve(&mut tree.root, env, folder, &mut further);
    keys::refuse_unknown(&mut tree.root, &schema, &mut further);
    let mut sections = Sections { tree: &tree, schema: &schema, written: &written, problems: &mut further };

    let heading = sections.part::<Heading>("server");
    let pace = sections.part::<DefaultPace>("fetch");
    let rhythm = sections.default_rhythm(&pace);
    let pages = sections.part::<DefaultPages>("extract");
    let mut config = Config {
        server: sections.part("server"),
        storage: sections.part("storage"),
        fetch: sections.part("fetch"),
        schedule: sections.part("schedule"),
        rhythm: rhythm.rhythm.clone(),
        timezone: pace.timezone,
        title: heading.title.clone(),
        site_rules: SiteRules::default(),
        sites: Vec::new(),
        feeds: Vec::new(),
    };
    sections.check(&config);
    if pages.site_rules.as_os_str().is_empty() {
        sections.refuse("extract.site_rules", "`site_rules` is empty", "write a folder's name, or leave it out");
    }
    let respects = pace.respect.over(Reserved { noindex: true, ..Reserved::default() });
    let defaults = Defaults { rhythm, timezone: pace.timezone, title: heading.title, respects };
    let found = sites::read(&mut sections, &defaults);
    config.server.listen = overrides::listen(config.server.listen, env, &mut further);
    (config.sites, config.feeds) = (found.sites, found.feeds);
    // A broken table hides keys, so what follows a syntax error may be its echo.
    let problems = if is_toml { further } else { problems };
    Draft { config, problems: problems.into_vec(), warnings: found.warnings, written, pages }
}

/// The file's tables, and where to tell what is wrong with them.
pub(super) struct Sections<'s, 't> {
    pub(super) tree: &'s Tree<'t>,
    schema: &'s Value,
    pub(super) written: &'s Written,
    pub(super) problems: &'s mut Problems<'t>,
}

impl Sections<'_, '_> {
    /// Those keys of a top-level table that a type knows; what doesn't fit keeps its default.
    fn part<T: DeserializeOwned + JsonSchema + Default>(&mut self, name: &str) -> T {
        let section = self.tree.section(name);
        let known = schema::keys_of::<T>();
        let keys =
            section.get_ref().iter().filter(|(key, _)| known.iter().any(|known| known == key.get_ref().as_ref()));
        let keys = keys.map(|(key, value)| (key.clone(), value.clone())).collect();
        let table = Spanned::new(section.span(), keys);
        let schema = self.schema;
        tree::read(table, name, |path, message| explain(schema, path, message), self.problems).unwrap_or_default()
    }

    /// One element of a top-level array of tables; none where a required key is missing.
    pub(super) fn elements<T: DeserializeOwned>(&mut self, name: &str) -> Vec<Option<T>> {
        let schema = self.schema;
        let tables = self.tree.elements(name).into_iter().enumerate();
        tables
            .map(|(idx, table)| {
                let path = format!("{name}.{idx}");
                tree::read(table, &path, |path, message| explain(schema, path, message), self.problems)
            })
            .collect()
    }

    /// Notes what is wrong with the value at a dotted path.
    pub(super) fn refuse(&mut self, path: &str, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.tree.span(path), message, Some(help.into()));
    }

    /// A text with placeholders, and where in it is what they stand for; none where it has none.
    pub(super) fn holes(&self, path: &str) -> Option<(String, Vec<Range<usize>>)> {
        let written = self.written.get(path)?;
        Some((self.tree.value(path)?.get_ref().as_str()?.to_owned(), written.holes.clone()))
    }

    /// The same for a message that is known not to quote the value.
    pub(super) fn refuse_safely(&mut self, path: &str, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push_safe(self.tree.span(path), message, Some(help.into()));
    }

    fn check(&mut self, config: &Config) {
        let Config { server, storage, fetch, schedule, .. } = config;
        self.range("server.max_items", server.max_items as u64, 1..=1000);
        self.range("schedule.workers", schedule.workers as u64, 1..=1000);
        self.range("fetch.per_host.concurrency", fetch.per_host.concurrency as u64, 1..=16);
        self.range("fetch.max_body_bytes", fetch.max_body_bytes, 1024..=1024 * 1024 * 1024);
        let timeouts = [
            ("timeout", fetch.timeout),
            ("connect_timeout", fetch.connect_timeout),
            ("answer_timeout", fetch.answer_timeout),
        ];
        for (name, _) in timeouts.iter().filter(|(_, timeout)| !TIMEOUTS.contains(&timeout.get())) {
            self.refuse(&format!("fetch.{name}"), format!("`{name}` is out of range"), "write `1s` to `10m`");
        }
        if fetch.per_host.delay.get() > MAX_DELAY {
            self.refuse("fetch.per_host.delay", "`delay` is out of range", "write `0s` to `1h`");
        }
        if config.title.trim().is_empty() {
            self.refuse("server.title", "`title` is empty", "write a name, or leave it out");
        }
        if let Some(url) = &server.public_url
            && (!is_web(url) || url.query().is_some() || url.fragment().is_some())
        {
            let help = "write what readers type to get here, such as `https://news.example.org/`";
            self.refuse("server.public_url", "`public_url` isn't the address of a web server", help);
        }
        if fetch.contact.as_ref().is_some_and(|url| !is_web(url) && url.scheme() != "mailto") {
            let help = "write the address of a page, such as `https://news.example.org/about`, or `mailto:` and one";
            self.refuse("fetch.contact", "`contact` isn't an address to reach you at", help);
        }
        // A database address may hold a password, so it's never quoted.
        let help = "write `sqlite:` and a path, such as `sqlite:data/offprint.db`";
        if storage.url.starts_with("postgres:") || storage.url.starts_with("postgresql:") {
            self.refuse_safely("storage.url", "PostgreSQL isn't supported yet", help);
        } else if storage.url.strip_prefix("sqlite:").is_none_or(|path| path.trim().is_empty()) {
            self.refuse_safely("storage.url", "this isn't the address of a database", help);
        }
    }

    fn range(&mut self, path: &str, value: u64, allowed: RangeInclusive<u64>) {
        if !allowed.contains(&value) {
            let name = path.rsplit('.').next().unwrap_or(path);
            let help = format!("write {} to {}", allowed.start(), allowed.end());
            self.refuse(path, format!("`{name}` is out of range"), help);
        }
    }
}

const TIMEOUTS: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(600);
const MAX_DELAY: Duration = Duration::from_secs(3600);

fn is_web(url: &url::Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// A parser's words for people: (message, help).
fn explain(schema: &Value, path: &str, message: &str) -> (String, Option<String>) {
    let key = path.rsplit('.').next().unwrap_or(path);
    let about = |path: &str| {
        let text = schema::at(schema, path)?.get("description")?.as_str()?;
        Some(text.to_owned())
    };
    let is_address = schema::at(schema, path).and_then(|schema| schema.get("format")).is_some_and(|f| f == "uri");
    if let Some(missing) = message.strip_prefix("missing field ") {
        let name = missing.trim_matches('`');
        return (
            format!("{missing} is missing"),
            about(&format!("{path}.{name}")).map(|text| format!("{name}: {text}")),
        );
    }
    if is_address && !message.starts_with("invalid type") {
        let help = "write it in full, such as `https://blog.example.com/`";
        return ("this isn't a web address".to_owned(), Some(help.to_owned()));
    }
    if message == "invalid socket address syntax" {
        let help = "such as `127.0.0.1:8080`, `0.0.0.0:8080` or `[::]:8080`";
        return ("this isn't an IP address and a port".to_owned(), Some(help.to_owned()));
    }
    let mut message = message.to_owned();
    for number in ["usize", "u64", "u32"] {
        message = message.replace(&format!("expected {number}"), "expected a whole number, 0 or more");
    }
    (message, about(path).map(|text| format!("{key}: {text}")))
}
