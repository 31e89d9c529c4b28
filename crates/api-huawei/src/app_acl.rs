//! From where an app calls. Spec: huawei/throttling-and-access.md §4.

use paifang_control::{AppPatch, Stored};
use paifang_model::policy::Effect;
use paifang_model::{App, AppAccess, Rule, Violation};
use serde_json::{Value, json};

use crate::answer::{Answer, nothing, object, without_nulls};
use crate::call::Call;
use crate::fault::{Code, Tongue, codes, tell};
use crate::scope;

const TYPES: &[(&str, Effect)] = &[("PERMIT", Effect::Allow), ("DENY", Effect::Deny)];

static TONGUE: Tongue = Tongue { parameter: |_| "app_acl_values".to_owned(), code };

fn code(violation: &Violation) -> Option<Code> {
    (violation.rule == Rule::Range).then_some(codes::INVALID_VALUE)
}

/// Of an app that calls from anywhere, its id alone.
pub(crate) async fn show(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?;
    object(view(&app))
}

pub(crate) async fn update(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    let access = call.read(|body| {
        body.demand("app_acl_values");
        AppAccess {
            effect: body.required_word("app_acl_type", TYPES, Effect::Allow),
            addresses: body.texts("app_acl_values"),
        }
    })?;
    let patch = AppPatch { access: Some(Some(access)), ..AppPatch::default() };
    let app = call.context.update_app(app, patch, None).await.map_err(tell(&TONGUE))?;
    object(view(&app))
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let app = scope::app(&call.context, call.path("app_id")).await?.value.id;
    let patch = AppPatch { access: Some(None), ..AppPatch::default() };
    call.context.update_app(app, patch, None).await?;
    nothing()
}

fn view(app: &Stored<App>) -> Value {
    let access = app.value.access.as_ref();
    let effect = access.and_then(|access| TYPES.iter().find(|(_, effect)| *effect == access.effect));
    without_nulls(json!({
        "app_id": app.value.id,
        "app_acl_type": effect.map(|(word, _)| word),
        "app_acl_values": access.map(|access| &access.addresses),
    }))
}
