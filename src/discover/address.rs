//! What an address tells of the page behind it: an article, a list of them, or neither.

use percent_encoding::percent_decode_str;
use url::Url;

/// Parts of paths under which sites list articles or keep something else, in the languages of blog software.
const OTHER_PLACES: [&str; 92] = [
    "about",
    "about-us",
    "account",
    "accounts",
    "admin",
    "advertise",
    "archive",
    "archives",
    "auth",
    "author",
    "authors",
    "autor",
    "autore",
    "autoren",
    "cart",
    "categories",
    "category",
    "categoria",
    "categorias",
    "categorie",
    "cdn-cgi",
    "checkout",
    "comments",
    "contact",
    "contact-us",
    "cookie-policy",
    "cookies",
    "datenschutz",
    "disclaimer",
    "download",
    "downloads",
    "etiqueta",
    "event",
    "events",
    "faq",
    "feed",
    "feeds",
    "forum",
    "forums",
    "help",
    "hubungi-kami",
    "imprint",
    "impressum",
    "index.html",
    "index.php",
    "jobs",
    "kategori",
    "kategorie",
    "kategorien",
    "kategoria",
    "kontakt",
    "label",
    "labels",
    "legal",
    "login",
    "logout",
    "media-kit",
    "membership",
    "my-account",
    "newsletter",
    "newsletters",
    "page",
    "pages",
    "password",
    "pedoman-media-siber",
    "penulis",
    "people",
    "preferences",
    "privacy",
    "privacy-policy",
    "product",
    "products",
    "profile",
    "redaksi",
    "register",
    "rss",
    "schlagwort",
    "search",
    "settings",
    "share",
    "shop",
    "signin",
    "signup",
    "sitemap",
    "static",
    "store",
    "subscribe",
    "tag",
    "tags",
    "team",
    "terms",
    "tentang-kami",
];

/// Endings of files that are no pages.
const FILES: [&str; 30] = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "ico", "pdf", "zip", "gz", "rar", "mp3", "mp4", "m4a", "ogg",
    "webm", "mov", "css", "js", "json", "xml", "rss", "atom", "txt", "doc", "docx", "xls", "epub", "apk",
];

/// Words of a slug from which on it is a headline's.
const HEADLINE_WORDS: usize = 3;
/// Letters of a slug of one word from which on it is one, as in scripts without spaces.
const MIN_UNSPACED_CHARS: usize = 6;

/// The look of an address: articles of one site share theirs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Look {
    /// Whether year and month stand in it.
    has_date: bool,
    /// What the last part is.
    last: Last,
    /// Parts of the path.
    n_parts: usize,
    /// Ending of the last part, such as `html`.
    ending: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Last {
    /// Words of a headline.
    Headline,
    /// Two words.
    Pair,
    /// A number or code.
    Number,
    /// A single word.
    Word,
    /// The front page.
    Nothing,
}

/// How an address looks.
pub(super) fn look(url: &Url) -> Look {
    let parts: Vec<String> = parts(url).collect();
    let last = parts.last().map(String::as_str).unwrap_or_default();
    let (stem, ending) = match last.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && !ending.is_empty() => (stem, Some(ending.to_owned())),
        _ => (last, None),
    };
    let has_date = parts.windows(2).any(|pair| is_year(&pair[0]) && is_month(&pair[1]))
        || parts.iter().any(|part| is_written_day(part));
    let query_number = || {
        url.query().is_some_and(|query| {
            query.split('&').filter_map(|pair| pair.split_once('=')).any(|(name, value)| {
                matches!(name, "p" | "id" | "aid" | "article" | "articleid" | "news_id" | "newsid" | "no" | "idxno")
                    && value.chars().any(|c| c.is_ascii_digit())
            })
        })
    };
    let last = if query_number() { Last::Number } else { last_part(stem) };
    Look { has_date, last, n_parts: parts.len(), ending }
}

/// How much an address looks like an article's, about -4 to 5.
pub(super) fn worth(url: &Url) -> i32 {
    if !may_be_article(url) {
        return -4;
    }
    let look = look(url);
    let of_last = match look.last {
        Last::Headline => 2,
        Last::Pair | Last::Number => 1,
        Last::Word => -1,
        Last::Nothing => -4,
    };
    let is_page = look.ending.as_deref().is_some_and(|ending| matches!(ending, "html" | "htm" | "shtml"));
    of_last + 2 * i32::from(look.has_date) + i32::from(is_page)
}

