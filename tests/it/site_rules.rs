//! Rules of single sites through the front door: taken over, read from the folder, applied to a page by its host.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use offprint::config::{self, Env};
use serde_json::{Value, json};

const PAGE: &str = "<html lang=en><title>Storm at the harbour | Gazette</title><h1>Storm at the harbour</h1>\
    <div id=lead><p>The harbour was shut on Tuesday, after a storm had thrown two boats onto the quay and flooded the market.</p></div>\
    <div id=story><p>The council, which met in the evening, is going to pay for the repair of the wall, said the mayor.</p>\
    <p class=pumps>Nothing protects a cellar from water like our pumps, says the man who sells them here every day.</p>\
    <p>Fishermen mended nets in the meantime, since nobody could say when the harbour would open again.</p></div>";

const RULES: &str = "title: substring-before(//title, ' |')\nbody: //div[@id='story']\nstrip: //p[@class='pumps']\n";

/// A folder with a configuration, and rule files beside it.
fn folder(config: &str, rules: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("offprint.toml"), config).unwrap();
    write(&folder.path().join("site-rules"), rules);
    folder
}

fn write(folder: &Path, rules: &[(&str, &str)]) {
    for (file, text) in rules {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(file), text).unwrap();
    }
}

fn offprint(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .args(["--config", "offprint.toml"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn collection(folder: &Path) -> PathBuf {
    let from = folder.join("from");
    write(
        &from,
        &[
            ("Gazette.example.txt", RULES),
            (".news.example.txt", "body: //article\nbody: //main[\nstrip: //p[matches(., 'x')]\n"),
            ("broken.example.txt", "body: //div[\n"),
            ("LICENSE.txt", "Do what you like."),
            ("no host.txt", RULES),
            ("notes.md", "not looked at"),
        ],
    );
    from
}

#[test]
fn rules_of_a_site_decide_how_its_pages_are_read() {
    let folder = folder("", &[("gazette.example.txt", RULES)]);
    let jobs = ["https://www.gazette.example/1", "https://other.example/1"]
        .map(|url| json!({"id": url, "url": url, "html": PAGE}).to_string());

    let output = offprint(folder.path(), &["extract"], &jobs.join("\n"));

    let records: Vec<Value> = text(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let story = "The council, which met in the evening, is going to pay for the repair of the wall, said the mayor.\n\n\
        Fishermen mended nets in the meantime, since nobody could say when the harbour would open again.";
    assert_eq!(records[0]["text"], story);
    assert!(records[1]["text"].as_str().unwrap().contains("two boats"), "{}", records[1]);
    assert_eq!((output.status.code(), &records[0]["title"]), (Some(0), &json!("Storm at the harbour")));
}

#[test]
fn a_preview_explains_what_a_rule_removed_and_which_rule_is_dead() {
    let folder = folder("", &[("gazette.example.txt", &format!("{RULES}date: //time[@class='gone']\n"))]);
    fs::write(folder.path().join("page.html"), PAGE).unwrap();

    let arguments = ["preview", "page.html", "--base", "https://gazette.example/1", "--explain"];
    let shown = text(&offprint(folder.path(), &arguments, ""));

    assert!(shown.contains("removed by the site rules gazette.example.txt:3"), "{shown}");
    assert!(shown.contains("gazette.example.txt:4") && shown.contains("no `date` rule finds anything"), "{shown}");
}

#[test]
fn a_bad_rule_file_is_told_with_its_line_and_costs_only_itself() {
    let rules = [("bad.example.txt", "# Bad\nbody: //div[\n"), ("gazette.example.txt", RULES), ("x y.txt", RULES)];
    let folder = folder("[[source]]\nurl = \"https://gazette.example/\"\n", &rules);

    let loaded = config::load(&folder.path().join("offprint.toml"), &Env::default()).unwrap();

    let place = folder.path().join("site-rules").display().to_string();
    assert_eq!(
        loaded.warnings,
        [
            format!(
                "the site rules `{place}/bad.example.txt:2` are left out: `//div[` can't be used: something is missing \
                 at the end, at character 7"
            ),
            format!("the site rules `{place}/x y.txt` are left out: its name isn't a host and `.txt`"),
        ]
    );
    assert_eq!(loaded.config.site_rules.len(), 1);
    assert!(loaded.config.sites[0].extract.site_rules.for_host("gazette.example").is_some());
}

#[test]
fn a_folder_that_is_named_has_to_be_there_and_that_of_the_default_not() {
    let folder = folder("", &[]);
    let path = folder.path().join("offprint.toml");
    let plain = config::load(&path, &Env::default()).unwrap();
    fs::write(&path, "[extract]\nsite_rules = \"rules/of/sites\"\n").unwrap();

    let named = config::load(&path, &Env::default()).unwrap();

    assert!(!plain.warnings.iter().any(|warning| warning.contains("site rules")), "{:?}", plain.warnings);
    assert_eq!(named.site_rules, folder.path().join("rules/of/sites"));
    assert!(named.warnings[1].starts_with("there are no site rules: can't read the folder `"), "{:?}", named.warnings);
    write(&named.site_rules, &[("gazette.example.txt", RULES)]);
    assert_eq!(config::load(&path, &Env::default()).unwrap().config.site_rules.len(), 1);
}

#[test]
fn an_import_copies_what_can_be_used_and_lists_what_cannot() {
    let folder = folder("", &[("gazette.example.txt", "title: //h2\n")]);
    let from = collection(folder.path());

    let output = offprint(folder.path(), &["import", "ftr", from.to_str().unwrap()], "");

    let mut copied: Vec<_> = fs::read_dir(folder.path().join("site-rules"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    copied.sort();
    assert_eq!(copied, [".news.example.txt", "gazette.example.txt"]);
    assert_eq!(fs::read_to_string(folder.path().join("site-rules/gazette.example.txt")).unwrap(), RULES);
    let shown = text(&output);
    for line in [
        ".news.example.txt:2: `//main[` can't be used: something is missing at the end, at character 8",
        ".news.example.txt:3: `//p[matches(., 'x')]` can't be used: XPath 1.0 has no function `matches`, at character 5",
        "LICENSE.txt: left out: there is no rule in it",
        "broken.example.txt:1: left out: `//div[` can't be used: something is missing at the end, at character 7",
        "no host.txt: left out: its name isn't a host and `.txt`",
        "2 files can be used, 3 left out; 2 lines of the used ones can't be used",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} in {shown}");
    }
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_dry_run_copies_nothing_and_ends_with_a_line_of_json() {
    let folder = folder("", &[]);
    let from = collection(folder.path());

    let output = offprint(folder.path(), &["import", "ftr", from.to_str().unwrap(), "--dry-run", "--json"], "");

    let lines: Vec<Value> = text(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let skipped = json!({
        "LICENSE.txt": "there is no rule in it",
        "broken.example.txt": "line 1: `//div[` can't be used: something is missing at the end, at character 7",
        "no host.txt": "its name isn't a host and `.txt`",
    });
    assert_eq!(lines.last().unwrap(), &json!({"loaded": 2, "skipped": skipped}));
    assert_eq!((&lines[0]["file"], &lines[0]["line"]), (&json!(".news.example.txt"), &json!(2)));
    assert!(!folder.path().join("site-rules").exists());
}

#[test]
fn an_import_of_one_file_or_of_nothing_says_what_came_of_it() {
    let folder = folder("", &[]);
    let from = collection(folder.path());
    let import = |path: &Path| offprint(folder.path(), &["import", "ftr", path.to_str().unwrap()], "");

    let (one, bad, none) =
        (import(&from.join("Gazette.example.txt")), import(&from.join("LICENSE.txt")), import(Path::new("nowhere")));

    assert_eq!((one.status.code(), bad.status.code(), none.status.code()), (Some(0), Some(1), Some(2)));
    assert!(text(&one).starts_with("1 file can be used, 0 left out"), "{}", text(&one));
    assert!(String::from_utf8_lossy(&none.stderr).starts_with("error: can't read the site rules `nowhere`"));
}
