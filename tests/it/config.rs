//! What an operator reads who made a mistake, and what a right file gives.
//!
//! A case is a file `tests/fixtures/config/NAME.toml` and what is printed for it, `NAME.txt`; `UPDATE_EXPECT=1`
//! writes the latter anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use offprint::config::{self, Colour, Config, ConfigError, Env, Loaded, Place};
use offprint::model::{Adaptive, Rhythm};
use serde_json::Value;

/// The value of `SECRET` in every case; no message may hold it.
const SECRET: &str = "hunter2-the-secret";

fn load(text: &str, env: &Env) -> Result<Loaded, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("offprint.toml");
    fs::write(&path, text).unwrap();
    config::load(&path, env)
}

fn problems(result: Result<Loaded, ConfigError>) -> Vec<String> {
    let error = result.expect_err("a mistake is noticed");
    let report = error.report().unwrap_or_else(|| panic!("{error}"));
    report.problems().iter().map(|problem| problem.message.clone()).collect()
}

#[test]
fn every_mistake_is_shown_with_its_place_and_its_cure() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir("tests/fixtures/config").unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    cases.sort();
    assert!(cases.len() >= 10);

    for case in cases {
        let error = config::load(&case, &Env::from([("SECRET", SECRET)])).expect_err(&case.display().to_string());
        let shown = match error.report() {
            Some(report) => report.render(Colour::Never) + "\n",
            None => format!("{error}\n"),
        };

        assert!(!shown.contains(SECRET) && !error.to_string().contains(SECRET), "{shown}");
        let expected = case.with_extension("txt");
        if Env::from_process().get("UPDATE_EXPECT").is_some() {
            fs::write(&expected, &shown).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(shown, expected, "{}", case.display());
    }
}

#[test]
fn only_an_address_is_needed_for_a_source() {
    let loaded = load("[[source]]\nurl = \"https://www.blog.example.com/news\"", &Env::default()).unwrap();

    let site = &loaded.config.sites[0];
    assert_eq!(site.source.id.as_str(), "blog-example-com");
    assert_eq!(site.source.rhythm, loaded.config.rhythm);
    let feeds: Vec<_> = loaded.config.feeds.iter().map(|feed| (feed.id.as_str(), &*feed.title, feed.folds)).collect();
    assert_eq!(feeds, [("all", "Offprint", true), ("blog-example-com", "blog.example.com", false)]);
    assert_eq!(loaded.warnings, Vec::<String>::new());
}

#[test]
fn sources_of_one_host_get_names_of_their_own() {
    let text = r#"
        source = [{ url = "https://a.example/x" }, { url = "https://a.example/y" }, { url = "http://[::1]:8001/" },
                  { id = "a-example-2", url = "https://b.example/" }]
        feed = [{ id = "both", sources = ["a-example-3", "a-example"] }]
    "#;

    let loaded = load(text, &Env::default()).unwrap();

    let ids: Vec<_> = loaded.config.sites.iter().map(|site| site.source.id.as_str()).collect();
    assert_eq!(ids, ["a-example", "a-example-3", "1", "a-example-2"]);
    assert_eq!(loaded.config.feeds[1].sources.len(), 2);
    assert!(loaded.warnings[0].starts_with("source number 2 is called `a-example-3`"), "{:?}", loaded.warnings);
}

#[test]
fn a_merged_feed_gathers_by_id_by_tag_and_all() {
    let text = r#"
        source = [{ url = "https://a.example/", tags = ["tech"] }, { url = "https://b.example/", tags = ["tech", "x"] },
                  { url = "https://c.example/" }]
        feed = [{ id = "tech", title = "Tech", sources = ["c-example", "tag:tech", "tag:x"] },
                { id = "rest", sources = ["*"] }]
    "#;

    let config = load(text, &Env::default()).unwrap().config;

    let feed = |name: &str| config.feeds.iter().find(|feed| feed.id.as_str() == name).unwrap();
    assert_eq!(feed("tech").sources.len(), 3);
    assert!(feed("tech").folds);
    assert_eq!(feed("rest").sources, feed("all").sources);
}

