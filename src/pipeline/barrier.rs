//! Pages that show something else than what they are about: a login, a challenge, nothing without scripts.

use scraper::{ElementRef, Node, Selector};

use crate::model::{Caps, Document, Trouble};
use crate::normalise::{self, Unfit};

/// A page of fewer words that loads scripts is empty without them; a menu and an imprint have about as many.
const MAX_EMPTY_WORDS: usize = 30;
/// A page of more words shows something beside its login.
const MAX_LOGIN_WORDS: usize = 150;

/// What stands between us and a page that lists and tells nothing; none where nothing is known to.
pub(super) fn barrier(html: &str) -> Option<Trouble> {
    let document = Document::parse(html, Caps::default());
    let has = |selector: &str| {
        Selector::parse(selector).is_ok_and(|selector| document.html().select(&selector).next().is_some())
    };
    let title = Selector::parse("title").ok().and_then(|selector| document.html().select(&selector).next());
    let title: String = title.map(|title| title.text().collect()).unwrap_or_default();
    let text = shown(document.html().root_element());
    let n_words = text.split_whitespace().count();
    // A page without scripts says in `noscript` what it wants, and challenges say it in the title.
    if normalise::wall(&title, &text) == Some(Unfit::Challenge) {
        return Some(Trouble::Challenge);
    }
    if n_words < MAX_LOGIN_WORDS && has("input[type=password]") {
        return Some(Trouble::LoginWall);
    }
    (n_words < MAX_EMPTY_WORDS && has("script")).then_some(Trouble::Scripts)
}

/// The text that a reader without scripts sees, but for what `noscript` says.
fn shown(root: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in root.descendants() {
        let Node::Text(piece) = node.value() else { continue };
        let is_hidden = node.ancestors().filter_map(ElementRef::wrap).any(|element| {
            matches!(element.value().name(), "script" | "style" | "noscript" | "template" | "title" | "head")
        });
        if !is_hidden {
            text.push_str(piece);
            text.push(' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_page_is_told_apart() {
        let prose = "<p>The harbour was shut after the storm, said the mayor on Tuesday. ".repeat(20);
        for (html, expected) in [
            (
                "<title>App</title><div id=root></div><noscript>Enable it.</noscript><script src=/app.js></script>",
                Some(Trouble::Scripts),
            ),
            ("<title>Just a moment...</title><h1>gazette.example</h1><script>x</script>", Some(Trouble::Challenge)),
            ("<title>Log in</title><form><input name=u><input type=password></form>", Some(Trouble::LoginWall)),
            (&format!("<title>News</title><input type=password>{prose}<script>x</script>"), None),
            ("<p>Back soon.", None),
            ("", None),
        ] {
            assert_eq!(barrier(html), expected, "{html}");
        }
    }
}
