//! A CSS selector that is known to be one.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use scraper::Selector;
use scraper::error::SelectorErrorKind;
use serde::{Deserialize, Serialize};

/// Why a selector is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{selector}` isn't a CSS selector: {reason}")]
pub struct CssError {
    selector: String,
    reason: String,
}

/// A CSS selector, parsed when it was read; compares by its text.
#[derive(Debug, Clone)]
pub struct Css {
    text: String,
    selector: Selector,
}

impl Css {
    /// The selector to match with.
    #[must_use]
    pub fn selector(&self) -> &Selector {
        &self.selector
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Css {
    type Err = CssError;

    fn from_str(text: &str) -> Result<Self, CssError> {
        match Selector::parse(text) {
            Ok(selector) => Ok(Self { text: text.to_owned(), selector }),
            Err(error) => Err(CssError { selector: text.to_owned(), reason: reason(&error) }),
        }
    }
}

/// A parser's complaint in words for people who write selectors.
fn reason(error: &SelectorErrorKind) -> String {
    let said = error.to_string();
    if said.contains("ClassNeedsIdent") {
        "a `.` needs a class name behind it".to_owned()
    } else if said.contains("DanglingCombinator") {
        "a combinator such as `>` needs a selector on both sides".to_owned()
    } else if said.contains("EmptySelector") {
        "there is nothing between two commas, or nothing at all".to_owned()
    } else {
        "it can't be read; try it in a browser with `document.querySelector`".to_owned()
    }
}

impl PartialEq for Css {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Display for Css {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Css {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Css {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl JsonSchema for Css {
    fn schema_name() -> Cow<'static, str> {
        "Css".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "minLength": 1})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_is_checked_when_it_is_read() {
        assert_eq!("article > h2 a".parse::<Css>().unwrap().as_str(), "article > h2 a");
        for (bad, why) in
            [("div..x", "class name"), ("h2 >> a", "both sides"), ("a,,b", "nothing"), ("a[", "can't be read")]
        {
            let error = bad.parse::<Css>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{bad}` isn't a CSS selector: ")) && error.contains(why), "{error}");
        }
    }
}
