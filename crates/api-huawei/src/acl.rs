//! Access control policies. The interface has one object with an entity type, the gateway a kind of policy for each.
//! Spec: huawei/throttling-and-access.md §3.

use paifang_control::{Error, PolicyDraft, PolicyFilter, PolicyPatch, Stored};
use paifang_model::{Policy, PolicyKind, Rule, Violation};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, members, nothing, object, page, page_of, without_nulls};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, codes};
use crate::policies::{Sort, bindings_of, to_delete};
use crate::{DIALECT, scope, time};

const ENTITY_TYPES: &[(&str, PolicyKind)] = &[
    ("IP", PolicyKind::AddressList),
    ("DOMAIN", PolicyKind::AccountList),
    ("DOMAIN_ID", PolicyKind::AccountIdList),
];

pub(crate) static SORT: Sort = Sort {
    kinds: &[PolicyKind::AddressList, PolicyKind::AccountList, PolicyKind::AccountIdList],
    tongue: Tongue { parameter, code },
    missing: codes::NO_ACL,
    bound: codes::ACL_BOUND,
    too_many: codes::TOO_MANY_ACLS,
    not_bound: codes::NO_ACL_BINDING,
    id: "acl_id",
    name: "acl_name",
    bindings: "acl_bindings",
};

fn parameter(pointer: &str) -> String {
    match pointer {
        "/name" => "acl_name".to_owned(),
        other => other.trim_start_matches("/settings").trim_start_matches('/').replace('/', "."),
    }
}

fn code(violation: &Violation) -> Option<Code> {
    let taken = (violation.rule, violation.pointer.as_str()) == (Rule::Duplicate, "/name");
    taken.then_some(codes::ACL_NAME_TAKEN)
}

/// What was sent.
struct Sent {
    kind: PolicyKind,
    name: String,
    settings: Value,
}

fn read(body: &mut Fields<'_, '_>) -> Sent {
    let kind = body.required_word("entity_type", ENTITY_TYPES, PolicyKind::AddressList);
    let name = body.required("acl_name").to_owned();
    let settings = json!({ "acl_type": body.required("acl_type"), "acl_value": body.required("acl_value") });
    Sent { kind, name, settings }
}

pub(crate) async fn create(call: &Call) -> Answer {
    let Sent { kind, name, settings } = call.read(read)?;
    let draft = PolicyDraft { dialect: DIALECT, kind, name, settings, remark: String::new(), secret: None };
    let policy = call.context.create_policy(draft).await.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(&policy)))
}

pub(crate) async fn update(call: &Call) -> Answer {
    let old = SORT.found(call, "acl_id", call.path("acl_id")).await?.value;
    let Sent { name, settings, .. } = call.read(|body| {
        let sent = read(body);
        if sent.kind != old.kind {
            let message = format!("it stays {}: make another policy", entity_type(old.kind));
            body.complain(codes::INVALID_VALUE, "entity_type", message);
        }
        sent
    })?;
    let patch = PolicyPatch { name: Some(name), settings: Some(settings), ..PolicyPatch::default() };
    let policy = call.context.update_policy(old.id, patch, None).await.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(&policy)))
}

pub(crate) async fn show(call: &Call) -> Answer {
    object(Value::Object(view(&SORT.found(call, "acl_id", call.path("acl_id")).await?)))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let policy = SORT.found(call, "acl_id", call.path("acl_id")).await?.value;
    call.context.delete_policy(policy.id, None).await.map_err(|error| SORT.fault(error))?;
    nothing()
}

/// Each on its own, with a result of its own.
pub(crate) async fn delete_several(call: &Call) -> Answer {
    let ids = to_delete(call, "acls")?;
    let mut failure = Vec::new();
    for text in &ids {
        let (name, done) = match SORT.found(call, "acls", text).await {
            Err(fault) => (None, Err(fault)),
            Ok(policy) => {
                let deleted = call.context.delete_policy(policy.value.id, None).await;
                (Some(policy.value.name), deleted.map_err(|error: Error| SORT.fault(error)))
            }
        };
        if let Err(fault) = done {
            failure.push(failed(text, name.as_deref(), &fault));
        }
    }
    object(json!({ "success_count": ids.len() - failure.len(), "failure": failure }))
}

fn failed(id: &str, name: Option<&str>, fault: &Fault) -> Value {
    let (code, message) = fault.members();
    without_nulls(json!({ "acl_id": id, "acl_name": name, "error_code": code, "error_msg": message }))
}

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let family = Some(PolicyKind::AddressList);
    let filter = PolicyFilter { dialect: Some(DIALECT), family, ..PolicyFilter::default() };
    let (context, filter) = (&call.context, &filter);
    let mut all = scope::all(|paging| async move { context.list_policies(filter, &paging).await }).await?;
    all.retain(|policy| is_asked_for(call, policy));
    let (policies, total) = page_of(wanted, all);
    let mut rows = Vec::with_capacity(policies.len());
    for policy in &policies {
        let mut row = view(policy);
        row.insert("bind_num".to_owned(), json!(bindings_of(call, policy.value.id).await?));
        rows.push(Value::Object(row));
    }
    page("acls", rows, total)
}

fn is_asked_for(call: &Call, policy: &Stored<Policy>) -> bool {
    let Policy { id, kind, name, settings, .. } = &policy.value;
    let named = |wanted: &str| {
        if call.query.is_precise("name") {
            name == wanted
        } else {
            name.to_lowercase().contains(&wanted.to_lowercase())
        }
    };
    call.query.value("id").is_none_or(|wanted| id.to_string() == wanted)
        && call.query.value("name").is_none_or(named)
        && call.query.value("acl_type").is_none_or(|wanted| settings["acl_type"] == wanted)
        && call.query.value("entity_type").is_none_or(|wanted| entity_type(*kind) == wanted)
}

/// A policy as it is shown.
pub(crate) fn view(policy: &Stored<Policy>) -> Map<String, Value> {
    let Policy { id, kind, name, settings, .. } = &policy.value;
    members(json!({
        "id": id,
        "acl_name": name,
        "entity_type": entity_type(*kind),
        "acl_type": settings["acl_type"],
        "acl_value": settings["acl_value"],
        "update_time": time::rfc3339(policy.updated_at),
    }))
}

fn entity_type(kind: PolicyKind) -> &'static str {
    ENTITY_TYPES.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}
