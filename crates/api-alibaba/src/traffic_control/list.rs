//! `DescribeTrafficControls`.

use paifang_control::BindingFilter;
use serde_json::Value;

use super::{SORT, view};
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::PageNumber;
use crate::rule::AT_MOST;

/// Those that meet all conditions; `GroupId`, `ApiId` and `StageName` ask for what is bound there.
pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let mut all = SORT.list(call).await?;
    if let Some(filter) = place(call).await? {
        let bound = SORT.bound_by(call, filter).await?;
        all.retain(|policy| bound.contains(&policy.value.id));
    }
    Ok(page.cut(all).answer("TrafficControls", "TrafficControl", |policy| view::shown(&policy)))
}

async fn place(call: &Call<'_>) -> Result<Option<BindingFilter>, Fault> {
    let group = match call.params.text("GroupId") {
        Some(_) => Some(call.group().await?.value.id),
        None => None,
    };
    let api = match call.params.text("ApiId") {
        Some(_) => Some(call.api().await?.0.value.id),
        None => None,
    };
    let stage = call.stage_if_named().await?.map(|stage| stage.value.id);
    let filter = BindingFilter { api, group, stage, ..BindingFilter::default() };
    Ok((filter != BindingFilter::default()).then_some(filter))
}
