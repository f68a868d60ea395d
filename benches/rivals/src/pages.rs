//! The pages that all extractors read: those of a jobs file, or the project's own.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use flate2::read::GzDecoder;
use offprint::cli::demo::{Edition, sites};
use offprint::model::Timestamp;
use serde_json::Value;
use tower::ServiceExt;
use url::Url;

/// A page with its address, in memory.
pub struct Page {
    /// Its name in the records.
    pub id: Value,
    /// Where it is from.
    pub url: Url,
    /// As it came: what Offprint gets.
    pub bytes: Vec<u8>,
    /// The same as text: what the rivals get, who needn't decode it.
    pub html: String,
}

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The pages of a jobs file; without one, the sample sites' articles and the fixtures of the extractor.
///
/// # Errors
/// When the file or one of its pages can't be read.
pub fn pages(jobs: Option<&Path>) -> Fallible<Vec<Page>> {
    match jobs {
        Some(path) if path == Path::new("-") => listed(&mut io::stdin().lock()),
        Some(path) => listed(&mut io::BufReader::new(fs::File::open(path)?)),
        None => Ok(sample_sites()?.into_iter().chain(fixtures()?).collect()),
    }
}

impl Page {
    fn new(id: Value, url: Url, bytes: Vec<u8>) -> Self {
        let html = offprint::fetch::decode(&bytes, None).into_owned();
        Self { id, url, bytes, html }
    }
}

fn listed(jobs: &mut dyn BufRead) -> Fallible<Vec<Page>> {
    let mut pages = Vec::new();
    for line in jobs.lines() {
        let job: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| job.get(key).and_then(Value::as_str);
        let bytes = match (text("html"), text("path")) {
            (Some(html), _) => html.as_bytes().to_vec(),
            (None, Some(path)) => read(Path::new(path)).map_err(|error| format!("can't read `{path}`: {error}"))?,
            (None, None) => return Err(format!("neither `path` nor `html` is given: {job}").into()),
        };
        let url = Url::parse(text("url").unwrap_or_default()).or_else(|_| Url::parse("https://unknown.invalid/"))?;
        pages.push(Page::new(job["id"].clone(), url, bytes));
    }
    Ok(pages)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    if path.extension().is_none_or(|extension| extension != "gz") {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// Every article of every sample site, with its site's furniture.
fn sample_sites() -> Fallible<Vec<Page>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let sites = sites();
    let edition = Edition::new(&sites, Timestamp::EPOCH + Duration::from_secs(1_793_620_800));
    while edition.publish_next().is_some() {}
    let base = Url::parse("http://127.0.0.1:9/")?;
    let mut pages = Vec::new();
    for site in &sites {
        for truth in site.truths(&edition) {
            let url = base.join(&truth.path)?;
            let request = Request::get(url.path()).body(Body::empty())?;
            let answer = runtime.block_on(site.router(edition.clone(), &base).oneshot(request))?;
            let bytes = runtime.block_on(to_bytes(answer.into_body(), usize::MAX))?;
            pages.push(Page::new(format!("{}/{}", truth.site, truth.slug).into(), url, bytes.to_vec()));
        }
    }
    Ok(pages)
}

fn fixtures() -> Fallible<Vec<Page>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/extract");
    let mut cases = fs::read_dir(folder)?.map(|case| Ok(case?.path())).collect::<io::Result<Vec<_>>>()?;
    cases.sort();
    let mut pages = Vec::new();
    for case in cases.iter().filter(|case| case.join("page.html").is_file()) {
        let name = case.file_name().unwrap_or_default().to_string_lossy();
        let url = Url::parse(&format!("https://fixture.example/{name}"))?;
        pages.push(Page::new(name.as_ref().into(), url, fs::read(case.join("page.html"))?));
    }
    Ok(pages)
}
