//! `kind: policy`: the vendor's settings, with names in place of the ids of what they name. What is the same for every
//! kind of policy is here, what a kind has of its own in the file of its name.

mod access;
mod cors;
mod rate_limit;
mod signature_key;
mod throttle;

use paifang_model::policy::Settings;
use paifang_model::{Dialect, Id, Key, Kind, Policy, PolicyKind, Secret, Violation, Violations};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::minimal::minimal;
use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// How a kind's settings read in files, where that is not as the vendor has them.
struct Form {
    /// Places that name objects, as far as they are there, and the kinds of these.
    references: fn(&Value) -> Vec<(String, Kind)>,
    /// Places that the gateway writes by itself. Files do not say them, and they are not compared.
    noted: fn(&Value) -> Vec<String>,
    /// Takes over from settings what the gateway wrote there by itself, where new ones are about the same.
    keep: fn(&mut Value, &Value),
    /// The JSON Schema of the settings.
    schema: fn() -> Value,
}

const fn form(kind: PolicyKind) -> Form {
    match kind {
        PolicyKind::Throttle => throttle::FORM,
        PolicyKind::AddressList => access::ADDRESSES,
        PolicyKind::AccountList => access::NAMES,
        PolicyKind::AccountIdList => access::IDS,
        PolicyKind::Cors => cors::FORM,
        PolicyKind::SignatureKey => signature_key::FORM,
        PolicyKind::RateLimit => rate_limit::FORM,
    }
}

/// A policy as a file says it. Its own kind has another name there, since `kind` is the document's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    dialect: Dialect,
    policy_kind: PolicyKind,
    name: String,
    settings: Value,
    #[serde(default)]
    remark: String,
    #[serde(default)]
    secret: Option<Secret>,
}

/// A name in settings, and the id that stands in for it while they are checked.
struct StandIn {
    pointer: String,
    named: Identity,
    id: String,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(given) = reader.typed::<Given>(&[]) else { return };
    let Given { dialect, policy_kind: kind, name, mut settings, remark, secret } = given;
    for pointer in (form(kind).noted)(&settings) {
        reader.complain(&format!("/settings{pointer}"), "the gateway notes it: leave it out");
    }
    let stand_ins = names_to_ids(kind, &mut settings);
    let unknown = Id::ROOT;
    let policy =
        Policy { id: unknown.into(), account: unknown.into(), dialect, kind, name, settings, remark, secret };
    reader.note(check(&policy, reader, &stand_ins));
    let name_of = |key: &Key| {
        let id = key.id.to_string();
        stand_ins.iter().find(|one| one.id == id).map(|one| one.named.name().to_owned())
    };
    let body = canonical(&policy, name_of);
    let identity = Identity::policy(dialect, kind, &policy.name);
    match policy.secret {
        // What has a secret names nothing.
        Some(secret) if kind.has_secret() => {
            reader.want_with_secret(identity, with_secret(body, Secrecy::AsInTheFiles), secret);
        }
        _ => {
            let needs = stand_ins.iter().map(|one| (format!("/settings{}", one.pointer), one.named.clone()));
            reader.want(identity, body, needs.collect());
        }
    }
}

/// Whether a policy has the secret that the files give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secrecy {
    AsInTheFiles,
    Another,
}

/// What is compared of a policy that has a secret: also whether it is the one of the files.
pub(crate) fn with_secret(mut body: Value, secrecy: Secrecy) -> Value {
    body["secret"] = json!(match secrecy {
        Secrecy::AsInTheFiles => "as in the files",
        Secrecy::Another => "another one",
    });
    body
}

/// The gateway's own rules, in which names stand for the ids again.
fn check(policy: &Policy, reader: &Reader<'_>, stand_ins: &[StandIn]) -> Result<(), Violations> {
    let mut violations = policy.check().err().unwrap_or_default();
    let limits = reader.rules().limits(policy.dialect);
    let within = policy.read().and_then(|settings| settings.check_within(&limits));
    // What cannot be read has been complained about.
    if policy.read().is_ok() {
        violations.nest("/settings", within.err().unwrap_or_default());
    }
    let mut told = Violations::new();
    for Violation { pointer, rule, message } in violations.into_vec() {
        let message =
            stand_ins.iter().fold(message, |message, one| message.replace(&one.id, one.named.name()));
        told.add(pointer, rule, message);
    }
    told.or(())
}

