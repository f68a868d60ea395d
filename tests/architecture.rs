//! Holds the architecture of `docs/ARCHITECTURE.md`: who may use whom, what pure means, how files look.

#[path = "architecture/source.rs"]
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use source::Source;

/// Each module and the modules it may use. A module uses only modules named before it. A new arrow is a change
/// of the architecture: argue for it in the commit and in `docs/ARCHITECTURE.md`, which holds the same table.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    // It tells the time as a `Timestamp`.
    ("clock", &["model"]),
    ("lifecycle", &[]),
    ("discover", &["model"]),
    ("extract", &["model"]),
    ("normalise", &["model"]),
    ("dedup", &["model"]),
    ("publish", &["model"]),
    ("fetch", &["model", "clock"]),
    ("store", &["model", "clock"]),
    ("pipeline", &["model", "clock", "discover", "extract", "normalise", "dedup", "publish", "fetch", "store"]),
    ("schedule", &["model", "clock", "lifecycle", "store", "pipeline"]),
    // `lifecycle`, because each connection is a task that a stop has to wait for.
    ("serve", &["model", "clock", "lifecycle", "publish", "store", "schedule"]),
    ("config", &["model", "discover", "extract", "fetch", "store", "pipeline", "schedule", "serve"]),
    (
        "cli",
        &[
            "model",
            "clock",
            "lifecycle",
            "discover",
            "extract",
            "normalise",
            "dedup",
            "publish",
            "fetch",
            "store",
            "pipeline",
            "schedule",
            "serve",
            "config",
        ],
    ),
    ("main", &["lifecycle", "config", "cli"]),
];

/// Modules without I/O, time or chance: what they do depends on their arguments alone.
const PURE: &[&str] = &["model", "discover", "extract", "normalise", "dedup", "publish"];

/// What pure code doesn't name outside its tests.
const IMPURE: &[&str] = &[
    "tokio",
    "reqwest",
    "sqlx",
    "axum",
    "hyper",
    "tracing",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "chrono::Utc::now",
    "chrono::Local",
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
    "crate::clock",
];

/// Crates that only some modules name, so that replacing one touches only them. Tests may name any.
const OWNERS: &[(&str, &[&str])] = &[
    ("reqwest", &["fetch"]),
    ("robotxt", &["fetch"]),
    ("sqlx", &["store"]),
    ("feed_rs", &["discover"]),
    ("ammonia", &["normalise"]),
    ("rss", &["publish"]),
    ("atom_syndication", &["publish"]),
    ("tokio_cron_scheduler", &["schedule"]),
    // `cli` for the sample sites of `offprint demo`.
    ("axum", &["serve", "cli"]),
    ("askama", &["serve", "cli"]),
    ("hyper", &["serve", "cli"]),
    ("clap", &["cli", "main"]),
    ("indicatif", &["cli"]),
    ("comfy_table", &["cli"]),
];

/// Functions that vouch for something, and the only modules that can.
const VOUCHERS: &[(&str, &str)] = &[("vouched_by_normalise", "normalise"), ("from_store", "store")];

const MAX_LINES: usize = 500;
const MAX_LINES_OF_MAIN: usize = 60;

#[test]
fn modules_use_only_the_modules_they_may() {
    let mut offences = Vec::new();
    for source in Source::all_below("src") {
        let own = owner(&source);
        for path in source.paths() {
            if path.segments[0] != "crate" || path.segments.len() < 2 {
                continue;
            }
            let used = path.segments[1].as_str();
            if used == own || !is_module(used) || may_use(own, used) {
                continue;
            }
            offences.push(format!(
                "{}:{}: `{own}` → `{used}`, by `{}`; `{own}` may use: {}",
                source.path,
                path.line,
                path.segments.join("::"),
                allowed(own).join(", "),
            ));
        }
    }
    assert_none(
        &offences,
        "arrows that ARROWS doesn't have; turn the dependency round, or take what you need as an argument",
    );
}

#[test]
fn the_table_has_every_module_once_and_no_circle() {
    let mut before: BTreeSet<&str> = BTreeSet::new();
    let mut offences = Vec::new();
    for (module, uses) in ARROWS {
        for used in *uses {
            if !before.contains(used) {
                offences.push(format!("`{module}` → `{used}`: `{used}` isn't named before `{module}`"));
            }
        }
        if !before.insert(module) {
            offences.push(format!("`{module}` has two rows"));
        }
    }
    let found: BTreeSet<String> = Source::all_below("src").iter().map(|source| owner(source).to_owned()).collect();
    for module in found.iter().filter(|module| *module != "lib" && !before.contains(module.as_str())) {
        offences.push(format!("src/{module}: has no row in ARROWS"));
    }
    assert_none(&offences, "faults of the table ARROWS");
}

