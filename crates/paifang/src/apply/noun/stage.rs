//! `kind: stage`. Its parent is the dialect whose groups use it.

use paifang_model::{Id, Stage};
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(stage) = reader.typed::<Stage>(&[("id", json!(Id::ROOT))]) else { return };
    let named = Stage { id: Stage::built_in_id(stage.dialect, &stage.name), ..stage };
    if named.is_built_in() {
        reader.complain("/name", format!("the stage `{}` exists from the start: leave it out", named.name));
        return;
    }
    reader.note(named.check());
    reader.want(Identity::stage(named.dialect, &named.name), canonical(&named), Vec::new());
}

/// What is compared.
pub(crate) fn canonical(stage: &Stage) -> Value {
    json!({ "name": stage.name, "description": stage.description })
}

/// What a new stage is to be.
pub(crate) fn draft(identity: &Identity, body: &Value) -> Value {
    let mut draft = body.clone();
    draft["dialect"] = json!(identity.dialect());
    draft
}
