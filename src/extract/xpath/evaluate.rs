//! Evaluates expressions: sets of nodes are sorted lists, and each look at a node is paid.

use std::borrow::Cow;

use super::compare::compare;
use super::expression::{Axis, Expression, Operator, Predicate, Start, Step, Test};
use super::functions;
use super::tree::{Kind, Tree};
use super::value::Value;
use super::{Budget, Stop};

pub(super) fn evaluate<'p>(expression: &Expression, tree: &Tree<'p>, budget: &Budget) -> Result<Value<'p>, Stop> {
    Evaluator { tree, budget }.value(expression, Here { node: 0, position: 1, size: 1 })
}

/// The node from which an expression is seen, and its place among those it is judged with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here {
    pub(super) node: u32,
    pub(super) position: usize,
    pub(super) size: usize,
}

pub(super) struct Evaluator<'t, 'p, 'b> {
    pub(super) tree: &'t Tree<'p>,
    pub(super) budget: &'b Budget,
}

impl<'p> Evaluator<'_, 'p, '_> {
    pub(super) fn value(&self, expression: &Expression, here: Here) -> Result<Value<'p>, Stop> {
        self.budget.pay(1)?;
        Ok(match expression {
            Expression::Chain(first, rest) => self.chain(first, rest, here)?,
            Expression::Negative(inner) => Value::Number(-self.number(inner, here)?),
            Expression::Union(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(self.nodes(part, here)?);
                }
                self.settle(&mut all)?;
                Value::Nodes(all)
            }
            Expression::Path(start, steps) => Value::Nodes(self.path(start, steps, here)?),
            Expression::Text(text) => {
                self.budget.pay_text(text.len())?;
                Value::Text(Cow::Owned(text.clone()))
            }
            Expression::Number(number) => Value::Number(*number),
            Expression::Call(function, arguments) => functions::call(self, *function, arguments, here)?,
        })
    }

    pub(super) fn nodes(&self, expression: &Expression, here: Here) -> Result<Vec<u32>, Stop> {
        match self.value(expression, here)? {
            Value::Nodes(nodes) => Ok(nodes),
            _ => Err(Stop::NoNodes),
        }
    }

    pub(super) fn number(&self, expression: &Expression, here: Here) -> Result<f64, Stop> {
        self.value(expression, here)?.number(self.tree, self.budget)
    }

    pub(super) fn text(&self, expression: &Expression, here: Here) -> Result<Cow<'p, str>, Stop> {
        self.value(expression, here)?.text(self.tree, self.budget)
    }

    pub(super) fn truth(&self, expression: &Expression, here: Here) -> Result<bool, Stop> {
        Ok(self.value(expression, here)?.truth())
    }

    fn chain(&self, first: &Expression, rest: &[(Operator, Expression)], here: Here) -> Result<Value<'p>, Stop> {
        let Some((operator, _)) = rest.first() else { return self.value(first, here) };
        if matches!(operator, Operator::Or | Operator::And) {
            // The first part that is so (or) or isn't (and) decides.
            let decides = *operator == Operator::Or;
            for part in std::iter::once(first).chain(rest.iter().map(|(_, part)| part)) {
                if self.truth(part, here)? == decides {
                    return Ok(Value::Truth(decides));
                }
            }
            return Ok(Value::Truth(!decides));
        }
        let mut left = self.value(first, here)?;
        for (operator, part) in rest {
            let right = self.value(part, here)?;
            let arithmetic: fn(f64, f64) -> f64 = match operator {
                Operator::Plus => |a, b| a + b,
                Operator::Minus => |a, b| a - b,
                Operator::Times => |a, b| a * b,
                Operator::Div => |a, b| a / b,
                Operator::Mod => |a, b| a % b,
                _ => {
                    left = Value::Truth(compare(left, *operator, right, self.tree, self.budget)?);
                    continue;
                }
            };
            let (a, b) = (left.number(self.tree, self.budget)?, right.number(self.tree, self.budget)?);
            left = Value::Number(arithmetic(a, b));
        }
        Ok(left)
    }

    fn path(&self, start: &Start, steps: &[Step], here: Here) -> Result<Vec<u32>, Stop> {
        let mut nodes = match start {
            Start::Root => vec![0],
            Start::Here => vec![here.node],
            Start::At(inner, predicates) => {
                let nodes = self.nodes(inner, here)?;
                predicates.iter().try_fold(nodes, |nodes, predicate| self.sieve(nodes, predicate))?
            }
        };
        for step in steps {
            nodes = self.step(&nodes, step)?;
        }
        Ok(nodes)
    }

    fn step(&self, nodes: &[u32], step: &Step) -> Result<Vec<u32>, Stop> {
        let starts = if step.counts() { Cow::Borrowed(nodes) } else { self.needed(nodes, step.axis)? };
        let mut found = Vec::new();
        for node in starts.iter() {
            let mut candidates = Vec::new();
            self.walk(*node, step, &mut candidates)?;
            for predicate in &step.predicates {
                candidates = self.sieve(candidates, predicate)?;
            }
            found.append(&mut candidates);
        }
        self.settle(&mut found)?;
        Ok(found)
    }

    /// The nodes from which the axis already leads to all to which it leads from any: otherwise asking thousands of
    /// nodes for what follows them is quadratic.
    fn needed<'n>(&self, nodes: &'n [u32], axis: Axis) -> Result<Cow<'n, [u32]>, Stop> {
        self.budget.pay(nodes.len())?;
        Ok(match axis {
            Axis::Descendant | Axis::DescendantOrSelf => {
                let mut end = 0;
                let mut outer = Vec::new();
                for node in nodes {
                    // One within another adds nothing, except an attribute: it is no descendant.
                    if *node >= end || self.tree.is_attribute(*node) {
                        end = end.max(self.tree.place(*node).end);
                        outer.push(*node);
                    }
                }
                Cow::Owned(outer)
            }
            Axis::Following => {
                let first = nodes.iter().min_by_key(|node| self.tree.place(**node).end);
                Cow::Owned(first.copied().into_iter().collect())
            }
            Axis::Preceding => Cow::Owned(nodes.last().copied().into_iter().collect()),
            _ => Cow::Borrowed(nodes),
        })
    }

    /// Gathers what the axis leads to and the test wants, the nearest first.
    fn walk(&self, node: u32, step: &Step, found: &mut Vec<u32>) -> Result<(), Stop> {
        let tree = self.tree;
        let place = tree.place(node);
        let mut meet = |idx: u32| -> Result<(), Stop> {
            self.budget.pay(1)?;
            if tree.is_here(idx) && self.fits(idx, step) {
                found.push(idx);
            }
            Ok(())
        };
        let is_attribute = place.kind == Kind::Attribute;
        match step.axis {
            Axis::Itself => meet(node)?,
            Axis::Child => {
                for child in tree.children(node) {
                    meet(child)?;
                    // Our parser puts rows into a `tbody`, as the standard says; rules are written for one that doesn't.
                    let is_implied = place.name == "table" && tree.name(child) == "tbody" && tree.is_here(child);
                    if is_implied && matches!(&step.test, Test::Name(name) if name == "tr") {
                        tree.children(child).try_for_each(&mut meet)?;
                    }
                }
            }
            Axis::Attribute => tree.attributes(node).try_for_each(meet)?,
            Axis::Descendant => tree.inside(node + 1..place.end).try_for_each(meet)?,
            Axis::DescendantOrSelf => {
                meet(node)?;
                tree.inside(node + 1..place.end).try_for_each(meet)?;
            }
            Axis::Parent => place.parent.into_iter().try_for_each(meet)?,
            Axis::Ancestor | Axis::AncestorOrSelf => {
                if step.axis == Axis::AncestorOrSelf {
                    meet(node)?;
                }
                std::iter::successors(place.parent, |idx| tree.place(*idx).parent).try_for_each(meet)?;
            }
            Axis::FollowingSibling if !is_attribute => {
                let end = place.parent.map_or(0, |parent| tree.place(parent).end);
                let mut next = place.end;
                while next < end {
                    meet(next)?;
                    next = tree.place(next).end;
                }
            }
            Axis::PrecedingSibling if !is_attribute => {
                let siblings = place.parent.into_iter().flat_map(|parent| tree.children(parent));
                let before: Vec<u32> = siblings.take_while(|idx| *idx < node).collect();
                before.into_iter().rev().try_for_each(meet)?;
            }
            Axis::Following => tree.inside(place.end..tree.place(0).end).try_for_each(meet)?,
            Axis::Preceding => {
                let before: Vec<u32> = tree.inside(1..node).filter(|idx| tree.place(*idx).end <= node).collect();
                self.budget.pay(node as usize / 8)?;
                before.into_iter().rev().try_for_each(meet)?;
            }
            Axis::FollowingSibling | Axis::PrecedingSibling | Axis::Namespace => {}
        }
        Ok(())
    }

    fn fits(&self, idx: u32, step: &Step) -> bool {
        let place = self.tree.place(idx);
        let wanted = if step.axis == Axis::Attribute { Kind::Attribute } else { Kind::Element };
        match &step.test {
            Test::Node => true,
            Test::Text => place.kind == Kind::Text,
            Test::Comment => place.kind == Kind::Comment,
            Test::Nothing => false,
            Test::Any => place.kind == wanted,
            Test::Name(name) => place.kind == wanted && place.name == name,
            Test::Prefix(prefix) => place.kind == wanted && place.name.starts_with(prefix.as_str()),
        }
    }

    /// Keeps the nodes for which the predicate is so.
    fn sieve(&self, nodes: Vec<u32>, predicate: &Predicate) -> Result<Vec<u32>, Stop> {
        let size = nodes.len();
        let mut kept = Vec::new();
        for (idx, node) in nodes.into_iter().enumerate() {
            let here = Here { node, position: idx + 1, size };
            let is_kept = match self.value(&predicate.condition, here)? {
                #[expect(clippy::float_cmp, reason = "positions are whole; `[1.5]` is nobody's")]
                Value::Number(number) => number == here.position as f64,
                value => value.truth(),
            };
            if is_kept {
                kept.push(node);
            }
        }
        Ok(kept)
    }

    /// Puts nodes into reading order, each once.
    fn settle(&self, nodes: &mut Vec<u32>) -> Result<(), Stop> {
        self.budget.pay(nodes.len())?;
        if !nodes.is_sorted_by(|a, b| a < b) {
            nodes.sort_unstable();
            nodes.dedup();
        }
        Ok(())
    }
}
