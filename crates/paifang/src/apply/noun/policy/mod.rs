//! `kind: policy`: the vendor's settings, with names in place of the ids of what they name. What is the same for every
//! kind of policy is here, what a kind has of its own in the file of its name.

mod access;
mod cors;
mod ip_control;
mod rate_limit;
mod signature_key;
mod throttle;
mod traffic_control;

use paifang_model::policy::{Settings, alibaba};
use paifang_model::{Dialect, Id, Kind, Policy, PolicyKind, Secret, Violation, Violations};
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
    /// What stands on the gateway where files have names.
    named_by: NamedBy,
    /// The JSON Schema of the settings.
    schema: fn() -> Value,
}

/// How settings on the gateway say what they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedBy {
    Id,
    /// A number that each gateway draws for itself.
    Number,
}

impl NamedBy {
    fn value(self, text: &str) -> Value {
        let number = text.parse::<u64>().ok().filter(|_| self == Self::Number);
        number.map_or_else(|| json!(text), |number| json!(number))
    }
}

/// Settings that name nothing, and that the gateway notes nothing in.
const fn plain(schema: fn() -> Value) -> Form {
    Form { references: |_| Vec::new(), noted: |_| Vec::new(), keep: |_, _| {}, named_by: NamedBy::Id, schema }
}

const fn form(dialect: Dialect, kind: PolicyKind) -> Form {
    match (dialect, kind) {
        (Dialect::Alibaba, PolicyKind::Throttle) => traffic_control::FORM,
        (Dialect::Alibaba, PolicyKind::AddressList) => ip_control::FORM,
        (Dialect::Alibaba, PolicyKind::Cors) => plain(cors::data),
        (Dialect::Alibaba, PolicyKind::SignatureKey) => plain(signature_key::data),
        (Dialect::Huawei, PolicyKind::Throttle) => throttle::FORM,
        (Dialect::Huawei, PolicyKind::AddressList) => plain(access::addresses),
        (Dialect::Huawei, PolicyKind::Cors) => plain(cors::content),
        (Dialect::Huawei, PolicyKind::SignatureKey) => plain(signature_key::settings),
        // The other dialect has none of these; its documents are refused when they are checked.
        (_, PolicyKind::AccountList) => plain(access::names),
        (_, PolicyKind::AccountIdList) => plain(access::ids),
        (_, PolicyKind::RateLimit) => rate_limit::FORM,
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
    settings = written_out(dialect, settings);
    for pointer in (form(dialect, kind).noted)(&settings) {
        reader.complain(&format!("/settings{pointer}"), "the gateway notes it: leave it out");
    }
    for (pointer, number) in numbers_of_apps(dialect, kind, &settings) {
        let message =
            format!("{number} is a number that each gateway draws for itself: write the app's name");
        reader.complain(&format!("/settings{pointer}"), message);
    }
    let stand_ins = names_to_ids(dialect, kind, &mut settings);
    let unknown = Id::ROOT;
    let policy =
        Policy { id: unknown.into(), account: unknown.into(), dialect, kind, name, settings, remark, secret };
    reader.note(check(&policy, reader, &stand_ins));
    let name_of =
        |_, id: &str| stand_ins.iter().find(|one| one.id == id).map(|one| one.named.name().to_owned());
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

/// What a plug-in's data stands for, where it is a text.
fn written_out(dialect: Dialect, settings: Value) -> Value {
    let text = settings.as_str().filter(|_| dialect == Dialect::Alibaba);
    text.and_then(alibaba::read_text).unwrap_or(settings)
}

/// Puts an id or a number in place of each name, as the model wants it.
fn names_to_ids(dialect: Dialect, kind: PolicyKind, settings: &mut Value) -> Vec<StandIn> {
    let named_by = form(dialect, kind).named_by;
    let mut stand_ins = Vec::new();
    for (pointer, named) in references(dialect, kind, settings) {
        let id = Id::derived(named.kind.name(), &[named.name().as_bytes()]);
        let id = match named_by {
            NamedBy::Id => id.to_string(),
            NamedBy::Number => stand_in_number(id).to_string(),
        };
        if let Some(place) = settings.pointer_mut(&pointer) {
            *place = named_by.value(&id);
        }
        stand_ins.push(StandIn { pointer, named, id });
    }
    stand_ins
}

/// Longer than any number that is drawn.
fn stand_in_number(id: Id) -> u64 {
    const LEAST: u64 = 1_000_000_000_000_000;
    let hash = id.as_bytes().iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte));
    LEAST + hash % LEAST
}

/// Apps that files name by their numbers, and where.
fn numbers_of_apps(dialect: Dialect, kind: PolicyKind, settings: &Value) -> Vec<(String, u64)> {
    let Form { references, named_by, .. } = form(dialect, kind);
    let number = |(pointer, kind): (String, Kind)| {
        let number = settings.pointer(&pointer)?.as_u64()?;
        (kind == Kind::App && named_by == NamedBy::Number).then_some((pointer, number))
    };
    references(settings).into_iter().filter_map(number).collect()
}