#[test]
fn the_document_shows_the_same_arrows() {
    let path = format!("{}/docs/ARCHITECTURE.md", env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(&path).unwrap_or_else(|error| panic!("can't read {path}: {error}"));
    let mut rows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in document.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let [module, _, uses] = cells[..] {
            let names = uses.split(',').map(|name| name.trim().trim_matches('`')).filter(|name| is_module(name));
            rows.insert(
                module.trim_matches('`').trim_end_matches(".rs").to_owned(),
                names.map(str::to_owned).collect(),
            );
        }
    }

    let mut offences = Vec::new();
    for (module, uses) in ARROWS {
        let expected: BTreeSet<String> = uses.iter().map(|name| (*name).to_owned()).collect();
        match rows.remove(*module) {
            None => offences.push(format!("docs/ARCHITECTURE.md: has no row for `{module}`")),
            Some(shown) if shown != expected => {
                offences.push(format!("docs/ARCHITECTURE.md: `{module}` uses {shown:?} there, {expected:?} in ARROWS"));
            }
            Some(_) => {}
        }
    }
    offences.extend(rows.keys().map(|module| format!("docs/ARCHITECTURE.md: `{module}` has no row in ARROWS")));
    assert_none(&offences, "differences between document and ARROWS");
}

#[test]
fn pure_modules_take_the_world_as_arguments() {
    let mut offences = Vec::new();
    for source in Source::all_below("src").iter().filter(|source| PURE.contains(&owner(source))) {
        for path in source.paths().iter().filter(|path| !path.in_test) {
            let named = path.segments.join("::");
            if let Some(impure) = IMPURE.iter().find(|impure| begins_with(&named, impure)) {
                offences.push(format!("{}:{}: names `{named}` ({impure})", source.path, path.line));
            }
        }
        let asyncs = source.tokens.iter().filter(|token| token.text == "async" && !token.in_test);
        offences.extend(asyncs.map(|token| format!("{}:{}: is `async`", source.path, token.line)));
    }
    assert_none(
        &offences,
        "impurities; take time, chance and content as arguments and return notes instead of logging",
    );
}

#[test]
fn a_foreign_crate_stays_behind_the_module_that_owns_it() {
    let mut offences = Vec::new();
    for source in Source::all_below("src") {
        for path in source.paths().iter().filter(|path| !path.in_test) {
            let owners = OWNERS.iter().find(|(name, _)| *name == path.segments[0]);
            if let Some((name, owners)) = owners.filter(|(_, owners)| !owners.contains(&owner(&source))) {
                offences.push(format!("{}:{}: only {} may name `{name}`", source.path, path.line, owners.join(", ")));
            }
        }
    }
    assert_none(&offences, "crates named outside their module");
}

#[test]
fn clean_html_comes_only_from_who_can_vouch_for_it() {
    let mut offences = Vec::new();
    for source in Source::all_below("src").iter().filter(|source| source.path != "src/model/html.rs") {
        for (function, module) in VOUCHERS.iter().filter(|(_, module)| *module != owner(source)) {
            for (line, in_test) in source.places_of(&["CleanHtml", "::", function]) {
                if !in_test {
                    offences.push(format!("{}:{line}: only `{module}` may call `CleanHtml::{function}`", source.path));
                }
            }
        }
    }
    assert_none(&offences, "markup that nobody has cleaned; take a `CleanHtml` as an argument");
}

#[test]
fn config_takes_only_the_settings_of_the_modules() {
    let mut offences = Vec::new();
    for source in Source::all_below("src").iter().filter(|source| owner(source) == "config") {
        for path in source.paths().iter().filter(|path| !path.in_test && path.segments[0] == "crate") {
            let [_, module, item, ..] = &path.segments[..] else { continue };
            let is_function =
                item.chars().next().is_some_and(char::is_lowercase) && !matches!(module.as_str(), "model" | "config");
            if is_module(module) && is_function {
                offences.push(format!("{}:{}: names `{}`", source.path, path.line, path.segments.join("::")));
            }
        }
    }
    assert_none(&offences, "uses of `config` that go beyond the modules' settings types");
}

