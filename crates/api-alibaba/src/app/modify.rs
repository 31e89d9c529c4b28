//! `ModifyApp`: what is absent stays.

use paifang_control::AppPatch;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.refuse_true(
        "Disabled",
        "an app is stopped by removing its authorizations or resetting its secret",
    )?;
    super::refuse_what_is_not_kept(params)?;
    let app = call.app().await?.value;
    let name = params.text("AppName");
    if let Some(name) = name.filter(|name| *name != app.name) {
        super::check_name(name)?;
    }
    let patch = AppPatch {
        name: name.map(str::to_owned),
        description: params.given("Description").map(str::to_owned),
        ..AppPatch::default()
    };
    call.control.update_app(app.id, patch, None).await.map_err(Fault::of(Sent::App))?;
    Ok(json!({}))
}
