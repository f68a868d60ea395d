//! What a page says of its article in JSON-LD (schema.org).

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::model::{JsonBudget, collapse};

/// The fields of the page's article, as plain text.
#[derive(Debug, Default)]
pub(in crate::extract) struct Linked {
    /// It describes one article, and not only as part of a list.
    pub(super) is_article: bool,
    pub(super) is_collection: bool,
    /// What it says of `isAccessibleForFree`.
    pub(super) is_free: Option<bool>,
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) modified: Vec<String>,
    pub(super) image: Option<String>,
    pub(super) description: Option<String>,
    pub(super) site_name: Option<String>,
    pub(super) language: Option<String>,
    pub(super) categories: Vec<String>,
    /// The whole text, on few pages.
    pub(in crate::extract) body: Option<String>,
}

/// Objects looked at: a page with more describes a catalogue.
const MAX_OBJECTS: usize = 4000;

/// Reads all of a page's scripts; what can't be read as JSON is searched for dates and names.
pub(in crate::extract) fn read(scripts: &[&str]) -> Linked {
    let mut budget = JsonBudget::default();
    let documents: Vec<Value> = scripts.iter().filter_map(|script| parse(script, &mut budget)).collect();
    let objects = objects(&documents);
    let by_id: HashMap<&str, &Map<String, Value>> = objects
        .iter()
        .filter(|object| object.len() > 1)
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let mut linked = Linked::default();
    // The first of the most telling kind; a page of search results has many, and its own comes first.
    let mut ranked: Vec<(u8, &Map<String, Value>)> = objects.iter().map(|object| (rank(object), *object)).collect();
    ranked.retain(|(rank, _)| *rank > 0);
    ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    linked.is_collection = objects.iter().any(|object| is_collection(object));
    let n_articles = ranked.iter().filter(|(rank, _)| *rank >= ARTICLE).count();
    linked.is_article = n_articles == 1 || (n_articles > 1 && !linked.is_collection);
    let mut best = None;
    for (rank, object) in ranked {
        // Of further articles on the page nothing is taken: they are teasers.
        if rank >= ARTICLE && best.is_some() {
            continue;
        }
        best = best.or((rank >= ARTICLE).then_some(rank));
        linked.fill(object, &by_id, rank);
    }
    if documents.len() < scripts.len() && linked.published.is_empty() {
        for script in scripts {
            linked.published.extend(search(script, "\"datePublished\""));
            linked.modified.extend(search(script, "\"dateModified\""));
            linked.headline = linked.headline.take().or_else(|| search(script, "\"headline\""));
        }
    }
    linked
}

const ARTICLE: u8 = 3;

