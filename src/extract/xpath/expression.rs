//! An expression as a tree; chains of one precedence are lists, so that only brackets nest.

use super::functions::Function;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// Operators of one precedence, from left to right.
    Chain(Box<Expression>, Vec<(Operator, Expression)>),
    /// `-x`.
    Negative(Box<Expression>),
    /// `a | b`.
    Union(Vec<Expression>),
    /// `a/b`, `(a)[1]/b`.
    Path(Start, Vec<Step>),
    Text(String),
    Number(f64),
    Call(Function, Vec<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Plus,
    Minus,
    Times,
    Div,
    Mod,
}

/// Where a path begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Start {
    Root,
    Here,
    At(Box<Expression>, Vec<Predicate>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) axis: Axis,
    pub(super) test: Test,
    pub(super) predicates: Vec<Predicate>,
}

impl Step {
    /// Whether it matters as how many-th a node is met.
    pub(super) fn counts(&self) -> bool {
        self.predicates.iter().any(|predicate| predicate.counts)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Predicate {
    pub(super) condition: Expression,
    /// Whether it may depend on position or size of the set.
    pub(super) counts: bool,
}

impl Predicate {
    pub(super) fn new(condition: Expression) -> Self {
        let counts = is_number(&condition) || asks_position(&condition);
        Self { condition, counts }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Ancestor,
    AncestorOrSelf,
    Attribute,
    Child,
    Descendant,
    DescendantOrSelf,
    Following,
    FollowingSibling,
    Namespace,
    Parent,
    Preceding,
    PrecedingSibling,
    Itself,
}

impl Axis {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ancestor" => Self::Ancestor,
            "ancestor-or-self" => Self::AncestorOrSelf,
            "attribute" => Self::Attribute,
            "child" => Self::Child,
            "descendant" => Self::Descendant,
            "descendant-or-self" => Self::DescendantOrSelf,
            "following" => Self::Following,
            "following-sibling" => Self::FollowingSibling,
            "namespace" => Self::Namespace,
            "parent" => Self::Parent,
            "preceding" => Self::Preceding,
            "preceding-sibling" => Self::PrecedingSibling,
            "self" => Self::Itself,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// `*`: every element, or every attribute on that axis.
    Any,
    /// A name as it is written, with its prefix.
    Name(String),
    /// `svg:*`.
    Prefix(String),
    /// `node()`.
    Node,
    /// `text()`.
    Text,
    /// `comment()`.
    Comment,
    /// `processing-instruction()`: pages have none.
    Nothing,
}

fn is_number(expression: &Expression) -> bool {
    match expression {
        Expression::Number(_) | Expression::Negative(_) => true,
        Expression::Chain(_, rest) => rest.first().is_some_and(|(operator, _)| {
            use Operator::{Div, Minus, Mod, Plus, Times};
            matches!(operator, Plus | Minus | Times | Div | Mod)
        }),
        Expression::Call(function, _) => function.gives_number(),
        Expression::Path(Start::At(inner, predicates), steps) if predicates.is_empty() && steps.is_empty() => {
            is_number(inner)
        }
        _ => false,
    }
}

/// Whether `position()` or `last()` of this set is asked; those in inner predicates are of other sets.
fn asks_position(expression: &Expression) -> bool {
    match expression {
        Expression::Chain(first, rest) => asks_position(first) || rest.iter().any(|(_, part)| asks_position(part)),
        Expression::Negative(inner) => asks_position(inner),
        Expression::Union(parts) => parts.iter().any(asks_position),
        Expression::Path(Start::At(inner, _), _) => asks_position(inner),
        Expression::Path(..) | Expression::Text(_) | Expression::Number(_) => false,
        Expression::Call(function, arguments) => {
            matches!(function, Function::Position | Function::Last) || arguments.iter().any(asks_position)
        }
    }
}
