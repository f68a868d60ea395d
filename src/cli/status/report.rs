//! How sources fare, as a table, in full, and for programs.

use std::io::{self, Write};
use std::time::Duration;

use serde_json::{Value, json};

use super::Standing;
use crate::cli::span::{ago, span};
use crate::cli::table::table;
use crate::model::{Because, Timestamp};
use crate::store::{Health, SourceState};

/// A source that has been due for longer waits for more than its turn.
const OVERDUE: Duration = Duration::from_secs(15 * 60);
/// What to do about a failure of a kind that no version has named.
const UNKNOWN: &str = "It is tried again by itself.";

/// Word that nothing was read so far.
pub(super) fn write_unread(out: &mut impl Write, database: &str) -> io::Result<()> {
    writeln!(
        out,
        "Nothing was read yet: there is no database at {database}. `offprint crawl` reads every source once, \
         `offprint run` from now on.\n"
    )
}

/// All sources as a table with their troubles below it; each in full where they were asked for by name.
pub(super) fn write(out: &mut impl Write, standings: &[Standing], in_full: bool, now: Timestamp) -> io::Result<()> {
    if standings.is_empty() {
        return writeln!(out, "There is no `[[source]]` in the configuration, so there is nothing to tell.");
    }
    if in_full {
        for (idx, standing) in standings.iter().enumerate() {
            if idx > 0 {
                writeln!(out)?;
            }
            write_in_full(out, standing, now)?;
        }
    } else {
        write_table(out, standings, now)?;
    }
    let overdue = standings.iter().filter_map(|standing| standing.next(now)).map(|next| now.since(next)).max();
    if let Some(longest) = overdue.filter(|longest| *longest > OVERDUE) {
        writeln!(out, "\nA source has been due for {}: is `offprint run` on?", span(longest))?;
    }
    Ok(())
}

fn write_table(out: &mut impl Write, standings: &[Standing], now: Timestamp) -> io::Result<()> {
    let mut table = table(&["SOURCE", "HEALTH", "ARTICLES", "NEWEST", "LAST SUCCESS", "NEXT POLL", "WHY THEN"], &[2]);
    let date = |date: Option<Timestamp>| date.map_or_else(|| "-".to_owned(), |date| ago(date, now));
    for standing in standings {
        let state = standing.state.as_ref();
        table.add_row([
            standing.id().to_string(),
            health(standing).to_owned(),
            state.map_or(0, |state| state.n_articles).to_string(),
            date(state.and_then(|state| state.last_article)),
            date(state.and_then(|state| state.last_success)),
            next(standing, now),
            standing.because().map_or("-", Because::words).to_owned(),
        ]);
    }
    writeln!(out, "{}", table.trim_fmt())?;
    for standing in standings {
        if let Some(state) = standing.state.as_ref().filter(|state| state.failures > 0) {
            let error = state.last_error.as_deref().unwrap_or("the last poll failed");
            writeln!(out, "\n{}: {error}\n  {}: {}", state.id, failing(standing, state), advice(state))?;
        }
        for drift in &standing.drifts {
            writeln!(out, "\n{}: {drift}", standing.id())?;
        }
    }
    Ok(())
}

fn write_in_full(out: &mut impl Write, standing: &Standing, now: Timestamp) -> io::Result<()> {
    let mut table = table(&[standing.id().as_str(), health(standing)], &[]);
    let time = |time: Timestamp| format!("{} ({})", seconds(time), ago(time, now));
    let mut row = |name: &str, value: String| {
        table.add_row([name.to_owned(), value]);
    };
    row("address", standing.address.clone());
    if let Some(state) = &standing.state {
        if let Some(title) = &state.title {
            row("calls itself", title.clone());
        }
        if let Some(entrance) = &state.entrance {
            row("read at", standing.site.identity.hidden(&without_login(entrance)));
        }
        row("last poll", state.last_poll.map_or_else(|| "never".to_owned(), time));
        row("last success", state.last_success.map_or_else(|| "never".to_owned(), time));
        if state.failures > 0 {
            row("last error", state.last_error.clone().unwrap_or_default());
            row("trouble", failing(standing, state));
            row("what to do", advice(state).to_owned());
        }
        let newest = state.last_article.map(|newest| format!(", the newest of {}", time(newest))).unwrap_or_default();
        row("articles", format!("{}{newest}", state.n_articles));
        if state.n_pending > 0 {
            row("to be read", format!("{} more pages", state.n_pending));
        }
    }
    for drift in &standing.drifts {
        row("drift", drift.to_string());
    }
    if !standing.posted.dates.is_empty() {
        row("posts", standing.rate(now).to_string());
    }
    row("asked", standing.plan(now).words(&standing.site.source.rhythm));
    let because = standing.because().map(|because| format!(", because {}", because.words())).unwrap_or_default();
    let at = standing.next(now).map(|next| format!("{} ", seconds(next))).unwrap_or_default();
    row("next poll", format!("{at}({}){because}", next(standing, now)));
    writeln!(out, "{}", table.trim_fmt())
}

