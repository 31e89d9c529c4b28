//! Grants, those of an app for APIs of one group in one document.

use std::collections::{BTreeMap, BTreeSet};

use paifang_model::Kind;
use serde_json::{Value, json};

use super::document;
use crate::apply::gateway::Gateway;
use crate::apply::object::Identity;

/// The documents, and the grants that have ended: nobody could make them again.
pub(super) fn documents(gateway: &Gateway, selected: &BTreeSet<Identity>) -> (Vec<Value>, Vec<Identity>) {
    let now = jiff::Timestamp::now().as_millisecond();
    let mut together = BTreeMap::<(Identity, Identity, Identity, String), (Value, Vec<String>)>::new();
    let mut ended = Vec::new();
    for (grant, found) in gateway.of_kind(Kind::Grant).filter(|(grant, _)| selected.contains(grant)) {
        if found.body["until"].as_i64().is_some_and(|until| until <= now) {
            ended.push(grant.clone());
            continue;
        }
        let api = grant.granted_api();
        let alike = (grant.app_of(), api.group_of(), grant.stage_of(), found.body.to_string());
        let (_, apis) = together.entry(alike).or_insert_with(|| (found.body.clone(), Vec::new()));
        apis.push(api.name().to_owned());
    }
    let document = |((app, group, stage, _), (body, apis)): (_, (Value, Vec<String>))| {
        let (app, group, stage): (Identity, Identity, Identity) = (app, group, stage);
        let mut fields = json!({ "apps": [app.name()], "apis": apis, "stage": stage.name() });
        for (member, absent) in [("until", json!(null)), ("remark", json!(""))] {
            if body[member] != absent {
                fields[member] = body[member].clone();
            }
        }
        document::headed("grant", Some(&group), &document::escaped(fields))
    };
    (together.into_iter().map(document).collect(), ended)
}
