//! `kind: app_quota`.

use paifang_model::{AppQuota, Id};
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let chosen = [("id", json!(Id::ROOT)), ("account", json!(Id::ROOT))];
    let Some(quota) = reader.typed::<AppQuota>(&chosen) else { return };
    reader.note(quota.check());
    reader.want(Identity::app_quota(&quota.name), canonical(&quota), Vec::new());
}

/// What is compared, and what a quota is to be.
pub(crate) fn canonical(quota: &AppQuota) -> Value {
    super::without(quota, &["id", "account"])
}
