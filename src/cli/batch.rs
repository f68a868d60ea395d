//! One stage alone over many documents: JSON lines in, JSON lines out, in the same order.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde_json::{Value, json};
use url::Url;

/// Lines that may wait between two steps: enough to keep the workers busy, few enough to keep memory small.
const QUEUE: usize = 64;

/// Sends each line of `input` through `work` on so many threads (0: one a processor) and writes what comes out to `output`, in order.
/// A line that isn't a JSON object, or that `work` refuses, gives `{"id" or "line", "error"}`, and the rest goes on.
///
/// # Errors
/// When `input` can't be read or `output` not be written.
pub(super) fn run<W>(
    input: &mut (dyn BufRead + Send),
    output: &mut dyn Write,
    n_threads: usize,
    work: W,
) -> io::Result<()>
where
    W: Fn(&Value) -> Result<Value, String> + Sync,
{
    let n_threads = match n_threads {
        0 => thread::available_parallelism().map_or(1, std::num::NonZero::get),
        n => n,
    };
    let (send_line, lines) = sync_channel::<Line>(QUEUE);
    let (send_record, records) = sync_channel::<(usize, String)>(QUEUE);
    let lines = Mutex::new(lines);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let is_over = &is_over;
        let reader = scope.spawn(move || read(input, &send_line, is_over));
        for _ in 0..n_threads {
            let (lines, work, send_record) = (&lines, &work, send_record.clone());
            scope.spawn(move || {
                while let Some(line) = next(lines) {
                    if send_record.send((line.place, record(&line, work))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send_record);
        let written = write(&records, output);
        // When writing failed, the reader may wait for room that nobody makes.
        is_over.store(true, Ordering::Relaxed);
        drop(records);
        while next(&lines).is_some() {}
        let read = reader.join().unwrap_or_else(|_| Err(io::Error::other("the reading thread panicked")));
        written.and(read)
    })
}

/// A line that isn't blank.
struct Line {
    /// Its place among those, from 0.
    place: usize,
    /// Its number in the input, from 1.
    number: usize,
    text: String,
}

fn read(input: &mut dyn BufRead, lines: &SyncSender<Line>, is_over: &AtomicBool) -> io::Result<()> {
    let (mut place, mut number) = (0, 0);
    let mut bytes = Vec::new();
    while !is_over.load(Ordering::Relaxed) && input.read_until(b'\n', &mut bytes)? > 0 {
        number += 1;
        let text = String::from_utf8_lossy(&bytes).trim().to_owned();
        bytes.clear();
        if text.is_empty() {
            continue;
        }
        if lines.send(Line { place, number, text }).is_err() {
            break;
        }
        place += 1;
    }
    Ok(())
}

fn next(lines: &Mutex<Receiver<Line>>) -> Option<Line> {
    // A worker that panicked held no lock while it worked, so a poisoned one is still whole.
    lines.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv().ok()
}

fn record<W>(line: &Line, work: &W) -> String
where
    W: Fn(&Value) -> Result<Value, String>,
{
    let parsed: Result<Value, _> = serde_json::from_str(&line.text);
    let outcome = match &parsed {
        // One bad document costs its own record.
        Ok(job) if job.is_object() => catch_unwind(AssertUnwindSafe(|| work(job)))
            .unwrap_or_else(|_| Err("reading it panicked; please report it".to_owned())),
        Ok(_) => Err("not a JSON object".to_owned()),
        Err(error) => Err(format!("not a JSON object: {error}")),
    };
    let record = outcome.unwrap_or_else(|error| match parsed.ok().and_then(|job| job.get("id").cloned()) {
        Some(id) => json!({"id": id, "error": error}),
        None => json!({"line": line.number, "error": error}),
    });
    record.to_string()
}

/// Writes records in the order of their lines; those that come early wait.
fn write(records: &Receiver<(usize, String)>, output: &mut dyn Write) -> io::Result<()> {
    let mut early = BTreeMap::new();
    let mut place = 0;
    for (index, record) in records {
        early.insert(index, record);
        while let Some(record) = early.remove(&place) {
            writeln!(output, "{record}")?;
            place += 1;
        }
    }
    output.flush()
}

/// The address that a job is about; one that leads nowhere where it has none.
pub(super) fn address(job: &Value) -> Result<Url, String> {
    const UNKNOWN_URL: &str = "https://unknown.invalid/";
    let url = job.get("url").and_then(Value::as_str).filter(|url| !url.is_empty()).unwrap_or(UNKNOWN_URL);
    Url::parse(url).map_err(|error| format!("`{url}` isn't a URL: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(input: &str, n_threads: usize) -> Vec<Value> {
        let mut output = Vec::new();
        run(&mut input.as_bytes(), &mut output, n_threads, |job| match job["n"].as_u64() {
            Some(n) => Ok(json!({"id": job["id"], "square": n * n})),
            None => Err("`n` is missing".to_owned()),
        })
        .unwrap();
        String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn records_come_in_the_order_of_their_lines() {
        let input: String = (0..500).map(|n| format!("{{\"id\": {n}, \"n\": {n}}}\n\n")).collect();

        let records = batch(&input, 4);

        assert_eq!(records.len(), 500);
        assert!(records.iter().enumerate().all(|(n, record)| record["id"] == n && record["square"] == n * n));
    }

    #[test]
    fn a_document_that_makes_the_work_panic_costs_only_itself() {
        let mut output = Vec::new();
        let input: String = (0..200).map(|n| format!("{{\"id\": {n}}}\n")).collect();

        run(&mut input.as_bytes(), &mut output, 1, |job| {
            assert_ne!(job["id"], 3, "a bug");
            Ok(job.clone())
        })
        .unwrap();

        let text = String::from_utf8(output).unwrap();
        assert_eq!(text.lines().count(), 200);
        assert!(text.lines().nth(3).unwrap().contains("panicked"), "{text}");
    }

    #[test]
    fn a_line_that_cannot_be_read_costs_only_itself() {
        let records = batch("nonsense\n[1]\n{\"id\": \"x\"}\n{\"id\": \"y\", \"n\": 3}\n\u{0}", 2);

        assert_eq!(records[0]["line"], 1);
        assert_eq!(records[1], json!({"line": 2, "error": "not a JSON object"}));
        assert_eq!(records[2], json!({"id": "x", "error": "`n` is missing"}));
        assert_eq!(records[3], json!({"id": "y", "square": 9}));
        assert_eq!(records.len(), 5);
    }
}
