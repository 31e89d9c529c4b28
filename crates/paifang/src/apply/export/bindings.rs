//! Bindings, those of a policy to APIs of one group in one document; and those to whole groups.

use std::collections::{BTreeMap, BTreeSet};

use paifang_model::Kind;
use serde_json::{Value, json};

use super::document;
use crate::apply::gateway::Gateway;
use crate::apply::noun;
use crate::apply::object::{Found, Identity};

/// The documents, and the bindings that sleep: nobody could make them again before the API is back.
pub(super) fn documents(gateway: &Gateway, selected: &BTreeSet<Identity>) -> (Vec<Value>, Vec<Identity>) {
    let mut together = BTreeMap::<(Identity, Identity, Identity), Vec<String>>::new();
    let mut asleep = Vec::new();
    for (binding, found) in gateway.of_kind(Kind::Binding).filter(|(one, _)| selected.contains(one)) {
        let (api, stage) = (binding.api_of(), binding.stage_of());
        let needs_deployment =
            binding.dialect().is_some_and(|dialect| dialect.rules().bindings_need_deployment);
        if needs_deployment && !gateway.found.contains_key(&api.deployment(&stage)) {
            asleep.push(binding.clone());
            continue;
        }
        let alike = (noun::binding::policy(binding, &found.body), api.group_of(), stage);
        together.entry(alike).or_default().push(api.name().to_owned());
    }
    let document = |((policy, group, stage), apis): ((Identity, Identity, Identity), Vec<String>)| {
        let fields = json!({ "policy": full_name(&policy), "apis": apis, "stage": stage.name() });
        document::headed("binding", Some(&group), &document::escaped(fields))
    };
    (together.into_iter().map(document).collect(), asleep)
}

/// The documents about whole groups.
pub(super) fn group_documents(gateway: &Gateway, selected: &BTreeSet<Identity>) -> Vec<Value> {
    let bindings = gateway.of_kind(Kind::GroupBinding).filter(|(one, _)| selected.contains(one));
    let document = |(binding, found): (&Identity, &Found)| {
        let policy = noun::binding::policy(binding, &found.body);
        let fields = json!({ "policy": full_name(&policy), "stage": binding.stage_of().name() });
        document::headed("group_binding", Some(&binding.group_of()), &document::escaped(fields))
    };
    bindings.map(document).collect()
}

/// Policies of several kinds may have the same name.
fn full_name(policy: &Identity) -> String {
    policy.path.get(1..).unwrap_or_default().join("/")
}
