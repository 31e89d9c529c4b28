//! `AddTrafficSpecialControl`, `DeleteTrafficSpecialControl` and `DeleteAllTrafficSpecialControl`: apps and users with limits
//! of their own, by number.

use axum::http::StatusCode;
use paifang_control::PolicyPatch;
use paifang_model::policy::alibaba::{PerCaller, SpecialNumber};
use paifang_model::{Policy, Rule, Violations};
use serde_json::{Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::rule;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    App,
    User,
}

/// Who has a limit of its own.
struct Named {
    sort: Type,
    number: u64,
}

/// Gives a caller a limit of its own, in place of the one that it has.
pub(crate) async fn add(call: &Call<'_>) -> Result<Value, Fault> {
    let Named { sort, number } = named(call)?;
    let limit = call.params.required_number("TrafficValue")?;
    match sort {
        Type::App => drop(call.app_numbered(&number.to_string()).await?),
        Type::User => check_user(call, number).await?,
    }
    edit(call, |limits| {
        let specials = of(limits, sort);
        specials.retain(|special| special.number != number);
        specials.push(SpecialNumber { number, limit });
        Ok(())
    })
    .await
}

pub(crate) async fn remove(call: &Call<'_>) -> Result<Value, Fault> {
    let Named { sort, number } = named(call)?;
    edit(call, |limits| {
        let specials = of(limits, sort);
        let before = specials.len();
        specials.retain(|special| special.number != number);
        if specials.len() == before {
            let message = format!("`{number}` has no limit of its own");
            return Err(Violations::one("/special", Rule::Unknown, message));
        }
        Ok(())
    })
    .await
}

pub(crate) async fn clear(call: &Call<'_>) -> Result<Value, Fault> {
    edit(call, |limits| {
        limits.special_apps.clear();
        limits.special_users.clear();
        Ok(())
    })
    .await
}

async fn edit(
    call: &Call<'_>,
    edit: impl Fn(&mut PerCaller) -> Result<(), Violations> + Send + Sync,
) -> Result<Value, Fault> {
    let id = SORT.named(call).await?.value.id;
    let edit = |policy: &Policy| {
        let understood = policy.read()?;
        let Some(mut limits) = super::limits(&understood).cloned() else {
            let message = "it has become a plug-in that these operations cannot tell";
            return Err(Violations::one("/special", Rule::Conflict, message));
        };
        edit(&mut limits)?;
        let mut settings = rule::members(&policy.settings);
        settings.insert("specials".to_owned(), written(&limits));
        Ok(PolicyPatch { settings: Some(Value::Object(settings)), ..PolicyPatch::default() })
    };
    call.control.edit_policy(id, edit).await.map_err(Fault::of(Sent::Special))?;
    Ok(json!({}))
}

fn of(limits: &mut PerCaller, sort: Type) -> &mut Vec<SpecialNumber> {
    match sort {
        Type::App => &mut limits.special_apps,
        Type::User => &mut limits.special_users,
    }
}

/// The member `specials` of the settings.
fn written(limits: &PerCaller) -> Value {
    let policy = |special: &SpecialNumber| json!({ "key": special.number, "value": special.limit });
    let sorts = [("APP", &limits.special_apps), ("USER", &limits.special_users)];
    let there = sorts.into_iter().filter(|(_, specials)| !specials.is_empty());
    there
        .map(|(sort, specials)| {
            json!({ "type": sort, "policies": specials.iter().map(policy).collect::<Vec<_>>() })
        })
        .collect()
}

fn named(call: &Call<'_>) -> Result<Named, Fault> {
    let sort = match call.params.required("SpecialType")? {
        "APP" => Type::App,
        "USER" => Type::User,
        other => return Err(Fault::invalid("SpecialType", other, "one of APP, USER is allowed")),
    };
    Ok(Named { sort, number: call.params.required_number("SpecialKey")? })
}

/// Users are accounts, and there is one.
async fn check_user(call: &Call<'_>, number: u64) -> Result<(), Fault> {
    if call.control.read_account().await?.value.number == number {
        return Ok(());
    }
    let message = "The specified user can not be found.";
    Err(Fault::coded("UserNotFound", StatusCode::NOT_FOUND, message))
}
