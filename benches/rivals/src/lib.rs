//! Offprint beside other extractors on the same pages: what both measurements share.

mod extractor;
mod pages;

use std::any::Any;
use std::error::Error;
use std::path::PathBuf;
use std::thread;

pub use extractor::{EXTRACTORS, Extractor, Record};
pub use pages::{Page, pages};

/// Some of the rivals walk the tree by recursion, and pages are deep.
const STACK_BYTES: usize = 512 << 20;

/// What is measured.
#[derive(Debug, clap::Parser)]
pub struct Args {
    /// A file of lines `{"id", "url", "path"}` or `{"id", "url", "html"}`, as `offprint extract` reads them; `-` is
    /// the standard input. Default: the project's sample sites and fixtures
    #[arg(value_name = "JOBS")]
    pub jobs: Option<PathBuf>,
    /// Times each page is read; the fastest counts
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub rounds: usize,
    /// Write each extractor's records to DIR/NAME.jsonl, to compare their quality
    #[arg(long, value_name = "DIR")]
    pub text: Option<PathBuf>,
    /// Leave out an extractor; may be repeated
    #[arg(long, value_name = "NAME")]
    pub without: Vec<String>,
}

impl Args {
    /// The extractors that take part; plain parsing always does, since it is what the others are compared with.
    pub fn extractors(&self) -> Vec<Extractor> {
        EXTRACTORS.iter().copied().filter(|extractor| !self.without.iter().any(|name| name == extractor.name)).collect()
    }
}

/// Runs a measurement on one thread with room for deep pages; a page that an extractor panics on stays silent, since
/// it is counted.
///
/// # Errors
/// What the measurement fails with.
pub fn alone(
    measure: impl FnOnce() -> Result<(), Box<dyn Error + Send + Sync>> + Send + 'static,
) -> std::process::ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    let ended = thread::Builder::new().stack_size(STACK_BYTES).spawn(measure).map(thread::JoinHandle::join);
    let error = match ended {
        Ok(Ok(Ok(()))) => return std::process::ExitCode::SUCCESS,
        Ok(Ok(Err(error))) => error.to_string(),
        Ok(Err(panic)) => said(panic.as_ref()),
        Err(error) => error.to_string(),
    };
    eprintln!("error: {error}");
    std::process::ExitCode::FAILURE
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("the measurement panicked: {}", text.unwrap_or("unknown"))
}