/// Whether an object is a list of pages or what a search found.
fn is_collection(object: &Map<String, Value>) -> bool {
    let is = |kind: &Value| matches!(kind.as_str(), Some("CollectionPage" | "SearchResultsPage"));
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// How much an object's type makes it the page's article.
fn rank(object: &Map<String, Value>) -> u8 {
    let is = |kind: &str| match kind.rsplit(['/', ':']).next().unwrap_or(kind) {
        "NewsArticle"
        | "BlogPosting"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "LiveBlogPosting"
        | "TechArticle"
        | "ScholarlyArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AdvertiserContentArticle"
        | "SatiricalArticle" => 4,
        "Article" | "SocialMediaPosting" | "Report" | "Recipe" | "Review" | "HowTo" | "DiscussionForumPosting" => {
            ARTICLE
        }
        "WebPage" | "ItemPage" | "QAPage" | "FAQPage" | "MedicalWebPage" | "AboutPage" | "CollectionPage" => 2,
        "VideoObject" | "PodcastEpisode" => 1,
        _ => 0,
    };
    match object.get("@type") {
        Some(Value::String(kind)) => is(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).map(is).max().unwrap_or(0),
        _ => 0,
    }
}

impl Linked {
    fn fill(&mut self, object: &Map<String, Value>, by_id: &HashMap<&str, &Map<String, Value>>, rank: u8) {
        let text = |key: &str| object.get(key).and_then(first_text);
        if rank >= ARTICLE || self.published.is_empty() {
            self.published.extend(["datePublished", "dateCreated", "uploadDate"].iter().filter_map(|key| text(key)));
            self.modified.extend(text("dateModified"));
        }
        if rank < ARTICLE {
            self.description = self.description.take().or_else(|| text("description"));
            self.language = self.language.take().or_else(|| text("inLanguage"));
            return;
        }
        self.is_free = match object.get("isAccessibleForFree") {
            Some(Value::Bool(is_free)) => Some(*is_free),
            Some(Value::String(word)) => Some(!word.eq_ignore_ascii_case("false")),
            _ => self.is_free,
        };
        self.headline = text("headline").or_else(|| text("name")).or(self.headline.take());
        self.description = text("description").or(self.description.take());
        self.language = text("inLanguage").or(self.language.take());
        self.body = object.get("articleBody").and_then(Value::as_str).map(str::to_owned);
        for key in ["author", "creator"] {
            if self.authors.is_empty()
                && let Some(author) = object.get(key)
            {
                self.authors = names(author, by_id);
            }
        }
        self.site_name = object.get("publisher").map(|publisher| names(publisher, by_id)).and_then(|mut all| all.pop());
        self.image =
            ["image", "thumbnailUrl"].iter().find_map(|key| object.get(*key).and_then(|image| address(image, by_id)));
        for key in ["articleSection", "keywords"] {
            match object.get(key) {
                Some(Value::String(list)) => self.categories.extend(list.split(',').map(collapse)),
                Some(Value::Array(list)) => self.categories.extend(list.iter().filter_map(Value::as_str).map(collapse)),
                _ => {}
            }
        }
    }
}

/// All objects of all documents, outer before inner, in reading order.
fn objects(documents: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Value> = documents.iter().rev().collect();
    while let Some(value) = waiting.pop() {
        if found.len() >= MAX_OBJECTS {
            break;
        }
        match value {
            Value::Object(object) => {
                found.push(object);
                waiting.extend(object.iter().filter(|(key, _)| *key != "comment").map(|(_, value)| value));
            }
            Value::Array(list) => waiting.extend(list.iter().rev()),
            _ => {}
        }
    }
    found
}

/// The names of a person, an organisation or several; an object that is only a reference is looked up.
fn names(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>) -> Vec<String> {
    let mut names = Vec::new();
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::String(name) => names.push(collapse(name)),
            Value::Array(list) => waiting.extend(list.iter().rev().take(50)),
            Value::Object(object) => {
                let named = object.get("name").or_else(|| {
                    let id = object.get("@id")?.as_str()?;
                    by_id.get(id)?.get("name")
                });
                let given = || {
                    let part = |key| object.get(key).and_then(Value::as_str);
                    Some(format!("{} {}", part("givenName")?, part("familyName")?))
                };
                match named {
                    Some(Value::String(name)) => names.push(collapse(name)),
                    Some(Value::Array(list)) => names.extend(list.iter().filter_map(Value::as_str).map(collapse)),
                    _ => names.extend(given()),
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The address of an image: a string, an `ImageObject`, a reference, or the first of several.
fn address(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>) -> Option<String> {
    match value {
        Value::String(url) => Some(url.trim().to_owned()).filter(|url| !url.is_empty()),
        Value::Array(list) => match list.first()? {
            Value::Array(_) => None,
            first => address(first, by_id),
        },
        Value::Object(object) => {
            let of = |object: &Map<String, Value>| {
                ["url", "contentUrl"].iter().find_map(|key| object.get(*key)?.as_str().map(str::to_owned))
            };
            of(object).or_else(|| of(by_id.get(object.get("@id")?.as_str()?)?))
        }
        _ => None,
    }
}

fn first_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(list) => list.first()?.as_str()?,
        Value::Object(object) => object.get("@value").or_else(|| object.get("name"))?.as_str()?,
        value => value.as_str()?,
    };
    let text = collapse(text);
    (!text.is_empty()).then_some(text)
}

/// Parses a script; what sites get wrong (comments around it, raw line ends inside strings, a comma too many,
/// a semicolon at the end) is put right first.
fn parse(script: &str, budget: &mut JsonBudget) -> Option<Value> {
    let bare =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let bare = bare.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    if !budget.takes(bare) {
        return None;
    }
    serde_json::from_str(bare).ok().or_else(|| serde_json::from_str(&mended(bare)).ok())
}

fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut is_escaped) = (false, false);
    for c in script.chars() {
        if in_string {
            match c {
                _ if is_escaped => {
                    is_escaped = false;
                    // JSON knows few escapes; others were meant as the character itself.
                    if !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        out.pop();
                    }
                    out.push(c);
                }
                '\\' => {
                    is_escaped = true;
                    out.push(c);
                }
                '"' => {
                    in_string = false;
                    out.push(c);
                }
                _ if c.is_control() => out.push(' '),
                _ => out.push(c),
            }
            continue;
        }
        if matches!(c, '}' | ']') {
            let end = out.trim_end().len();
            if out[..end].ends_with(',') {
                out.truncate(end - 1);
            }
        }
        in_string = c == '"';
        out.push(c);
    }
    out
}

/// The string after a key, in text that isn't quite JSON.
fn search(script: &str, key: &str) -> Option<String> {
    let after = script.split_once(key)?.1.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let value = collapse(after.split_once('"')?.0);
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_read_with_its_references() {
        let script = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"The Site","@id":"#site"},
            {"@type":["Article","NewsArticle"],"headline":"A storm &amp; a ship","author":{"@id":"/#jo"},
             "datePublished":"2024-11-19T14:05:00+07:00","dateModified":"2024-11-20","image":[{"url":"/a.jpg"}],
             "publisher":{"@type":"Organization","name":"The Paper"},"keywords":"sea, wind"},
            {"@type":"Person","@id":"/#jo","name":"Jo  Waters"}]}"##;

        let linked = read(&[script]);

        assert_eq!(linked.headline.as_deref(), Some("A storm &amp; a ship"));
        assert_eq!(linked.authors, ["Jo Waters"]);
        assert_eq!(linked.published, ["2024-11-19T14:05:00+07:00"]);
        assert_eq!(linked.site_name.as_deref(), Some("The Paper"));
        assert_eq!(linked.image.as_deref(), Some("/a.jpg"));
        assert_eq!(linked.categories, ["sea", "wind"]);
    }

    #[test]
    fn broken_json_is_mended_or_searched() {
        for script in [
            "{\"@type\":\"Article\",\"headline\":\"One\nTwo\",\"datePublished\":\"2024-01-02\",}",
            "<!-- {\"@type\":\"Article\",\"headline\":\"One Two\",\"datePublished\":\"2024-01-02\"}; -->",
            "{\"@type\":\"Article\",\"headline\":\"One Two\" \"datePublished\" : \"2024-01-02\"",
        ] {
            let linked = read(&[script]);

            assert_eq!(linked.published, ["2024-01-02"], "{script}");
            assert_eq!(linked.headline.as_deref(), Some("One Two"), "{script}");
        }
    }

    #[test]
    fn the_first_article_is_the_pages_own() {
        let script =
            r#"[{"@type":"Article","headline":"Own"},{"@type":"Article","headline":"Teaser","author":"Not Me"}]"#;

        let linked = read(&[script]);

        assert_eq!(linked.headline.as_deref(), Some("Own"));
        assert!(linked.authors.is_empty());
    }
}
