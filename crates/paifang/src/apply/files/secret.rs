//! `${env:NAME}` and `${file:path}` in texts of the files: what stands for what is not to be written down.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::settings::environment;

/// The largest file that a secret is read from, in bytes.
const SECRET_AT_MOST: u64 = 64 << 10;

/// Where the files of secrets may be.
pub(super) struct Sources<'a> {
    /// The folder, which none of them may lie outside of.
    pub(super) root: &'a Path,
    /// The folder of the YAML file, from which their paths lead.
    pub(super) beside: &'a Path,
}

/// A text with its references resolved.
pub(super) struct Resolved {
    pub(super) text: String,
    /// What was put in, to be kept out of everything that is printed.
    pub(super) secrets: Vec<String>,
}

/// Resolves what a text refers to; `$${` stands for `${` itself.
pub(super) fn resolve(text: &str, sources: &Sources<'_>) -> Result<Resolved, String> {
    let mut resolved = Resolved { text: String::with_capacity(text.len()), secrets: Vec::new() };
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        if let Some(before) = before.strip_suffix('$') {
            resolved.text.push_str(before);
            resolved.text.push_str("${");
            rest = &from[2..];
            continue;
        }
        resolved.text.push_str(before);
        let end = from.find('}').ok_or("`${` has no `}`; `$${` stands for `${` itself")?;
        let secret = look_up(&from[2..end], sources)?;
        resolved.text.push_str(&secret);
        resolved.secrets.push(secret);
        rest = &from[end + 1..];
    }
    resolved.text.push_str(rest);
    Ok(resolved)
}

/// The opposite: a text that is resolved to this one.
pub(crate) fn escaped(text: &str) -> String {
    text.replace("${", "$${")
}

fn look_up(reference: &str, sources: &Sources<'_>) -> Result<String, String> {
    match reference.split_once(':') {
        Some(("env", name)) if !name.is_empty() => {
            environment(name).ok_or_else(|| format!("the environment has no `{name}`, or it is empty"))
        }
        Some(("file", path)) if !path.is_empty() => from_file(path, sources),
        _ => Err(format!(
            "`${{{reference}}}` is neither `${{env:NAME}}` nor `${{file:path}}`; `$${{` stands for `${{` itself"
        )),
    }
}

fn from_file(path: &str, sources: &Sources<'_>) -> Result<String, String> {
    let unreadable = |error: std::io::Error| format!("the file `{path}` cannot be read: {error}");
    let whole = sources.beside.join(path).canonicalize().map_err(unreadable)?;
    if !whole.starts_with(sources.root) {
        return Err(format!("the file `{path}` lies outside of the folder"));
    }
    let mut text = String::new();
    let file = File::open(whole).map_err(unreadable)?;
    file.take(SECRET_AT_MOST + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > SECRET_AT_MOST {
        return Err(format!("the file `{path}` has more than {SECRET_AT_MOST} bytes"));
    }
    // Editors end a file with a line break that nobody means.
    if text.ends_with('\n') {
        text.truncate(text.len() - 1);
    }
    if text.ends_with('\r') {
        text.truncate(text.len() - 1);
    }
    if text.is_empty() { Err(format!("the file `{path}` is empty")) } else { Ok(text) }
}
