//! What follows an article, in the languages that news is written in: each file of `tests/fixtures/tails` holds an
//! article and the words around its furniture, and each of them is set in three kinds of markup without names.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use offprint::extract;
use offprint::model::{Access, collapse};
use scraper::{ElementRef, Html};
use url::Url;

/// The words of one language.
struct Words {
    language: String,
    /// Each key with its value, a line each.
    lines: Vec<(String, String)>,
}

impl Words {
    /// Every language, in the order of the files' names; `CASE=cs` reads some only.
    fn all() -> Vec<Words> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tails");
        let wanted = std::env::vars().find(|(name, _)| name == "CASE").map(|(_, value)| value).unwrap_or_default();
        let mut all: Vec<Words> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                let text = fs::read_to_string(&path).unwrap();
                let line = |line: &str| line.split_once(": ").map(|(key, value)| (key.to_owned(), value.to_owned()));
                let language = path.file_stem().unwrap().to_string_lossy().into_owned();
                Words { language, lines: text.lines().filter_map(line).collect() }
            })
            .filter(|words| words.language.contains(&wanted))
            .collect();
        all.sort_by(|one, other| one.language.cmp(&other.language));
        all
    }

    fn lines(&self, key: &str) -> Vec<&str> {
        self.lines.iter().filter(|(found, _)| found == key).map(|(_, value)| value.as_str()).collect()
    }

    fn line(&self, key: &str) -> &str {
        self.lines(key).first().copied().unwrap_or_else(|| panic!("`{}` has no `{key}`", self.language))
    }

    /// The ways to head one kind of furniture.
    fn headings(&self, key: &str) -> Vec<&str> {
        self.line(key).split('|').map(str::trim).collect()
    }
}

/// How furniture is set.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Setting {
    /// Headings, lists and paragraphs in the article's own element.
    Plain,
    /// Boxes with names that say nothing, beside the element of the text.
    Boxed,
    /// Paragraphs with bold words in a cell of a table.
    Flat,
}

const SETTINGS: [Setting; 3] = [Setting::Plain, Setting::Boxed, Setting::Flat];

/// The kinds of furniture, by their keys.
const KINDS: [&str; 8] = ["also", "related", "comments", "newsletter", "author", "share", "tags", "paid"];

impl Setting {
    fn furniture(self, kind: &str, heading: &str, words: &Words) -> String {
        let links = words.lines("link");
        let link = |n: usize| format!("<a href=\"/other-{n}\">{}</a>", links[n]);
        let sites = "<a href=\"https://www.facebook.com/sharer?u=x\">Facebook</a> <a href=\"https://x.com/share?u=x\">X</a> \
                     <a href=\"https://wa.me/?text=x\">WhatsApp</a>";
        let topics: Vec<String> = links
            .iter()
            .enumerate()
            .map(|(n, link)| format!("<a href=\"/tag/{n}\">{}</a>", link.split(' ').next().unwrap_or(link)))
            .collect();
        let (comment, offer, bio) = (words.line("comment"), words.line("offer"), words.line("bio"));
        match (self, kind) {
            (Self::Plain, "also") => format!("<p>{heading}: {}</p>", link(0)),
            (Self::Plain, "related") => {
                format!("<h3>{heading}</h3><ul><li>{}</li><li>{}</li><li>{}</li></ul>", link(0), link(1), link(2))
            }
            (Self::Plain, "comments") => {
                format!("<h3>{heading}</h3><ol><li><p><b>mika_77</b></p><p>{comment}</p></li></ol>")
            }
            (Self::Plain, "newsletter") => format!("<h3>{heading}</h3><p>{offer}</p>"),
            (Self::Plain, "author") => format!("<h3>{heading}</h3><p>{bio}</p>"),
            (Self::Plain, "share") => format!("<p>{heading} {sites}</p>"),
            (Self::Plain, "tags") => format!("<p>{heading}: {}</p>", topics.join(", ")),
            (Self::Plain, "paid") => format!("<div><p>{heading}</p><p><a href=\"/login\">OK</a></p></div>"),
            (Self::Boxed, "also") => format!("<div class=\"box\"><span>{heading}</span> {}</div>", link(0)),
            (Self::Boxed, "related") => {
                let card = |n: usize| format!("<div class=\"col\"><img src=\"/t{n}.jpg\" alt=\"\">{}</div>", link(n));
                let cards: String = (0..3).map(card).collect();
                format!("<div class=\"box\"><div class=\"h\">{heading}</div><div class=\"row\">{cards}</div></div>")
            }
            (Self::Boxed, "comments") => format!(
                "<section class=\"box\"><div class=\"h\"><span>{heading}</span></div><div class=\"row\">\
                 <span class=\"n\">mika_77</span><div class=\"t\">{comment}</div></div></section>"
            ),
            (Self::Boxed, "newsletter") => format!(
                "<div class=\"box\"><div class=\"h\">{heading}</div><div>{offer}</div><a class=\"b\" href=\"/go\">OK</a></div>"
            ),
            (Self::Boxed, "author") => format!(
                "<div class=\"box\"><img src=\"/face.jpg\" alt=\"\"><div class=\"h\">{heading}</div><div class=\"t\">{bio}</div></div>"
            ),
            (Self::Boxed, "share") => format!("<div class=\"row\"><span>{heading}</span> {sites}</div>"),
            (Self::Boxed, "tags") => format!("<div class=\"row\"><span>{heading}</span> {}</div>", topics.join(" ")),
            (Self::Boxed, "paid") => {
                format!(
                    "<div class=\"box\"><div class=\"h\">{heading}</div><a class=\"b\" href=\"/login\">OK</a></div>"
                )
            }
            (Self::Flat, "also") => {
                format!("<p><strong><a href=\"/other-0\">{heading}: {}</a></strong></p>", links[0])
            }
            (Self::Flat, "related") => {
                format!("<p><b>{heading}</b></p><p>{}<br>{}<br>{}</p>", link(0), link(1), link(2))
            }
            (Self::Flat, "comments") => format!("<p><b>{heading}</b></p><p>mika_77: {comment}</p>"),
            (Self::Flat, "newsletter") => format!("<p><b>{heading}</b></p><p>{offer}</p>"),
            (Self::Flat, "author") => format!("<p><b>{heading}:</b> {bio}</p>"),
            (Self::Flat, "share") => format!("<p><b>{heading}</b> {sites}</p>"),
            (Self::Flat, "tags") => format!("<p><b>{heading}</b> {}</p>", topics.join(" | ")),
            (Self::Flat, "paid") => format!("<p><em>{heading}</em></p>"),
            (_, kind) => panic!("no furniture is called `{kind}`"),
        }
    }

