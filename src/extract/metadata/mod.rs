//! What a page says about its article: JSON-LD, OpenGraph, Dublin Core, microdata, and what readers see.

mod address;
mod authors;
mod bylines;
mod dates;
pub(super) mod json_ld;
mod kind;
mod title;

use url::Url;

use self::json_ld::Linked;
use self::title::Titles;
use super::evidence::Evidence;
use super::survey::{Head, Survey};
use super::tag::Tag;
use crate::model::{Access, Reserved, collapse};

/// A page's own account of its article; plain text, most trusted first.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) updated: Vec<String>,
    /// Dates that readers see around the headline.
    pub(super) shown: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) image: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) site_name: Option<String>,
    pub(super) categories: Vec<String>,
    pub(super) access: Access,
    pub(super) reserved: Reserved,
    /// Why the page is probably no article.
    pub(super) doubt: Option<&'static str>,
    /// The article's text as JSON-LD has it.
    pub(super) body: Option<String>,
}

/// More categories than these are a tag cloud.
const MAX_CATEGORIES: usize = 20;

/// Gathers the facts of a page.
pub(super) fn gather(survey: &Survey<'_>, evidence: &Evidence, url: &Url) -> Facts {
    let head = &survey.head;
    let linked = json_ld::read(&head.json_ld);
    let site_name = site_name(head, &linked);
    let titles = Titles {
        linked: linked.headline.as_deref().map(unescaped),
        metas: all(
            head,
            &[
                "og:title",
                "parsely-title",
                "sailthru.title",
                "dc.title",
                "dcterms.title",
                "citation_title",
                "headline",
                "twitter:title",
                "title",
            ],
        ),
        document: head.title.map(collapse).filter(|title| !title.is_empty()),
        site_name: site_name.as_deref(),
        host: url.host_str().unwrap_or_default(),
    };
    let title = title::choose(survey, &titles);
    let headline = headline_block(survey, title.as_deref());
    let mut facts = Facts {
        authors: authors(survey, evidence, &linked, headline, site_name.as_deref(), url.host_str().unwrap_or_default()),
        language: language(head, &linked),
        canonical: canonical(head),
        image: first(
            head,
            &[
                "og:image",
                "og:image:url",
                "og:image:secure_url",
                "twitter:image",
                "twitter:image:src",
                "parsely-image-url",
                "thumbnail",
            ],
        )
        .or_else(|| linked.image.clone()),
        summary: first(
            head,
            &["og:description", "description", "twitter:description", "dc.description", "dcterms.abstract"],
        )
        .or_else(|| linked.description.as_deref().map(unescaped)),
        categories: categories(head, &linked),
        reserved: reserved(head),
        access: kind::access(linked.is_free, first(head, &["article:content_tier", "og:article:content_tier"])),
        doubt: kind::doubt(
            url,
            canonical(head).as_deref(),
            kind::Claims {
                is_article: linked.is_article || first(head, &["article:published_time"]).is_some(),
                is_collection: linked.is_collection,
            },
        ),
        ..Facts::default()
    };
    dates(survey, &linked, url, headline, &mut facts);
    facts.title = title;
    facts.site_name = site_name;
    facts.body = linked.body;
    facts
}

/// Whether a short line near the headline says when or by whom the article was written, and nothing else.
pub(super) fn is_byline(line: &str) -> bool {
    dates::is_date_line(line) || bylines::says_by_whom(line)
}

/// Values of the meta elements with these names, in the order of the names.
fn all(head: &Head<'_>, names: &[&str]) -> Vec<String> {
    let of = |name: &str| {
        let name = name.to_owned();
        head.metas.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(&name)).map(|(_, value)| unescaped(value))
    };
    names.iter().flat_map(|name| of(name)).filter(|value| !value.is_empty()).collect()
}

fn first(head: &Head<'_>, names: &[&str]) -> Option<String> {
    all(head, names).into_iter().next()
}

