//! A kept page read once more, to tell why its article came out as it did.

use std::io::{self, Read};

use super::{Site, read_page_explained};
use crate::model::{Explanation, Link};
use crate::store::RawPage;

/// Largest page unpacked. Bodies are limited as they come, so only a damaged one is larger.
const MAX_PAGE_BYTES: u64 = 64 << 20;

/// Why a kept page can't be read.
#[derive(Debug, thiserror::Error)]
#[error("can't unpack the page kept of `{url}`")]
pub struct Unpacking {
    url: String,
    source: io::Error,
}

/// Reads a page as it was read when it came, with the rules that `site` has now, and tells each decision. `link` is
/// what is still known of what the entrance told: nothing but the address, as a rule. Takes as long as the page is
/// large, so call it on a thread that may block.
///
/// # Errors
/// When the page can't be unpacked.
pub fn explain(raw: &RawPage, link: &Link, site: &Site) -> Result<Explanation, Unpacking> {
    let bytes = unpacked(&raw.zstd).map_err(|source| Unpacking { url: raw.url.to_string(), source })?;
    // At the time when it came, so that a date in the future is still one.
    let reading = read_page_explained(&bytes, raw.content_type.as_deref(), &raw.url, link, site, raw.fetched);
    let (article, fields) = match reading.article {
        Ok(normalised) => (Ok(normalised.article), normalised.notes),
        Err(unfit) => (Err(unfit.to_string()), Vec::new()),
    };
    Ok(Explanation { article, fields, blocks: reading.notes })
}

fn unpacked(zstd: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let n_bytes = zstd::Decoder::new(zstd)?.take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes)?;
    if n_bytes as u64 > MAX_PAGE_BYTES {
        return Err(io::Error::other(format!("larger than {} MiB", MAX_PAGE_BYTES >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::model::{CanonicalUrl, Rhythm, Source, Timestamp, Verdict};
    use crate::{discover, extract};

    const PAGE: &str = "<title>Storm at the harbour</title><h1>Storm at the harbour</h1><article>\
        <p>The harbour was shut on Tuesday, after a storm had thrown two boats onto the quay and flooded the market.</p>\
        <p>The council, which met in the evening, is going to pay for the repair of the wall, said the mayor.</p>\
        <div class=\"promo\"><p>Nothing protects a cellar from water like our pumps, says the man who sells them here.</p></div>\
        <p>Fishermen mended nets in the meantime, since nobody could say when the harbour would open again.</p></article>";

    fn site(extract: extract::Config) -> Site {
        Site {
            source: Source {
                id: "gazette".parse().unwrap(),
                url: "https://gazette.example/".parse().unwrap(),
                title: None,
                tags: Vec::new(),
                language: None,
                timezone: chrono_tz::UTC,
                rhythm: Rhythm::Every(Duration::from_secs(3600)),
            },
            discover: discover::Config::default(),
            extract,
            respects: Default::default(),
            identity: Arc::default(),
        }
    }

    fn raw(zstd: Vec<u8>) -> RawPage {
        let url = "https://gazette.example/storm".parse().unwrap();
        RawPage { url, content_type: None, fetched: Timestamp::EPOCH + Duration::from_secs(1_793_620_800), zstd }
    }

    fn link() -> Link {
        Link::to(CanonicalUrl::parse("https://gazette.example/storm").unwrap())
    }

    #[test]
    fn a_kept_page_is_explained_by_the_selectors_of_now() {
        let raw = raw(zstd::encode_all(PAGE.as_bytes(), 3).unwrap());
        let remove = vec![".promo".parse().unwrap()];

        let explanation = explain(&raw, &link(), &site(extract::Config { remove, ..Default::default() })).unwrap();

        let article = explanation.article.unwrap();
        assert_eq!(article.title.as_str(), "Storm at the harbour");
        assert!(article.text.contains("Fishermen") && !article.text.contains("pumps"), "{}", article.text);
        let removed: Vec<_> = explanation.blocks.iter().filter(|block| block.verdict == Verdict::Removed).collect();
        assert!(removed.iter().any(|block| block.rule == "removed by the configuration"), "{removed:?}");
    }

    #[test]
    fn a_page_without_an_article_says_why_there_is_none() {
        let raw = raw(zstd::encode_all(&b"<title>x</title>"[..], 3).unwrap());

        let explanation = explain(&raw, &link(), &site(extract::Config::default())).unwrap();

        assert!(explanation.article.is_err_and(|why| !why.is_empty()));
    }

    #[test]
    fn a_damaged_or_swollen_page_is_an_error_and_no_panic() {
        let bomb = zstd::encode_all(io::repeat(b' ').take(MAX_PAGE_BYTES + 2), 3).unwrap();

        for (zstd, why) in [(b"no zstd".to_vec(), "rame"), (bomb, "larger than 64 MiB")] {
            let error = explain(&raw(zstd), &link(), &site(extract::Config::default())).unwrap_err();

            assert_eq!(error.to_string(), "can't unpack the page kept of `https://gazette.example/storm`");
            assert!(error.source.to_string().contains(why), "{}", error.source);
        }
    }
}
