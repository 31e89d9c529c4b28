//! Excluded apps and tenants of a throttling policy: numbers of their own. Their ids are derived from policy and object.

use paifang_control::{SpecialDraft, Stored};
use paifang_model::id::{AccountId, AppId, PolicyId};
use paifang_model::policy::{Special, SpecialObject};
use paifang_model::{Id, Policy};
use serde_json::{Value, json};

use super::SORT;
use crate::answer::{Answer, nothing, object, page, page_of, without_nulls};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Fault, codes};
use crate::{scope, time};

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let policy = SORT.found(call, "throttle_id", call.path("throttle_id")).await?;
    let mut rows = Vec::new();
    for special in specials(&policy) {
        let row = view(call, &policy, &special).await?;
        if meets(call, &row) {
            rows.push(row);
        }
    }
    let (rows, total) = page_of(wanted, rows);
    page("throttle_specials", rows, total)
}

fn meets(call: &Call, row: &Value) -> bool {
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_lowercase();
    let within = |asked: &str, member: &str| {
        call.query.value(asked).is_none_or(|part| text(member).contains(&part.to_lowercase()))
    };
    let is_user = row["object_type"] == "USER";
    call.query.value("object_type").is_none_or(|sort| row["object_type"] == sort)
        && within("app_name", "app_name")
        && (call.query.value("user").is_none()
            || is_user && (within("user", "object_name") || within("user", "object_id")))
}

pub(crate) async fn add(call: &Call) -> Answer {
    let policy = SORT.found(call, "throttle_id", call.path("throttle_id")).await?;
    let (object_type, id, limit) = call.read(|body| {
        let object_type = body.required_word("object_type", &[("APP", true), ("USER", false)], true);
        (object_type, body.required("object_id").to_owned(), limit(body))
    })?;
    let draft = SpecialDraft { object: self::object_of(call, object_type, &id)?, limit };
    let policy = call.context.add_special(policy.value.id, draft).await.map_err(|error| SORT.fault(error))?;
    shown(call, &policy, draft.object).await
}

/// An app's tenant is named by its project, an IAM caller's by its account. Here both are the account.
fn object_of(call: &Call, is_app: bool, id: &str) -> Result<SpecialObject, Fault> {
    if is_app {
        return Ok(SpecialObject::App(scope::id::<AppId>("object_id", id)?));
    }
    if id == call.state.settings().project {
        return Ok(SpecialObject::User(call.context.principal().account));
    }
    Ok(SpecialObject::User(scope::id::<AccountId>("object_id", id)?))
}

pub(crate) async fn change(call: &Call) -> Answer {
    let (policy, special) = one(call).await?;
    let draft = SpecialDraft { object: special.object, limit: call.read(limit)? };
    let policy = call.context.set_special(policy.value.id, draft).await.map_err(|error| SORT.fault(error))?;
    shown(call, &policy, draft.object).await
}

pub(crate) async fn remove(call: &Call) -> Answer {
    let (policy, special) = one(call).await?;
    call.context
        .remove_special(policy.value.id, special.object.id())
        .await
        .map_err(|error| SORT.fault(error))?;
    nothing()
}

/// A number that is no number of calls is told as any other.
fn limit(body: &mut Fields<'_, '_>) -> u32 {
    body.demand("call_limits");
    let limit = body.integer("call_limits").unwrap_or(1);
    u32::try_from(limit).unwrap_or_else(|_| {
        let message = format!("{limit} is out of range: 1 to {} are allowed", i32::MAX);
        body.complain(codes::INVALID_VALUE, "call_limits", message);
        1
    })
}

/// The policy and its special that the path names.
async fn one(call: &Call) -> Result<(Stored<Policy>, Special), Fault> {
    let policy = SORT.found(call, "throttle_id", call.path("throttle_id")).await?;
    let text = call.path("strategy_id");
    let wanted: Id = scope::id("strategy_id", text)?;
    let special =
        specials(&policy).into_iter().find(|special| id_of(policy.value.id, special.object) == wanted);
    let missing = || codes::NO_SPECIAL.with(format!("id:{wanted}"));
    Ok((policy, special.ok_or_else(missing)?))
}

/// None of settings that cannot be read.
fn specials(policy: &Stored<Policy>) -> Vec<Special> {
    policy.value.read().map(|settings| settings.specials().unwrap_or_default().to_vec()).unwrap_or_default()
}

fn id_of(policy: PolicyId, object: SpecialObject) -> Id {
    Id::derived("throttle_special", &[policy.0.as_bytes(), object.id().as_bytes()])
}

async fn shown(call: &Call, policy: &Stored<Policy>, wanted: SpecialObject) -> Answer {
    let special = specials(policy).into_iter().find(|special| special.object == wanted);
    let special = special.ok_or_else(|| codes::NO_SPECIAL.fault())?;
    object(view(call, policy, &special).await?)
}

async fn view(call: &Call, policy: &Stored<Policy>, special: &Special) -> Result<Value, Fault> {
    let (object_type, name) = match special.object {
        SpecialObject::App(app) => ("APP", call.context.read_app(app).await.ok().map(|app| app.value.name)),
        SpecialObject::User(account) => ("USER", account_name(call, account).await?),
    };
    let app = match special.object {
        SpecialObject::App(app) => Some(app),
        SpecialObject::User(_) => None,
    };
    Ok(without_nulls(json!({
        "id": id_of(policy.value.id, special.object),
        "throttle_id": policy.value.id,
        "call_limits": special.limit,
        "object_type": object_type,
        "object_id": special.object.id(),
        "object_name": name,
        "app_id": app,
        "app_name": app.and(name.as_ref()),
        "apply_time": time::rfc3339(special.applied_at.unwrap_or(policy.updated_at)),
    })))
}

/// Only the caller's own account shows its name.
async fn account_name(call: &Call, account: AccountId) -> Result<Option<String>, Fault> {
    let own = call.context.read_account().await?.value;
    Ok((own.id == account).then_some(own.name))
}
