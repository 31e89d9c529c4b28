//! `CreateApp`: with a key and a code, drawn unless given.

use paifang_control::AppDraft;
use paifang_model::Secret;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let name = params.required("AppName")?;
    super::check_name(name)?;
    super::refuse_what_is_not_kept(params)?;
    let draft = AppDraft {
        name: name.to_owned(),
        description: params.text("Description").unwrap_or_default().to_owned(),
        access: None,
        frozen: false,
        quota: None,
        key: params.text("AppKey").map(str::to_owned),
        secret: params.text("AppSecret").map(Secret::new),
    };
    let app = call.control.create_app(&draft).await.map_err(Fault::of(Sent::App))?.app.value;
    let code = params.text("AppCode").map(Secret::new);
    if let Err(error) = call.control.create_app_code(app.id, code).await {
        // All of it or nothing: what the caller takes as not made must not stay.
        call.control.delete_app(app.id, None).await?;
        return Err(Fault::of(Sent::AppCode)(error));
    }
    Ok(json!({ "AppId": app.number, "TagStatus": false }))
}
