//! What is wrong in a file, place by place, as an editor or a terminal shows it.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::mask;

/// More problems than these aren't shown; whoever mends twenty looks again anyway.
const MAX_SHOWN: usize = 20;

/// Everything that is wrong with one configuration, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    path: PathBuf,
    /// The file without its secrets, each place where it was.
    text: String,
    problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong; never holds the value of a secret.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it is.
    pub place: Place,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the file.
    File {
        /// Bytes of the text.
        span: Range<usize>,
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
    },
    /// In an environment variable.
    Variable(String),
}

/// Whether the text may carry the terminal's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// For files, pipes and logs.
    Never,
    /// For terminals.
    Always,
}

impl Report {
    pub(super) fn new(path: &Path, text: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| match &problem.place {
            Place::File { span, .. } => (0, span.start),
            Place::Variable(_) => (1, 0),
        });
        problems.dedup();
        Self { path: path.to_owned(), text: mask::masked(text), problems }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong, in the order of the file, then the variables.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// For people: each problem with its line, a mark below it, and the cure. Ends with a line that counts.
    #[must_use]
    pub fn render(&self, colour: Colour) -> String {
        let renderer = match colour {
            Colour::Never => Renderer::plain(),
            Colour::Always => Renderer::styled(),
        };
        let mut out = String::new();
        for problem in self.problems.iter().take(MAX_SHOWN) {
            out.push_str(&self.render_one(problem, &renderer));
            out.push_str("\n\n");
        }
        if self.problems.len() > MAX_SHOWN {
            out.push_str(&format!("… and {} more\n\n", self.problems.len() - MAX_SHOWN));
        }
        let count = Level::ERROR.primary_title(self.summary());
        out.push_str(&renderer.render(&[annotate_snippets::Group::with_title(count)]));
        out
    }

    fn render_one(&self, problem: &Problem, renderer: &Renderer) -> String {
        let mut group = match &problem.place {
            Place::File { span, .. } => {
                let mark = AnnotationKind::Primary.span(self.marked(span));
                let path = self.path.display().to_string();
                let snippet = Snippet::source(self.text.as_str()).path(path).annotation(mark);
                Level::ERROR.primary_title(problem.message.as_str()).element(snippet)
            }
            Place::Variable(name) => {
                let title = format!("{} (environment variable {name})", problem.message);
                annotate_snippets::Group::with_title(Level::ERROR.primary_title(title))
            }
        };
        if let Some(help) = &problem.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    fn summary(&self) -> String {
        let path = self.path.display();
        match self.problems.len() {
            1 => format!("can't use the configuration `{path}`"),
            n => format!("can't use the configuration `{path}`: {n} problems"),
        }
    }

    /// The part of a place that is on its first line, and within the text.
    fn marked(&self, span: &Range<usize>) -> Range<usize> {
        let start = span.start.min(self.text.len());
        let line_end = self.text.get(start..).and_then(|rest| rest.find(['\n', '\r'])).map(|length| start + length);
        start..span.end.clamp(start, line_end.unwrap_or(self.text.len()))
    }
}

/// One line, for a log: the first problem and how many more there are.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.summary())?;
        if let Some(first) = self.problems.first() {
            match &first.place {
                Place::File { line, column, .. } => write!(f, ", line {line}, column {column}: {}", first.message)?,
                Place::Variable(name) => write!(f, ", variable {name}: {}", first.message)?,
            }
            if let Some(help) = &first.help {
                write!(f, " ({help})")?;
            }
        }
        Ok(())
    }
}

/// Collects problems while a text is read, and keeps secrets out of them.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    text: &'a str,
    /// Names of the variables that override the file; their values have places after the text.
    variables: Vec<String>,
    secrets: Vec<Range<usize>>,
    settled: Vec<Range<usize>>,
    found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, variables: Vec::new(), secrets: Vec::new(), settled: Vec::new(), found: Vec::new() }
    }

    /// A place for the value of a variable.
    pub(super) fn place_of_variable(&mut self, name: &str) -> Range<usize> {
        let start = self.text.len() + 1 + 2 * self.variables.len();
        self.variables.push(name.to_owned());
        start..start + 1
    }

    /// From now on, no message quotes what is at this place.
    pub(super) fn hide(&mut self, span: Range<usize>) {
        self.secrets.push(span);
    }

    /// Whether something at this place may not be quoted.
    pub(super) fn is_hidden(&self, span: &Range<usize>) -> bool {
        self.secrets.iter().any(|secret| span.start < secret.end && secret.start < span.end.max(span.start + 1))
    }

    /// From now on, nothing more is said of this place.
    pub(super) fn settle(&mut self, span: Range<usize>) {
        self.settled.push(span);
    }

    /// Notes what is wrong at a place.
    pub(super) fn push(&mut self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        let message = match self.is_hidden(&span) {
            true => "what stands here can't be used, and isn't shown since it may be a secret".to_owned(),
            false => message.into(),
        };
        self.push_safe(span, message, help);
    }

    /// Like [`Problems::push`], for a message that is known not to quote the value.
    pub(super) fn push_safe(&mut self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        if !self.settled.contains(&span) {
            self.found.push(Problem { message: message.into(), help, place: self.place(span) });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.found
    }

    fn place(&self, span: Range<usize>) -> Place {
        let variable = span.start.checked_sub(self.text.len() + 1).and_then(|start| self.variables.get(start / 2));
        if let Some(name) = variable {
            return Place::Variable(name.clone());
        }
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(line_start..).map_or(0, |line| line.chars().count()) + 1;
        Place::File { span, line: before.matches('\n').count() + 1, column }
    }
}
