//! All feeds in one file to subscribe to (OPML 2.0).

use url::Url;

use super::item::{feed_url, line};
use super::legal::escape;
use crate::model::FeedSpec;

/// The feeds as an OPML subscription list, in the given order; `public` ends with a slash.
#[must_use]
pub fn opml(title: &str, feeds: &[FeedSpec], public: &Url) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    out.push_str(&format!(" <head>\n  <title>{}</title>\n </head>\n <body>\n", escape(&line(title))));
    for feed in feeds {
        let text = escape(&line(&feed.title));
        let xml = escape(&feed_url(public, feed.id.as_str(), "rss"));
        let html = escape(&format!("{public}feeds/{}", feed.id));
        out.push_str(&format!(
            "  <outline type=\"rss\" version=\"RSS2\" text=\"{text}\" title=\"{text}\" xmlUrl=\"{xml}\" htmlUrl=\"{html}\"/>\n"
        ));
    }
    out.push_str(" </body>\n</opml>\n");
    out.into_bytes()
}