/// What the settings of a policy on the gateway name by number.
pub(crate) fn numbered(policy: &Policy) -> Vec<(Kind, String)> {
    let Form { references, named_by, .. } = form(policy.dialect, policy.kind);
    if named_by != NamedBy::Number {
        return Vec::new();
    }
    let settings = written_out(policy.dialect, policy.settings.clone());
    let number =
        |(pointer, kind): (String, Kind)| Some((kind, digits(settings.pointer(&pointer)?)?.to_string()));
    references(&settings).into_iter().filter_map(number).collect()
}

/// A number, or a text of digits, which the model reads as one.
fn digits(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// What settings name.
fn references(dialect: Dialect, kind: PolicyKind, settings: &Value) -> Vec<(String, Identity)> {
    let named = |(pointer, kind): (String, Kind)| {
        let name = settings.pointer(&pointer)?.as_str()?;
        let named = Identity::outermost(kind, name);
        Some((pointer, named))
    };
    (form(dialect, kind).references)(settings).into_iter().filter_map(named).collect()
}

/// What the settings of a policy name, with pointers into its body.
pub(crate) fn named(identity: &Identity, body: &Value) -> Vec<(String, Identity)> {
    let kind = identity.dialect().zip(identity.policy_kind());
    let all = kind.map(|(dialect, kind)| references(dialect, kind, &body["settings"])).unwrap_or_default();
    all.into_iter().map(|(pointer, named)| (format!("/settings{pointer}"), named)).collect()
}

/// What is compared: the least that means the same, with names in place of ids and numbers. What has no name any more keeps
/// what it has.
pub(crate) fn canonical(policy: &Policy, name_of: impl Fn(Kind, &str) -> Option<String>) -> Value {
    let form = form(policy.dialect, policy.kind);
    let mut settings = written_out(policy.dialect, policy.settings.clone());
    for pointer in (form.noted)(&settings) {
        remove(&mut settings, &pointer);
    }
    let read = |settings: &Value| Settings::read(policy.dialect, policy.kind, settings).ok();
    let mut settings = minimal(settings, read);
    match form.named_by {
        NamedBy::Id => {
            for (pointer, key) in read(&settings).iter().flat_map(Settings::named) {
                let name = name_of(key.kind, &key.id.to_string());
                if let (Some(place), Some(name)) = (settings.pointer_mut(&pointer), name) {
                    *place = json!(name);
                }
            }
        }
        NamedBy::Number => numbers_to_names(&form, &mut settings, name_of),
    }
    json!({ "settings": settings, "remark": policy.remark })
}

/// An app without a name is one that is gone, and is named by its number as if it were called so. Other accounts than one's
/// own are not seen, and keep theirs.
fn numbers_to_names(form: &Form, settings: &mut Value, name_of: impl Fn(Kind, &str) -> Option<String>) {
    for (pointer, kind) in (form.references)(settings) {
        let Some(place) = settings.pointer_mut(&pointer) else { continue };
        let Some(number) = digits(place) else { continue };
        let text = number.to_string();
        *place = match (name_of(kind, &text), kind) {
            (Some(name), _) => json!(name),
            (None, Kind::App) => json!(text),
            (None, _) => json!(number),
        };
    }
}

/// Takes a member out of settings.
fn remove(settings: &mut Value, pointer: &str) {
    let Some((outer, name)) = pointer.rsplit_once('/') else { return };
    if let Some(Value::Object(members)) = settings.pointer_mut(outer) {
        members.shift_remove(name);
    }
}

/// What a new policy is to be.
pub(crate) fn draft(
    identity: &Identity,
    body: &Value,
    known_as: impl Fn(NamedBy, &Identity) -> Option<String>,
) -> Value {
    json!({
        "dialect": identity.dialect(), "kind": identity.policy_kind(), "name": identity.name(),
        "settings": settings(identity, body, known_as), "remark": body["remark"],
    })
}

/// What is to change of a policy that has these settings.
pub(crate) fn patch(
    identity: &Identity,
    body: &Value,
    there: &Value,
    known_as: impl Fn(NamedBy, &Identity) -> Option<String>,
) -> Value {
    let mut settings = settings(identity, body, known_as);
    if let Some((dialect, kind)) = identity.dialect().zip(identity.policy_kind()) {
        (form(dialect, kind).keep)(&mut settings, there);
    }
    json!({ "settings": settings, "remark": body["remark"] })
}

/// Settings as the gateway takes them: with the ids or numbers of what they name.
fn settings(
    identity: &Identity,
    body: &Value,
    known_as: impl Fn(NamedBy, &Identity) -> Option<String>,
) -> Value {
    let mut body = body.clone();
    let kind = identity.dialect().zip(identity.policy_kind());
    let by = kind.map_or(NamedBy::Id, |(dialect, kind)| form(dialect, kind).named_by);
    for (pointer, named) in named(identity, &body) {
        if let (Some(place), Some(text)) = (body.pointer_mut(&pointer), known_as(by, &named)) {
            *place = by.value(&text);
        }
    }
    body["settings"].take()
}

/// The JSON Schema of a kind's settings in a dialect; none: it has no such kind.
pub(crate) fn schema(dialect: Dialect, kind: PolicyKind) -> Option<Value> {
    match (dialect, kind) {
        (Dialect::Alibaba, PolicyKind::AccountList | PolicyKind::AccountIdList | PolicyKind::RateLimit) => {
            None
        }
        _ => Some((form(dialect, kind).schema)()),
    }
}

#[cfg(test)]
mod tests;