#[test]
fn a_source_has_its_own_rhythm_and_zone_or_those_of_fetch() {
    let text = r#"
        [fetch]
        cron = "5 */2 * * *"
        timezone = "Europe/Berlin"
        [[source]]
        url = "https://a.example/"
        [[source]]
        url = "https://b.example/"
        every = "2h"
        timezone = "Asia/Jakarta"
    "#;

    let sites = load(text, &Env::default()).unwrap().config.sites;

    assert_eq!(sites[0].source.rhythm, Rhythm::cron("5 */2 * * *").unwrap());
    assert_eq!(sites[0].source.timezone.name(), "Europe/Berlin");
    assert_eq!(sites[1].source.rhythm, Rhythm::Every(std::time::Duration::from_secs(7200)));
    assert_eq!(sites[1].source.timezone.name(), "Asia/Jakarta");
}

#[test]
fn a_rhythm_follows_the_source_unless_the_file_says_otherwise() {
    let minutes = |n: u64| std::time::Duration::from_secs(60 * n);
    let every = |n| Rhythm::Every(minutes(n));
    let adaptive =
        |every, min, max| Rhythm::Adaptive(Adaptive { every: minutes(every), min: minutes(min), max: minutes(max) });
    let cron = Rhythm::cron("0 7 * * *").unwrap();
    for (fetch, source, expected) in [
        ("", "", adaptive(30, 15, 1440)),
        ("every = \"2d\"", "", adaptive(2880, 15, 2880)),
        ("every = \"5m\"", "", adaptive(5, 5, 1440)),
        ("adaptive = { max = \"6h\" }", "", adaptive(30, 15, 360)),
        ("adaptive = false", "", every(30)),
        ("adaptive = true", "", adaptive(30, 15, 1440)),
        ("cron = \"0 7 * * *\"", "", cron.clone()),
        ("", "every = \"2h\"", every(120)),
        ("", "cron = \"0 7 * * *\"", cron.clone()),
        ("", "adaptive = false", every(30)),
        ("", "every = \"2h\"\nadaptive = true", adaptive(120, 15, 1440)),
        ("adaptive = { min = \"20m\", max = \"6h\" }", "every = \"5m\"\nadaptive = true", adaptive(5, 5, 360)),
        ("adaptive = false", "adaptive = { min = \"1m\" }", adaptive(30, 1, 1440)),
        ("cron = \"0 7 * * *\"", "every = \"2h\"\nadaptive = { max = \"3h\" }", adaptive(120, 15, 180)),
        ("cron = \"0 7 * * *\"", "adaptive = false", cron.clone()),
    ] {
        let text = format!("[fetch]\n{fetch}\n[[source]]\nurl = \"https://a.example/\"\n{source}");

        let config = load(&text, &Env::default()).unwrap_or_else(|error| panic!("{text}: {error:?}")).config;

        assert_eq!(config.sites[0].source.rhythm, expected, "{text}");
    }
}

#[test]
fn a_variable_overrides_the_file() {
    let text = "[server]\nlisten = \"127.0.0.1:1\"\n[fetch]\ncron = \"0 7 * * *\"";
    let env = Env::from([
        ("OFFPRINT__SERVER__LISTEN", "[::]:9000"),
        ("OFFPRINT__SERVER__TITLE", "2024"),
        ("OFFPRINT__FETCH__PER_HOST__CONCURRENCY", "2"),
        ("OFFPRINT__FETCH__PER_HOST", "{ delay = \"5s\" }"),
        ("OFFPRINT__FETCH__ROBOTS", "false"),
        ("OFFPRINT__FETCH__EVERY", "\"3h\""),
        ("OFFPRINT__FETCH__ADAPTIVE__MIN", "1h"),
        ("OFFPRINT__STORAGE__URL", "sqlite:${env:FOLDER}/o.db"),
        ("FOLDER", "/data"),
        ("PORT", "1234"),
    ]);

    let config = load(text, &env).unwrap().config;

    assert_eq!(config.server.listen.to_string(), "[::]:9000");
    assert_eq!(config.title, "2024");
    assert_eq!((config.fetch.per_host.concurrency, config.fetch.per_host.delay.to_string()), (2, "5s".to_owned()));
    assert!(!config.fetch.robots);
    let hours = |n: u64| std::time::Duration::from_secs(n * 3600);
    assert_eq!(config.rhythm, Rhythm::Adaptive(Adaptive { every: hours(3), min: hours(1), max: hours(24) }));
    assert_eq!(config.storage.url, "sqlite:/data/o.db");
}

