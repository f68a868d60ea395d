//! A source tried out: its entrance and a few articles are read, and nothing is stored.

use std::time::Duration;

use url::Url;

use super::barrier::barrier;
use super::entrance::{Known, Scout};
use super::reading::{Reading, read_entrance, read_page};
use super::{Site, explained};
use crate::clock::{Clock, Stopwatch};
use crate::discover::Kind;
use crate::fetch::{Accept, Answer, Fetched, Fetcher, Request, counted, decode};
use crate::model::{Link, Timestamp, Trouble};
use crate::normalise::Unfit;

/// Articles that are read.
const MAX_SAMPLES: usize = 3;
/// Letters of an article that show how it begins.
const OPENING_CHARS: usize = 240;
/// After so long no further article is read: a host with a `Crawl-delay` needs minutes for three.
const ENOUGH: Duration = Duration::from_secs(20);

/// What came of trying a source.
#[derive(Debug)]
pub struct Probe {
    /// What its entrance holds, or why nothing could be read.
    pub entrance: Result<Entrance, Unread>,
    /// Requests made, with redirects, robots.txt and those in vain.
    pub n_requests: u32,
    /// From the first request to the last answer.
    pub took: Duration,
}

/// An entrance that was read.
#[derive(Debug)]
pub struct Entrance {
    /// Where it is.
    pub url: Url,
    /// What it is.
    pub kind: Kind,
    /// What it calls itself.
    pub title: Option<String>,
    /// Articles that it lists.
    pub n_items: usize,
    /// The newest date among them.
    pub newest: Option<Timestamp>,
    /// Where permanent redirects say that it is.
    pub moved_to: Option<Url>,
    /// What was noticed on the way, in sentences.
    pub notes: Vec<String>,
    /// Its first articles, one to three.
    pub samples: Vec<Sample>,
}

/// An article that was tried.
#[derive(Debug)]
pub struct Sample {
    /// Its address as the entrance has it.
    pub url: Url,
    /// Its headline.
    pub title: Option<String>,
    /// Words of its text; none where there is no article.
    pub n_words: Option<usize>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// How its text begins.
    pub opening: Option<String>,
    /// Words that the entrance tells of it.
    pub n_told_words: usize,
    /// How sure the extractor is: 0.0 to 1.0; none where the entrance alone told the article.
    pub confidence: Option<f64>,
    /// Why its page gave nothing.
    pub unread: Option<Unread>,
    /// Selectors of `extract` that found nothing, as `extract.content` and what was written.
    pub dead_selectors: Vec<(String, String)>,
}

/// Why something gave nothing.
#[derive(Debug)]
pub struct Unread {
    /// Of which kind that is, where it is of one.
    pub trouble: Option<Trouble>,
    /// In words.
    pub why: String,
}

impl Probe {
    /// What is wrong with the source: its entrance, or all of its articles.
    #[must_use]
    pub fn failure(&self) -> Option<&Unread> {
        match &self.entrance {
            Err(unread) => Some(unread),
            Ok(entrance) if entrance.samples.iter().any(|sample| sample.n_words.is_some()) => None,
            Ok(entrance) => entrance.samples.iter().find_map(|sample| sample.unread.as_ref()),
        }
    }
}

/// Tries a source as if it had never been asked.
pub async fn probe(fetcher: &Fetcher, site: &Site, clock: &Clock) -> Probe {
    let watch = Stopwatch::start();
    let (entrance, n_requests) = counted(entrance(fetcher, site, clock, &watch)).await;
    Probe { entrance, n_requests, took: watch.elapsed() }
}

async fn entrance(fetcher: &Fetcher, site: &Site, clock: &Clock, watch: &Stopwatch) -> Result<Entrance, Unread> {
    let heard = Scout::new(fetcher, site).ask(&Known::nothing()).await;
    let heard =
        heard.map_err(|silence| Unread { trouble: Some(silence.trouble), why: site.identity.hidden(&silence.why) })?;
    let Some(found) = heard.found else {
        return Err(Unread { trouble: Some(Trouble::Unfit), why: "the entrance says that nothing changed".to_owned() });
    };
    let mut samples = Vec::new();
    for link in found.links.iter().take(MAX_SAMPLES) {
        samples.push(sample(fetcher, site, link, clock).await);
        if watch.elapsed() > ENOUGH {
            break;
        }
    }
    Ok(Entrance {
        url: heard.entrance.unwrap_or_else(|| site.source.url.clone()),
        kind: found.kind,
        title: found.title,
        n_items: found.links.len(),
        newest: found.links.iter().filter_map(|link| link.published).max(),
        moved_to: heard.moved_to,
        notes: found.notes.iter().map(|note| site.identity.hidden(note)).collect(),
        samples,
    })
}

