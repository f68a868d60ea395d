//! HTML becomes a draft, with a note for each block kept or removed; pure.
//!
//! One parse, one walk (`survey`), then only flat lists: where the article is (`locate`), which blocks of it
//! belong (`judge`), which images (`media`), and the fragment that is left (`render`). Beside it, what the page
//! says of itself (`metadata`). Where the tree has little, the page's data is asked too (`alternatives`).

mod agreement;
mod alternatives;
mod config;
mod contents;
mod embeds;
mod evidence;
mod explain;
mod features;
mod forest;
mod formula;
mod hashed;
mod images;
mod judge;
mod locate;
mod marks;
mod measure;
mod media;
mod metadata;
mod others;
mod overrides;
mod paywall;
mod phrases;
mod render;
mod rules;
mod signature;
mod similar;
mod site_rules;
mod state;
mod streamed;
mod survey;
mod tag;
mod trial;
mod vocabulary;
mod xpath;

use std::borrow::Cow;

pub use config::Config;
use scraper::Html;
pub use site_rules::{Name as RulesName, PageLinks, Parsed, Remark, Rules, Sample, SiteRules, page_links};
use url::Url;

use self::agreement::Agreement;
use self::alternatives::Answer;
use self::evidence::Evidence;
use self::metadata::Facts;
use self::overrides::Overrides;
use self::site_rules::{Findings, Question};
use self::survey::Survey;
use self::trial::{Part, Trial};
use crate::model::{Access, Caps, Document, Draft, Note, Verdict};

/// Takes a page apart: the article's body without furniture, and what the page says about it. Never fails; a
/// page without an article gives an empty body and no confidence. Its notes are what came of `config`.
#[must_use]
pub fn draft<'a>(html: impl Into<Cow<'a, str>>, url: &Url, config: &Config) -> Draft {
    drafted_by(html.into(), url, config, &Trial::default(), false)
}

/// The same with a note for each block, kept or removed, and why.
#[must_use]
pub fn draft_explained<'a>(html: impl Into<Cow<'a, str>>, url: &Url, config: &Config) -> Draft {
    drafted_by(html.into(), url, config, &Trial::default(), true)
}

/// As [`draft`], with another model and without the named parts, to measure what they are worth.
#[doc(hidden)]
#[must_use]
pub fn tried(html: &str, url: &Url, model: &[u8], without: &[&str]) -> Option<Draft> {
    Some(drafted_by(html.into(), url, &Config::default(), &Trial::new(model, without)?, false))
}

fn drafted_by(html: Cow<'_, str>, url: &Url, config: &Config, trial: &Trial, is_explained: bool) -> Draft {
    let rules = config.site_rules.matching(url);
    let mut document = streamed::parse(rules.replaced(html));
    let survey = Survey::of(document.html());
    let evidence = Evidence::of(&survey);
    let facts = metadata::gather(&survey, &evidence, url);
    let scene = Scene { url, config, trial, is_explained };
    if rules.is_empty() {
        return scene.drafted(document.html(), survey, evidence, facts, Findings::default());
    }
    let findings = Question::about(document.html(), is_explained).ask(rules);
    if findings.changes.is_empty() {
        return scene.drafted(document.html(), survey, evidence, facts, findings);
    }
    // What the page says of itself was gathered before: rules strip headlines and bylines, too.
    findings.changes.make(document.html_mut());
    let survey = Survey::of(document.html());
    let evidence = Evidence::of(&survey);
    scene.drafted(document.html(), survey, evidence, facts, findings)
}

/// What a page is drafted by.
struct Scene<'a> {
    url: &'a Url,
    config: &'a Config,
    trial: &'a Trial,
    is_explained: bool,
}