#[test]
fn files_are_short_and_say_first_what_they_are_for() {
    let mut offences = Vec::new();
    for source in Source::all_below("src").iter().chain(&Source::all_below("tests")) {
        let n_lines = source.text.lines().count();
        if n_lines > MAX_LINES {
            offences.push(format!("{}: {n_lines} lines, at most {MAX_LINES}: split it by ideas", source.path));
        }
        if source.path == "src/main.rs" && n_lines > MAX_LINES_OF_MAIN {
            offences.push(format!("src/main.rs: {n_lines} lines, at most {MAX_LINES_OF_MAIN}: `cli` does the work"));
        }
        if !source.text.starts_with("//! ") {
            offences.push(format!("{}:1: the first line isn't `//! ` and a sentence", source.path));
        }
    }
    assert_none(&offences, "files out of shape");
}

#[test]
fn nothing_is_ignored_allowed_or_left_to_do() {
    let mut offences = Vec::new();
    for source in Source::all_below("src").iter().chain(&Source::all_below("tests")) {
        for (words, cure) in [
            (&["#", "[", "ignore"][..], "assert the wrong behaviour and say why it is wrong"),
            (&["todo", "!"], "write it, or leave it out"),
            (&["unimplemented", "!"], "write it, or leave it out"),
            (&["#", "[", "allow", "("], "`#[expect(lint, reason = \"…\")]` says why and goes when it isn't needed"),
            (
                &["#", "!", "[", "allow", "("],
                "`#[expect(lint, reason = \"…\")]` says why and goes when it isn't needed",
            ),
        ] {
            let places = source.places_of(words);
            offences
                .extend(places.iter().map(|(line, _)| format!("{}:{line}: `{}`: {cure}", source.path, words.concat())));
        }
    }
    assert_none(&offences, "escapes");
}

#[test]
fn paths_are_seen_through_every_way_to_write_them() {
    let text = r##"
        use crate::{fetch, model::{Title, self as nouns}, store as memory};
        use super::super::serve::App;
        fn real<'a>(c: char) { let _ = ("crate::cli", 'x', '\'', r#"crate::cli"#); fetch::get(); memory::open() } // crate::cli
        /* use crate::cli; /* nested */ */
        mod inner { use super::super::local; }
        #[cfg(test)]
        mod tests { use crate::clock::Clock; }
        pub use self::own::Thing;
        use sqlx;
        struct Links { rss: Url }
        fn last() -> crate::lifecycle::Tasks { std::fs::read("").map(::tokio::spawn) }
    "##;

    let source = Source::parse("src/schedule/cron.rs", text);
    let named: Vec<(String, usize, bool)> =
        source.paths().into_iter().map(|path| (path.segments.join("::"), path.line, path.in_test)).collect();

    for expected in [
        ("crate::fetch", 2, false),
        ("crate::model::Title", 2, false),
        ("crate::model", 2, false),
        ("crate::store", 2, false),
        ("crate::serve::App", 3, false),
        ("crate::fetch::get", 4, false),
        ("crate::store::open", 4, false),
        ("crate::schedule::local", 6, false),
        ("crate::clock::Clock", 8, true),
        ("crate::schedule::cron::own::Thing", 9, false),
        ("sqlx", 10, false),
        ("crate::lifecycle::Tasks", 12, false),
        ("std::fs::read", 12, false),
        ("tokio::spawn", 12, false),
    ] {
        assert!(named.contains(&(expected.0.to_owned(), expected.1, expected.2)), "{expected:?} isn't in {named:#?}");
    }
    assert!(!named.iter().any(|(path, ..)| path.starts_with("crate::cli") || path == "rss"), "{named:#?}");
}

/// The module a file belongs to: `fetch`, or `lib` and `main` for the two roots.
fn owner(source: &Source) -> &str {
    match source.module.first() {
        Some(module) => module,
        None if source.path.ends_with("main.rs") => "main",
        None => "lib",
    }
}

fn allowed(module: &str) -> &'static [&'static str] {
    ARROWS.iter().find(|(name, _)| *name == module).map_or(&[], |(_, uses)| uses)
}

fn may_use(module: &str, used: &str) -> bool {
    module == "lib" || allowed(module).contains(&used)
}

fn is_module(name: &str) -> bool {
    ARROWS.iter().any(|(module, _)| *module == name)
}

fn begins_with(path: &str, start: &str) -> bool {
    path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn assert_none(offences: &[String], what: &str) {
    assert!(offences.is_empty(), "{} {what}:\n  {}\n", offences.len(), offences.join("\n  "));
}
