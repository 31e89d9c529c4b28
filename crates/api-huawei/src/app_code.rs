//! Codes that apps show instead of signing.

use paifang_control::{Action, AppCodeInfo, Stored, may};
use paifang_model::id::AppCodeId;
use paifang_model::{Rule, Secret};
use serde_json::{Value, json};

use crate::answer::{Answer, nothing, object, page};
use crate::call::Call;
use crate::fault::{Fault, Tongue, codes, tell};
use crate::{scope, time};

static TONGUE: Tongue = Tongue {
    parameter: |_| "app_code".to_owned(),
    code: |violation| (violation.rule == Rule::Duplicate).then_some(codes::DONE_ALREADY),
};

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    let found = call.context.list_app_codes(app, &wanted.paging()).await?;
    let total = found.total.unwrap_or_default();
    let mut rows = Vec::with_capacity(found.items.len());
    for code in found.items.into_iter().flatten() {
        rows.push(view(call, &code).await?);
    }
    page("app_codes", rows, total)
}

pub(crate) async fn show(call: &Call) -> Answer {
    let (app, id) = named(call).await?;
    let context = &call.context;
    let codes_of = scope::all(|paging| async move { context.list_app_codes(app, &paging).await }).await?;
    let found = codes_of.iter().find(|code| code.value.id == id);
    let code = found.ok_or_else(|| codes::NO_APP_CODE.with(format!("id:{id}")))?;
    object(view(call, code).await?)
}

pub(crate) async fn create(call: &Call) -> Answer {
    let code = call.read(|body| Secret::new(body.required("app_code")))?;
    make(call, Some(code)).await
}

pub(crate) async fn generate(call: &Call) -> Answer {
    make(call, None).await
}

async fn make(call: &Call, code: Option<Secret>) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    let code = call.context.create_app_code(app, code).await.map_err(tell(&TONGUE))?;
    object(view(call, &code).await?)
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let (app, id) = named(call).await?;
    call.context.delete_app_code(app, id).await?;
    nothing()
}

async fn named(call: &Call) -> Result<(paifang_model::id::AppId, AppCodeId), Fault> {
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    Ok((app, scope::id("app_code_id", call.path("app_code_id"))?))
}

/// Whoever may not see secrets gets its first characters.
async fn view(call: &Call, code: &Stored<AppCodeInfo>) -> Result<Value, Fault> {
    let AppCodeInfo { id, app, masked } = &code.value;
    let shown = match may(call.context.principal().role, Action::RevealAppCode) {
        true => call.context.reveal_app_code(*app, *id).await?.expose().to_owned(),
        false => masked.clone(),
    };
    Ok(json!({
        "app_code": shown,
        "id": id,
        "app_id": app,
        "create_time": time::rfc3339(code.created_at),
    }))
}