/// Everything as one object.
pub(super) fn json(standings: &[Standing], database: &str, now: Timestamp) -> Value {
    let sources: Vec<Value> = standings.iter().map(|standing| source_json(standing, now)).collect();
    json!({"database": database, "sources": sources})
}

fn source_json(standing: &Standing, now: Timestamp) -> Value {
    let state = standing.state.as_ref();
    let error = state.filter(|state| state.failures > 0).map(|state| {
        let trouble = state.ailment.map(|ailment| ailment.trouble);
        json!({
            "kind": trouble.map(|trouble| trouble.as_str()),
            "message": state.last_error,
            "cure": trouble.map(|trouble| trouble.cure().as_str()),
            "advice": advice(state),
            "failures": state.failures,
            "since": standing.failing_since,
        })
    });
    let drift = standing.drifts.iter().map(|drift| json!({"kind": drift.kind(), "message": drift.to_string()}));
    let rate = (!standing.posted.dates.is_empty()).then(|| standing.rate(now).per_day());
    json!({
        "source": standing.id(),
        "url": standing.address,
        "title": state.and_then(|state| state.title.as_ref()),
        "entrance": state.and_then(|state| state.entrance.as_ref()).map(|url| standing.site.identity.hidden(&without_login(url))),
        "health": standing.health().as_str(),
        "in_trouble": standing.is_in_trouble(),
        "last_poll": state.and_then(|state| state.last_poll),
        "last_success": state.and_then(|state| state.last_success),
        "error": error,
        "articles": state.map_or(0, |state| state.n_articles),
        "pending": state.map_or(0, |state| state.n_pending),
        "last_article": state.and_then(|state| state.last_article),
        "drift": drift.collect::<Vec<_>>(),
        "articles_per_day": rate,
        "asked": standing.plan(now).words(&standing.site.source.rhythm),
        "next_poll": standing.next(now),
        "because": standing.because().map(Because::as_str),
    })
}

/// How it fares in a word or two.
fn health(standing: &Standing) -> &'static str {
    match standing.health() {
        Health::Fine if standing.drifts.is_empty() => Health::Fine.label(),
        Health::Fine => "Drifts",
        other => other.label(),
    }
}

/// `not-found, 3 failures in a row since 2026-11-23T10:12:00Z`.
fn failing(standing: &Standing, state: &SourceState) -> String {
    let kind = state.ailment.map(|ailment| format!("{}, ", ailment.trouble.as_str())).unwrap_or_default();
    let since = standing.failing_since.map(|since| format!(" since {}", seconds(since))).unwrap_or_default();
    match state.failures {
        1 => format!("{kind}1 failure, at {}", standing.failing_since.map(seconds).unwrap_or_default()),
        n => format!("{kind}{n} failures in a row{since}"),
    }
}

fn advice(state: &SourceState) -> &'static str {
    state.ailment.map_or(UNKNOWN, |ailment| ailment.trouble.advice())
}

/// When it's asked next, in words.
pub(super) fn next(standing: &Standing, now: Timestamp) -> String {
    match standing.next(now) {
        None if standing.is_given_up(now) => "no more".to_owned(),
        None => "when `run` starts".to_owned(),
        Some(next) if next > now => format!("in {}", span(next.since(now))),
        Some(next) if now.since(next) > OVERDUE => format!("due for {}", span(now.since(next))),
        Some(_) => "now".to_owned(),
    }
}

/// To the second: milliseconds tell people nothing.
fn seconds(time: Timestamp) -> String {
    Timestamp::from_millis(time.as_millis().div_euclid(1000) * 1000).rfc3339()
}

fn without_login(url: &url::Url) -> String {
    let mut url = url.clone();
    // Both can only fail for addresses that have no login.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}
