//! `DescribeDeployApiTask` and `DescribeAbolishApiTask`: how far a batch is. The vendor documents one status, `OVER`, and
//! its sentence; `WAIT` and `FAIL` are told beside it.

use std::collections::HashMap;

use paifang_control::{Errand, Error, ItemState, Task, TaskItemInfo, TaskKind};
use paifang_model::id::{ApiId, BackendServiceId, GroupId, StageId, TaskId};
use paifang_model::{Api, Group};
use serde_json::{Map, Value, json};

use super::shown;
use crate::call::{Call, DIALECT};
use crate::fault::{Fault, Sent};

const OPERATION: &str = "Operation";

/// Status and sentence of what is done.
const SUCCESS: (&str, &str) = ("OVER", "Success. Request Success.");

/// Items read at once.
const AT_ONCE: u32 = 500;

pub(crate) async fn deploy(call: &Call<'_>) -> Result<Value, Fault> {
    let results = results(call, TaskKind::DeployApis).await?;
    let results = results.into_iter().map(|result| {
        let mut shown = result.common();
        shown.insert("DeployedStatus".to_owned(), json!(result.status));
        Value::Object(shown)
    });
    Ok(json!({ "DeployedResults": { "DeployedResult": results.collect::<Vec<_>>() } }))
}

pub(crate) async fn abolish(call: &Call<'_>) -> Result<Value, Fault> {
    let results = results(call, TaskKind::TakeApisOffline).await?;
    let results = results.iter().map(|result| Value::Object(result.told("AbolishStatus")));
    Ok(json!({ "ApiAbolishResults": { "ApiAbolishResult": results.collect::<Vec<_>>() } }))
}

/// `DescribeUpdateBackendTask`: what became of the APIs when a definition of their backend service was changed or taken
/// away.
pub(crate) async fn update_backend(call: &Call<'_>) -> Result<Value, Fault> {
    let results = results_of(call, &[TaskKind::FollowBackendServices, TaskKind::TakeApisOffline]).await?;
    let mut shown = Vec::with_capacity(results.len());
    for result in results {
        let mut item = result.told("UpdateStatus");
        if let Some(service) = result.service(call).await? {
            item.insert("BackendId".to_owned(), json!(service));
        }
        shown.push(Value::Object(item));
    }
    Ok(json!({ "ApiUpdateBackendResults": { "ApiUpdateBackendResult": shown } }))
}

/// `DescribeUpdateVpcInfoTask`: what became of the APIs that are served through an access when it was changed.
pub(crate) async fn update_vpc_info(call: &Call<'_>) -> Result<Value, Fault> {
    let results = results(call, TaskKind::FollowBackendAccesses).await?;
    let results = results.iter().map(|result| Value::Object(result.told("UpdateStatus")));
    Ok(json!({ "ApiUpdateVpcInfoResults": { "ApiUpdateVpcInfoResult": results.collect::<Vec<_>>() } }))
}

/// One item as it is shown.
struct Shown {
    api: ApiId,
    stage: StageId,
    stage_name: Option<String>,
    /// The API and its group, as long as they are there.
    there: Option<(Api, Group)>,
    service: Option<BackendServiceId>,
    status: &'static str,
    message: String,
}

impl Shown {
    /// With the names of the API and its group.
    fn named(&self) -> Map<String, Value> {
        let mut shown = self.common();
        shown.insert("StageId".to_owned(), json!(self.stage));
        if let Some((api, group)) = &self.there {
            shown.insert("ApiName".to_owned(), json!(api.definition.name));
            shown.insert("GroupName".to_owned(), json!(group.name));
        }
        shown
    }

    /// The same with what became of it, under the name that this has there.
    fn told(&self, status: &str) -> Map<String, Value> {
        let mut shown = self.named();
        shown.insert(status.to_owned(), json!(self.status));
        shown
    }

    /// The backend service that the item is about: the one it names, or the one that is used there.
    async fn service(&self, call: &Call<'_>) -> Result<Option<BackendServiceId>, Fault> {
        if self.service.is_some() {
            return Ok(self.service);
        }
        match call.control.read_deployment(self.api, self.stage).await {
            Ok(deployment) => Ok(deployment.value.service.map(|followed| followed.service)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn common(&self) -> Map<String, Value> {
        let mut shown = Map::new();
        shown.insert("ApiUid".to_owned(), json!(self.api));
        shown.insert("ErrorMsg".to_owned(), json!(self.message));
        if let Some((_, group)) = &self.there {
            shown.insert("GroupId".to_owned(), json!(group.id));
        }
        if let Some(name) = &self.stage_name {
            shown.insert("StageName".to_owned(), json!(name));
        }
        shown
    }
}

/// Every item of the task that `OperationUid` names, when it is of this kind.
async fn results(call: &Call<'_>, kind: TaskKind) -> Result<Vec<Shown>, Fault> {
    results_of(call, &[kind]).await
}

async fn results_of(call: &Call<'_>, kinds: &[TaskKind]) -> Result<Vec<Shown>, Fault> {
    let task = TaskId(call.params.required_id("OperationUid", OPERATION)?);
    let task = call.control.read_task(task).await?;
    if !kinds.iter().any(|kind| kind.name() == task.kind) {
        return Err(Fault::not_found(OPERATION));
    }
    let stages = call.stages().await?;
    let names = shown::names(&stages);
    let mut groups = HashMap::new();
    let mut results = Vec::new();
    for item in items(call, &task).await? {
        let (api, stage, service) = match item.errand {
            Some(
                Errand::Deploy { api, stage, .. }
                | Errand::Follow { api, stage }
                | Errand::FollowAccess { api, stage, .. },
            ) => (api, stage, None),
            Some(Errand::TakeOffline { api, stage, service }) => (api, stage, service),
            _ => continue,
        };
        // A task may have been made elsewhere, for stages of another dialect too.
        let Some(name) = names.get(&stage) else { continue };
        let there = there(call, &mut groups, api).await?;
        let (status, message) = told(item);
        results.push(Shown {
            api,
            stage,
            stage_name: Some((*name).to_owned()),
            there,
            service,
            status,
            message,
        });
    }
    Ok(results)
}

async fn items(call: &Call<'_>, task: &Task) -> Result<Vec<TaskItemInfo>, Fault> {
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = call.control.task_items(task.id, None, after, AT_ONCE).await?;
        items.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(items),
        }
    }
}

async fn there(
    call: &Call<'_>,
    groups: &mut HashMap<GroupId, Group>,
    api: ApiId,
) -> Result<Option<(Api, Group)>, Fault> {
    let api = match call.control.read_api(api).await {
        Ok(api) => api.value,
        Err(Error::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let group = match groups.get(&api.group) {
        Some(group) => group.clone(),
        None => {
            let group = call.control.read_group(api.group).await?.value;
            groups.insert(api.group, group.clone());
            group
        }
    };
    Ok(Some((api, group)).filter(|(_, group)| group.dialect == DIALECT))
}

fn told(item: TaskItemInfo) -> (&'static str, String) {
    let reason = item.reason.map(|error| Fault::of(Sent::Deploy)(error).message);
    match item.state {
        ItemState::Waiting => ("WAIT", String::new()),
        ItemState::Done | ItemState::Skipped => {
            let (status, sentence) = SUCCESS;
            (status, reason.unwrap_or_else(|| sentence.to_owned()))
        }
        ItemState::Failed => ("FAIL", reason.unwrap_or_default()),
        ItemState::Canceled => ("FAIL", "The task was canceled.".to_owned()),
    }
}