#[test]
fn the_port_of_the_platform_is_honoured() {
    let text = "[server]\nlisten = \"0.0.0.0:1\"";

    assert_eq!(load(text, &Env::from([("PORT", "80")])).unwrap().config.server.listen.to_string(), "0.0.0.0:80");
    assert_eq!(load(text, &Env::from([("PORT", "")])).unwrap().config.server.listen.to_string(), "0.0.0.0:1");
    assert_eq!(problems(load(text, &Env::from([("PORT", "http")]))), ["`http` isn't a port"]);
}

#[test]
fn a_variable_that_nothing_asks_for_is_refused() {
    let env = Env::from([
        ("OFFPRINT__SERVER__LISTN", "127.0.0.1:1"),
        ("OFFPRINT__SOURCE__0__URL", "https://a.example/"),
        ("OFFPRINT__SERVER", "x"),
        ("OFFPRINT__", "x"),
        ("OFFPRINT__SCHEDULE__WORKERS", "many"),
        ("OFFPRINT_CONFIG", "elsewhere.toml"),
    ]);

    let error = load("", &env).unwrap_err();

    let shown: Vec<String> = error
        .report()
        .unwrap()
        .problems()
        .iter()
        .map(|problem| match &problem.place {
            Place::Variable(name) => format!("{name}: {}; {}", problem.message, problem.help.as_deref().unwrap_or("-")),
            place => format!("{place:?}: {}", problem.message),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "OFFPRINT__: no key is named ``; unset it; `offprint schema` lists all keys",
            "OFFPRINT__SERVER__LISTN: no key is named `server.listn`; did you mean `OFFPRINT__SERVER__LISTEN`?",
            "OFFPRINT__SOURCE__0__URL: a `[[source]]` can't be set by a variable; write it into the file; its values \
             may use `${env:NAME}`",
            "OFFPRINT__SERVER: `server` isn't a table; it holds keys such as listen, max_items, public_url",
            "OFFPRINT__SCHEDULE__WORKERS: invalid type: string \"many\", expected a whole number, 0 or more; workers: \
             Sources that are read at the same time: 1 to 1000.",
        ]
    );
}

#[test]
fn secrets_come_from_variables_and_files_and_show_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("key"), "s3cret\r\n").unwrap();
    let path = folder.path().join("offprint.toml");
    fs::write(
        &path,
        "[[source]]\nurl = \"https://${env:WHO}.example/?key=${file:key}\"\ntitle = \"costs $${5} or ${ 6 }\"",
    )
    .unwrap();

    let refused = config::load(&path, &Env::from([("WHO", "a")]));
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("${ 6 }", "$5")).unwrap();
    let loaded = config::load(&path, &Env::from([("WHO", "a")])).unwrap();

    assert_eq!(problems(refused), ["`${ 6 }` isn't a placeholder, for `source.0.title`"]);
    let source = &loaded.config.sites[0].source;
    assert_eq!(source.url.as_str(), "https://a.example/?key=***");
    assert_eq!(loaded.config.sites[0].address().as_str(), "https://a.example/?key=s3cret");
    assert!(!format!("{loaded:?}").contains("s3cret"));
    assert_eq!(source.title.as_deref(), Some("costs ${5} or $5"));
    assert_eq!(loaded.as_written("source.0.url"), Some("https://${env:WHO}.example/?key=${file:key}"));
    assert_eq!(loaded.as_written("source.0.id"), None);
}

#[test]
fn a_file_that_is_no_configuration_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("offprint.toml");
    let refused = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        config::load(&path, &Env::default()).unwrap_err().to_string()
    };

    assert!(refused(b"title = \"a\"\n\xff\xfe").contains("line 2 holds other bytes"));
    assert!(refused(&vec![b'\n'; 16 * 1024 * 1024 + 1]).contains("larger than 16 MiB"));
    assert!(refused("[".repeat(200_000).as_bytes()).contains("line 1"));
    assert!(refused(format!("a = {}", "[".repeat(200_000)).as_bytes()).contains("line 1"));
    assert!(config::load(folder.path(), &Env::default()).unwrap_err().to_string().contains("can't read"));
}