fn site_name(head: &Head<'_>, linked: &Linked) -> Option<String> {
    let claimed = first(head, &["og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name"]);
    claimed.or_else(|| linked.site_name.as_deref().map(unescaped)).filter(|name| name.len() < 100)
}

fn language(head: &Head<'_>, linked: &Linked) -> Option<String> {
    let declared = head.language.map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned);
    declared
        .or_else(|| first(head, &["og:locale", "content-language", "language", "dc.language", "dcterms.language"]))
        .or_else(|| linked.language.clone())
}

fn reserved(head: &Head<'_>) -> Reserved {
    let mut reserved = Reserved::default();
    head.metas.iter().for_each(|(name, content)| reserved.take_meta(name, content));
    reserved
}

fn canonical(head: &Head<'_>) -> Option<String> {
    let link = head
        .links
        .iter()
        .find(|(rel, _)| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical")));
    link.map(|(_, href)| href.trim().to_owned()).filter(|href| !href.is_empty()).or_else(|| first(head, &["og:url"]))
}

fn categories(head: &Head<'_>, linked: &Linked) -> Vec<String> {
    let mut found =
        all(head, &["article:section", "article:tag", "parsely-section", "og:article:section", "og:article:tag"]);
    let lists = all(head, &["news_keywords", "parsely-tags", "keywords"]);
    if found.is_empty() && linked.categories.is_empty() {
        found.extend(lists.iter().flat_map(|list| list.split(',')).map(collapse));
    }
    found.extend(linked.categories.iter().map(|name| unescaped(name)));
    let mut unique: Vec<String> = Vec::new();
    for name in found {
        let is_known = unique.iter().any(|known| known.eq_ignore_ascii_case(&name));
        if !name.is_empty() && name.len() < 80 && !is_known && unique.len() < MAX_CATEGORIES {
            unique.push(name);
        }
    }
    unique
}

/// The first source that names somebody; accounts and the site itself only where nobody else is named.
fn authors(
    survey: &Survey<'_>,
    evidence: &Evidence,
    linked: &Linked,
    headline: Option<usize>,
    site_name: Option<&str>,
    host: &str,
) -> Vec<String> {
    const METAS: &[&str] = &[
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dc:creator",
        "dcterms.creator",
        "dc.contributor",
        "byl",
        "citation_author",
        "article:author_name",
        "og:article:author",
        "twitter:data1",
    ];
    let head = &survey.head;
    let mut sources = vec![linked.authors.iter().flat_map(|name| authors::split(&unescaped(name))).collect::<Vec<_>>()];
    for name in METAS {
        let says_so = *name != "twitter:data1"
            || first(head, &["twitter:label1"]).is_some_and(|label| {
                matches!(
                    label.to_lowercase().as_str(),
                    "written by"
                        | "author"
                        | "verfasst von"
                        | "geschrieben von"
                        | "écrit par"
                        | "escrito por"
                        | "ditulis oleh"
                        | "napisane przez"
                        | "scritto da"
                )
            });
        if says_so {
            sources.push(
                all(head, &[name])
                    .iter()
                    .filter(|value| !value.contains("://"))
                    .flat_map(|value| authors::split(value))
                    .collect(),
            );
        }
    }
    let is_site = |name: &String| title::names_site(name, site_name, host);
    let tells = |names: &Vec<String>| names.iter().any(|name| authors::is_somebody(name) && !is_site(name));
    if let Some(names) = sources.iter().find(|names| tells(names)) {
        return unique(names.iter().filter(|name| authors::is_somebody(name)));
    }
    let mut visible = bylines::visible(survey, evidence, headline);
    if let Some(position) = visible.iter().position(tells) {
        return unique(visible.swap_remove(position).iter());
    }
    sources
        .into_iter()
        .chain(visible)
        .find(|names| !names.is_empty())
        .map(|names| unique(names.iter()))
        .unwrap_or_default()
}

fn unique<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        if !unique.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
            unique.push(name.clone());
        }
    }
    unique
}

