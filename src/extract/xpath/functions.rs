//! The functions of XPath 1.0.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Stop;
use super::evaluate::{Evaluator, Here};
use super::expression::Expression;
use super::value::{Value, to_number};

/// A blank in the sense of XML; the blank that doesn't break isn't one.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Boolean,
    Ceiling,
    Concat,
    Contains,
    Count,
    False,
    Floor,
    Id,
    Lang,
    Last,
    LocalName,
    Name,
    NamespaceUri,
    NormalizeSpace,
    Not,
    Number,
    Position,
    Round,
    StartsWith,
    String,
    StringLength,
    Substring,
    SubstringAfter,
    SubstringBefore,
    Sum,
    Translate,
    True,
}

/// Name, function, least and most arguments.
const FUNCTIONS: [(&str, Function, usize, usize); 27] = [
    ("boolean", Function::Boolean, 1, 1),
    ("ceiling", Function::Ceiling, 1, 1),
    ("concat", Function::Concat, 2, usize::MAX),
    ("contains", Function::Contains, 2, 2),
    ("count", Function::Count, 1, 1),
    ("false", Function::False, 0, 0),
    ("floor", Function::Floor, 1, 1),
    ("id", Function::Id, 1, 1),
    ("lang", Function::Lang, 1, 1),
    ("last", Function::Last, 0, 0),
    ("local-name", Function::LocalName, 0, 1),
    ("name", Function::Name, 0, 1),
    ("namespace-uri", Function::NamespaceUri, 0, 1),
    ("normalize-space", Function::NormalizeSpace, 0, 1),
    ("not", Function::Not, 1, 1),
    ("number", Function::Number, 0, 1),
    ("position", Function::Position, 0, 0),
    ("round", Function::Round, 1, 1),
    ("starts-with", Function::StartsWith, 2, 2),
    ("string", Function::String, 0, 1),
    ("string-length", Function::StringLength, 0, 1),
    ("substring", Function::Substring, 2, 3),
    ("substring-after", Function::SubstringAfter, 2, 2),
    ("substring-before", Function::SubstringBefore, 2, 2),
    ("sum", Function::Sum, 1, 1),
    ("translate", Function::Translate, 3, 3),
    ("true", Function::True, 0, 0),
];

impl Function {
    /// The function of that name, if it can be called with so many arguments.
    pub(super) fn named(name: &str, n_arguments: usize) -> Result<Self, String> {
        let Some((_, function, least, most)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) else {
            return Err(format!("XPath 1.0 has no function `{name}`"));
        };
        if (*least..=*most).contains(&n_arguments) {
            return Ok(*function);
        }
        let wanted = if least == most {
            least.to_string()
        } else if *most == usize::MAX {
            format!("at least {least}")
        } else {
            format!("{least} or {most}")
        };
        Err(format!("`{name}` takes {wanted} arguments, not {n_arguments}"))
    }

    pub(super) fn gives_number(self) -> bool {
        use Function::{Ceiling, Count, Floor, Last, Number, Position, Round, StringLength, Sum};
        matches!(self, Ceiling | Count | Floor | Last | Number | Position | Round | StringLength | Sum)
    }
}

