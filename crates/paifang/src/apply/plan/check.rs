//! What can only be judged with the files and the gateway both in view.

use std::collections::BTreeSet;

use paifang_control::{CertificateOfDomain, check_domain_tls};
use paifang_model::{CertificateFacts, Kind, Violations};

use super::{Change, Plan, routes};
use crate::apply::gateway::Gateway;
use crate::apply::noun;
use crate::apply::object::{Identity, Wanted};
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

/// Whether a domain's certificate, from the files or the gateway, is good for it.
fn check_tls(domain: &Identity, desired: &Desired, gateway: &Gateway, now: i64) -> Result<(), Violations> {
    let Some(body) = desired.get(domain).map(|wanted| &wanted.body) else { return Ok(()) };
    let tls = noun::domain::typed_tls(body);
    let Some(name) = noun::domain::certificate(body) else {
        return check_domain_tls(domain.name(), &tls, None, now);
    };
    // One that is nowhere, or is no good by itself, has been complained about.
    let Some(facts) = facts(&name, desired, gateway, now) else { return Ok(()) };
    let certificate = desired.get(&name).map(|wanted| &wanted.body);
    let certificate = certificate.or(gateway.found.get(&name).map(|found| &found.body));
    let client_authority = certificate.and_then(|body| body["client_authority"].as_str());
    let certificate = CertificateOfDomain { name: name.name(), facts: &facts, client_authority };
    check_domain_tls(domain.name(), &tls, Some(certificate), now)
}

/// What a certificate will say of itself when the work is done.
fn facts(name: &Identity, desired: &Desired, gateway: &Gateway, now: i64) -> Option<CertificateFacts> {
    let there = gateway.facts.get(name);
    let Some(wanted) = desired.get(name) else { return there.cloned() };
    match gateway.found.get(name) {
        Some(found) if found.body == wanted.body => there.cloned(),
        _ => noun::certificate::facts(name, wanted, now).ok(),
    }
}

/// Notes complaints that quote nothing that was given.
fn complain(wanted: &Wanted, checked: Result<(), Violations>, complaints: &mut Complaints) {
    for violation in checked.err().unwrap_or_default().into_vec() {
        wanted.document.complain(&violation.pointer, violation.message, complaints);
    }
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
            Kind::Certificate => {
                let checked = noun::certificate::facts(&step.identity, wanted, now);
                complain(wanted, checked.map(drop), complaints);
            }
            Kind::Domain => complain(wanted, check_tls(&step.identity, desired, gateway, now), complaints),
            Kind::Grant if wanted.body["until"].as_i64().is_some_and(|until| until <= now) => {
                let message = "it is over: it must be later than now";
                wanted.document.complain("/until", message, complaints);
            }
            _ => {}
        }
    }
}
