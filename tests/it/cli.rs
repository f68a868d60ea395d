//! The binary as a shell sees it: what it prints, where, and its exit code.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

/// What a command left behind.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn offprint(arguments: &[&str], variables: &[(&str, &str)], folder: &Path) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with a configuration where it is looked for first.
fn folder(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("config")).unwrap();
    fs::write(folder.path().join("config/offprint.toml"), config).unwrap();
    folder
}

/// A server that gives one answer to one request; its address.
fn answering(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 1024];
        let n_bytes = stream.read(&mut request).unwrap();
        assert!(request[..n_bytes].starts_with(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:"));
        stream.write_all(answer.as_bytes()).unwrap();
    });
    address
}

#[test]
fn a_right_file_is_shown_with_what_it_asks_for() {
    let folder = folder(
        "[[source]]\nurl = \"https://a.example/?key=${env:KEY}\"\ntags = [\"x\"]\n\
         [[source]]\nurl = \"https://b.example/\"\ncron = \"5 7 * * *\"\n\
         [[feed]]\nid = \"tech\"\nsources = [\"tag:x\"]",
    );

    let text = offprint(&["check"], &[("KEY", "hunter2")], folder.path());
    let json = offprint(&["check", "--json"], &[("KEY", "hunter2")], folder.path());

    assert_eq!((text.code, text.err.as_str()), (Some(0), ""));
    for part in [
        "`config/offprint.toml` is fine",
        "a-example",
        "every 15m to 1d, as it posts",
        "?key=${env:KEY}",
        "5 7 * * * (UTC)",
        "tech",
    ] {
        assert!(text.out.contains(part), "{part}: {}", text.out);
    }
    assert!(text.out.contains(&format!("{}", folder.path().join("data/offprint.db").display())), "{}", text.out);
    assert!(!text.out.contains("hunter2") && !json.out.contains("hunter2"));
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["ok"], &json["path"]), (&Value::Bool(true), &Value::from("config/offprint.toml")));
    assert_eq!(json["feeds"][1]["sources"][0], "a-example");
}

#[test]
fn a_wrong_file_is_refused_with_its_places_and_exit_code_2() {
    let folder = folder("[[source]]\nulr = \"https://a.example/\"\n");

    let text = offprint(&["check"], &[], folder.path());
    let json = offprint(&["check", "--json"], &[], folder.path());

    assert_eq!((text.code, text.out.as_str()), (Some(2), ""));
    assert!(text.err.contains(" --> config/offprint.toml:2:1"), "{}", text.err);
    assert!(text.err.contains("did you mean `url`?"), "{}", text.err);
    assert_eq!((json.code, json.err.as_str()), (Some(2), ""));
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["ok"], false);
    assert_eq!((&json["errors"][1]["line"], &json["errors"][1]["column"]), (&2.into(), &1.into()));
    assert_eq!(json["errors"][1]["help"], "did you mean `url`?");
}

#[test]
fn without_a_file_it_is_told_where_one_is_looked_for_and_how_to_start() {
    let empty = tempfile::tempdir().unwrap();
    let home = empty.path().to_str().unwrap();

    let nowhere = offprint(&["check"], &[("HOME", home)], empty.path());
    let named = offprint(&["check", "-c", "gone.toml"], &[], empty.path());
    let by_variable = offprint(&["check", "--json"], &[("OFFPRINT_CONFIG", "gone.toml")], empty.path());

    assert_eq!(nowhere.code, Some(2));
    for part in ["error: no configuration found", ".config/offprint/offprint.toml", "offprint demo", "[[source]]"] {
        assert!(nowhere.err.contains(part), "{part}: {}", nowhere.err);
    }
    assert_eq!(named.code, Some(2));
    assert!(named.err.starts_with("error: can't read the configuration `gone.toml`\ncaused by: No such file"));
    let json: Value = serde_json::from_str(&by_variable.out).unwrap();
    assert_eq!((&json["path"], &json["errors"][0]["line"]), (&Value::from("gone.toml"), &Value::Null));
}

#[test]
fn the_command_line_explains_itself() {
    let here = Path::new(".");

    let help = offprint(&["--help"], &[], here);
    let version = offprint(&["--version"], &[], here);
    let typo = offprint(&["chekc"], &[], here);
    let nothing = offprint(&[], &[], here);
    let completions = offprint(&["completions", "bash"], &[], here);
    let schema = offprint(&["schema"], &[], here);

    assert_eq!((help.code, version.code, completions.code, schema.code), (Some(0), Some(0), Some(0), Some(0)));
    assert!(help.out.contains("check") && help.out.contains("OFFPRINT_CONFIG"), "{}", help.out);
    assert_eq!(version.out, format!("offprint {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!((typo.code, nothing.code), (Some(2), Some(2)));
    assert!(typo.err.contains("'check'"), "{}", typo.err);
    assert!(completions.out.contains("_offprint"));
    assert_eq!(serde_json::from_str::<Value>(&schema.out).unwrap()["title"], "Offprint");
}

#[test]
fn a_reader_who_closes_the_pipe_has_seen_enough() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .args(["schema"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();

    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();

    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn health_says_in_one_line_and_its_exit_code_whether_the_server_is_well() {
    let empty = tempfile::tempdir().unwrap();
    let health = |address: &str| offprint(&["health"], &[("OFFPRINT__SERVER__LISTEN", address)], empty.path());
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();

    let well = health(&answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").replace("127.0.0.1", "0.0.0.0"));
    let ill = health(&answering("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
    let stranger = health(&answering("SSH-2.0-OpenSSH\r\n"));
    let nobody = health(&gone);

    assert_eq!((well.code, well.out.lines().count(), well.err.as_str()), (Some(0), 1, ""));
    assert!(well.out.ends_with("is well\n"), "{}", well.out);
    assert_eq!((ill.code, stranger.code, nobody.code), (Some(1), Some(1), Some(1)));
    assert!(ill.out.ends_with("answers 503\n"), "{}", ill.out);
    assert!(stranger.out.ends_with("doesn't answer: the answer isn't HTTP\n"), "{}", stranger.out);
    assert!(nobody.out.contains(&gone) && nobody.out.contains("refused"), "{}", nobody.out);
}

#[test]
fn health_goes_by_port_and_does_not_mind_a_file_that_broke_since() {
    let folder = folder("[server]\nlisten = \"0.0.0.0:1\"\n[[source]\nx");
    let address = answering("HTTP/1.1 200 OK\r\n\r\n");
    let port = address.rsplit(':').next().unwrap();

    let ran = offprint(&["health", "--json"], &[("PORT", port)], folder.path());

    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap()["address"], address.as_str());
}
