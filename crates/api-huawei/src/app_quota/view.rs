//! An app quota as it is shown.

use paifang_control::{AppFilter, Paging, Stored};
use paifang_model::AppQuota;
use paifang_model::policy::TimeUnit;
use serde_json::{Value, json};

use super::reset_time;
use crate::answer::without_nulls;
use crate::call::Call;
use crate::fault::Fault;
use crate::time;

pub(super) const UNITS: &[(&str, TimeUnit)] = &[
    ("SECOND", TimeUnit::Second),
    ("MINUTE", TimeUnit::Minute),
    ("HOUR", TimeUnit::Hour),
    ("DAY", TimeUnit::Day),
];

pub(super) async fn view(call: &Call, quota: &Stored<AppQuota>) -> Result<Value, Fault> {
    let AppQuota { id, name, calls, interval, unit, first_reset, description, .. } = &quota.value;
    let filter = AppFilter { quota: Some(*id), ..AppFilter::default() };
    let bound = call.context.list_apps(&filter, &Paging::default().limit(1).counted()).await?;
    let unit = UNITS.iter().find(|(_, known)| known == unit).map(|(word, _)| word);
    Ok(without_nulls(json!({
        "app_quota_id": id,
        "name": name,
        "call_limits": calls,
        "time_unit": unit,
        "time_interval": interval,
        "reset_time": first_reset.map(reset_time::written),
        "remark": description,
        "create_time": time::rfc3339(quota.created_at),
        "bound_app_num": bound.total.unwrap_or_default(),
    })))
}
