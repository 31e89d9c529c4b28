//! `kind: grant`: each of some apps may call each of some APIs of a group in a stage. Each pair is an object.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// Grants as a file says them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grants {
    apps: Vec<String>,
    group: String,
    apis: Vec<String>,
    stage: String,
    until: Option<i64>,
    #[serde(default)]
    remark: String,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(grants) = reader.typed::<Grants>(&[]) else { return };
    for (pointer, names) in [("/apps", &grants.apps), ("/apis", &grants.apis)] {
        if names.is_empty() {
            reader.complain(pointer, "name at least one");
        }
    }
    reader.check("/remark", paifang_model::name::check_length(&grants.remark, 0, 400));
    let Some(group) = reader.group("/group", &grants.group) else { return };
    let Some(dialect) = group.dialect() else { return };
    let stage = Identity::stage(dialect, &grants.stage);
    let body = canonical(grants.until, &grants.remark);
    for (app_at, app) in grants.apps.iter().enumerate() {
        for (api_at, api) in grants.apis.iter().enumerate() {
            let (app, api) = (Identity::app(app), group.api(api));
            let identity = api.grant(&app, &stage);
            let needs = vec![
                (format!("/apps/{app_at}"), app),
                (format!("/apis/{api_at}"), api),
                ("/stage".to_owned(), stage.clone()),
            ];
            reader.want_at(identity, body.clone(), needs, &format!("/apis/{api_at}"));
        }
    }
}

/// What is compared.
pub(crate) fn canonical(until: Option<i64>, remark: &str) -> Value {
    json!({ "until": until, "remark": remark })
}
