//! Environments: the stages of the dialect.

use paifang_control::{StageDraft, StagePatch, Stored};
use paifang_model::id::StageId;
use paifang_model::{Kind, Rule, Stage, Violation};
use serde_json::{Value, json};

use crate::answer::{Answer, nothing, object, page, page_of};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, codes, not_found, tell};
use crate::{DIALECT, scope, time};

/// The id of the environment that is there from the start. Spec: huawei/lifecycle.md.
const RELEASE: &str = "DEFAULT_ENVIRONMENT_RELEASE_ID";

static TONGUE: Tongue =
    Tongue { parameter: |pointer| pointer.replace("/description", "remark").replace('/', ""), code };

fn code(violation: &Violation) -> Option<Code> {
    (violation.rule == Rule::Duplicate).then_some(codes::ENVIRONMENT_NAME_TAKEN)
}

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let mut stages = scope::environments(&call.context).await?;
    if let Some(name) = call.query.value("name") {
        let name = name.to_ascii_lowercase();
        stages.retain(|stage| stage.value.name.to_ascii_lowercase().contains(&name));
    }
    let (stages, total) = page_of(wanted, stages);
    page("envs", stages.iter().map(view).collect(), total)
}

pub(crate) async fn create(call: &Call) -> Answer {
    let (name, remark) = call.read(name_and_remark)?;
    let draft = StageDraft { dialect: DIALECT, name, description: remark.unwrap_or_default() };
    let stage = call.context.create_stage(draft).await.map_err(tell(&TONGUE))?;
    object(view(&stage))
}

pub(crate) async fn update(call: &Call) -> Answer {
    let stage = scope::environment(&call.context, call.path("env_id")).await?.value.id;
    let (name, remark) = call.read(name_and_remark)?;
    let patch = StagePatch { name: Some(name), description: remark };
    let stage = call.context.update_stage(stage, patch, None).await.map_err(tell(&TONGUE))?;
    object(view(&stage))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let stage = scope::environment(&call.context, call.path("env_id")).await?.value.id;
    call.context.delete_stage(stage, None).await?;
    nothing()
}

fn name_and_remark(body: &mut Fields<'_, '_>) -> (String, Option<String>) {
    (body.required("name").to_owned(), body.text("remark").map(str::to_owned))
}

/// The environment's id as the interface knows it.
pub(crate) fn id_of(stage: StageId) -> String {
    if stage == release() { RELEASE.to_owned() } else { stage.to_string() }
}

/// The environment that the interface knows by this id; whether it is there is not looked at.
pub(crate) fn parse_id(text: &str) -> Result<StageId, Fault> {
    match text {
        RELEASE => Ok(release()),
        _ => scope::id("env_id", text),
    }
}

pub(crate) fn release() -> StageId {
    Stage::built_in_id(DIALECT, "RELEASE")
}

/// The environment of a list with this name.
pub(crate) fn named<'s>(stages: &'s [Stored<Stage>], name: &str) -> Result<&'s Stored<Stage>, Fault> {
    stages.iter().find(|stage| stage.value.name == name).ok_or_else(|| not_found(Kind::Stage, name))
}

fn view(stage: &Stored<Stage>) -> Value {
    json!({
        "id": id_of(stage.value.id),
        "name": stage.value.name,
        "remark": stage.value.description,
        "create_time": time::rfc3339(stage.created_at),
    })
}
