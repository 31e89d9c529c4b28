//! Environment variables: what stands for `#Name#` in the backends of a group's APIs. Spec: huawei/api-model.md §8.

use paifang_control::{Stored, VariableDraft, VariableFilter};
use paifang_model::id::VariableId;
use paifang_model::{Kind, Rule, Variable};
use serde_json::{Value, json};

use crate::answer::{Answer, nothing, object, page};
use crate::call::Call;
use crate::fault::{Fault, Tongue, codes, not_found, tell};
use crate::{environment, scope};

static TONGUE: Tongue = Tongue {
    parameter: |pointer| pointer.replace('/', "variable_"),
    code: |violation| (violation.rule == Rule::Duplicate).then_some(codes::VARIABLE_THERE),
};

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let group = scope::group(&call.context, call.query.required("group_id")?).await?.value.id;
    let stage = match call.query.value("env_id") {
        Some(id) => Some(scope::environment(&call.context, id).await?.value.id),
        None => None,
    };
    let name = call.query.value("variable_name").map(str::to_owned);
    let filter = match call.query.is_precise("variable_name") {
        true => VariableFilter { stage, name, name_contains: None },
        false => VariableFilter { stage, name: None, name_contains: name },
    };
    let found = call.context.list_variables(group, &filter, &wanted.paging()).await?;
    let total = found.total.unwrap_or_default();
    let rows = found.items.into_iter().flatten().map(|variable| view(&variable.value)).collect();
    page("variables", rows, total)
}

pub(crate) async fn create(call: &Call) -> Answer {
    let (group, env, draft) = call.read(|body| {
        let (group, env) = (body.required("group_id").to_owned(), body.required("env_id").to_owned());
        let name = body.required("variable_name").to_owned();
        (group, env, VariableDraft { name, value: body.required("variable_value").to_owned() })
    })?;
    let group = scope::group(&call.context, &group).await?.value.id;
    let stage = scope::environment(&call.context, &env).await?.value.id;
    let made = call.context.create_variable(group, stage, draft).await.map_err(tell(&TONGUE))?;
    object(view(&made.value))
}

pub(crate) async fn show(call: &Call) -> Answer {
    object(view(&find(call).await?.value))
}

/// The value alone can be changed.
pub(crate) async fn update(call: &Call) -> Answer {
    let id = find(call).await?.value.id;
    let value = call.read(|body| body.required("variable_value").to_owned())?;
    let changed = call.context.update_variable(id, value, None).await.map_err(tell(&TONGUE))?;
    object(view(&changed.value))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let id = find(call).await?.value.id;
    call.context.delete_variable(id, None).await?;
    nothing()
}

/// The variable that the path names; one of a group of the other dialect does not exist here.
async fn find(call: &Call) -> Result<Stored<Variable>, Fault> {
    let text = call.path("env_variable_id");
    let id: VariableId = scope::id("env_variable_id", text)?;
    let variable = call.context.read_variable(id).await?;
    match scope::group(&call.context, &variable.value.group.to_string()).await {
        Ok(_) => Ok(variable),
        Err(_) => Err(not_found(Kind::Variable, text)),
    }
}

fn view(variable: &Variable) -> Value {
    json!({
        "id": variable.id,
        "group_id": variable.group,
        "env_id": environment::id_of(variable.stage),
        "variable_name": variable.name,
        "variable_value": variable.value,
    })
}
