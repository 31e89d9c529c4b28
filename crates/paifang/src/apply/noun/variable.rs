//! `kind: variable`: what stands for `#name#` in the backends of a group's APIs in a stage.

use paifang_model::{Id, Variable};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// A variable as a file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Valued {
    group: String,
    stage: String,
    name: String,
    value: String,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(Valued { group, stage, name, value }) = reader.typed::<Valued>(&[]) else { return };
    let Some(group) = reader.group("/group", &group) else { return };
    let Some(dialect) = group.dialect() else { return };
    let unknown = Id::ROOT;
    let variable = Variable { id: unknown.into(), group: unknown.into(), stage: unknown.into(), name, value };
    reader.note(variable.check(dialect));
    let stage = Identity::stage(dialect, &stage);
    let identity = group.variable(&stage, &variable.name);
    let needs = vec![("/group".to_owned(), group), ("/stage".to_owned(), stage)];
    reader.want(identity, canonical(&variable), needs);
}

/// What is compared.
pub(crate) fn canonical(variable: &Variable) -> Value {
    json!({ "value": variable.value })
}
