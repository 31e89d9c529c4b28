//! `kind: domain`. Its name is its host, which belongs to one group at a time.

use paifang_model::domain::parse_host;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// A domain as a file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bound {
    host: String,
    group: String,
    stage: Option<String>,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(Bound { host, group, stage }) = reader.typed::<Bound>(&[]) else { return };
    let host = reader.check("/host", parse_host(&host));
    let group = reader.group("/group", &group);
    let (Some(host), Some(group)) = (host, group) else { return };
    reader.check_free(&host);
    let stage = stage.zip(group.dialect()).map(|(stage, dialect)| Identity::stage(dialect, &stage));
    let body = canonical(&group, stage.as_ref());
    let mut needs = vec![("/group".to_owned(), group)];
    needs.extend(stage.map(|stage| ("/stage".to_owned(), stage)));
    reader.want(Identity::domain(&host), body, needs);
}

/// What is compared.
pub(crate) fn canonical(group: &Identity, stage: Option<&Identity>) -> Value {
    json!({ "group": group.shown(), "stage": stage.map(Identity::name) })
}