    /// An article with some furniture in the midst and some at its end.
    fn page(self, words: &Words, middle: &str, tail: &str) -> String {
        let text = words.lines("text");
        let paragraphs = |texts: &[&str]| texts.iter().map(|text| format!("<p>{text}</p>")).collect::<String>();
        let (first, last) = (paragraphs(&text[..2]), paragraphs(&text[2..]));
        let (title, language) = (words.line("title"), &words.language);
        let body = match self {
            Self::Plain => format!("<article><h1>{title}</h1>{first}{middle}{last}{tail}</article>"),
            Self::Boxed => format!(
                "<div class=\"wrap\"><div class=\"top\"><h1>{title}</h1></div><div class=\"t1\">{first}{middle}{last}</div>{tail}</div>"
            ),
            Self::Flat => {
                format!("<table><tr><td><h1>{title}</h1>{first}{middle}{last}{tail}</td></tr></table>")
            }
        };
        format!(
            "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\
             <div><a href=\"/\">Offprint</a></div>{body}<footer><p>© 2024</p></footer></body></html>"
        )
    }
}

/// What is wrong with the article that a page gives, a line each.
fn check(page: &str, words: &Words, case: &str, wrong: &mut String) -> Access {
    let url = Url::parse("https://site.example/story").unwrap();
    let draft = extract::draft(page, &url, &extract::Config::default());
    let body = Html::parse_fragment(&draft.body);
    let blocks: Vec<String> = body
        .root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| matches!(element.value().name(), "p" | "h2" | "h3" | "h4" | "li" | "td" | "div" | "img"))
        .map(|element| collapse(&element.text().collect::<String>()))
        .collect();
    let text = words.lines("text");
    for missing in text.iter().filter(|text| !blocks.iter().any(|block| block == *text)) {
        writeln!(wrong, "{case}: missing: {missing}").unwrap();
    }
    for leak in blocks.iter().filter(|block| !text.contains(&block.as_str())) {
        writeln!(wrong, "{case}: too much: {leak}").unwrap();
    }
    draft.access
}

#[test]
fn furniture_goes_by_its_words_and_its_place_in_every_language() {
    let mut wrong = String::new();
    for words in Words::all() {
        for setting in SETTINGS {
            for kind in KINDS {
                for heading in words.headings(kind) {
                    let furniture = setting.furniture(kind, heading, &words);
                    let (middle, tail) =
                        if kind == "also" { (furniture, String::new()) } else { (String::new(), furniture) };
                    let case = format!("{} {setting:?} {kind} «{heading}»", words.language);

                    let access = check(&setting.page(&words, &middle, &tail), &words, &case, &mut wrong);

                    if (access == Access::Paid) != (kind == "paid") {
                        writeln!(wrong, "{case}: access is {access:?}").unwrap();
                    }
                }
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn all_furniture_together_goes_in_every_language() {
    let mut wrong = String::new();
    for words in Words::all() {
        for setting in SETTINGS {
            let of = |kind: &str| setting.furniture(kind, words.headings(kind)[0], &words);
            let tail: String =
                ["tags", "share", "author", "newsletter", "related", "comments"].into_iter().map(of).collect();
            let case = format!("{} {setting:?}", words.language);

            check(&setting.page(&words, &of("also"), &tail), &words, &case, &mut wrong);
        }
    }

    assert!(wrong.is_empty(), "{wrong}");
}