#[test]
fn the_address_to_ask_is_known_even_when_the_file_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("offprint.toml");
    fs::write(&path, "[server]\nlisten = \"0.0.0.0:81\"\n[[source]\nurl = 5").unwrap();

    assert_eq!(config::listen_address(Some(&path), &Env::default()).to_string(), "0.0.0.0:81");
    let gone = config::listen_address(Some(Path::new("/gone.toml")), &Env::from([("PORT", "82")]));
    assert_eq!(gone.to_string(), "127.0.0.1:82");
}

proptest::proptest! {
    #[test]
    fn no_input_panics(
        text in r#"(\[{0,3}(server|source|feed|fetch|x)?\]{0,3}|url ?=|"[a-z:/.é${}]{0,9}"|[{}=,.\n"'é#5-]|every|cron){0,40}"#,
    ) {
        if let Err(error) = load(&text, &Env::default()) {
            assert!(error.report().unwrap().render(Colour::Never).contains("error: "));
        }
    }
}

#[test]
fn the_manual_of_the_settings_is_the_defaults() {
    let loaded = config::load(Path::new("config/default.toml"), &Env::default()).unwrap();

    assert_eq!(loaded.config, Config::default());
}

/// A line that starts with `#` and no space is a setting that has no default.
#[test]
fn the_manual_of_the_settings_names_every_key_and_no_other() {
    let text = fs::read_to_string("config/default.toml").unwrap();
    let lines = text.lines().map(|line| match line.strip_prefix('#') {
        Some(setting) if setting.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => setting,
        _ => line,
    });
    let manual: toml::Table = lines.collect::<Vec<_>>().join("\n").parse().unwrap();

    let mut documented = BTreeSet::new();
    collect(&serde_json::to_value(manual).unwrap(), "", &mut documented);
    // The keys of these tables are the operator's own.
    documented.retain(|key| !key.starts_with(".source.headers.") && !key.starts_with(".source.cookies."));
    let mut known = BTreeSet::new();
    collect_keys(&config::schema(), "", &mut known);

    assert_eq!(documented, known);
}

#[test]
fn the_schema_shows_every_default_of_the_manual() {
    let manual: toml::Table = fs::read_to_string("config/default.toml").unwrap().parse().unwrap();

    for (section, keys) in manual {
        for (key, value) in keys.as_table().unwrap() {
            let schema = &config::schema()["properties"][&section]["properties"][key];
            if value.is_table() {
                continue;
            }
            assert_eq!(schema["default"], serde_json::to_value(value).unwrap(), "{section}.{key}");
        }
    }
}

#[test]
fn every_key_of_the_schema_is_described() {
    fn visit(schema: &Value, path: &str) {
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{key}");
            assert!(inner["description"].as_str().is_some_and(|text| text.ends_with('.')), "{path}: {inner}");
            visit(inner, &path);
            visit(&inner["items"], &path);
        }
    }

    visit(&config::schema(), "");
    assert!(!config::schema().to_string().contains("null"), "TOML has no null");
}

#[test]
fn the_example_is_right() {
    let loaded = config::load(Path::new("config/offprint.toml"), &Env::default()).unwrap();

    assert!(loaded.config.sites.len() >= 4);
    assert_eq!(loaded.warnings, Vec::<String>::new());
}

/// The dotted paths of all keys of a document; elements of arrays share one.
fn collect(value: &Value, path: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(table) => {
            for (key, inner) in table {
                let path = format!("{path}.{key}");
                collect(inner, &path, into);
                into.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, path, into)),
        _ => {}
    }
}

/// The same of a schema.
fn collect_keys(schema: &Value, path: &str, into: &mut BTreeSet<String>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        collect_keys(inner, &path, into);
        collect_keys(&inner["items"], &path, into);
        into.insert(path);
    }
}
