//! The master key: where it comes from, and what is said when it is the wrong one.
//!
//! A store in the data directory has its key in a file beside it, made at the first start, unless one is given. A store
//! that several processes share is never given a key that one of them made up: there it must be given.

mod file;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use paifang_store::MasterKey;

use crate::settings::environment;
pub(crate) use file::OwnFile;

/// The variable that holds the key itself.
const VARIABLE: &str = "PAIFANG_MASTER_KEY";

/// Who uses a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// The process on this data directory alone.
    Own,
    /// Every process that is given its address.
    Shared,
}

/// Where a key was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// In the file that the operator named.
    Given(PathBuf),
    /// In the environment.
    Environment,
    /// In the file of the data directory.
    Own(PathBuf),
    /// In the file that is to become the one of the data directory: wrapping anew was broken off.
    Next(PathBuf),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(path) | Self::Own(path) | Self::Next(path) => write!(f, "`{}`", path.display()),
            Self::Environment => f.write_str(VARIABLE),
        }
    }
}

/// A key, and where it was found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) key: MasterKey,
    pub(crate) source: Source,
}

/// The key that the operator gives, if so: by a file or by the environment, not by both.
pub(crate) fn given(file: Option<&Path>) -> Result<Option<Found>> {
    choose(file, environment(VARIABLE).as_deref())
}

fn choose(file: Option<&Path>, variable: Option<&str>) -> Result<Option<Found>> {
    match (file, variable) {
        (Some(_), Some(_)) => bail!(
            "the master key is given twice: by a file (--master-key-file) and by {VARIABLE}; keep one of them"
        ),
        (Some(path), None) => in_file(path).map(Some),
        (None, Some(text)) => parse(text, Source::Environment).map(Some),
        (None, None) => Ok(None),
    }
}

/// The key in a file that the operator named.
pub(crate) fn in_file(path: &Path) -> Result<Found> {
    let text = file::read(path)?.with_context(|| format!("there is no `{}`", path.display()))?;
    parse(&text, Source::Given(path.to_owned()))
}

/// The complaint does not repeat the text, which is a secret or nearly one.
fn parse(text: &str, source: Source) -> Result<Found> {
    match text.parse() {
        Ok(key) => Ok(Found { key, source }),
        Err(error) => Err(error).with_context(|| format!("the master key in {source} cannot be used")),
    }
}

/// The keys that may open a store: the one given, or those of the data directory. None: it has no key yet.
///
/// # Errors
/// When a key is given twice or cannot be read, or the store is shared and none is given.
pub(crate) fn candidates(file: Option<&Path>, sharing: Sharing, data_dir: &Path) -> Result<Vec<Found>> {
    match (given(file)?, sharing) {
        (Some(found), _) => Ok(vec![found]),
        (None, Sharing::Own) => OwnFile::of(data_dir).candidates(),
        (None, Sharing::Shared) => bail!(
            "a store that several gateways share needs a master key, the same one everywhere: give it by \
             {VARIABLE} or --master-key-file (32 bytes as base64 or hex, as from `openssl rand -base64 32`)"
        ),
    }
}

/// What to do about a key that does not open the store.
pub(crate) fn advice(tried: &[Found]) -> String {
    let tried: Vec<_> = tried.iter().map(|found| found.source.to_string()).collect();
    format!(
        "the master key in {} is not the one that this store was sealed with; start with the right one: put \
         the file back from where you keep it, or name it with --master-key-file or {VARIABLE}",
        tried.join(" and in ")
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const TEXT: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    #[test]
    fn a_shared_store_needs_a_key_and_an_own_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        assert!(candidates(None, Sharing::Own, folder.path()).unwrap().is_empty());
        let error = candidates(None, Sharing::Shared, folder.path()).unwrap_err().to_string();
        assert!(error.contains("PAIFANG_MASTER_KEY or --master-key-file"), "{error}");
        let file = folder.path().join("key");
        std::fs::write(&file, format!("{TEXT}\n")).unwrap();
        for sharing in [Sharing::Own, Sharing::Shared] {
            let found = candidates(Some(&file), sharing, folder.path()).unwrap();
            assert_eq!(found[0].source, Source::Given(file.clone()));
        }
    }

    #[test]
    fn a_key_is_given_once_and_readable() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        let said = |file: Option<&Path>, variable: Option<&str>| {
            format!("{:#}", choose(file, variable).unwrap_err())
        };
        assert!(said(Some(&file), None).contains("there is no"));
        std::fs::write(&file, "planted-nonsense").unwrap();
        let bad = said(Some(&file), None);
        assert!(bad.contains("32 bytes") && bad.contains("64 hexadecimal digits"), "{bad}");
        assert!(!bad.contains("planted") && !said(None, Some("planted")).contains("planted"));
        assert!(said(Some(&file), Some(TEXT)).contains("given twice"));
        assert_eq!(choose(None, Some(TEXT)).unwrap().unwrap().source, Source::Environment);
    }
}
