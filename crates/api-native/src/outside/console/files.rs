//! The files of the console, as they were built last. Optimised builds carry them; others read them when asked, so that
//! a console built anew is served at once.

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../console/dist/app"]
#[allow_missing = true]
struct Built;

/// A file.
pub(super) struct File {
    pub(super) content: Cow<'static, [u8]>,
    /// SHA-256 of the content.
    pub(super) hash: [u8; 32],
}

/// The file at this path below the console's folder.
pub(super) fn read(path: &str) -> Option<File> {
    let file = Built::get(path)?;
    Some(File { hash: file.metadata.sha256_hash(), content: file.data })
}
