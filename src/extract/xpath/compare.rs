//! Comparisons. Two sets compare as "is there a pair such that", which is answered without trying each pair.

use std::collections::HashSet;

use super::expression::Operator;
use super::tree::Tree;
use super::value::{Value, to_number};
use super::{Budget, Stop};

pub(super) fn compare(
    left: Value<'_>,
    operator: Operator,
    right: Value<'_>,
    tree: &Tree<'_>,
    budget: &Budget,
) -> Result<bool, Stop> {
    let is_order = !matches!(operator, Operator::Equal | Operator::Unequal);
    let texts = |nodes: &[u32]| nodes.iter().map(|node| tree.text(*node, budget)).collect::<Result<Vec<_>, _>>();
    Ok(match (left, right) {
        (Value::Nodes(left), Value::Nodes(right)) => {
            let (left, right) = (texts(&left)?, texts(&right)?);
            if is_order {
                let extremes = |texts: &[_]| {
                    let numbers = texts.iter().map(|text: &std::borrow::Cow<'_, str>| to_number(text));
                    let numbers = numbers.filter(|number| !number.is_nan());
                    numbers.fold(None, |range: Option<(f64, f64)>, n| {
                        Some(range.map_or((n, n), |(least, most)| (least.min(n), most.max(n))))
                    })
                };
                let (Some((left_least, left_most)), Some((right_least, right_most))) =
                    (extremes(&left), extremes(&right))
                else {
                    return Ok(false);
                };
                match operator {
                    Operator::Less | Operator::LessOrEqual => is_so(left_least, operator, right_most),
                    _ => is_so(left_most, operator, right_least),
                }
            } else if operator == Operator::Equal {
                let right: HashSet<_> = right.iter().collect();
                left.iter().any(|text| right.contains(text))
            } else {
                // Some pair differs, unless all of both sets are one and the same text.
                let first = left.first();
                !right.is_empty() && first.is_some() && left.iter().chain(&right).any(|text| Some(text) != first)
            }
        }
        (Value::Nodes(nodes), other) => one_of(&nodes, operator, &other, false, tree, budget)?,
        (other, Value::Nodes(nodes)) => one_of(&nodes, operator, &other, true, tree, budget)?,
        (left, right) if is_order => is_so(left.number(tree, budget)?, operator, right.number(tree, budget)?),
        (left, right) => {
            let is_equal = match (&left, &right) {
                (Value::Truth(_), _) | (_, Value::Truth(_)) => left.truth() == right.truth(),
                (Value::Number(_), _) | (_, Value::Number(_)) => {
                    is_so(left.number(tree, budget)?, Operator::Equal, right.number(tree, budget)?)
                }
                _ => left.text(tree, budget)? == right.text(tree, budget)?,
            };
            is_equal == (operator == Operator::Equal)
        }
    })
}

/// Whether one of the nodes compares so with the value; `is_turned` where the value stands on the left.
fn one_of(
    nodes: &[u32],
    operator: Operator,
    other: &Value<'_>,
    is_turned: bool,
    tree: &Tree<'_>,
    budget: &Budget,
) -> Result<bool, Stop> {
    let is_order = !matches!(operator, Operator::Equal | Operator::Unequal);
    let ordered = |node: f64, value: f64| {
        if is_turned { is_so(value, operator, node) } else { is_so(node, operator, value) }
    };
    if let Value::Truth(truth) = other {
        let is_any = !nodes.is_empty();
        return Ok(match operator {
            Operator::Equal => is_any == *truth,
            Operator::Unequal => is_any != *truth,
            _ => ordered(f64::from(u8::from(is_any)), f64::from(u8::from(*truth))),
        });
    }
    let wanted = other.number(tree, budget)?;
    for node in nodes {
        let text = tree.text(*node, budget)?;
        let is_found = match other {
            Value::Text(other) if !is_order => (text == *other) == (operator == Operator::Equal),
            _ => ordered(to_number(&text), wanted),
        };
        if is_found {
            return Ok(true);
        }
    }
    Ok(false)
}

#[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
fn is_so(left: f64, operator: Operator, right: f64) -> bool {
    match operator {
        Operator::Equal => left == right,
        Operator::Unequal => left != right,
        Operator::Less => left < right,
        Operator::LessOrEqual => left <= right,
        Operator::More => left > right,
        Operator::MoreOrEqual => left >= right,
        _ => false,
    }
}
