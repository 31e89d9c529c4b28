//! Makes, changes and deletes apps.

use paifang_control::{AppDraft, AppPatch};
use paifang_model::{Id, Rule, Secret, Violation};
use serde_json::Value;

use super::view::{key, view, with_key};
use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Code, Complaints, Tongue, codes, tell};
use crate::scope;

static TONGUE: Tongue = Tongue {
    parameter: |pointer| match pointer {
        "/description" => "remark".to_owned(),
        "/key" => "app_key".to_owned(),
        "/secret" => "app_secret".to_owned(),
        other => other.trim_start_matches('/').to_owned(),
    },
    code,
};

fn code(violation: &Violation) -> Option<Code> {
    match (violation.rule, violation.pointer.as_str()) {
        (Rule::Duplicate, "/key") => Some(codes::APP_KEY_TAKEN),
        (Rule::Duplicate, _) => Some(codes::APP_NAME_TAKEN),
        _ => None,
    }
}

pub(crate) async fn create(call: &Call) -> Answer {
    let draft = call.read(|body| AppDraft {
        name: body.required("name").to_owned(),
        description: body.text("remark").unwrap_or_default().to_owned(),
        access: None,
        frozen: false,
        quota: None,
        // 32 hex digits, as the vendor draws them.
        key: Some(given(body, "app_key").unwrap_or_else(|| Id::random().to_string())),
        secret: given(body, "app_secret").map(Secret::new),
    })?;
    let made = call.context.create_app(&draft).await.map_err(tell(&TONGUE))?;
    object(Value::Object(with_key(&made.app, &made.key.info.value, Some(&made.key.secret))))
}

fn given(body: &mut Fields<'_, '_>, name: &str) -> Option<String> {
    body.text(name).filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(crate) async fn update(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    let (patch, public, secret) = call.read(|body| {
        let name = Some(body.required("name").to_owned());
        let patch =
            AppPatch { name, description: body.text("remark").map(str::to_owned), ..AppPatch::default() };
        (patch, given(body, "app_key"), given(body, "app_secret"))
    })?;
    refuse_other_key(call, app, public, secret).await?;
    let app = call.context.update_app(app, patch, None).await.map_err(tell(&TONGUE))?;
    object(Value::Object(view(call, &app).await?))
}

/// Clients send back what they were shown. A key never changes, and a secret has an operation of its own.
async fn refuse_other_key(
    call: &Call,
    app: paifang_model::id::AppId,
    public: Option<String>,
    secret: Option<String>,
) -> Result<(), crate::fault::Fault> {
    if public.is_none() && secret.is_none() {
        return Ok(());
    }
    let key = key(call, app).await?;
    let mut complaints = Complaints::default();
    if public.is_some_and(|public| public != key.key) {
        complaints.add(codes::INVALID_VALUE, "app_key", "an app keeps its key");
    }
    if let Some(secret) = secret
        && !call.context.reveal_app_key(app, key.id).await?.matches(secret.as_bytes())
    {
        complaints.add(codes::INVALID_VALUE, "app_secret", "PUT apps/secret/{app_id} changes it");
    }
    complaints.or(())
}

/// Another secret; the old one is void at once.
pub(crate) async fn reset(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?;
    let secret = call.read(|body| given(body, "app_secret").map(Secret::new))?;
    let key = key(call, app.value.id).await?;
    let reset = call.context.reset_app_secret(app.value.id, key.id, secret).await;
    let reset = reset.map_err(tell(&TONGUE))?;
    object(Value::Object(with_key(&app, &reset.info.value, Some(&reset.secret))))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    call.context.delete_app(app, None).await?;
    nothing()
}