impl Scene<'_> {
    /// Weighs what was found and fills in the body.
    fn drafted(
        &self,
        html: &Html,
        survey: Survey<'_>,
        mut evidence: Evidence,
        facts: Facts,
        findings: Findings,
    ) -> Draft {
        let Self { url, config, trial, is_explained } = *self;
        let (spare_title, spare_authors, spare_dates) =
            (findings.spare_title.clone(), findings.spare_authors.clone(), findings.spare_dates.clone());
        let mut overrides = Overrides::find(&survey, html, config);
        overrides.add(&survey, findings);
        let authors = [&overrides.authors, &facts.authors, &spare_authors];
        let mut draft = Draft {
            title: overrides.title.clone().or(facts.title).or(spare_title),
            authors: authors.into_iter().find(|authors| !authors.is_empty()).cloned().unwrap_or_default(),
            published: overrides.dates.iter().cloned().chain(facts.published).chain(spare_dates).collect(),
            shown: facts.shown,
            updated: facts.updated,
            language: facts.language,
            canonical: facts.canonical,
            base: survey.head.base.map(str::to_owned),
            image: overrides.image.clone().or(facts.image),
            summary: facts.summary,
            site_name: facts.site_name,
            categories: facts.categories,
            access: facts.access,
            reserved: facts.reserved,
            doubt: facts.doubt,
            ..Draft::default()
        };
        if overrides.place.is_none() && trial.has(Part::Others) {
            let others = others::find(&survey, &evidence, draft.title.as_deref());
            evidence.exclude(&survey, &others);
        }
        let task = Task {
            article_body: facts.body.as_deref(),
            is_signed: !draft.published.is_empty() || !draft.authors.is_empty(),
            host: url.host_str().unwrap_or_default(),
            trial,
            is_explained,
        };
        let n_words = fill_body(&survey, &mut evidence, &overrides, &task, &mut draft);
        if overrides.place.is_none() && trial.has(Part::Alternatives) {
            ask_elsewhere(html, &task, n_words, &mut draft);
        }
        if draft.doubt.is_some() {
            draft.confidence = draft.confidence.min(MAX_CONFIDENCE_IN_DOUBT);
        }
        draft.notes.extend(overrides.notes);
        draft
    }
}

/// A page that is probably no article may still be one; below .3 the entrance's own text is preferred.
const MAX_CONFIDENCE_IN_DOUBT: f64 = 0.25;

/// What the finding of a body has to know beside the page.
struct Task<'a> {
    /// The article's text by JSON-LD.
    article_body: Option<&'a str>,
    /// Whether the page says when or by whom it was written.
    is_signed: bool,
    host: &'a str,
    trial: &'a Trial,
    /// Whether every block gets a note.
    is_explained: bool,
}

/// Takes the body from the page's data where the tree has little and this has more.
fn ask_elsewhere(html: &Html, task: &Task<'_>, n_words: f32, draft: &mut Draft) {
    let answer = Answer { body: &draft.body, n_words, confidence: draft.confidence, title: draft.title.as_deref() };
    let Some(alternative) = alternatives::find(html, task.article_body, answer) else { return };
    let page = format!("<html><body><article>{}</article></body></html>", alternative.html);
    let document = Document::parse(&page, Caps::default());
    let survey = Survey::of(document.html());
    let mut evidence = Evidence::of(&survey);
    let mut other = Draft { title: draft.title.clone(), site_name: draft.site_name.clone(), ..Draft::default() };
    let n_others = fill_body(&survey, &mut evidence, &Overrides::default(), task, &mut other);
    if n_others <= n_words {
        return;
    }
    if task.is_explained {
        draft.notes.push(Note {
            place: "page".to_owned(),
            text: String::new(),
            verdict: Verdict::Kept,
            rule: format!("the page shows little, so the text is taken from {}", alternative.source),
        });
    }
    draft.notes.append(&mut other.notes);
    draft.body = other.body;
    // Nothing around the text could be weighed, so it is never quite sure.
    draft.confidence = other.confidence.min(MAX_CONFIDENCE_ELSEWHERE);
}

/// How sure a body from elsewhere than the tree can be.
const MAX_CONFIDENCE_ELSEWHERE: f64 = 0.85;

