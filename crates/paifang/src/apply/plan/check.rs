//! What can only be judged with the files and the gateway both in view.

use std::collections::BTreeSet;

use paifang_model::Kind;

use super::{Change, Plan, routes};
use crate::apply::gateway::Gateway;
use crate::apply::object::Identity;
use crate::apply::place::Complaints;
use crate::apply::reader::Desired;

/// Complains about what would be refused in the middle of the work, beside what was complained about before.
///
/// # Errors
/// All complaints.
pub(crate) fn check(
    desired: &Desired,
    gateway: &Gateway,
    plan: &Plan,
    now: i64,
    mut complaints: Complaints,
) -> Result<(), Complaints> {
    let deletions = plan.iter().filter(|step| matches!(step.change, Change::Delete));
    let going: BTreeSet<&Identity> = deletions.map(|step| &step.identity).collect();
    for wanted in desired.values() {
        for (pointer, need) in wanted.needs.iter().filter(|(_, need)| !desired.contains_key(need)) {
            let (kind, name) = (need.kind, need.shown());
            let message = if !gateway.found.contains_key(need) {
                format!("there is no {kind} `{name}`, neither in the files nor on the gateway")
            } else if going.contains(need) {
                format!("the {kind} `{name}` is not in the files any more and would be deleted")
            } else {
                continue;
            };
            wanted.document.complain(pointer, message, &mut complaints);
        }
    }
    routes::check(desired, &gateway.found, |identity| going.contains(identity), &mut complaints);
    check_steps(desired, gateway, plan, now, &mut complaints);
    complaints.or(())
}

fn check_steps(desired: &Desired, gateway: &Gateway, plan: &Plan, now: i64, complaints: &mut Complaints) {
    for step in plan.iter().filter(|step| !matches!(step.change, Change::Delete)) {
        let Some(wanted) = desired.get(&step.identity) else { continue };
        let found = gateway.found.get(&step.identity).map(|found| &found.body);
        match step.identity.kind {
            Kind::Domain if found.is_some_and(|found| found["group"] != wanted.body["group"]) => {
                let bound = found.map(|found| &found["group"]).and_then(|group| group.as_str());
                let message = format!(
                    "it is bound to the group `{}`: unbind it there first",
                    bound.unwrap_or_default()
                );
                wanted.document.complain("/host", message, complaints);
            }
            Kind::Grant if wanted.body["until"].as_i64().is_some_and(|until| until <= now) => {
                let message = "it is over: it must be later than now";
                wanted.document.complain("/until", message, complaints);
            }
            _ => {}
        }
    }
}
