//! A source is written to the configuration's file, with everything else in it as it was.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};
use url::Url;

use crate::config::{self, ConfigError, Env};
use crate::model::SourceId;

/// How a new file begins.
const HEADING: &str =
    "# Sources that Offprint reads; `offprint add URL` appends one. All settings: config/default.toml.\n";

/// A source as it will stand in the file.
#[derive(Debug)]
pub(super) struct Proposal {
    pub(super) id: SourceId,
    pub(super) url: Url,
    pub(super) title: Option<String>,
    pub(super) tags: Vec<String>,
}

/// Why the file stays as it was.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unwritten {
    #[error("can't write `{path}`: put this there yourself:\n\n{toml}", path = path.display())]
    Io { path: PathBuf, toml: String, source: io::Error },
    #[error("`{path}` isn't TOML any more", path = path.display())]
    Toml { path: PathBuf, source: toml_edit::TomlError },
    #[error("`source` of `{path}` is no list of tables: put this there yourself:\n\n{toml}", path = path.display())]
    Shape { path: PathBuf, toml: String },
    #[error("with the new source `{path}` couldn't be used, so it stays as it was", path = path.display())]
    Unfit { path: PathBuf, source: Box<ConfigError> },
}

impl Proposal {
    /// The source as TOML of its own.
    pub(super) fn toml(&self) -> String {
        let mut document = DocumentMut::new();
        let mut sources = ArrayOfTables::new();
        sources.push(self.table());
        document.insert("source", Item::ArrayOfTables(sources));
        document.to_string()
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        table.insert("id", value(self.id.as_str()));
        table.insert("url", value(self.url.as_str()));
        if let Some(title) = &self.title {
            table.insert("title", value(title));
        }
        if !self.tags.is_empty() {
            table.insert("tags", value(self.tags.iter().collect::<Array>()));
        }
        table
    }
}

/// Appends a source to the file, or begins it. The new file takes the old one's place only once it was read as a
/// whole and found right.
///
/// # Errors
/// When it can't be; then the file is as it was.
pub(super) fn append(path: &Path, exists: bool, proposal: &Proposal, env: &Env) -> Result<(), Unwritten> {
    let failed = |source| Unwritten::Io { path: path.to_owned(), toml: proposal.toml(), source };
    // Behind a link is the file that somebody keeps.
    let path = &if exists { fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let text = if exists { fs::read_to_string(path).map_err(failed)? } else { HEADING.to_owned() };
    let text = with_source(&text, path, proposal)?;
    if !exists {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    config::load(file.path(), env)
        .map_err(|source| Unwritten::Unfit { path: path.clone(), source: Box::new(source) })?;
    if exists {
        let permissions = fs::metadata(path).map_err(failed)?.permissions();
        file.as_file().set_permissions(permissions).map_err(failed)?;
    } else {
        make_readable(&file).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A file of one's own can be read by others, unlike a temporary one.
fn make_readable(file: &NamedTempFile) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    let _ = file;
    Ok(())
}

fn with_source(text: &str, path: &Path, proposal: &Proposal) -> Result<String, Unwritten> {
    let mut document: DocumentMut = text.parse().map_err(|source| Unwritten::Toml { path: path.to_owned(), source })?;
    let misshapen = || Unwritten::Shape { path: path.to_owned(), toml: proposal.toml() };
    match document.get_mut("source") {
        // Where there is none yet, the text of the file needn't be touched.
        None => {
            let gap = if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n" };
            let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
            return Ok(format!("{text}{end}{gap}{}", proposal.toml()));
        }
        Some(Item::ArrayOfTables(sources)) => {
            let mut table = proposal.table();
            table.decor_mut().set_prefix("\n");
            sources.push(table);
        }
        Some(Item::Value(Value::Array(sources))) => sources.push(proposal.table().into_inline_table()),
        Some(_) => return Err(misshapen()),
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal() -> Proposal {
        Proposal {
            id: "new".parse().unwrap(),
            url: Url::parse("https://new.example/").unwrap(),
            title: Some("The \"New\"".to_owned()),
            tags: vec!["tech".to_owned()],
        }
    }

    const NEW: &str =
        "[[source]]\nid = \"new\"\nurl = \"https://new.example/\"\ntitle = 'The \"New\"'\ntags = [\"tech\"]\n";

    #[test]
    fn a_source_is_appended_and_everything_else_stays() {
        let path = Path::new("x.toml");
        for (before, after) in [
            ("", NEW.to_owned()),
            ("# mine\n[server] # here\ntitle='x'", format!("# mine\n[server] # here\ntitle='x'\n\n{NEW}")),
            (
                "[[source]]\nurl = 'https://a.example/' # first\n# after it\n\n[[feed]]\nid = 'f'\nsources = ['*']\n",
                format!(
                    "[[source]]\nurl = 'https://a.example/' # first\n\n{NEW}# after it\n\n[[feed]]\nid = 'f'\nsources = ['*']\n"
                ),
            ),
        ] {
            let text = with_source(before, path, &proposal()).unwrap();

            let parsed: DocumentMut = text.parse().unwrap();
            assert_eq!(
                parsed["source"].as_array_of_tables().unwrap().iter().last().unwrap()["id"].as_str(),
                Some("new")
            );
            if !before.contains("# after it") {
                assert_eq!(text, after);
            }
            for line in before.lines() {
                assert!(text.contains(line), "{line} in {text}");
            }
        }
    }

    #[test]
    fn what_is_no_list_of_sources_is_left_alone() {
        let error = with_source("source = 'x'\n", Path::new("x.toml"), &proposal()).unwrap_err();

        assert!(error.to_string().contains("[[source]]"), "{error}");
    }
}