fn dates(survey: &Survey<'_>, linked: &Linked, url: &Url, headline: Option<usize>, facts: &mut Facts) {
    let head = &survey.head;
    facts.published.extend(linked.published.iter().cloned());
    facts.published.extend(all(
        head,
        &[
            "article:published_time",
            "og:article:published_time",
            "article:published",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "publish-date",
            "publish_date",
            "publication_date",
            "publicationdate",
            "pubdate",
            "published_time",
            "date.published",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date.created",
            "dc.date",
            "dcterms.date",
            "citation_publication_date",
            "citation_date",
            "article.published",
            "displaydate",
            "date",
            "rnews:datepublished",
            "cxenseparse:recs:publishtime",
            "originalpublicationdate",
            "timestamp",
            "published",
            "published-date",
            "w-published-date",
            "publishdate",
            "publisheddate",
            "published_date",
            "datecreated",
            "created",
            "article.created",
            "pubtime",
            "publishtime",
            "release_date",
            "weibo:article:create_at",
        ],
    ));
    facts.published.retain(|date| dates::has_year(date));
    let seen = dates::visible(survey, headline, !facts.published.is_empty());
    facts.published.extend(seen.published.iter().cloned());
    facts.published.extend(address::day(url));
    facts.shown = seen.shown;
    facts.published.retain(|date| dates::has_year(date));
    facts.updated.extend(linked.modified.iter().cloned());
    facts.updated.extend(all(
        head,
        &[
            "article:modified_time",
            "og:updated_time",
            "article:updated_time",
            "datemodified",
            "last-modified",
            "dcterms.modified",
            "dc.date.modified",
            "revised",
            "updated_time",
        ],
    ));
    facts.updated.extend(seen.updated);
    facts.updated.retain(|date| dates::has_year(date));
    // A date of the last change is better than none.
    facts.published.extend(facts.updated.iter().cloned());
    for list in [&mut facts.published, &mut facts.updated, &mut facts.shown] {
        let mut known = std::collections::HashSet::new();
        list.retain(|date| known.insert(date.clone()));
        list.truncate(MAX_DATES);
    }
}

/// More dates than these don't make a page's date surer.
const MAX_DATES: usize = 12;

/// The block of the headline: an `h1` that says the title, else the first `h1`.
fn headline_block(survey: &Survey<'_>, title: Option<&str>) -> Option<usize> {
    let headings = || {
        survey
            .elements
            .iter()
            .enumerate()
            .filter(|(_, element)| matches!(element.tag, Tag::Heading(1 | 2)) && !element.blocks.is_empty())
    };
    let says_title = headings().find(|(idx, _)| title.is_some_and(|title| survey.element_text(*idx) == title));
    let first = || headings().find(|(_, element)| element.tag == Tag::Heading(1));
    says_title.or_else(first).map(|(_, element)| element.blocks.start)
}

/// Text that was escaped once too often: `A &amp; B`.
pub(super) fn unescaped(text: &str) -> String {
    let mut text = collapse(text);
    if !text.contains('&') {
        return text;
    }
    const ENTITIES: &[(&str, &str)] = &[
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&ndash;", "–"),
        ("&#8211;", "–"),
        ("&mdash;", "—"),
        ("&#8212;", "—"),
        ("&lsquo;", "‘"),
        ("&#8216;", "‘"),
        ("&rsquo;", "’"),
        ("&#8217;", "’"),
        ("&ldquo;", "“"),
        ("&#8220;", "“"),
        ("&rdquo;", "”"),
        ("&#8221;", "”"),
        ("&hellip;", "…"),
        ("&#8230;", "…"),
        ("&#038;", "&"),
        ("&#38;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    for (entity, character) in ENTITIES {
        if text.contains(entity) {
            text = text.replace(entity, character);
        }
    }
    text
}
