//! `offprint import ftr`: checks rule files of FiveFilters' Full-Text RSS and copies those that can be used.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::{Context, Exit, Failure};
use crate::config::{RuleFile, rule_files};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A folder of rule files, or one file, named after the host they are for: example.com.txt
    #[arg(value_name = "DIR|FILE")]
    path: PathBuf,
    /// Only check them; copy nothing
    #[arg(long)]
    dry_run: bool,
}

/// Rule files that can't be read, or not be kept.
#[derive(Debug, thiserror::Error)]
enum ImportError {
    #[error("can't read the site rules `{path}`")]
    Read { path: PathBuf, source: io::Error },
    #[error("can't write into the folder `{folder}`; name another one as `site_rules` in `[extract]`")]
    Write { folder: PathBuf, source: io::Error },
}

pub(super) fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    // Before anything is read: without a configuration there is nowhere to copy to.
    let folder = if args.dry_run { None } else { Some(context.load()?.site_rules) };
    let files = rule_files(&args.path)
        .map_err(|source| Failure::usage(ImportError::Read { path: args.path.clone(), source }))?;
    if let Some(folder) = &folder {
        let keep = |source| Failure::internal(ImportError::Write { folder: folder.clone(), source });
        copy(&files, folder).map_err(keep)?;
    }
    let mut out = io::stdout().lock();
    if context.options.json {
        tell_json(&mut out, &files)?
    } else {
        tell(&mut out, &files, folder.as_deref())?
    }
    Ok(if files.iter().any(|file| file.read.is_ok()) { Exit::Fine } else { Exit::Differs })
}

/// Copies the files that can be used, each under the name of its host; one that is there already is replaced.
fn copy(files: &[RuleFile], folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for file in files {
        let Ok((name, _)) = &file.read else { continue };
        let target = folder.join(name.file());
        if fs::read(&target).is_ok_and(|bytes| bytes == file.bytes) {
            continue;
        }
        // Renamed into place, so that a reload in this moment sees the old file or the new one whole.
        let mut draft = tempfile::Builder::new().prefix(".import-").suffix(".part").tempfile_in(folder)?;
        draft.write_all(&file.bytes)?;
        draft.as_file().set_permissions(readable())?;
        draft.persist(&target)?;
    }
    Ok(())
}

/// Rules are no secret, and who runs Offprint needn't be who imports.
fn readable() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}

fn tell(out: &mut impl Write, files: &[RuleFile], folder: Option<&Path>) -> io::Result<()> {
    let (mut n_loaded, mut n_skipped, mut n_remarks) = (0, 0, 0);
    for RuleFile { file, read, .. } in files {
        let (remarks, what) = match read {
            Ok((_, parsed)) => {
                n_loaded += 1;
                n_remarks += parsed.remarks.len();
                (parsed.remarks.as_slice(), "")
            }
            Err(remark) => {
                n_skipped += 1;
                (std::slice::from_ref(remark), "left out: ")
            }
        };
        for remark in remarks {
            let line = remark.line.map(|line| format!(":{line}")).unwrap_or_default();
            writeln!(out, "{file}{line}: {what}{}", remark.text)?;
        }
    }
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    writeln!(
        out,
        "{n_loaded} file{} can be used, {n_skipped} left out; {n_remarks} line{} of the used ones can't be used",
        plural(n_loaded),
        plural(n_remarks)
    )?;
    match folder {
        Some(folder) => {
            writeln!(out, "They are in `{}`; a running Offprint takes them over on SIGHUP", folder.display())
        }
        None => writeln!(out, "Nothing was copied"),
    }
}

/// A line for each rule that can't be used, and at last the line that sums up.
fn tell_json(out: &mut impl Write, files: &[RuleFile]) -> io::Result<()> {
    let mut n_loaded = 0;
    let mut skipped = BTreeMap::new();
    for RuleFile { file, read, .. } in files {
        match read {
            Ok((_, parsed)) => {
                n_loaded += 1;
                for remark in &parsed.remarks {
                    writeln!(out, "{}", json!({"file": file, "line": remark.line, "note": remark.text}))?;
                }
            }
            Err(remark) => {
                skipped.insert(file, remark.to_string());
            }
        }
    }
    writeln!(out, "{}", json!({"loaded": n_loaded, "skipped": skipped}))
}
