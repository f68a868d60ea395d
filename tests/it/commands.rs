//! The subcommands as scripts use them: what comes out, and with which exit code.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::daemon::Daemon;
use crate::origin::Origin;

fn offprint(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn page(title: &str) -> String {
    let sentence = "The council voted on Tuesday to keep the old bridge, and the engineers agreed with it.";
    format!(
        "<html lang=en><head><title>{title}</title><meta property=\"article:published_time\" content=\"2026-03-04T05:06:07Z\"></head>\
         <body><nav><a href=/>Home</a></nav><article><h1>{title}</h1><p>{0}</p><ul><li>Close the bridge to lorries in May.</li><li>Open it to everybody again in October.</li></ul><p>Work begins in spring, and the road stays open meanwhile, as the mayor has promised to everybody who lives beyond the river.</p></article></body></html>",
        [sentence; 3].join(" ")
    )
}

#[test]
fn extract_prints_a_record_for_each_line_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html.gz");
    let mut gz = flate2::write::GzEncoder::new(std::fs::File::create(&path).unwrap(), flate2::Compression::fast());
    gz.write_all(page("From a file").as_bytes()).unwrap();
    gz.finish().unwrap();
    let jobs = [
        json!({"id": "a", "url": "https://gazette.example/a", "html": page("From a string")}).to_string(),
        "nonsense".to_owned(),
        json!({"id": 7, "url": "https://gazette.example/b", "path": path}).to_string(),
        json!({"id": "c", "url": "https://gazette.example/c", "path": "/does/not/exist"}).to_string(),
        json!({"id": "d", "url": "https://gazette.example/d", "html": ""}).to_string(),
    ];

    let output = offprint(&["extract", "--threads", "2"], &jobs.join("\n"));

    let records = lines(&output);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(records.len(), 5);
    assert_eq!((&records[0]["id"], &records[0]["title"]), (&json!("a"), &json!("From a string")));
    assert_eq!(records[0]["published"], "2026-03-04T05:06:07Z");
    assert_eq!(records[0]["language"], "en");
    assert!(
        records[0]["text"]
            .as_str()
            .unwrap()
            .contains("\n\nClose the bridge to lorries in May.\nOpen it to everybody again in October.\n\n"),
        "{}",
        records[0]["text"]
    );
    assert!(records[0]["html"].as_str().unwrap().contains("<li>Open it to everybody again in October.</li>"));
    assert!(records[0]["seconds"].as_f64().is_some() && records[0]["confidence"].as_f64().is_some());
    assert_eq!(records[0]["access"], "open");
    assert_eq!(records[1]["line"], 2);
    assert_eq!((&records[2]["id"], &records[2]["title"]), (&json!(7), &json!("From a file")));
    assert!(records[3]["error"].as_str().unwrap().contains("/does/not/exist"));
    assert_eq!((&records[4]["id"], &records[4]["text"]), (&json!("d"), &json!("")));
}

#[test]
fn discover_prints_a_record_for_each_line_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.xml");
    let feed = "<?xml version='1.0' encoding='windows-1252'?><rss><channel><title>R & B</title>\
                <item><title>Caf\u{e9}</title><link>/1</link><guid>g1</guid><pubDate>19 Nov 2024 08:30 GMT</pubDate>\
                <enclosure url='/1.mp3' type='audio/mpeg' length='9'/></item>\
                <item><title>Twice</title><link>/1</link></item><item><title>Nowhere</title></item>";
    let latin: Vec<u8> = feed.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    std::fs::write(&path, latin).unwrap();
    let jobs = [
        json!({"id": 1, "url": "https://gazette.example/feed", "path": path}).to_string(),
        json!({"id": 2, "url": "https://gazette.example/feed", "body": feed, "content_type": "text/html"}).to_string(),
        json!({"id": 3, "url": "https://gazette.example/", "body": "no feed at all"}).to_string(),
        json!({"id": 4, "url": "https://gazette.example/"}).to_string(),
        "nonsense".to_owned(),
    ];

    let output = offprint(&["discover", "--threads", "2"], &jobs.join("\n"));

    let records = lines(&output);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(records.len(), 5);
    let first = &records[0];
    assert_eq!((&first["id"], &first["kind"], &first["title"]), (&json!(1), &json!("feed"), &json!("R & B")));
    assert_eq!(
        first["items"][0],
        json!({"guid": "g1", "url": "https://gazette.example/1", "title": "Café", "published": "2024-11-19T08:30:00Z",
               "updated": null, "authors": [], "categories": [], "summary": null, "content": null,
               "enclosures": [{"url": "https://gazette.example/1.mp3", "mime": "audio/mpeg", "bytes": 9}]})
    );
    assert_eq!(first["items"].as_array().unwrap().len(), 3);
    assert_eq!(first["items"][2]["url"], json!(null));
    assert_eq!(first["notes"], json!(["the feed breaks off before its end"]));
    assert_eq!(records[1]["items"], first["items"]);
    assert_eq!((&records[2]["kind"], &records[2]["items"]), (&json!("unknown"), &json!([])));
    assert_eq!(records[2]["notes"], json!(["this is neither a feed nor a page"]));
    assert!(records[3]["error"].as_str().unwrap().contains("neither `path` nor `body`"));
    assert_eq!(records[4]["line"], 5);
}

