//! `DescribeApiHistories`, `DescribeHistoryApis` and `DescribeApiHistory`: the versions that were published. A version
//! is named by the millisecond in which it was made.

use std::collections::HashMap;

use paifang_control::{ApiFilter, Direction, HistoryEntry, HistoryFilter, Paging};
use paifang_model::Group;
use paifang_model::id::{ApiId, StageId};
use serde_json::{Value, json};

use super::shown;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};
use crate::time;

const AT_MOST: u32 = 100;

/// Members that `DescribeApi` has and the answer about one version has not.
const ABSENT: [&str; 4] = [
    "ServiceConfig.AoneAppName",
    "ServiceConfig.FunctionComputeConfig.FcVersion",
    "ServiceConfig.FunctionComputeConfig.TriggerName",
    "ErrorCodeSamples.ErrorCodeSample.Model",
];

/// `DescribeHistoryApis`: the same, with what the stage is called.
pub(crate) async fn history_apis(call: &Call<'_>) -> Result<Value, Fault> {
    let mut listed = histories(call).await?;
    if let Some(items) = listed["ApiHisItems"]["ApiHisItem"].as_array_mut() {
        items.iter_mut().for_each(|item| item["StageAlias"] = item["StageName"].clone());
    }
    Ok(listed)
}

/// Newest first.
pub(crate) async fn histories(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let group = call.group().await?.value;
    let stage = call.stage_if_named().await?.map(|stage| stage.value.id);
    let stages = call.stages().await?;
    let names = shown::names(&stages);
    let mut all = Vec::new();
    for api in apis(call, &group).await? {
        all.extend(entries(call, api, HistoryFilter { stage }).await?);
    }
    all.sort_by_key(|entry| std::cmp::Reverse(entry.version.value.made_at));
    let listed = page.cut(all);
    Ok(listed.answer("ApiHisItems", "ApiHisItem", |entry| item(call, &group, &names, &entry)))
}

/// The APIs whose versions are wanted.
async fn apis(call: &Call<'_>, group: &Group) -> Result<Vec<ApiId>, Fault> {
    if call.params.text("ApiId").is_some() {
        let (api, _) = call.api().await?;
        return Ok(vec![api.value.id]);
    }
    let name = call.params.text("ApiName").map(str::to_owned);
    let filter = ApiFilter { group: Some(group.id), name, ..ApiFilter::default() };
    let apis = everything(async |paging| call.control.list_apis(&filter, &paging).await).await?;
    Ok(apis.into_iter().map(|api| api.value.id).collect())
}

async fn entries(call: &Call<'_>, api: ApiId, filter: HistoryFilter) -> Result<Vec<HistoryEntry>, Fault> {
    let direction = Direction::Descending;
    let history = async |paging| call.control.history(api, filter, &Paging { direction, ..paging }).await;
    Ok(everything(history).await?)
}

fn item(call: &Call<'_>, group: &Group, names: &HashMap<StageId, &str>, entry: &HistoryEntry) -> Value {
    let version = &entry.version.value;
    json!({
        "ApiId": version.api,
        "ApiName": version.definition.name,
        "GroupId": group.id,
        "GroupName": group.name,
        "RegionId": call.region,
        "StageName": names.get(&version.stage),
        "HistoryVersion": time::history_version(version.made_at),
        "Description": version.remark,
        "DeployedTime": time::written(version.made_at),
        "Status": status(entry),
    })
}

/// Whether it serves in the stage that it was published to.
fn status(entry: &HistoryEntry) -> &'static str {
    if entry.serves.contains(&entry.version.value.stage) { "ONLINE" } else { "OFFLINE" }
}

/// One version with its definition.
pub(crate) async fn history(call: &Call<'_>) -> Result<Value, Fault> {
    let (api, group) = call.api().await?;
    let stage = call.stage().await?.value;
    let name = call.params.required("HistoryVersion")?;
    let entry = version_named(call, api.value.id, stage.id, name).await?;
    let version = &entry.version.value;
    let mut out = shown::definition_in(call, &group.value, &version.definition).await?;
    out.insert("ApiId".to_owned(), json!(version.api));
    out.insert("StageName".to_owned(), json!(stage.name));
    out.insert("HistoryVersion".to_owned(), json!(time::history_version(version.made_at)));
    out.insert("DeployedTime".to_owned(), json!(time::written(version.made_at)));
    out.insert("Status".to_owned(), json!(status(&entry)));
    let mut out = Value::Object(out);
    ABSENT.iter().for_each(|path| shown::without(&mut out, path));
    Ok(out)
}

/// The version of an API that was published to a stage in the millisecond that names it.
pub(super) async fn version_named(
    call: &Call<'_>,
    api: ApiId,
    stage: StageId,
    name: &str,
) -> Result<HistoryEntry, Fault> {
    let all = entries(call, api, HistoryFilter { stage: Some(stage) }).await?;
    let named = |entry: &HistoryEntry| time::history_version(entry.version.value.made_at) == name;
    all.into_iter().find(named).ok_or_else(|| Fault::not_found("HistoryVersion"))
}
