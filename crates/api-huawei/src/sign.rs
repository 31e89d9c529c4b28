//! Signature keys, with which the gateway proves itself to backends. Spec: huawei/backend-signature.md.

use paifang_control::{Action, PolicyDraft, PolicyFilter, PolicyPatch, Stored, may};
use paifang_model::{Id, Policy, PolicyKind, Rule, Secret, Violation};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, members, nothing, object, page, page_of};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, codes};
use crate::policies::{Sort, bindings_of};
use crate::{DIALECT, scope, time};

const KIND: PolicyKind = PolicyKind::SignatureKey;

pub(crate) static SORT: Sort = Sort {
    kinds: &[KIND],
    tongue: Tongue { parameter, code },
    missing: codes::NO_SIGN,
    // The vendor has no code of its own for it.
    bound: codes::DENIED,
    too_many: codes::TOO_MANY_SIGNS,
    not_bound: codes::NO_SIGN_BINDING,
    id: "sign_id",
    name: "sign_name",
    bindings: "sign_bindings",
};

fn parameter(pointer: &str) -> String {
    match pointer {
        "/secret" => "sign_secret".to_owned(),
        other => other.trim_start_matches("/settings").trim_start_matches('/').replace('/', "."),
    }
}

fn code(violation: &Violation) -> Option<Code> {
    let taken = (violation.rule, violation.pointer.as_str()) == (Rule::Duplicate, "/name");
    taken.then_some(codes::SIGN_NAME_TAKEN)
}

/// What was sent.
struct Sent {
    name: String,
    scheme: Option<String>,
    key: Option<String>,
    secret: Option<Secret>,
}

fn read(body: &mut Fields<'_, '_>) -> Sent {
    let mut given = |name| body.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let (scheme, key) = (given("sign_type"), given("sign_key"));
    let secret = given("sign_secret").map(Secret::new);
    if given("sign_algorithm").is_some() {
        body.complain(codes::NOT_OFFERED, "sign_algorithm", "keys of the type `aes` are not offered");
    }
    Sent { name: body.required("name").to_owned(), scheme, key, secret }
}

/// What is left out is drawn.
pub(crate) async fn create(call: &Call) -> Answer {
    let Sent { name, scheme, key, secret } = call.read(read)?;
    let scheme = scheme.unwrap_or_else(|| "hmac".to_owned());
    // 31 and 32 characters; one type wants a letter first.
    let key = key.unwrap_or_else(|| format!("k{}", &Id::random().to_string()[..30]));
    let secret = secret.unwrap_or_else(|| Secret::new(Id::random().to_string()));
    let draft = PolicyDraft {
        dialect: DIALECT,
        kind: KIND,
        name,
        settings: json!({ "sign_type": scheme, "sign_key": key }),
        secret: Some(secret),
        remark: String::new(),
    };
    let policy = call.context.create_policy(draft).await.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(call, &policy).await?))
}

/// What is left out stays.
pub(crate) async fn update(call: &Call) -> Answer {
    let old = SORT.found(call, "sign_id", call.path("sign_id")).await?.value;
    let Sent { name, scheme, key, secret } = call.read(read)?;
    let mut settings = old.settings;
    for (member, value) in [("sign_type", scheme), ("sign_key", key)] {
        if let Some(value) = value {
            settings[member] = json!(value);
        }
    }
    let patch = PolicyPatch { name: Some(name), settings: Some(settings), secret, remark: None };
    let policy = call.context.update_policy(old.id, patch, None).await.map_err(|error| SORT.fault(error))?;
    object(Value::Object(view(call, &policy).await?))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let policy = SORT.found(call, "sign_id", call.path("sign_id")).await?.value;
    call.context.delete_policy(policy.id, None).await.map_err(|error| SORT.fault(error))?;
    nothing()
}

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let name = call.query.value("name").map(str::to_owned);
    let (name, name_contains) = if call.query.is_precise("name") { (name, None) } else { (None, name) };
    let filter = PolicyFilter { dialect: Some(DIALECT), kind: Some(KIND), family: None, name, name_contains };
    let (context, filter) = (&call.context, &filter);
    let mut all = scope::all(|paging| async move { context.list_policies(filter, &paging).await }).await?;
    if let Some(id) = call.query.value("id") {
        all.retain(|policy| policy.value.id.to_string() == id);
    }
    let (policies, total) = page_of(wanted, all);
    let mut rows = Vec::with_capacity(policies.len());
    for policy in &policies {
        let mut row = view(call, policy).await?;
        row.insert("bind_num".to_owned(), json!(bindings_of(call, policy.value.id).await?));
        row.insert("ldapi_bind_num".to_owned(), json!(0));
        rows.push(Value::Object(row));
    }
    page("signs", rows, total)
}

/// A key as it is shown. Whoever may not see secrets gets none.
async fn view(call: &Call, policy: &Stored<Policy>) -> Result<Map<String, Value>, Fault> {
    let mut all = key_members(call, policy).await?;
    all.extend(members(json!({
        "id": policy.value.id,
        "name": policy.value.name,
        "create_time": time::rfc3339(policy.created_at),
        "update_time": time::rfc3339(policy.updated_at),
    })));
    Ok(all)
}

/// Type, key and secret.
pub(crate) async fn key_members(call: &Call, policy: &Stored<Policy>) -> Result<Map<String, Value>, Fault> {
    let secret = match may(call.context.principal().role, Action::RevealSignatureKey) {
        true => Some(call.context.reveal_policy(policy.value.id).await?),
        false => None,
    };
    let settings = &policy.value.settings;
    Ok(members(json!({
        "sign_type": settings["sign_type"],
        "sign_key": settings["sign_key"],
        "sign_secret": secret.as_ref().map(Secret::expose),
    })))
}
