//! A source with everything that reading it takes.

use crate::model::Source;
use crate::{discover, extract};

/// A source and its own rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Who it is and when it's due.
    pub source: Source,
    /// How its entrance is read.
    pub discover: discover::Config,
    /// How its pages are read.
    pub extract: extract::Config,
}
