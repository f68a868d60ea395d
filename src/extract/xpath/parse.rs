//! A text becomes an expression. What comes next decides what a name or a `*` means, so no tokens are made first.

use super::Fault;
use super::expression::{Axis, Expression, Operator, Predicate, Start, Step, Test};
use super::functions::Function;

/// Longest expression; the longest in use has a tenth.
const MAX_BYTES: usize = 16 * 1024;
/// Deepest nesting of brackets; more than 8 nobody writes.
const MAX_DEPTH: usize = 32;

/// Operators by precedence, the weakest first; of those that begin alike, the longer comes first.
const LEVELS: [&[(&str, Operator)]; 6] = [
    &[("or", Operator::Or)],
    &[("and", Operator::And)],
    &[("=", Operator::Equal), ("!=", Operator::Unequal)],
    &[("<=", Operator::LessOrEqual), ("<", Operator::Less), (">=", Operator::MoreOrEqual), (">", Operator::More)],
    &[("+", Operator::Plus), ("-", Operator::Minus)],
    &[("*", Operator::Times), ("div", Operator::Div), ("mod", Operator::Mod)],
];

pub(super) fn parse(text: &str) -> Result<Expression, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault { at: MAX_BYTES, reason: format!("longer than {MAX_BYTES} bytes") });
    }
    let mut reader = Reader { text, at: 0, depth: 0 };
    let expression = reader.expression()?;
    reader.skip_blanks();
    match reader.peek() {
        None => Ok(expression),
        Some(odd) => Err(reader.fault(format!("`{odd}` doesn't belong there"))),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    /// Skips blanks and then `word`, if it comes next.
    fn takes(&mut self, word: &str) -> bool {
        self.skip_blanks();
        let is_next = self.rest().starts_with(word);
        if is_next {
            self.at += word.len();
        }
        is_next
    }

    fn expect(&mut self, word: &str) -> Result<(), Fault> {
        if self.takes(word) { Ok(()) } else { Err(self.missing(&format!("`{word}`"))) }
    }

    fn missing(&self, what: &str) -> Fault {
        self.fault(match self.peek() {
            Some(odd) => format!("{what} is missing before `{odd}`"),
            None => format!("{what} is missing at the end"),
        })
    }

    fn fault(&self, reason: impl Into<String>) -> Fault {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        Fault { at: before.chars().count(), reason: reason.into() }
    }

    fn expression(&mut self) -> Result<Expression, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault(format!("brackets are nested more than {MAX_DEPTH} deep")));
        }
        let expression = self.chain(0)?;
        self.depth -= 1;
        Ok(expression)
    }

    fn chain(&mut self, level: usize) -> Result<Expression, Fault> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let first = self.chain(level + 1)?;
        let mut rest = Vec::new();
        while let Some((_, operator)) = operators.iter().find(|(word, _)| self.takes(word)) {
            rest.push((*operator, self.chain(level + 1)?));
        }
        Ok(if rest.is_empty() { first } else { Expression::Chain(Box::new(first), rest) })
    }

    fn unary(&mut self) -> Result<Expression, Fault> {
        let mut n_minus = 0;
        while self.takes("-") {
            n_minus += 1;
        }
        let inner = self.union()?;
        let negative = |inner| Expression::Negative(Box::new(inner));
        Ok(match n_minus {
            0 => inner,
            n if n % 2 == 1 => negative(inner),
            _ => negative(negative(inner)),
        })
    }

    fn union(&mut self) -> Result<Expression, Fault> {
        let first = self.path()?;
        if !self.takes("|") {
            return Ok(first);
        }
        let mut parts = vec![first, self.path()?];
        while self.takes("|") {
            parts.push(self.path()?);
        }
        Ok(Expression::Union(parts))
    }

    fn path(&mut self) -> Result<Expression, Fault> {
        self.skip_blanks();
        let mut ahead = self.rest().chars();
        let is_value = match ahead.next() {
            None => return Err(self.fault("something is missing at the end")),
            Some('.') => ahead.next().is_some_and(|c| c.is_ascii_digit()),
            Some('(' | '"' | '\'' | '$') => true,
            Some(c) => c.is_ascii_digit() || self.is_call(),
        };
        let mut steps = Vec::new();
        if is_value {
            let value = self.value()?;
            let predicates = self.predicates()?;
            if self.takes("//") {
                self.steps(&mut steps, true)?;
            } else if self.takes("/") {
                self.steps(&mut steps, false)?;
            }
            let is_plain = predicates.is_empty() && steps.is_empty();
            return Ok(if is_plain { value } else { Expression::Path(Start::At(Box::new(value), predicates), steps) });
        }
        if self.takes("//") {
            self.steps(&mut steps, true)?;
        } else if self.takes("/") {
            self.skip_blanks();
            if self.peek().is_some_and(|c| is_name_start(c) || matches!(c, '.' | '@' | '*')) {
                self.steps(&mut steps, false)?;
            }
        } else {
            self.steps(&mut steps, false)?;
            return Ok(Expression::Path(Start::Here, steps));
        }
        Ok(Expression::Path(Start::Root, steps))
    }

    /// Whether a function's name and its bracket come next.
    fn is_call(&self) -> bool {
        let name = name_at(self.rest());
        let after = self.rest().get(name.len()..).unwrap_or_default();
        // A prefix: `php:function(`.
        let after = match after.strip_prefix(':') {
            Some(local) => local.get(name_at(local).len()..).unwrap_or_default(),
            None => after,
        };
        !name.is_empty()
            && after.trim_start().starts_with('(')
            && !matches!(name, "node" | "text" | "comment" | "processing-instruction")
    }

    fn value(&mut self) -> Result<Expression, Fault> {
        if self.takes("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        match self.peek() {
            Some(quote @ ('"' | '\'')) => self.text(quote).map(Expression::Text),
            Some('$') => Err(self.fault("variables aren't known to site rules")),
            Some(c) if c == '.' || c.is_ascii_digit() => self.number(),
            _ => self.call(),
        }
    }

    fn text(&mut self, quote: char) -> Result<String, Fault> {
        let after = self.rest().get(1..).unwrap_or_default();
        let Some((text, _)) = after.split_once(quote) else { return Err(self.fault("a quote isn't closed")) };
        self.at += text.len() + 2;
        Ok(text.to_owned())
    }

    fn number(&mut self) -> Result<Expression, Fault> {
        let rest = self.rest();
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mut n_bytes = digits(rest);
        if let Some(fraction) = rest.get(n_bytes..).and_then(|rest| rest.strip_prefix('.')) {
            n_bytes += 1 + digits(fraction);
        }
        let number = rest.get(..n_bytes).and_then(|text| text.parse().ok());
        let number = number.ok_or_else(|| self.fault("this isn't a number"))?;
        self.at += n_bytes;
        Ok(Expression::Number(number))
    }

    fn call(&mut self) -> Result<Expression, Fault> {
        let start = self.at;
        let name = self.qualified_name()?;
        self.expect("(")?;
        let mut arguments = Vec::new();
        if !self.takes(")") {
            loop {
                arguments.push(self.expression()?);
                if self.takes(")") {
                    break;
                }
                self.expect(",")?;
            }
        }
        let function = Function::named(&name, arguments.len());
        let function = function.map_err(|reason| Fault { reason, ..Reader { at: start, ..*self }.fault("") })?;
        Ok(Expression::Call(function, arguments))
    }

    fn steps(&mut self, steps: &mut Vec<Step>, is_deep: bool) -> Result<(), Fault> {
        let mut is_deep = is_deep;
        loop {
            let mut step = self.step()?;
            if is_deep && step.axis == Axis::Child && !step.counts() {
                step.axis = Axis::Descendant;
            } else if is_deep {
                steps.push(Step { axis: Axis::DescendantOrSelf, test: Test::Node, predicates: Vec::new() });
            }
            steps.push(step);
            if self.takes("//") {
                is_deep = true;
            } else if self.takes("/") {
                is_deep = false;
            } else {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Result<Step, Fault> {
        for (word, axis) in [("..", Axis::Parent), (".", Axis::Itself)] {
            if self.takes(word) {
                return Ok(Step { axis, test: Test::Node, predicates: Vec::new() });
            }
        }
        let axis = if self.takes("@") { Axis::Attribute } else { self.axis()? };
        let test = self.test()?;
        Ok(Step { axis, test, predicates: self.predicates()? })
    }

    fn axis(&mut self) -> Result<Axis, Fault> {
        self.skip_blanks();
        let name = name_at(self.rest());
        let after = self.rest().get(name.len()..).unwrap_or_default();
        if name.is_empty() || !after.trim_start().starts_with("::") {
            return Ok(Axis::Child);
        }
        let axis = Axis::named(name).ok_or_else(|| self.fault(format!("there is no axis `{name}`")))?;
        self.at += name.len();
        self.expect("::")?;
        Ok(axis)
    }

    fn test(&mut self) -> Result<Test, Fault> {
        if self.takes("*") {
            return Ok(Test::Any);
        }
        let name = name_at(self.rest());
        let after = self.rest().get(name.len()..).unwrap_or_default();
        if !name.is_empty() && after.trim_start().starts_with('(') {
            let test = match name {
                "node" => Test::Node,
                "text" => Test::Text,
                "comment" => Test::Comment,
                "processing-instruction" => Test::Nothing,
                _ => return Err(self.fault(format!("a function such as `{name}` can't be a step"))),
            };
            self.at += name.len();
            self.expect("(")?;
            self.skip_blanks();
            if let (Test::Nothing, Some(quote @ ('"' | '\''))) = (&test, self.peek()) {
                self.text(quote)?;
            }
            self.expect(")")?;
            return Ok(test);
        }
        if let Some(prefix) = after.strip_prefix(":*").map(|_| name).filter(|name| !name.is_empty()) {
            self.at += prefix.len() + 2;
            return Ok(Test::Prefix(format!("{prefix}:")));
        }
        self.qualified_name().map(Test::Name)
    }

    fn qualified_name(&mut self) -> Result<String, Fault> {
        self.skip_blanks();
        let mut name = name_at(self.rest());
        if name.is_empty() {
            return Err(self.missing("a name"));
        }
        let after = self.rest().get(name.len()..).unwrap_or_default();
        if let Some(local) = after.strip_prefix(':').map(name_at).filter(|local| !local.is_empty()) {
            name = self.rest().get(..name.len() + 1 + local.len()).unwrap_or(name);
        }
        self.at += name.len();
        Ok(name.to_owned())
    }

    fn predicates(&mut self) -> Result<Vec<Predicate>, Fault> {
        let mut predicates = Vec::new();
        while self.takes("[") {
            let condition = self.expression()?;
            self.expect("]")?;
            predicates.push(Predicate::new(condition));
        }
        Ok(predicates)
    }
}

/// The name at the start of a text, without a prefix; empty where there is none.
fn name_at(text: &str) -> &str {
    if !text.starts_with(is_name_start) {
        return "";
    }
    let end = text.find(|c: char| !(is_name_start(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{b7}')));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}