pub(super) fn call<'p>(
    evaluator: &Evaluator<'_, 'p, '_>,
    function: Function,
    arguments: &[Expression],
    here: Here,
) -> Result<Value<'p>, Stop> {
    let Evaluator { tree, budget } = *evaluator;
    // Which arguments there are was checked when the expression was read; of one that may be left out, the node
    // itself takes the place.
    let text = |n: usize| match arguments.get(n) {
        Some(argument) => evaluator.text(argument, here),
        None => tree.text(here.node, budget),
    };
    let number = |n: usize| match arguments.get(n) {
        Some(argument) => evaluator.number(argument, here),
        None => Ok(to_number(&tree.text(here.node, budget)?)),
    };
    let nodes = |n: usize| match arguments.get(n) {
        Some(argument) => evaluator.nodes(argument, here),
        None => Ok(vec![here.node]),
    };
    let truth = |n: usize| arguments.get(n).map_or(Ok(false), |argument| evaluator.truth(argument, here));
    Ok(match function {
        Function::Boolean => Value::Truth(truth(0)?),
        Function::Not => Value::Truth(!truth(0)?),
        Function::True => Value::Truth(true),
        Function::False => Value::Truth(false),
        Function::Position => Value::Number(here.position as f64),
        Function::Last => Value::Number(here.size as f64),
        Function::Count => Value::Number(nodes(0)?.len() as f64),
        Function::Number => Value::Number(number(0)?),
        Function::Ceiling => Value::Number(number(0)?.ceil()),
        Function::Floor => Value::Number(number(0)?.floor()),
        Function::Round => Value::Number(rounded(number(0)?)),
        Function::Sum => {
            let mut sum = 0.0;
            for node in nodes(0)? {
                sum += to_number(&tree.text(node, budget)?);
            }
            Value::Number(sum)
        }
        Function::StringLength => Value::Number(text(0)?.chars().count() as f64),
        Function::String => Value::Text(text(0)?),
        Function::Contains => Value::Truth(text(0)?.contains(text(1)?.as_ref())),
        Function::StartsWith => Value::Truth(text(0)?.starts_with(text(1)?.as_ref())),
        Function::Concat => {
            let mut all = String::new();
            for argument in arguments {
                let piece = evaluator.text(argument, here)?;
                budget.pay_text(piece.len())?;
                all.push_str(&piece);
            }
            Value::Text(Cow::Owned(all))
        }
        Function::SubstringBefore => {
            let (whole, mark) = (text(0)?, text(1)?);
            Value::Text(part(whole, |whole| whole.find(mark.as_ref()).and_then(|at| whole.get(..at))))
        }
        Function::SubstringAfter => {
            let (whole, mark) = (text(0)?, text(1)?);
            Value::Text(part(whole, |whole| whole.split_once(mark.as_ref()).map(|(_, after)| after)))
        }
        Function::Substring => {
            let (whole, first) = (text(0)?, rounded(number(1)?));
            budget.pay_text(whole.len())?;
            let end = if arguments.len() > 2 { first + rounded(number(2)?) } else { f64::INFINITY };
            let is_in = |n: usize| (n + 1) as f64 >= first && ((n + 1) as f64) < end;
            let kept = whole.chars().enumerate().filter(|(n, _)| is_in(*n)).map(|(_, c)| c);
            Value::Text(Cow::Owned(kept.collect()))
        }
        Function::NormalizeSpace => {
            let whole = text(0)?;
            budget.pay_text(whole.len())?;
            let mut plain = String::with_capacity(whole.len());
            for word in whole.split(BLANKS).filter(|word| !word.is_empty()) {
                if !plain.is_empty() {
                    plain.push(' ');
                }
                plain.push_str(word);
            }
            Value::Text(Cow::Owned(plain))
        }
        Function::Translate => {
            let (whole, from, to) = (text(0)?, text(1)?, text(2)?);
            budget.pay_text(whole.len() + from.len() + to.len())?;
            let mut others: HashMap<char, Option<char>> = HashMap::new();
            let mut to = to.chars();
            for c in from.chars() {
                let other = to.next();
                others.entry(c).or_insert(other);
            }
            let changed = whole.chars().filter_map(|c| others.get(&c).copied().unwrap_or(Some(c)));
            Value::Text(Cow::Owned(changed.collect()))
        }
        Function::Name | Function::LocalName => {
            let name = nodes(0)?.first().map_or("", |node| tree.name(*node));
            let local = name.rsplit(':').next().unwrap_or(name);
            Value::Text(Cow::Borrowed(if function == Function::Name { name } else { local }))
        }
        // Elements of pages are in none, as libxml sees them.
        Function::NamespaceUri => {
            nodes(0)?;
            Value::Text(Cow::Borrowed(""))
        }
        Function::Id => {
            let wanted = match arguments.first().map(|argument| evaluator.value(argument, here)).transpose()? {
                Some(Value::Nodes(nodes)) => {
                    let mut all = String::new();
                    for node in nodes {
                        all.push_str(&tree.text(node, budget)?);
                        all.push(' ');
                    }
                    Cow::Owned(all)
                }
                Some(value) => value.text(tree, budget)?,
                None => Cow::Borrowed(""),
            };
            let wanted: std::collections::HashSet<&str> = wanted.split(BLANKS).collect();
            let mut found = Vec::new();
            for element in tree.elements() {
                budget.pay(1)?;
                if tree.attribute(element, "id").is_some_and(|id| !id.is_empty() && wanted.contains(id)) {
                    found.push(element);
                }
            }
            Value::Nodes(found)
        }
        Function::Lang => {
            let wanted = text(0)?.to_lowercase();
            let mut around = std::iter::successors(Some(here.node), |idx| tree.place(*idx).parent);
            let own = around.find_map(|idx| tree.attribute(idx, "lang")).unwrap_or_default().to_lowercase();
            let after = own.strip_prefix(wanted.as_str());
            Value::Truth(after.is_some_and(|after| after.is_empty() || after.starts_with('-')))
        }
    })
}

/// Halves are rounded up, also those below zero.
fn rounded(number: f64) -> f64 {
    (number + 0.5).floor()
}

fn part<'p>(whole: Cow<'p, str>, cut: impl for<'w> Fn(&'w str) -> Option<&'w str>) -> Cow<'p, str> {
    match whole {
        Cow::Borrowed(whole) => Cow::Borrowed(cut(whole).unwrap_or_default()),
        Cow::Owned(whole) => Cow::Owned(cut(&whole).unwrap_or_default().to_owned()),
    }
}
