//! Feeds for tests, well-behaved and nasty.

use url::Url;

use crate::model::{
    AliasKey, Article, ArticleId, CanonicalUrl, CleanHtml, Coverage, Enclosure, Entry, Feed, FeedId, Language,
    SourceId, StoryId, Timestamp, Title,
};

/// 19 November 2024, 07:06:40 UTC.
pub(crate) fn morning() -> Timestamp {
    Timestamp::from_millis(1_732_000_000_000)
}

/// A source's name.
pub(crate) fn source(name: &str) -> SourceId {
    name.parse().unwrap()
}

/// An entry of `source` with the address `https://{source}.example/{path}`, published in the morning.
pub(crate) fn entry(source_name: &str, path: &str, title: &str, body: &str) -> Entry {
    let source = source(source_name);
    let url = CanonicalUrl::parse(&format!("https://{source_name}.example/{path}")).unwrap();
    let id = ArticleId::mint(&source, &AliasKey::url(&url));
    Entry {
        id,
        source,
        story: StoryId::led_by(id),
        published: morning(),
        updated: morning(),
        first_seen: morning(),
        article: Article {
            url,
            title: Title::new(title).unwrap(),
            authors: Vec::new(),
            published: Some(morning()),
            updated: None,
            language: None,
            image: None,
            categories: Vec::new(),
            summary: String::new(),
            body: CleanHtml::for_test(body),
            text: String::new(),
            enclosures: Vec::new(),
            confidence: 1.0,
        },
        also: Vec::new(),
    }
}

/// Another article of the same story.
pub(crate) fn coverage(source_name: &str, path: &str, title: &str) -> Coverage {
    let other = entry(source_name, path, title, "");
    Coverage { id: other.id, source: other.source, title: other.article.title, url: other.article.url }
}

/// A feed of these entries at `https://reader.example/offprint/`.
pub(crate) fn feed(id: &str, entries: Vec<Entry>) -> Feed {
    let id: FeedId = id.parse().unwrap();
    let public = Url::parse("https://reader.example/offprint/").unwrap();
    Feed {
        title: format!("The {id} feed"),
        description: "News, without the clutter".to_owned(),
        site: public.join(&format!("feeds/{id}")).unwrap(),
        public,
        language: Language::parse("en"),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp::EPOCH),
        names: [(source("wire"), "The Wire".to_owned())].into(),
        id,
        entries,
    }
}

/// A merged feed with everything that breaks feeds.
pub(crate) fn nasty() -> Feed {
    let mut breaker = entry(
        "gazette",
        "a?b=1&c=%22%3E",
        "]]> & <b>bold</b> &lt;script&gt; \u{1f600} \u{202e}dlrow",
        "<p>]]&gt; and ]]]]><![CDATA[> \u{0}\u{b}\u{fffe} end</p>\r\n<p>R&amp;D &amp;lt;b&amp;gt; \u{1f9d1}\u{200d}\u{1f4bb}</p>",
    );
    breaker.article.authors = vec!["Ann\u{0} \"Quote\" O'Neil & <Sons>".to_owned(), "\u{202e}\u{1}".to_owned()];
    breaker.article.categories = vec!["R&D".to_owned(), "]]>".to_owned(), " ".to_owned()];
    breaker.article.summary = "1 < 2 && \"quoted\" ]]>\u{1b}".to_owned();
    breaker.article.image = Url::parse("https://gazette.example/i.jpg?w=1&h=2").ok();
    breaker.article.enclosures = vec![
        Enclosure { url: Url::parse("https://gazette.example/a.mp3?x=1&y=2").unwrap(), mime: None, bytes: None },
        Enclosure {
            url: Url::parse("https://gazette.example/b.pdf").unwrap(),
            mime: Some("application/pdf".to_owned()),
            bytes: Some(1234),
        },
    ];
    breaker.also = vec![coverage("herald", "x?a=1&b=2", "The <same> & other")];

    let mut arabic = entry("sahifa", "خبر", "عنوان الخبر \u{2067}(عاجل)", "<p>نص الخبر.</p>");
    arabic.article.language = Language::parse("ar");
    arabic.updated = morning() + std::time::Duration::from_secs(3600);

    let mut chinese =
        entry("ribao", "n/1", "中文标题：𠮷野家", "<p><img src=\"https://ribao.example/a.jpg\">正文。</p>");
    chinese.article.language = Language::parse("zh-Hans");
    chinese.article.image = Url::parse("https://ribao.example/a.jpg").ok();

    let empty = entry("herald", "empty", "Only a title", "");
    feed("all", vec![breaker, arabic, chinese, empty])
}
