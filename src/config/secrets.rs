//! Placeholders in the values: `${env:NAME}` and `${file:PATH}`, so that passwords stay out of the file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use toml::de::DeValue;

use super::Env;
use super::mask::masked;
use super::report::Problems;
use super::tree::Node;

/// Largest file that a placeholder names. Secrets are short; a wrong path isn't.
const MAX_BYTES: u64 = 64 * 1024;

/// The values that hold placeholders, by dotted path.
pub(super) type Written = BTreeMap<String, Value>;

/// A value that holds placeholders.
#[derive(Clone)]
pub(super) struct Value {
    /// As it was written, without credentials.
    pub(super) text: String,
    /// Where in the value is what came from elsewhere.
    pub(super) holes: Vec<Range<usize>>,
}

/// What is written around a placeholder may be as secret as what it stands for.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} placeholders", self.holes.len())
    }
}

/// Puts what the placeholders stand for in their place. `$${` stands for `${` itself. Paths are taken from
/// `folder`, the one of the configuration.
pub(super) fn resolve(root: &mut Node<'_>, env: &Env, folder: &Path, problems: &mut Problems<'_>) -> Written {
    let mut resolver = Resolver { env, folder, problems, written: Written::new() };
    resolver.node(root, "");
    resolver.written
}

/// A text with what its placeholders stand for, and where in it that is.
type Filled = (String, Vec<Range<usize>>);

struct Resolver<'r, 't> {
    env: &'r Env,
    folder: &'r Path,
    problems: &'r mut Problems<'t>,
    written: Written,
}

impl Resolver<'_, '_> {
    fn node(&mut self, node: &mut Node<'_>, path: &str) {
        let span = node.span();
        let join =
            |step: &dyn std::fmt::Display| if path.is_empty() { step.to_string() } else { format!("{path}.{step}") };
        match node.get_mut() {
            DeValue::Table(table) => {
                for (key, value) in table.iter_mut() {
                    self.node(value, &join(key.get_ref()));
                }
            }
            DeValue::Array(array) => {
                for (idx, item) in array.iter_mut().enumerate() {
                    self.node(item, &join(&idx));
                }
            }
            DeValue::String(text) if text.contains("${") => match self.text(text) {
                Ok((resolved, holes)) => {
                    self.problems.hide(span);
                    self.written.insert(path.to_owned(), Value { text: masked(text), holes });
                    *text = Cow::Owned(resolved);
                }
                Err((message, help)) => {
                    self.problems.push_safe(span.clone(), format!("{message}, for `{path}`"), Some(help.to_owned()));
                    // The value is wrong anyway: a second complaint would only confuse.
                    self.problems.settle(span);
                }
            },
            _ => {}
        }
    }

    fn text(&self, text: &str) -> Result<Filled, (String, &'static str)> {
        let mut out = String::with_capacity(text.len());
        let mut holes = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            if let Some(before) = before.strip_suffix('$') {
                out.push_str(before);
                out.push_str("${");
                rest = after;
                continue;
            }
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                return Err((
                    "a placeholder isn't closed".to_owned(),
                    "end it with `}`, or write `$${` for `${` itself",
                ));
            };
            let start = out.len();
            out.push_str(&self.placeholder(name)?);
            holes.push(start..out.len());
            rest = after;
        }
        out.push_str(rest);
        Ok((out, holes))
    }

    fn placeholder(&self, name: &str) -> Result<String, (String, &'static str)> {
        match name.split_once(':') {
            Some(("env", variable)) => match self.env.get(variable) {
                Some(value) => Ok(value.to_owned()),
                None => Err((format!("the environment variable `{variable}` isn't set"), "set it, and start again")),
            },
            Some(("file", path)) => {
                read(&self.folder.join(path)).map_err(|why| (format!("can't read `{path}`: {why}"), FILE_HELP))
            }
            _ => Err((
                format!("`${{{name}}}` isn't a placeholder"),
                "write `${env:NAME}` or `${file:PATH}`, or `$${` for `${` itself",
            )),
        }
    }
}

const FILE_HELP: &str =
    "name a text file that this user may read; a relative path starts at the configuration's folder";

/// A small text file without its last line break.
fn read(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    let n_bytes = file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| error.to_string())?;
    if n_bytes as u64 > MAX_BYTES {
        return Err("it is larger than 64 KiB".to_owned());
    }
    let end = text.trim_end_matches(['\n', '\r']).len();
    text.truncate(end);
    Ok(text)
}