/// Finds, judges and writes the body; gives the words that stay.
fn fill_body(
    survey: &Survey<'_>,
    evidence: &mut Evidence,
    overrides: &Overrides,
    task: &Task<'_>,
    draft: &mut Draft,
) -> f32 {
    let agreement = Agreement::of(survey, task.article_body.filter(|_| task.trial.has(Part::Agreement)));
    let mut outside = Vec::new();
    let place = match &overrides.place {
        Some(place) => {
            let mut end = 0;
            for root in &place.roots {
                let blocks = &survey.elements[*root].blocks;
                outside.push((end..blocks.start, judge::OUTSIDE));
                end = blocks.end;
            }
            outside.push((end..survey.blocks.len(), judge::OUTSIDE));
            evidence.exclude(survey, &outside);
            place.clone()
        }
        None => match locate::place(survey, evidence) {
            Some(place) => match agreement.as_ref().and_then(|agreement| agreement.place(survey, evidence, &place)) {
                Some(described) => {
                    let blocks = &survey.elements[described.roots[0]].blocks;
                    let rule = agreement::ELSEWHERE;
                    evidence.exclude(survey, &[(0..blocks.start, rule), (blocks.end..survey.blocks.len(), rule)]);
                    described
                }
                None => place,
            },
            None => return 0.0,
        },
    };
    let mut verdicts = judge::verdicts(survey, evidence, &place, draft.title.as_deref(), task.trial);
    // What was chosen by hand is not added to, even where nothing of it reads well.
    for (blocks, rule) in outside {
        verdicts.removed_by[blocks].iter_mut().for_each(|removed_by| *removed_by = removed_by.or(Some(rule)));
    }
    if overrides.place.is_none() && paywall::remove(survey, &mut verdicts) && draft.access == Access::Open {
        draft.access = Access::Paid;
    }
    for element_idx in &overrides.removed {
        let blocks = survey.elements[*element_idx].blocks.clone();
        verdicts.removed_by[blocks].fill(Some(overrides::REMOVED));
    }
    let Some(root) = locate::around(survey, &place, |idx| verdicts.is_kept(idx)) else { return 0.0 };
    let media = media::choose(survey, &evidence.marks, &place, root, &overrides.removed, &mut verdicts);
    let signature = signature::at_start(survey, &verdicts, draft.site_name.as_deref());
    draft.body = render::fragment(survey, root, &verdicts, &media, signature);
    let confidence = explain::confidence(survey, &verdicts, task.is_signed, task.host);
    draft.confidence = agreement.map_or(confidence, |agreement| agreement.weigh(survey, &verdicts, confidence));
    if task.is_explained {
        draft.notes = explain::notes(survey, &evidence.marks, &place, &verdicts);
    }
    survey.blocks.iter().enumerate().filter(|(idx, _)| verdicts.is_kept(*idx)).map(|(_, block)| block.words()).sum()
}

