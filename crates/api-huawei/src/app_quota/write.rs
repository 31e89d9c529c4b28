//! Makes, changes and deletes app quotas.

use paifang_control::AppQuotaDraft;
use paifang_model::policy::TimeUnit;

use super::view::{UNITS, view};
use super::{fault, found, reset_time};
use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::codes;

pub(crate) async fn create(call: &Call) -> Answer {
    let draft = call.read(|body| read(call, body))?;
    let quota = call.context.create_app_quota(draft).await.map_err(fault)?;
    object(view(call, &quota).await?)
}

/// All of it is replaced: without a time of the first reset, periods begin with the first call.
pub(crate) async fn update(call: &Call) -> Answer {
    let old = found(call).await?;
    let draft = call.read(|body| read(call, body))?;
    let quota = call.context.update_app_quota(old.value.id, draft, None).await.map_err(fault)?;
    object(view(call, &quota).await?)
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let quota = found(call).await?;
    call.context.delete_app_quota(quota.value.id, None).await.map_err(fault)?;
    nothing()
}

fn read(call: &Call, body: &mut Fields<'_, '_>) -> AppQuotaDraft {
    AppQuotaDraft {
        name: body.required("name").to_owned(),
        calls: number(body, "call_limits"),
        interval: number(body, "time_interval"),
        unit: body.required_word("time_unit", UNITS, TimeUnit::Second),
        first_reset: first_reset(call, body),
        description: body.text("remark").unwrap_or_default().to_owned(),
    }
}

/// A number that is none of calls or units is told as any other.
fn number(body: &mut Fields<'_, '_>, name: &str) -> u32 {
    body.demand(name);
    let number = body.integer(name).unwrap_or(1);
    u32::try_from(number).unwrap_or_else(|_| {
        let message = format!("{number} is out of range: 1 to {} are allowed", i32::MAX);
        body.complain(codes::INVALID_VALUE, name, message);
        1
    })
}

fn first_reset(call: &Call, body: &mut Fields<'_, '_>) -> Option<i64> {
    let text = body.text("reset_time").filter(|text| !text.is_empty())?;
    let at = reset_time::read(text, call.state.now());
    if at.is_none() {
        let shown = paifang_model::name::shown(text);
        let message = format!("`{shown}` is no time, as in `2026-01-01 05:05:00` or `05:05:00`");
        body.complain(codes::INVALID_VALUE, "reset_time", message);
    }
    at
}
