//! Articles become feed bytes: RSS 2.0, Atom and JSON Feed. The same value gives the same bytes, on every machine
//! and after every restart, so no document tells when it was written.

mod atom;
mod etag;
mod item;
mod json;
mod legal;
mod opml;
mod rss;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use atom::atom;
pub use etag::etag;
pub(crate) use item::lead_image;
pub use json::json;
pub use opml::opml;
pub use rss::rss;