/// Puts an id in place of each name, as the model wants it.
fn names_to_ids(kind: PolicyKind, settings: &mut Value) -> Vec<StandIn> {
    let mut stand_ins = Vec::new();
    for (pointer, named) in references(kind, settings) {
        let id = Id::derived(named.kind.name(), &[named.name().as_bytes()]).to_string();
        if let Some(place) = settings.pointer_mut(&pointer) {
            *place = json!(id);
        }
        stand_ins.push(StandIn { pointer, named, id });
    }
    stand_ins
}

/// What settings name.
fn references(kind: PolicyKind, settings: &Value) -> Vec<(String, Identity)> {
    let named = |(pointer, kind): (String, Kind)| {
        let name = settings.pointer(&pointer)?.as_str()?;
        let named = Identity::outermost(kind, name);
        Some((pointer, named))
    };
    (form(kind).references)(settings).into_iter().filter_map(named).collect()
}

/// What the settings of a policy name, with pointers into its body.
pub(crate) fn named(identity: &Identity, body: &Value) -> Vec<(String, Identity)> {
    let all = identity.policy_kind().map(|kind| references(kind, &body["settings"])).unwrap_or_default();
    all.into_iter().map(|(pointer, named)| (format!("/settings{pointer}"), named)).collect()
}

/// What is compared: the least that means the same, with names in place of ids. What has no name any more keeps its id.
pub(crate) fn canonical(policy: &Policy, name_of: impl Fn(&Key) -> Option<String>) -> Value {
    let mut settings = policy.settings.clone();
    for pointer in (form(policy.kind).noted)(&settings) {
        remove(&mut settings, &pointer);
    }
    let read = |settings: &Value| Settings::read(policy.dialect, policy.kind, settings).ok();
    let mut settings = minimal(settings, read);
    for (pointer, key) in read(&settings).iter().flat_map(Settings::named) {
        if let (Some(place), Some(name)) = (settings.pointer_mut(&pointer), name_of(&key)) {
            *place = json!(name);
        }
    }
    json!({ "settings": settings, "remark": policy.remark })
}

/// Takes a member out of settings.
fn remove(settings: &mut Value, pointer: &str) {
    let Some((outer, name)) = pointer.rsplit_once('/') else { return };
    if let Some(Value::Object(members)) = settings.pointer_mut(outer) {
        members.shift_remove(name);
    }
}

/// What a new policy is to be.
pub(crate) fn draft(identity: &Identity, body: &Value, id_of: impl Fn(&Identity) -> Option<String>) -> Value {
    json!({
        "dialect": identity.dialect(), "kind": identity.policy_kind(), "name": identity.name(),
        "settings": settings(identity, body, id_of), "remark": body["remark"],
    })
}

/// What is to change of a policy that has these settings.
pub(crate) fn patch(
    identity: &Identity,
    body: &Value,
    there: &Value,
    id_of: impl Fn(&Identity) -> Option<String>,
) -> Value {
    let mut settings = settings(identity, body, id_of);
    if let Some(kind) = identity.policy_kind() {
        (form(kind).keep)(&mut settings, there);
    }
    json!({ "settings": settings, "remark": body["remark"] })
}

/// Settings as the gateway takes them: with the ids of what they name.
fn settings(identity: &Identity, body: &Value, id_of: impl Fn(&Identity) -> Option<String>) -> Value {
    let mut body = body.clone();
    for (pointer, named) in named(identity, &body) {
        if let (Some(place), Some(id)) = (body.pointer_mut(&pointer), id_of(&named)) {
            *place = json!(id);
        }
    }
    body["settings"].take()
}

/// The JSON Schema of a kind's settings.
pub(crate) fn schema(kind: PolicyKind) -> Value {
    (form(kind).schema)()
}

#[cfg(test)]
mod tests;
