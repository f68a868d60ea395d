//! Fake origins in a process of their own: one listener that answers for every address of 127.0.0.0/8, writes down
//! who was asked for what and when, and lets some hang.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use offprint::clock::Clock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::Origins;

/// Longest request that is understood, in bytes.
const MAX_REQUEST: usize = 16 * 1024;
/// Items that a feed shows.
const WINDOW: u32 = 20;
/// 2026-11-01, in seconds: each article is a minute younger than the one before.
const FIRST_DATE: i64 = 1_793_491_200;

const WORDS: [&str; 24] = [
    "harbour", "council", "winter", "engine", "teacher", "market", "river", "orchard", "signal", "theatre", "bakery",
    "railway", "garden", "museum", "weather", "student", "captain", "lantern", "bridge", "painter", "valley",
    "library", "festival", "meadow",
];

struct Web {
    settings: Origins,
    clock: Clock,
    /// `milliseconds kind source` a line; kinds: r robots.txt, f a feed, n a feed that hasn't changed, p a page, h hung.
    log: Mutex<String>,
    sources: Mutex<HashMap<u32, State>>,
    /// What every page has beside its article.
    furniture: String,
}

#[derive(Default, Clone, Copy)]
struct State {
    n_asked: u64,
    version: u32,
}

/// Serves until the process is killed; prints the port first.
pub fn serve(settings: Origins) -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind("0.0.0.0:0").await?;
        println!("{}", listener.local_addr()?.port());
        io::stdout().flush()?;
        let links: String = (0..220)
            .map(|n| format!("<li class=\"menu-item\"><a href=\"/topic/{n}\">{} {n}</a></li>\n", word(n)))
            .collect();
        let web = Arc::new(Web {
            settings,
            clock: Clock::system(),
            log: Mutex::default(),
            sources: Mutex::default(),
            furniture: format!("<nav><ul>{links}</ul></nav>"),
        });
        let mut visitors = JoinSet::new();
        loop {
            tokio::select! {
                visitor = listener.accept() => {
                    let (stream, _) = visitor?;
                    visitors.spawn(Arc::clone(&web).receive(stream));
                }
                Some(_) = visitors.join_next() => {}
            }
        }
    })
}

impl Web {
    /// Answers one connection's requests, one after the other.
    async fn receive(self: Arc<Self>, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let host = stream.local_addr()?;
        let mut buffer = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                    break end + 4;
                }
                if buffer.len() > MAX_REQUEST || stream.read_buf(&mut buffer).await? == 0 {
                    return Ok(());
                }
            };
            let request = String::from_utf8_lossy(&buffer[..end]).into_owned();
            buffer.drain(..end);
            let path = request.split(' ').nth(1).unwrap_or_default();
            let etag = request.lines().find_map(|line| line.strip_prefix("if-none-match: ")).unwrap_or_default();
            let answer = match path.split('/').collect::<Vec<_>>()[..] {
                ["", "robots.txt"] => {
                    self.note('r', 0);
                    answer("404 Not Found", "text/plain", "", "none")
                }
                ["", "log"] => {
                    let log = self.log.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    answer("200 OK", "text/plain", "", &log)
                }
                ["", "hung", source] => {
                    self.note('h', source.parse().unwrap_or(0));
                    // Some hang before their headers, some after; both until the visitor goes.
                    if source.ends_with(['1', '3', '5', '7', '9']) {
                        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<rss>").await?;
                    }
                    let _ = stream.read_u8().await;
                    return Ok(());
                }
                ["", "s", source, "feed"] => {
                    self.clock.sleep(Duration::from_millis(self.settings.answer_ms)).await;
                    self.feed(source.parse().unwrap_or(0), etag, &host.to_string())
                }
                ["", "s", source, "a", n] => {
                    self.clock.sleep(Duration::from_millis(self.settings.answer_ms)).await;
                    self.page(source.parse().unwrap_or(0), n.parse().unwrap_or(0))
                }
                _ => answer("404 Not Found", "text/plain", "", "nothing here"),
            };
            stream.write_all(answer.as_bytes()).await?;
        }
    }

    /// A feed that has changed at three of ten polls, by a die of the source's own.
    fn feed(&self, source: u32, etag: &str, host: &str) -> String {
        let state = {
            let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
            let state = sources.entry(source).or_default();
            state.n_asked += 1;
            if state.n_asked > 1 && dice(u64::from(source) << 32 | state.n_asked) % 100 < self.settings.changed {
                state.version += 1;
            }
            *state
        };
        let current = format!("\"{}\"", state.version);
        if etag.trim() == current {
            self.note('n', source);
            return answer("304 Not Modified", "application/rss+xml", &format!("etag: {current}\r\n"), "");
        }
        self.note('f', source);
        let n_articles = self.settings.initial + self.settings.articles * state.version;
        let items: String = (n_articles.saturating_sub(WINDOW.max(self.settings.initial))..n_articles)
            .rev()
            .map(|n| {
                let date = offprint::model::Timestamp::from_millis((FIRST_DATE + 60 * i64::from(n)) * 1000);
                format!(
                    "<item><title>{}</title><link>http://{host}/s/{source}/a/{n}</link><guid isPermaLink=\"false\">{source}-{n}</guid>\
                     <pubDate>{}</pubDate><description>{}</description></item>",
                    headline(source, n),
                    date.to_datetime().to_rfc2822(),
                    prose(u64::from(source) << 32 | u64::from(n), 2),
                )
            })
            .collect();
        let body = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Source {source}</title><link>http://{host}/</link>\
             <description>Version {}</description>{items}</channel></rss>",
            state.version
        );
        answer("200 OK", "application/rss+xml; charset=utf-8", &format!("etag: {current}\r\n"), &body)
    }

    fn page(&self, source: u32, n: u32) -> String {
        self.note('p', source);
        let title = headline(source, n);
        let paragraphs: String =
            (0..8).map(|p| format!("<p>{}</p>\n", prose(u64::from(source) << 32 | u64::from(n) << 8 | p, 5))).collect();
        let body = format!(
            "<!doctype html><html lang=en><head><title>{title}</title></head><body>{}<main><article><h1>{title}</h1>\
             {paragraphs}</article></main><footer>{}</footer></body></html>",
            self.furniture, self.furniture
        );
        answer("200 OK", "text/html; charset=utf-8", "", &body)
    }

    fn note(&self, kind: char, source: u32) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(log, "{} {kind} {source}", self.clock.now().as_millis());
    }
}

fn answer(status: &str, kind: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
}

fn headline(source: u32, n: u32) -> String {
    let at = dice(u64::from(source) << 32 | u64::from(n));
    format!("The {} and the {} of {source}, part {n}", word(at), word(at >> 8))
}

/// Sentences that differ from article to article, so that none is taken for another's copy.
fn prose(seed: u64, n_sentences: u64) -> String {
    let mut text = String::new();
    for sentence in 0..n_sentences {
        text.push_str("The");
        for place in 0..14 {
            text.push(' ');
            text.push_str(word(dice(seed << 8 ^ sentence << 4 ^ place)));
        }
        text.push_str(", said the mayor. ");
    }
    text
}

fn word(at: u64) -> &'static str {
    WORDS[usize::try_from(at % 24).unwrap_or(0)]
}

/// SplitMix64 (Steele, Lea, Flood, 2014).
fn dice(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
