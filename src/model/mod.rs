//! The nouns of the trade, each keeping its promise in its type; no I/O, no clock.

mod article;
mod css;
mod document;
mod draft;
mod feed;
mod fingerprint;
mod html;
mod id;
mod link;
mod local_time;
mod period;
mod rhythm;
mod slug;
mod source;
mod text;
mod time;
mod tracking;
mod url;

pub use article::{Article, Coverage, Entry};
pub use css::{Css, CssError};
pub use document::{Caps, Document, Overflow};
pub use draft::{Draft, Note, Verdict};
pub use feed::{Feed, FeedSpec};
pub use fingerprint::{Fingerprint, Judgement, N_BANDS, N_MINIMA, Neighbour};
pub use html::CleanHtml;
pub use id::{AliasKey, ArticleId, StoryId};
pub use link::{Enclosure, Link};
pub use local_time::LocalTime;
pub use period::{Period, PeriodError};
pub use rhythm::{Rhythm, RhythmError};
pub use slug::{FeedId, SlugError, SourceId};
pub use source::{Source, Validators};
pub use text::{Direction, Language, Title, collapse};
pub use time::Timestamp;
pub use tracking::is_tracking_parameter;
pub use url::{CanonicalUrl, UrlError};
