//! `kind: backend_access`.

use paifang_model::{BackendAccess, Id};
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(access) = reader.typed::<BackendAccess>(&[("id", json!(Id::ROOT))]) else { return };
    reader.note(access.check());
    reader.want(Identity::backend_access(&access.name), canonical(&access), Vec::new());
}

/// What is compared, and what a backend access is to be.
pub(crate) fn canonical(access: &BackendAccess) -> Value {
    super::without(access, &["id"])
}
