//! Traffic control as this interface shows it.

use paifang_control::Stored;
use paifang_model::Policy;
use paifang_model::policy::alibaba::{PerCaller, SpecialNumber};
use serde_json::{Value, json};

use crate::time;

pub(super) fn shown(stored: &Stored<Policy>) -> Value {
    let policy = &stored.value;
    let mut shown = json!({
        "TrafficControlId": policy.id,
        "TrafficControlName": policy.name,
        "Description": policy.remark,
        "CreatedTime": time::written(stored.created_at),
        "ModifiedTime": time::written(stored.updated_at),
    });
    if let Some(limits) = policy.read().ok().as_ref().and_then(super::limits) {
        shown["TrafficControlUnit"] = json!(limits.period.unit.name().to_uppercase());
        shown["ApiDefault"] = json!(limits.api);
        for (name, number) in [("UserDefault", limits.user), ("AppDefault", limits.app)] {
            if let Some(number) = number {
                shown[name] = json!(number);
            }
        }
        shown["SpecialPolicies"] = json!({ "SpecialPolicy": specials(limits) });
    }
    shown
}

fn specials(limits: &PerCaller) -> Vec<Value> {
    let sorts = [("APP", &limits.special_apps), ("USER", &limits.special_users)];
    let there = sorts.into_iter().filter(|(_, specials)| !specials.is_empty());
    there
        .map(|(sort, specials)| {
            let specials: Vec<Value> = specials.iter().map(special).collect();
            json!({ "SpecialType": sort, "Specials": { "Special": specials } })
        })
        .collect()
}

fn special(special: &SpecialNumber) -> Value {
    json!({ "SpecialKey": special.number.to_string(), "TrafficValue": special.limit })
}
