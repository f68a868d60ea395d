//! What expressions give: nodes, numbers, texts and truths, and how one becomes another.

use std::borrow::Cow;

use super::tree::Tree;
use super::{Budget, Stop};

/// What an expression gave.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::extract) enum Value<'p> {
    /// Numbers of nodes in reading order, each once.
    Nodes(Vec<u32>),
    Number(f64),
    Text(Cow<'p, str>),
    Truth(bool),
}

impl<'p> Value<'p> {
    pub(super) fn truth(&self) -> bool {
        match self {
            Self::Nodes(nodes) => !nodes.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::Truth(truth) => *truth,
        }
    }

    pub(super) fn number(&self, tree: &Tree<'_>, budget: &Budget) -> Result<f64, Stop> {
        Ok(match self {
            Self::Nodes(nodes) => match nodes.first() {
                Some(first) => to_number(&tree.text(*first, budget)?),
                None => f64::NAN,
            },
            Self::Number(number) => *number,
            Self::Text(text) => to_number(text),
            Self::Truth(truth) => f64::from(u8::from(*truth)),
        })
    }

    pub(super) fn text(self, tree: &Tree<'p>, budget: &Budget) -> Result<Cow<'p, str>, Stop> {
        Ok(match self {
            Self::Nodes(nodes) => match nodes.first() {
                Some(first) => tree.text(*first, budget)?,
                None => Cow::Borrowed(""),
            },
            Self::Number(number) => Cow::Owned(to_text(number)),
            Self::Text(text) => text,
            Self::Truth(truth) => Cow::Borrowed(if truth { "true" } else { "false" }),
        })
    }
}

/// A text as a number; only digits, one point and one minus make one.
pub(super) fn to_number(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    if is_plain { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

fn to_text(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else if number == 0.0 {
        "0".to_owned()
    } else {
        number.to_string()
    }
}
