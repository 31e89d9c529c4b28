//! `kind: backend_instance`. It is known by its network and the cloud's id.

use paifang_model::{BackendInstance, Id};
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(instance) = reader.typed::<BackendInstance>(&[("id", json!(Id::ROOT))]) else { return };
    reader.note(instance.check());
    let identity = Identity::backend_instance(instance.network.as_deref(), &instance.instance);
    reader.want(identity, canonical(&instance), Vec::new());
}

/// What is compared, and what a backend instance is to be.
pub(crate) fn canonical(instance: &BackendInstance) -> Value {
    super::without(instance, &["id"])
}
