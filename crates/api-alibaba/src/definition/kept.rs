//! What is kept beside the model: members of objects, by the parameter that they came in and, in lists, by item.

use paifang_model::definition::Location;
use serde_json::{Map, Value};

use super::words::{LOCATIONS, word};

/// Members of `RequestConfig` that the data plane does not read.
pub(super) const REQUEST: &[&str] = &["BodyFormat", "BodyModel", "EscapePathParam", "PostBodyDescription"];
/// Members of `ServiceConfig` that the data plane does not read, or not for this kind of backend.
pub(super) const SERVICE: &[&str] = &[
    "AoneAppName",
    "ContentTypeCatagory",
    "ContentTypeValue",
    "EventBridgeConfig",
    "FunctionComputeConfig",
    "MockHeaders",
    "MockResult",
    "MockStatusCode",
    "OssConfig",
    "ServiceAddress",
    "ServiceHttpMethod",
    "ServicePath",
    "ServiceProtocol",
    "ServiceTimeout",
    "ServiceVpcEnable",
    "VpcConfig",
];
pub(super) const REQUEST_PARAMETER: &[&str] = &["DocOrder", "DocShow"];
pub(super) const SERVICE_PARAMETER: &[&str] = &["ParameterType"];
pub(super) const SYSTEM_PARAMETER: &[&str] = &["DemoValue"];
pub(super) const ERROR_SAMPLE: &[&str] = &["Code", "Description", "Message", "Model"];
pub(super) const RESULT_DESCRIPTION: &[&str] =
    &["Description", "HasChild", "Id", "Key", "Mandatory", "Name", "Pid", "Type"];
pub(super) const OPEN_ID: &[&str] = &["IdTokenParamName", "OpenIdApiType", "PublicKey", "PublicKeyId"];

/// Keeps members under a name, if there are any.
pub(super) fn keep(extra: &mut Map<String, Value>, name: &str, members: Map<String, Value>) {
    if !members.is_empty() {
        extra.insert(name.to_owned(), Value::Object(members));
    }
}

/// The members that are kept under a name.
pub(super) fn members<'a>(
    extra: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    extra.get(name).and_then(Value::as_object).into_iter().flatten()
}

/// The members that are kept for one item of a list.
pub(super) fn members_of_item<'a>(
    extra: &'a Map<String, Value>,
    list: &str,
    item: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let kept = extra.get(list).and_then(|list| list.get(item));
    kept.and_then(Value::as_object).into_iter().flatten()
}

/// Adds kept members to an object that has none of their names.
pub(super) fn fill<'a>(
    object: &mut Map<String, Value>,
    members: impl Iterator<Item = (&'a String, &'a Value)>,
) {
    for (name, value) in members {
        object.entry(name).or_insert_with(|| value.clone());
    }
}

/// Names a backend parameter among those that are kept: two may have one name at different places.
pub(super) fn place(location: Location, name: &str) -> String {
    format!("{}/{name}", word(LOCATIONS, &location).unwrap_or_default())
}
