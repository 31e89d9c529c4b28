//! Each kind of object as the document that would make it.

use paifang_model::{
    AccessList, AppQuota, BackendAccess, BackendInstance, BackendService, Channel, Definition, Id, Kind,
    PolicyKind,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::names::Variables;
use crate::apply::gateway::Gateway;
use crate::apply::minimal::minimal;
use crate::apply::object::{Found, Identity};
use crate::apply::{files, members, noun};

pub(super) fn group(identity: &Identity, found: &Found) -> Value {
    let mut fields = json!({ "dialect": identity.dialect(), "name": identity.name() });
    extend(&mut fields, &found.body);
    let read = |fields: &Value| {
        let unknown = json!(Id::ROOT);
        typed(fields, &[("id", unknown.clone()), ("account", unknown), ("subdomain", json!(""))])
            .map(noun::group::canonical)
    };
    headed("group", None, &escaped(minimal(fields, read)))
}

pub(super) fn stage(identity: &Identity, found: &Found) -> Value {
    let mut fields = json!({ "dialect": identity.dialect() });
    extend(&mut fields, &found.body);
    headed("stage", None, &escaped(fields))
}

pub(super) fn backend_access(found: &Found) -> Value {
    let read = |fields: &Value| {
        let access = typed::<BackendAccess>(fields, &[("id", json!(Id::ROOT))]);
        access.map(|access| noun::backend_access::canonical(&access))
    };
    headed("backend_access", None, &escaped(minimal(found.body.clone(), read)))
}

pub(super) fn backend_instance(found: &Found) -> Value {
    let read = |fields: &Value| {
        let instance = typed::<BackendInstance>(fields, &[("id", json!(Id::ROOT))]);
        instance.map(|instance| noun::backend_instance::canonical(&instance))
    };
    headed("backend_instance", None, &escaped(minimal(found.body.clone(), read)))
}

pub(super) fn app_quota(found: &Found) -> Value {
    let read = |fields: &Value| {
        let quota = typed::<AppQuota>(fields, &[("id", json!(Id::ROOT)), ("account", json!(Id::ROOT))]);
        quota.map(|quota| noun::app_quota::canonical(&quota))
    };
    headed("app_quota", None, &escaped(minimal(found.body.clone(), read)))
}

pub(super) fn access_list(found: &Found) -> Value {
    let read = |fields: &Value| {
        let list = typed::<AccessList>(fields, &[("id", json!(Id::ROOT))]);
        list.map(|list| noun::access_list::canonical(&list))
    };
    headed("access_list", None, &escaped(minimal(found.body.clone(), read)))
}

pub(super) fn black_list(found: &Found) -> Value {
    let mut fields = found.body.clone();
    if let Value::Object(members) = &mut fields
        && members.get("description") == Some(&json!(""))
    {
        members.shift_remove("description");
    }
    headed("black_list", None, &escaped(fields))
}

pub(super) fn channel(found: &Found) -> Value {
    let read = |fields: &Value| {
        let channel = typed::<Channel>(fields, &[("id", json!(Id::ROOT))]);
        channel.map(|channel| noun::channel::canonical(&channel))
    };
    let mut fields = minimal(found.body.clone(), read);
    if let Value::Object(members) = &mut fields
        && let Some(kind) = members.shift_remove("kind")
    {
        members.insert("channel_kind".to_owned(), kind);
    }
    headed("channel", None, &escaped(fields))
}

pub(super) fn backend_service(identity: &Identity, found: &Found) -> Value {
    let read = |fields: &Value| {
        let mut fields = members(fields.clone());
        noun::backend_service::names_to_ids(&mut fields);
        typed::<BackendService>(&Value::Object(fields), &[("id", json!(Id::ROOT)), ("name", json!(""))])
            .and_then(|service| serde_json::to_value(service).ok())
    };
    let mut fields = minimal(found.body.clone(), read);
    let mut document = json!({ "name": identity.name(), "service_kind": fields["kind"].take() });
    if let Value::Object(members) = &mut fields {
        members.shift_remove("kind");
    }
    extend(&mut document, &fields);
    headed("backend_service", None, &escaped(document))
}

pub(super) fn api(gateway: &Gateway, identity: &Identity, found: &Found) -> Value {
    let read = |fields: &Value| {
        let mut fields = members(fields.clone());
        noun::api::names_to_ids(&mut fields);
        typed::<Definition>(&Value::Object(fields), &[])
            .and_then(|definition| serde_json::to_value(definition).ok())
    };
    let fields = minimal(found.body.clone(), read);
    let mut document = headed("api", Some(&identity.group_of()), &escaped(fields));
    let deployed =
        gateway.of_kind(Kind::Deployment).filter(|(deployment, _)| deployment.api_of() == *identity);
    let stages: Vec<&str> = deployed.map(|(deployment, _)| deployment.name()).collect();
    if !stages.is_empty() {
        document["stages"] = json!(stages);
    }
    document
}

pub(super) fn variable(identity: &Identity, found: &Found) -> Value {
    let mut fields = json!({ "stage": identity.stage_of().name(), "name": identity.name() });
    extend(&mut fields, &found.body);
    headed("variable", Some(&identity.group_of()), &escaped(fields))
}

pub(super) fn domain(identity: &Identity, found: &Found) -> Value {
    let mut fields = json!({ "host": identity.name() });
    if let Some(stage) = found.body["stage"].as_str() {
        fields["stage"] = json!(stage);
    }
    let tls = minimal(found.body["tls"].clone(), |tls| Some(noun::domain::typed_tls(&json!({ "tls": tls }))));
    if tls != json!({}) {
        fields["tls"] = escaped(tls);
    }
    if found.body["patterns"] != json!([]) {
        fields["patterns"] = found.body["patterns"].clone();
    }
    headed("domain", Some(&group_of(&found.body)), &fields)
}

/// A certificate; its key is for whoever applies it to bring along.
pub(super) fn certificate(identity: &Identity, found: &Found, variables: &mut Variables) -> Value {
    let mut fields = json!({ "name": identity.name(), "chain": found.body["chain"] });
    if !found.body["client_authority"].is_null() {
        fields["client_authority"] = found.body["client_authority"].clone();
    }
    let mut fields = escaped(fields);
    fields["key"] = json!(variables.certificate_key(identity.name()));
    headed("certificate", None, &fields)
}

pub(super) fn app(gateway: &Gateway, identity: &Identity, found: &Found, variables: &mut Variables) -> Value {
    let mut fields = json!({ "name": identity.name() });
    if found.body["description"] != json!("") {
        fields["description"] = found.body["description"].clone();
    }
    for (name, usual) in [("access", Value::Null), ("frozen", json!(false)), ("quota", Value::Null)] {
        if found.body[name] != usual {
            fields[name] = found.body[name].clone();
        }
    }
    let mut fields = escaped(fields);
    let of_app = |kind| gateway.of_kind(kind).map(|(one, _)| one).filter(|one| one.app_of() == *identity);
    let keys: Vec<Value> = of_app(Kind::AppKey)
        .map(|key| {
            let secret = variables.secret(identity.name(), key.name());
            json!({ "key": files::escaped(key.name()), "secret": secret })
        })
        .collect();
    let codes: Vec<Value> = of_app(Kind::AppCode)
        .enumerate()
        .map(|(index, _)| json!(variables.code(identity.name(), index + 1)))
        .collect();
    if !keys.is_empty() {
        fields["keys"] = keys.into();
    }
    if !codes.is_empty() {
        fields["codes"] = codes.into();
    }
    headed("app", None, &fields)
}

/// A policy, and the names in its settings that nothing has any more.
pub(super) fn policy(
    gateway: &Gateway,
    identity: &Identity,
    found: &Found,
    variables: &mut Variables,
) -> (Value, Vec<String>) {
    let mut body = found.body.clone();
    let mut gone = Vec::new();
    // Later elements first: places before them stay what they are.
    for (pointer, named) in noun::policy::named(identity, &found.body).into_iter().rev() {
        if !gateway.found.contains_key(&named) {
            gone.push(named.name().to_owned());
            remove_element(&mut body, &pointer);
        }
    }
    let mut fields = json!({
        "dialect": identity.dialect(), "policy_kind": identity.policy_kind(), "name": identity.name(),
        "settings": body["settings"],
    });
    if body["remark"] != json!("") {
        fields["remark"] = body["remark"].clone();
    }
    let mut fields = escaped(fields);
    if identity.policy_kind().is_some_and(PolicyKind::has_secret) {
        fields["secret"] = json!(variables.policy_secret(identity));
    }
    (headed("policy", None, &fields), gone)
}

/// Takes out the element of a list that a pointer leads into.
fn remove_element(value: &mut Value, pointer: &str) {
    let mut way = pointer;
    while let Some((list, at)) = way.rsplit_once('/') {
        if let (Some(Value::Array(elements)), Ok(at)) = (value.pointer_mut(list), at.parse::<usize>()) {
            if at < elements.len() {
                elements.remove(at);
            }
            return;
        }
        way = list;
    }
}

/// The group that a domain is bound to.
pub(super) fn group_of(body: &Value) -> Identity {
    let path = body["group"].as_str().unwrap_or_default().split('/').map(str::to_owned).collect();
    Identity { kind: Kind::Group, path }
}

/// A document: what it is about, which group it belongs to, and the rest.
pub(super) fn headed(kind: &str, group: Option<&Identity>, fields: &Value) -> Value {
    let mut document = json!({ "kind": kind });
    if let Some(group) = group {
        document["group"] = json!(group.shown());
    }
    extend(&mut document, fields);
    document
}

/// Texts as files have them: what looks like a reference to a secret is none.
pub(super) fn escaped(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(files::escaped(&text)),
        Value::Array(items) => items.into_iter().map(escaped).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, member)| (name, escaped(member))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn extend(value: &mut Value, with: &Value) {
    for (name, member) in members(with.clone()) {
        value[name] = member;
    }
}

fn typed<T: DeserializeOwned>(fields: &Value, chosen: &[(&str, Value)]) -> Option<T> {
    let mut fields = members(fields.clone());
    fields.extend(chosen.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    serde_json::from_value(Value::Object(fields)).ok()
}