/// Each block of a page with its features and its text, to train the model on.
#[doc(hidden)]
#[must_use]
pub fn described(html: &str, url: &Url) -> Vec<(Vec<f32>, String)> {
    let document = streamed::parse(html.into());
    let survey = Survey::of(document.html());
    let evidence = Evidence::of(&survey);
    let facts = metadata::gather(&survey, &evidence, url);
    let Some(place) = locate::place(&survey, &evidence) else { return Vec::new() };
    let scene = features::Scene::new(&survey, &evidence, &place, facts.title.as_deref());
    let text = |idx: usize| survey.text(survey.blocks[idx].tape.clone(), usize::MAX);
    (0..survey.blocks.len()).map(|idx| (scene.row(idx)[..features::N_FEATURES].to_vec(), text(idx))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drafted(html: &str) -> Draft {
        draft_explained(html, &Url::parse("https://gazette.example/2024/11/19/storm").unwrap(), &Config::default())
    }

    /// A page of five paragraphs, with something before, between and after them.
    fn page(before: &str, between: &str, after: &str) -> String {
        let paragraph = |n: u32| {
            format!(
                "<p>Paragraph {n} tells at some length what happened at the harbour, who saw it, and what the \
                 council, which met in the evening, is going to do about it in the coming weeks.</p>"
            )
        };
        format!(
            "<html lang=en><title>Storm at the harbour | The Gazette</title><body><div class=page>{before}\
             <h1>Storm at the harbour</h1><div class=text>{}{}{between}{}{}{}{after}</div></div>",
            paragraph(1),
            paragraph(2),
            paragraph(3),
            paragraph(4),
            paragraph(5)
        )
    }

    #[test]
    fn furniture_goes_and_the_article_stays() {
        for (before, between, after, marker) in [
            ("<nav><a href=/>LEAK</a></nav>", "", "", "nav"),
            ("<div class=breadcrumbs><a href=/>LEAK</a> / <a href=/n>News</a></div>", "", "", "breadcrumbs"),
            ("", "<aside>LEAK of a box beside the text.</aside>", "", "aside"),
            ("", "<form><p>LEAK your address:</p><input></form>", "", "form"),
            ("", "<p>Read also: <a href=/x>LEAK of another story</a></p>", "", "read also"),
            ("", "<p><strong><a href=/x>LEAK of another story</a></strong></p>", "", "bare link"),
            ("", "<div class=newsletter-signup><p>LEAK of our newsletter, to your inbox.</p></div>", "", "newsletter"),
            ("", "<p>Advertisement</p><div class=ad-slot>LEAK</div>", "", "advertisement"),
            (
                "",
                "",
                "<h3>Direkomendasikan</h3><ul><li><a href=/1>LEAK satu</a></li><li><a href=/2>LEAK dua</a></li></ul>",
                "id related",
            ),
            ("", "", "<h3>Tentang Blog</h3><p>LEAK admin 2</p>", "id author"),
            (
                "",
                "",
                "<h3>Tinggalkan Balasan</h3><p>LEAK alamat email Anda tidak akan dipublikasikan.</p>",
                "id comments",
            ),
            ("", "", "<h2>Das könnte Sie auch interessieren</h2><p><a href=/1>LEAK eins</a></p>", "de related"),
            ("", "", "<h2>Articles similaires</h2><ul><li><a href=/1>LEAK un</a></li></ul>", "fr related"),
            ("", "", "<h2>Комментарии</h2><p>LEAK пока нет</p>", "ru comments"),
            ("", "", "<h2>関連記事</h2><ul><li><a href=/1>LEAK</a></li></ul>", "ja related"),
            ("", "", "<h2>مقالات ذات صلة</h2><ul><li><a href=/1>LEAK</a></li></ul>", "ar related"),
            ("", "", "<div class=share-buttons><a href=/f>LEAK</a><a href=/t>Tweet</a></div>", "share bar"),
            ("", "", "<div class=tags><a href=/t/1>LEAK</a>, <a href=/t/2>sea</a></div>", "tags"),
            ("", "", "<div class=author-box><p>LEAK writes about harbours.</p></div>", "author box"),
            ("", "", "<footer><p>LEAK © 2024 The Gazette.</p></footer>", "footer"),
        ] {
            let draft = drafted(&page(before, between, after));

            assert!(!draft.body.contains("LEAK"), "{marker}: {}", draft.body);
            for n in 1..=5 {
                assert!(draft.body.contains(&format!("Paragraph {n} ")), "{marker} took paragraph {n}: {}", draft.body);
            }
        }
    }

    #[test]
    fn what_articles_are_made_of_stays() {
        for between in [
            "<h2>What comes next</h2>",
            "<ul><li>STAY one</li><li>two</li></ul>",
            "<blockquote><p>STAY said the mayor.</p></blockquote>",
            "<pre><code class=\"language-sh\">STAY --long</code></pre>",
            "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2023</td><td>12</td></tr></table>",
            "<figure><img src=/a.jpg><figcaption>STAY at the pier</figcaption></figure>",
            "<div>STAY, says a bare line of text that stands between two paragraphs.</div>",
            "<iframe src=\"https://www.youtube.com/embed/abc\"></iframe>",
            "<dl><dt>Pier</dt><dd>STAY where ships land.</dd></dl>",
        ] {
            let draft = drafted(&page("", between, ""));

            let marker =
                ["STAY", "What comes next", "2023", "youtube"].iter().find(|word| between.contains(**word)).unwrap();
            assert!(draft.body.contains(marker), "{between}: {}", draft.body);
        }
    }

    #[test]
    fn only_lines_of_their_own_show_a_date() {
        for (line, shown) in [
            ("<p>Published: May 14, 2024</p>", vec!["May 14, 2024"]),
            ("<p>14 May 2024, 10:30</p>", vec!["14 May 2024, 10:30"]),
            ("<p>She was born on July 4, 1996.</p>", vec![]),
            ("<h2>Anniversary of the battle of May 8, 1995</h2>", vec![]),
        ] {
            let draft = drafted(&page("", "", "").replacen("</h1>", &format!("</h1>{line}"), 1));

            assert_eq!(draft.shown, shown, "{line}");
        }
    }

    #[test]
    fn the_headline_is_told_once_and_without_the_site() {
        let draft = drafted(&page("", "", ""));

        assert_eq!(draft.title.as_deref(), Some("Storm at the harbour"));
        assert!(!draft.body.contains("Storm at the harbour"), "{}", draft.body);
        assert_eq!(draft.published, ["2024-11-19"]);
        assert_eq!(draft.language.as_deref(), Some("en"));
    }

    #[test]
    fn paragraphs_made_of_line_breaks_are_paragraphs() {
        let html = page("", "<div>First line of it all.<br><br>Second line of it all.<br>Third</div>", "");

        let body = drafted(&html).body;

        assert!(body.contains("<p>First line of it all.</p><p>Second line of it all.<br>Third</p>"), "{body}");
    }

    #[test]
    fn a_class_name_never_takes_most_of_the_text() {
        let html = page("", "", "").replace("class=text", "class=\"related comments sidebar\"");

        assert!(drafted(&html).body.contains("Paragraph 3"));
    }

    #[test]
    fn a_selector_overrides_and_a_dead_one_falls_back_with_a_note() {
        let config = Config {
            content: Some("div.gone".parse().unwrap()),
            remove: vec!["p:nth-of-type(2)".parse().unwrap(), "div.also-gone".parse().unwrap()],
            title: Some("title".parse().unwrap()),
            ..Config::default()
        };

        let draft = draft_explained(page("", "", ""), &Url::parse("https://gazette.example/").unwrap(), &config);

        assert_eq!(draft.title.as_deref(), Some("Storm at the harbour | The Gazette"));
        assert!(!draft.body.contains("Paragraph 2") && draft.body.contains("Paragraph 3"));
        assert!(draft.notes.iter().any(|note| note.place == "extract.content"));
        assert!(draft.notes.iter().any(|note| note.place == "extract.remove" && note.text == "div.also-gone"));
        assert!(draft.notes.iter().any(|note| note.rule == "removed by the configuration"));
    }

    #[test]
    fn each_judged_block_has_a_note() {
        let around = "<nav><a href=/>Home</a></nav><div class=sidebar><p>Weather</p></div>";
        let draft = drafted(&page(around, "", "<div class=share-buttons><a href=/f>Share it</a></div>"));

        let removed: Vec<_> = draft.notes.iter().filter(|note| note.verdict == Verdict::Removed).collect();
        assert!(removed.iter().any(|note| note.place == "div.share-buttons" && note.text == "Share it"), "{removed:?}");
        for (text, rule) in [("Home", "navigation"), ("Weather", "sidebar")] {
            let note = removed.iter().find(|note| note.text == text).unwrap();
            assert!(note.rule.starts_with(rule) || note.rule == "above the headline", "{note:?}");
        }
        assert!(draft.notes.iter().any(|note| note.verdict == Verdict::Kept && note.text.starts_with("Paragraph 1")));
    }

    #[test]
    fn a_page_without_an_article_gives_nothing_and_says_so() {
        for html in ["", "<html></html>", "<script>x</script>", "\u{0}\u{1}", "<p>"] {
            let draft = drafted(html);

            assert_eq!((draft.body.as_str(), draft.confidence), ("", 0.0), "{html:?}");
        }
    }

    fn soup() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("<p>".to_owned()),
            Just("</p>".to_owned()),
            Just("<div class=related id=comments>".to_owned()),
            Just("</div>".to_owned()),
            Just("<a href=x>".to_owned()),
            Just("</a>".to_owned()),
            Just("<h1>".to_owned()),
            Just("<h3></h3>".to_owned()),
            Just("<br><br>".to_owned()),
            Just("<table><tr><td>".to_owned()),
            Just("<li>".to_owned()),
            Just("<noscript><img src=a.jpg></noscript>".to_owned()),
            Just("<picture><source srcset='a.jpg 2x,'><img data-src=b.jpg>".to_owned()),
            Just("<figure><figcaption>".to_owned()),
            Just("<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[{}],</script>".to_owned()),
            Just("<time datetime='2024-".to_owned()),
            Just("<meta property=og:title content='| é |'>".to_owned()),
            Just("<pre>".to_owned()),
            Just("<svg><p>".to_owned()),
            Just("<template><p>".to_owned()),
            Just("By İstanbul ﬃ, 2024".to_owned()),
            Just("A sentence that goes on for more than twelve words, so that it counts, yes. ".to_owned()),
            "\\PC{0,20}",
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_page_panics(html in soup()) {
            let draft = drafted(&html);

            prop_assert!((0.0..=1.0).contains(&draft.confidence));
        }
    }
}
