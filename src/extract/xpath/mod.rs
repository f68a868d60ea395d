//! XPath 1.0 on our own tree, for site rules: as lenient as libxml, never more work than was allowed.
//!
//! Ready-made evaluators can't be stopped: comparing two large sets is quadratic inside of them. Here every node
//! looked at and every character copied is paid from a [`Budget`], sets are compared in linear time, and nesting is
//! limited when an expression is read, so nothing recurses deeper than that.

mod compare;
mod evaluate;
mod expression;
mod functions;
mod parse;
mod tree;
mod value;

use std::cell::Cell;
use std::fmt;

use self::expression::Expression;
pub(super) use self::tree::Tree;
pub(super) use self::value::Value;

/// An expression that can be evaluated.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct XPath {
    text: String,
    expression: Expression,
}

/// Why a text is no expression that can be evaluated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) struct Fault {
    /// Characters before the place.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at character {}", self.reason, self.at + 1)
    }
}

/// Why an evaluation ended without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The budget is used up.
    Work,
    /// A number, a text or a truth stands where nodes are needed.
    NoNodes,
}

/// Steps of work that are left: one for each node looked at and for each 16 bytes of text read or made.
#[derive(Debug)]
pub(super) struct Budget(Cell<u64>);

impl Budget {
    pub(super) fn new(steps: u64) -> Self {
        Self(Cell::new(steps))
    }

    pub(super) fn left(&self) -> u64 {
        self.0.get()
    }

    /// Takes steps that were made elsewhere.
    pub(super) fn spend(&self, steps: u64) {
        self.0.set(self.0.get().saturating_sub(steps));
    }

    fn pay(&self, steps: usize) -> Result<(), Stop> {
        let left = self.0.get().checked_sub(steps as u64);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(Stop::Work)
    }

    fn pay_text(&self, n_bytes: usize) -> Result<(), Stop> {
        self.pay(1 + n_bytes / 16)
    }
}

impl XPath {
    /// Reads an expression.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        Ok(Self { text: text.to_owned(), expression: parse::parse(text)? })
    }

    /// The expression as it was written.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// What it says of the page, seen from the page's root.
    pub(super) fn evaluate<'p>(&self, tree: &Tree<'p>, budget: &Budget) -> Result<Value<'p>, Stop> {
        evaluate::evaluate(&self.expression, tree, budget)
    }
}

#[cfg(test)]
mod tests;
