//! Why a configuration can't be used.

use std::io;
use std::path::PathBuf;

use super::Report;

/// Largest file that is read. Ten thousand sources need about 1 MiB, with all their selectors 2 MiB.
pub(super) const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A configuration that can't be used. Whoever reports it to a person prints [`ConfigError::report`] if there is
/// one: it shows the places.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No file was named, and none is where one is expected.
    #[error("no configuration found; looked for {}", list(.looked))]
    NotFound {
        /// The files that don't exist, in the order in which they were looked for.
        looked: Vec<PathBuf>,
    },
    /// The file can't be read.
    #[error("can't read the configuration `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The file can't be a configuration.
    #[error("the configuration `{}` is larger than 16 MiB; is it the right file?", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The file isn't text.
    #[error("the configuration `{}` isn't UTF-8 text: line {line} holds other bytes; save it as UTF-8", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// The first line that isn't UTF-8, from 1.
        line: usize,
    },
    /// The file or a variable says something that can't be done.
    #[error("{0}")]
    Invalid(Box<Report>),
}

impl ConfigError {
    /// The places and their cures, where the file could be read.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        match self {
            Self::Invalid(report) => Some(report),
            _ => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NotFound { .. } => Some(START),
            Self::Read { .. } => Some("name another file with `--config FILE` or OFFPRINT_CONFIG"),
            _ => None,
        }
    }
}

/// How to start without a configuration.
const START: &str = "\
to see it work without one: offprint demo
to begin your own, save these two lines as `config/offprint.toml` and try `offprint check`:

    [[source]]
    url = \"https://blog.example.com/\"    # a home page, a feed or a page that lists articles";

fn list(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    paths.join(", ")
}