/// Whether nothing in the address speaks against an article.
pub(super) fn may_be_article(url: &Url) -> bool {
    let parts: Vec<String> = parts(url).collect();
    let Some(last) = parts.last() else { return look(url).last == Last::Number };
    let is_file = last.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending));
    // `/tag/x` and `/blog/tag/x` are lists; so is a year or a month.
    let is_other = parts.iter().take(3).any(|part| OTHER_PLACES.contains(&part.as_str()));
    let is_period = parts.iter().all(|part| is_year(part) || is_month(part));
    let is_numbered = parts.windows(2).any(|pair| pair[0] == "page" && pair[1].bytes().all(|b| b.is_ascii_digit()));
    let is_person = last.starts_with('@');
    !(is_file || is_other || is_period || is_numbered || is_person)
}

/// Whether a link stays on the page's site.
pub(super) fn is_same_site(url: &Url, page: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    let (Some(there), Some(here)) = (host(url), host(page)) else { return false };
    // A newspaper's sections may have hosts of their own.
    let is_below = |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'));
    url.port() == page.port() && (there == here || is_below(&there, &here))
}

/// Parts of the path, decoded and in lower case; a preview of the front page has none.
fn parts(url: &Url) -> impl Iterator<Item = String> {
    let parts = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty());
    parts.map(|part| percent_decode_str(part).decode_utf8_lossy().to_lowercase())
}

fn last_part(stem: &str) -> Last {
    if stem.is_empty() {
        return Last::Nothing;
    }
    let words: Vec<&str> = stem.split(['-', '_', '+', ' ', '~']).filter(|word| !word.is_empty()).collect();
    let n_lettered = words.iter().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let n_digits = stem.chars().filter(char::is_ascii_digit).count();
    match n_lettered {
        n if n >= HEADLINE_WORDS => Last::Headline,
        _ if n_digits >= 4 => Last::Number,
        2 => Last::Pair,
        _ if is_unspaced(stem) => Last::Headline,
        _ if n_digits > 0 => Last::Number,
        _ => Last::Word,
    }
}

/// Whether the text is long and of a script that writes no spaces between words.
fn is_unspaced(text: &str) -> bool {
    let n_wide = text.chars().filter(|c| ('\u{0e00}'..='\u{0e7f}').contains(c) || *c >= '\u{2e80}').count();
    n_wide >= MIN_UNSPACED_CHARS
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && matches!(part.parse::<u16>(), Ok(1990..=2099))
}

fn is_month(part: &str) -> bool {
    part.len() <= 2 && matches!(part.parse::<u8>(), Ok(1..=31))
        || matches!(part, "jan" | "feb" | "mar" | "apr" | "may" | "jun" | "jul" | "aug" | "sep" | "oct" | "nov" | "dec")
}

/// `2024-11-19`, `20241119`, `2024-11-19-title`.
fn is_written_day(part: &str) -> bool {
    let digits: String = part.chars().take(10).filter(char::is_ascii_digit).collect();
    let is_start = part.chars().take(8).all(|c| c.is_ascii_digit() || c == '-');
    is_start && digits.len() >= 8 && is_year(&digits[..4]) && is_month(&digits[4..6]) && is_month(&digits[6..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse("https://a.example/").unwrap().join(path).unwrap()
    }

    #[test]
    fn addresses_of_articles_are_told_from_those_of_lists() {
        for path in [
            "/2024/11/19/panen-raya-di-desa",
            "/news/panen-raya-di-desa",
            "/?p=123",
            "/berita/d-7645123/panen-raya",
            "/2024/11/panen.html",
            "/a/%E4%BB%8A%E5%B9%B4%E3%81%AE%E7%A8%B2%E5%88%88%E3%82%8A%E7%A5%AD",
        ] {
            assert!(worth(&url(path)) >= 1, "{path}: {}", worth(&url(path)));
        }
        for path in
            ["/", "/tag/panen-raya-di-desa", "/blog/category/a-b-c", "/2024/11/", "/about", "/page/2", "/a.pdf", "/@me"]
        {
            assert!(worth(&url(path)) < 0, "{path}: {}", worth(&url(path)));
        }
    }

    #[test]
    fn articles_of_one_site_look_alike() {
        assert_eq!(look(&url("/2024/11/19/panen-raya-di-desa")), look(&url("/2023/01/02/banjir-besar-di-kota")));
        assert_ne!(look(&url("/2024/11/19/panen-raya-di-desa")), look(&url("/pedoman-media-siber")));
    }
}
