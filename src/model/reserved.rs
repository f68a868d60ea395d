//! What a page asks of those who would republish it.

use super::collapse;

/// Our name in the wishes of pages, as in robots.txt.
const PRODUCT: &str = "offprint";
/// Wishes that have a value after a colon, and are no name of a crawler.
const WITH_VALUE: [&str; 4] = ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];

/// What a page asks not to be done with it, by headers and meta elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reserved {
    /// Not to be listed (`noindex`, `none`).
    pub noindex: bool,
    /// Not to be kept as a copy (`noarchive`, `nocache`).
    pub noarchive: bool,
    /// No part of it to be shown (`nosnippet`, `max-snippet:0`).
    pub nosnippet: bool,
    /// Not to be mined (TDM Reservation Protocol).
    pub tdm: bool,
}

impl Reserved {
    /// Takes up a header `X-Robots-Tag`: wishes between commas, those after `name:` for that crawler alone.
    pub fn take_header(&mut self, value: &str) {
        let mut is_for_us = true;
        for wish in value.split(',').map(str::trim) {
            let named = wish.split_once(':').map(|(name, rest)| (name.trim(), rest.trim()));
            match named.filter(|(name, _)| !WITH_VALUE.iter().any(|known| known.eq_ignore_ascii_case(name))) {
                Some((name, rest)) => {
                    is_for_us = is_us(name) || name == "*";
                    self.take(rest, is_for_us);
                }
                None => self.take(wish, is_for_us),
            }
        }
    }

    /// Takes up a meta element by its name and content.
    pub fn take_meta(&mut self, name: &str, content: &str) {
        let name = name.trim();
        if name.eq_ignore_ascii_case("robots") || is_us(name) {
            content.split([',', ';']).for_each(|wish| self.take(wish, true));
        } else if name.eq_ignore_ascii_case("tdm-reservation") {
            self.take_tdm(content);
        }
    }

    /// Takes up a header `TDM-Reservation`, or the meta element of that name.
    pub fn take_tdm(&mut self, value: &str) {
        self.tdm |= value.trim() == "1";
    }

    /// All that either asks.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            noindex: self.noindex || other.noindex,
            noarchive: self.noarchive || other.noarchive,
            nosnippet: self.nosnippet || other.nosnippet,
            tdm: self.tdm || other.tdm,
        }
    }

    /// What both have.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            noindex: self.noindex && other.noindex,
            noarchive: self.noarchive && other.noarchive,
            nosnippet: self.nosnippet && other.nosnippet,
            tdm: self.tdm && other.tdm,
        }
    }

    /// In the words of pages, such as `noindex, noarchive`; none where nothing is asked.
    #[must_use]
    pub fn words(self) -> Option<String> {
        let all = [
            (self.noindex, "noindex"),
            (self.noarchive, "noarchive"),
            (self.nosnippet, "nosnippet"),
            (self.tdm, "tdm-reservation"),
        ];
        let words: Vec<&str> = all.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, word)| word).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    fn take(&mut self, wishes: &str, is_for_us: bool) {
        if !is_for_us {
            return;
        }
        let tight = collapse(wishes).to_ascii_lowercase().replace(": ", ":").replace(" :", ":");
        // Some write spaces where commas belong.
        for wish in tight.split(' ') {
            match wish {
                "noindex" | "none" => self.noindex = true,
                "noarchive" | "nocache" => self.noarchive = true,
                "nosnippet" | "max-snippet:0" => self.nosnippet = true,
                _ => {}
            }
        }
    }
}

fn is_us(name: &str) -> bool {
    name.eq_ignore_ascii_case(PRODUCT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a13_wishes_of_headers_count_where_they_are_for_all_or_for_us() {
        for (value, expected) in [
            ("noindex", "noindex"),
            ("NOINDEX , nofollow", "noindex"),
            ("none", "noindex"),
            ("all", ""),
            ("index, follow", ""),
            ("noarchive, nosnippet", "noarchive, nosnippet"),
            ("max-snippet: 0", "nosnippet"),
            ("max-snippet:160, max-image-preview:large", ""),
            ("googlebot: noindex", ""),
            ("googlebot: noindex, noarchive", ""),
            ("offprint: noindex", "noindex"),
            ("googlebot: noarchive, Offprint : noindex nofollow", "noindex"),
            ("*: noindex", "noindex"),
            ("unavailable_after: 25 Jun 2010 15:00:00 PST", ""),
            ("unavailable_after: 25 Jun 2010 15:00:00 PST, noindex", "noindex"),
            ("offprint-images: noindex", ""),
            ("noindexing", ""),
            (":::, ,:", ""),
            ("", ""),
        ] {
            let mut reserved = Reserved::default();
            reserved.take_header(value);
            assert_eq!(reserved.words().unwrap_or_default(), expected, "{value:?}");
        }
    }

    #[test]
    fn a13_wishes_of_meta_elements_count_by_their_name() {
        for (name, content, expected) in [
            ("robots", "noindex,nofollow", "noindex"),
            ("ROBOTS", "NoIndex", "noindex"),
            ("robots", "noindex nofollow", "noindex"),
            ("robots", "noarchive;nosnippet", "noarchive, nosnippet"),
            ("offprint", "noindex", "noindex"),
            ("googlebot", "noindex", ""),
            ("googlebot-news", "noindex", ""),
            ("tdm-reservation", "1", "tdm-reservation"),
            ("tdm-reservation", "0", ""),
            ("description", "noindex", ""),
        ] {
            let mut reserved = Reserved::default();
            reserved.take_meta(name, content);
            assert_eq!(reserved.words().unwrap_or_default(), expected, "{name} {content}");
        }
    }
}