#[test]
fn preview_shows_a_file_in_every_format_and_explains_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    std::fs::write(&path, page("The bridge")).unwrap();
    let path = path.to_str().unwrap();

    let said = |arguments: &[&str]| {
        let output = offprint(&[&["preview", path], arguments].concat(), "");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };

    assert!(said(&[]).starts_with("The bridge\n"));
    assert!(
        said(&["--format", "markdown"])
            .contains("- Close the bridge to lorries in May.\n- Open it to everybody again in October.\n")
    );
    assert!(said(&["--format", "html"]).contains("<li>Open it to everybody again in October.</li>"));
    let object: Value = serde_json::from_str(&said(&["--json", "--explain"])).unwrap();
    assert!(object["blocks"].as_array().unwrap().iter().any(|block| block["verdict"] == "removed"));
    assert!(said(&["--explain"]).contains("removed"));
}

#[test]
fn preview_of_what_is_not_there_says_so() {
    let output = offprint(&["preview", "/does/not/exist"], "");

    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("can't read `/does/not/exist`"));
}

#[test]
fn crawl_reads_once_and_tells_a_failing_source_by_its_exit_code() {
    let good = Origin::start("Good", 2);
    let daemon = Daemon::prepare(&format!(
        "[fetch]\nprivate_networks = true\nper_host = {{ delay = \"1ms\" }}\n\
         [[source]]\nid = \"good\"\nurl = \"{0}feed\"\n[[source]]\nid = \"bad\"\nurl = \"{0}nothing\"\n",
        good.url()
    ));
    let config = daemon.config();
    let crawl = |more: &[&str]| offprint(&[&["crawl", "--json", "-c", config.to_str().unwrap()], more].concat(), "");

    let (only_good, both, unknown) = (crawl(&["good"]), crawl(&[]), crawl(&["typo"]));

    assert_eq!(only_good.status.code(), Some(0), "{}", String::from_utf8_lossy(&only_good.stderr));
    assert_eq!(lines(&only_good)[0]["stored"], 2);
    assert_eq!(both.status.code(), Some(1));
    let rows = lines(&both);
    assert_eq!(
        (&rows[0]["source"], &rows[0]["result"], &rows[0]["stored"]),
        (&json!("good"), &json!("unchanged"), &json!(0))
    );
    assert_eq!(rows[1]["result"], "failed");
    assert!(rows[1]["error"].as_str().unwrap().contains("404"));
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("there is no source `typo`"));
}

#[test]
fn the_demo_reads_its_sites_once_and_leaves_the_feeds_in_files() {
    let output = offprint(&["demo", "--once", "--json"], "");

    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report = &lines(&output)[0];
    assert!(report["articles"].as_u64().unwrap() >= 20, "{report}");
    for feed in report["feeds"].as_array().unwrap() {
        let bytes = std::fs::read(feed["path"].as_str().unwrap()).unwrap();
        let parsed = feed_rs::parser::parse(bytes.as_slice()).unwrap();
        assert!(!parsed.entries.is_empty(), "{feed}");
    }
    let all = report["feeds"].as_array().unwrap().iter().find(|feed| feed["id"] == "all" && feed["format"] == "json");
    let all = std::fs::read(all.unwrap()["path"].as_str().unwrap()).unwrap();
    let all: Value = serde_json::from_slice(&all).unwrap();
    let items = all["items"].as_array().unwrap();
    let folded: Vec<&Value> = items.iter().filter(|item| !item["_offprint"]["also"].is_null()).collect();
    assert_eq!(folded.len(), 2, "two of Northbank's stories are Larkfield's, slightly edited");
    assert_eq!(items.len() as u64 + 2, report["articles"].as_u64().unwrap());
    std::fs::remove_dir_all(report["folder"].as_str().unwrap()).unwrap();
}
