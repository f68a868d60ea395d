//! Rule files of sites on the disk: read, one bad file costing only itself, and told with file and line.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::extract::{Parsed, Remark, Rules, RulesName, SiteRules};

/// Most files in one folder; the largest collection has a tenth.
const MAX_FILES: usize = 20_000;
/// Most bytes read of one file; larger ones aren't rule files.
const MAX_BYTES: u64 = 1 << 20;
/// Most files that warnings name; a whole collection with its remarks would bury all else.
const MAX_WARNINGS: usize = 10;

/// A rule file as it was found.
#[derive(Debug)]
pub struct RuleFile {
    /// The file's own name.
    pub file: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The pages it is for and its rules, or why it can't be used.
    pub read: Result<(RulesName, Parsed), Remark>,
}

/// Reads a rule file, or all files of a folder that end in `.txt`, by name.
///
/// # Errors
/// When there is no such file or folder, or when the folder can't be listed.
pub fn rule_files(path: &Path) -> io::Result<Vec<RuleFile>> {
    let mut paths = Vec::new();
    if fs::metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                paths.push(path);
            }
        }
        paths.sort();
        if paths.len() > MAX_FILES {
            return Err(io::Error::other(format!("it holds more than {MAX_FILES} files")));
        }
    } else {
        paths.push(path.to_owned());
    }
    let mut owners: HashMap<RulesName, String> = HashMap::new();
    let mut read = |path: PathBuf| {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let whole = |text: String| Remark { line: None, text };
        let (bytes, read) = match bytes(&path) {
            Ok(bytes) => {
                let read = match RulesName::of_file(&file) {
                    None => Err(whole("its name isn't a host and `.txt`".to_owned())),
                    Some(name) => Rules::parse(&bytes).map(|parsed| (name, parsed)),
                };
                (bytes, read)
            }
            Err(error) => (Vec::new(), Err(whole(format!("can't read it: {error}")))),
        };
        let read = read.and_then(|(name, parsed)| match owners.get(&name) {
            Some(owner) => Err(whole(format!("it is for the same pages as `{owner}`"))),
            None => {
                owners.insert(name.clone(), file.clone());
                Ok((name, parsed))
            }
        });
        RuleFile { file, bytes, read }
    };
    Ok(paths.into_iter().map(&mut read).collect())
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for whoever writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it isn't a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The rules of a folder; none where it doesn't exist. What can't be used becomes warnings.
pub(super) fn load(folder: &Path, is_named: bool, warnings: &mut Vec<String>) -> SiteRules {
    let files = match rule_files(folder) {
        Ok(files) => files,
        // The folder of the default needn't be there.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !is_named => return SiteRules::default(),
        Err(error) => {
            warnings.push(format!("there are no site rules: can't read the folder `{}`: {error}", folder.display()));
            return SiteRules::default();
        }
    };
    let mut told = Vec::new();
    let mut rules = BTreeMap::new();
    for RuleFile { file, read, .. } in files {
        let place = |remark: &Remark| {
            let line = remark.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line}", folder.join(&file).display())
        };
        match read {
            Ok((name, parsed)) => {
                if let Some(first) = parsed.remarks.first() {
                    let more = match parsed.remarks.len() - 1 {
                        0 => String::new(),
                        n => format!(" (and {n} more in this file)"),
                    };
                    told.push((1, format!("`{}`: {}{more}", place(first), first.text)));
                }
                rules.insert(name, parsed.rules);
            }
            Err(remark) => told.push((0, format!("the site rules `{}` are left out: {}", place(&remark), remark.text))),
        }
    }
    // Files that are left out weigh more than rules that are.
    told.sort_by_key(|(weight, _)| *weight);
    let n_more = told.len().saturating_sub(MAX_WARNINGS);
    warnings.extend(told.into_iter().take(MAX_WARNINGS).map(|(_, warning)| warning));
    if n_more > 0 {
        let folder = folder.display();
        warnings.push(format!(
            "{n_more} more files of site rules have something that can't be used; `offprint import ftr {folder} \
             --dry-run` lists all"
        ));
    }
    rules.into_iter().collect()
}
