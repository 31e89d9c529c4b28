//! Manifests: sets of files that are applied as a whole, and what each of them made.

mod create;
mod delete;
mod list;
mod read;

use paifang_model::name::shown;

use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Manifests are known by their names.
fn path(name: &str) -> ResourcePath {
    ResourcePath::of(Noun::Manifest, shown(name))
}
