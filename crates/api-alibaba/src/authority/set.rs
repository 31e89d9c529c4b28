//! `SetAppsAuthorities` and `SetApisAuthorities`.

use paifang_control::GrantsDraft;
use paifang_model::id::{ApiId, AppId};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::time;

/// One API, many apps.
pub(crate) async fn to_apps(call: &Call<'_>) -> Result<Value, Fault> {
    let api = call.api().await?.0.value.id;
    set(call, super::named_apps(call).await?, vec![api]).await
}

/// One app, many APIs.
pub(crate) async fn to_apis(call: &Call<'_>) -> Result<Value, Fault> {
    let app = call.app().await?.value.id;
    set(call, vec![app], call.apis().await?).await
}

async fn set(call: &Call<'_>, apps: Vec<AppId>, apis: Vec<ApiId>) -> Result<Value, Fault> {
    let draft = GrantsDraft {
        apps,
        apis,
        stage: call.stage().await?.value.id,
        until: until(call)?,
        remark: call.params.text("Description").unwrap_or_default().to_owned(),
    };
    call.control.create_grants(&draft).await.map_err(Fault::of(Sent::Grants))?;
    Ok(json!({}))
}

/// Absent or empty: it never ends.
fn until(call: &Call<'_>) -> Result<Option<i64>, Fault> {
    const NAME: &str = "AuthValidTime";
    let read = |text: &str| {
        let rule = "a time like `Fri, 05 Oct 2018 16:00:00 GMT` or `2018-10-05T16:00:00Z` is allowed";
        time::read(text).ok_or_else(|| Fault::invalid(NAME, text, rule))
    };
    call.params.text(NAME).map(read).transpose()
}
