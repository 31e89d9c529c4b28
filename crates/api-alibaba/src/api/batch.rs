//! `BatchDeployApis` and `BatchAbolishApis`: tasks, whose progress is asked for by the id that is answered.

use std::collections::HashMap;

use axum::http::StatusCode;
use paifang_control::{Stored, TaskDraft, TaskItemDraft, TaskKind};
use paifang_model::Stage;
use paifang_model::id::{ApiId, GroupId, StageId};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::params::Item;

/// All APIs to one stage.
pub(crate) async fn deploy(call: &Call<'_>) -> Result<Value, Fault> {
    let stage = call.stage().await?.value.id;
    let remark = call.params.required("Description")?.to_owned();
    let named = named(call)?;
    let items = items(call, &named, |_| Some(stage)).await?;
    start(call, TaskDraft { kind: TaskKind::DeployApis, items, remark, until: None }).await
}

/// Each API from a stage of its own.
pub(crate) async fn abolish(call: &Call<'_>) -> Result<Value, Fault> {
    let named = named(call)?;
    let stages = Stages::of(&call.stages().await?);
    let items = items(call, &named, |item| stages.named(item)).await?;
    let (remark, until) = (String::new(), None);
    start(call, TaskDraft { kind: TaskKind::TakeApisOffline, items, remark, until }).await
}

async fn start(call: &Call<'_>, draft: TaskDraft) -> Result<Value, Fault> {
    let task = call.control.create_task(&draft).await.map_err(Fault::of(Sent::Task))?;
    Ok(json!({ "OperationId": task.id }))
}

fn named<'a>(call: &Call<'a>) -> Result<Vec<Item<'a>>, Fault> {
    let named = call.params.items("Api");
    if named.is_empty() { Err(Fault::missing("Api")) } else { Ok(named) }
}

/// The APIs that are named, or one fault about all that are not there in their group or stage.
async fn items(
    call: &Call<'_>,
    named: &[Item<'_>],
    stage: impl Fn(&Item<'_>) -> Option<StageId>,
) -> Result<Vec<TaskItemDraft>, Fault> {
    let (mut items, mut nowhere) = (Vec::with_capacity(named.len()), Vec::new());
    for (index, item) in named.iter().enumerate() {
        let text = item.text("ApiUid");
        match (api(call, item).await?, stage(item)) {
            (Some(api), Some(stage)) => {
                items.push(TaskItemDraft { api: Some(api), stage: Some(stage), ..TaskItemDraft::default() });
            }
            (found, _) => {
                let noun = if found.is_none() { "Api" } else { "Stage" };
                nowhere.push((noun, format!("Api.{} `{}`", index + 1, paifang_model::name::shown(text))));
            }
        }
    }
    let Some((noun, _)) = nowhere.first() else { return Ok(items) };
    let mut fault = Fault::not_found(noun);
    let all: Vec<&str> = nowhere.iter().map(|(_, place)| place.as_str()).collect();
    fault.message = format!("{} {}.", fault.message, all.join("; "));
    Err(fault)
}

/// The API that an item names, when it is in the group that it names.
async fn api(call: &Call<'_>, item: &Item<'_>) -> Result<Option<ApiId>, Fault> {
    let Ok(id) = item.text("ApiUid").parse::<ApiId>() else { return Ok(None) };
    let group = match item.text("GroupId") {
        "" => None,
        text => match text.parse::<GroupId>() {
            Ok(group) => Some(group),
            Err(_) => return Ok(None),
        },
    };
    match call.api_in(id).await {
        Ok((api, _)) if group.is_none_or(|group| group == api.value.group) => Ok(Some(id)),
        Ok(_) => Ok(None),
        Err(fault) if fault.status == StatusCode::NOT_FOUND => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The stages by what an item may call them.
struct Stages(HashMap<String, StageId>);

impl Stages {
    fn of(stages: &[Stored<Stage>]) -> Self {
        let names = stages.iter().flat_map(|stage| {
            let Stage { id, name, .. } = &stage.value;
            [(name.to_ascii_uppercase(), *id), (id.to_string().to_ascii_uppercase(), *id)]
        });
        Self(names.collect())
    }

    fn named(&self, item: &Item<'_>) -> Option<StageId> {
        let text = match item.text("StageId") {
            "" => item.text("StageName"),
            id => id,
        };
        self.0.get(&text.to_ascii_uppercase()).copied()
    }
}
