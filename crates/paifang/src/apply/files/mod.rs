//! A folder of YAML files, read as a whole: everything that is wrong with any of them is said at once.

mod document;
mod node;
mod parse;
mod secret;
#[cfg(test)]
mod tests;

pub(crate) use document::Document;
pub(crate) use secret::escaped;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};

use super::place::{Complaints, Place};
use secret::Sources;

/// The most files in a folder.
const FILES_AT_MOST: usize = 100_000;
/// How deep folders may lie in one another.
const DEPTH_AT_MOST: usize = 32;

/// The documents of all files below a folder, in the order of the files' paths. Hidden files and folders are left out.
///
/// # Errors
/// When the folder cannot be read, or [`Complaints`] about what is in it.
pub(crate) fn read(folder: &Path) -> Result<Vec<Arc<Document>>> {
    let root = folder.canonicalize().with_context(|| format!("reading the folder `{}`", folder.display()))?;
    let (mut documents, mut complaints) = (Vec::new(), Complaints::default());
    for path in yaml_files(&root)? {
        let shown = folder.join(path.strip_prefix(&root).unwrap_or(&path));
        read_file(&path, &shown.display().to_string(), &root, &mut documents, &mut complaints)?;
    }
    Ok(complaints.or(documents)?)
}

/// Whether a text holds these documents and no others.
pub(crate) fn reads_as(text: &str, documents: &[serde_json::Value]) -> bool {
    parse::parse(text).is_ok_and(|parsed| parsed.iter().map(|one| &one.value).eq(documents))
}

/// The YAML files below a folder, in order.
pub(crate) fn yaml_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    walk(root, DEPTH_AT_MOST, &mut files)?;
    files.sort();
    Ok(files)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    ensure!(depth > 0, "folders lie more than {DEPTH_AT_MOST} deep in one another at `{}`", folder.display());
    let reading = || format!("reading the folder `{}`", folder.display());
    for entry in std::fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            walk(&path, depth - 1, files)?;
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            files.push(path);
        }
        ensure!(files.len() <= FILES_AT_MOST, "there are more than {FILES_AT_MOST} files");
    }
    Ok(())
}

fn read_file(
    path: &Path,
    shown: &str,
    root: &Path,
    documents: &mut Vec<Arc<Document>>,
    complaints: &mut Complaints,
) -> Result<()> {
    let reading = || format!("reading `{shown}`");
    let size = std::fs::metadata(path).with_context(reading)?.len();
    if size > parse::FILE_AT_MOST {
        bail!("`{shown}` has {size} bytes: {} are allowed", parse::FILE_AT_MOST);
    }
    let text = std::fs::read_to_string(path).with_context(reading)?;
    let file: Arc<str> = shown.into();
    let sources = Sources { root, beside: path.parent().unwrap_or(root) };
    match parse::parse(&text) {
        Ok(parsed) => {
            let read = parsed.into_iter().filter_map(|one| Document::read(one, &file, &sources, complaints));
            documents.extend(read.map(Arc::new));
        }
        Err(parse::Unreadable { line, column, message }) => {
            complaints.add(Place { file, line, column }, "", message);
        }
    }
    Ok(())
}