/// Reads one article as a pass would, by its page or else by what the entrance tells.
async fn sample(fetcher: &Fetcher, site: &Site, link: &Link, clock: &Clock) -> Sample {
    let url = link.url.as_url();
    let mut sample = Sample {
        url: url.clone(),
        title: link.title.clone(),
        n_words: None,
        published: link.published,
        opening: None,
        n_told_words: told_words(link),
        confidence: None,
        unread: None,
        dead_selectors: Vec::new(),
    };
    let now = clock.now();
    match fetcher.get_as(&site.identity, &Request { url, validators: None, accept: Accept::Page }).await {
        Ok(fetched) => {
            let (site, link) = (site.clone(), link.clone());
            let read = tokio::task::spawn_blocking(move || read(fetched, &site, &link, now)).await;
            match read {
                Ok((_, _, Some(asked))) => {
                    // What the daemon leaves out, with what its entrance tells.
                    let why =
                        format!("`{url}` asks for `{asked}`, so it isn't republished: see `respect` in the settings");
                    sample.unread = Some(Unread { trouble: None, why });
                    return sample;
                }
                Ok((reading, obstacle, None)) => sample.take(reading, obstacle),
                Err(_) => {
                    let why = format!("`{url}` broke the extractor; please report it");
                    sample.unread = Some(Unread { trouble: Some(Trouble::Bug), why });
                }
            }
        }
        Err(error) => sample.unread = Some(Unread { trouble: Some(error.trouble()), why: explained(&error) }),
    }
    if sample.n_words.is_none() {
        let (site, link) = (site.clone(), link.clone());
        let told = tokio::task::spawn_blocking(move || read_entrance(&link, &site, now)).await;
        if let Some(told) = told.ok().and_then(|told| told.article.ok()) {
            sample.n_words = Some(told.article.n_words());
        }
    }
    sample
}

/// Reads a page, and looks what stands before one that is no article, and what keeps one from being republished.
fn read(fetched: Fetched, site: &Site, link: &Link, now: Timestamp) -> (Reading, Option<Trouble>, Option<String>) {
    let asked = fetched.reserved;
    let (bytes, content_type) = match fetched.answer {
        Answer::Body { bytes, content_type } => (bytes, content_type),
        Answer::NotModified => (Vec::new(), None),
    };
    let reading = read_page(&bytes, content_type.as_deref(), &fetched.url, link, site, now);
    let obstacle = match &reading.article {
        Ok(_) => None,
        Err(Unfit::Challenge) => Some(Trouble::Challenge),
        Err(Unfit::Paywall) => Some(Trouble::LoginWall),
        Err(Unfit::NotFound) => Some(Trouble::NotFound),
        Err(_) => barrier(&decode(&bytes, content_type.as_deref())),
    };
    let withheld = reading.reserved.or(asked).and(site.respects).words();
    (reading, obstacle, withheld)
}

/// Words of the longest text that the entrance has of an article, tags not counted.
fn told_words(link: &Link) -> usize {
    let words = |markup: &String| {
        let mut is_tag = false;
        let text: String = markup
            .chars()
            .map(|c| {
                is_tag = c == '<' || is_tag && c != '>';
                if is_tag || c == '>' { ' ' } else { c }
            })
            .collect();
        text.split_whitespace().count()
    };
    [&link.content, &link.summary].into_iter().flatten().map(words).max().unwrap_or(0)
}

impl Sample {
    fn take(&mut self, reading: Reading, trouble: Option<Trouble>) {
        self.dead_selectors = reading.notes.into_iter().map(|note| (note.place, note.text)).collect();
        match reading.article {
            Ok(normalised) => {
                self.title = Some(normalised.article.title.to_string());
                self.published = normalised.article.published.or(self.published);
                self.opening = Some(normalised.article.text.chars().take(OPENING_CHARS).collect());
                self.n_words = Some(normalised.article.n_words());
                self.confidence = Some(normalised.article.confidence);
            }
            Err(unfit) => self.unread = Some(Unread { trouble, why: format!("`{}`: {unfit}", self.url) }),
        }
    }
}
