//! What a group keeps as it was given: settings that the data plane does not read.

use paifang_model::Group;
use serde_json::{Map, Value, json};

use crate::INSTANCE;
use crate::fault::Fault;
use crate::params::Params;

/// Parameters of `ModifyApiGroup` that are kept as they are given, under their own names.
const KEPT: [&str; 9] = [
    "CompatibleFlags",
    "CustomAppCodeConfig",
    "CustomTraceConfig",
    "CustomerConfigs",
    "DefaultDomain",
    "FilterAppCodeForBackend",
    "RpcPattern",
    "SupportSSE",
    "UserLogConfig",
];

/// What is kept after these parameters; one that is given empty is taken away.
pub(super) fn changed(extra: &Map<String, Value>, params: &Params) -> Map<String, Value> {
    let mut extra = extra.clone();
    for name in KEPT {
        match params.given(name) {
            Some("") => {
                extra.shift_remove(name);
            }
            Some(value) => {
                extra.insert(name.to_owned(), json!(value));
            }
            None => {}
        }
    }
    extra
}

/// A setting that is kept; empty when there is none.
pub(super) fn kept<'a>(group: &'a Group, name: &str) -> &'a str {
    group.extra.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// There is one instance.
pub(super) fn check_instance(params: &Params) -> Result<(), Fault> {
    match params.text("InstanceId") {
        None | Some(INSTANCE) => Ok(()),
        Some(_) => Err(Fault::not_found("Instance")),
    }
}

/// `PassthroughHeaders`: names with commas between them.
pub(super) fn headers(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}
