//! `DescribeAppSecurity` and `DescribeAppSecurities`: keys with their secrets, and codes. Each that is shown leaves an
//! audit line.

use paifang_control::Stored;
use paifang_model::App;
use paifang_model::id::AppId;
use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::everything;
use crate::time;

/// The first key and the first code.
pub(crate) async fn security(call: &Call<'_>) -> Result<Value, Fault> {
    let Stored { value: App { id, .. }, .. } = call.app().await?;
    let mut shown = Map::new();
    shown.extend(keys(call, id, 1).await?.into_iter().next().unwrap_or_default());
    shown.extend(codes(call, id, 1).await?.into_iter().next().unwrap_or_default());
    Ok(Value::Object(shown))
}

/// All of them: the first key with the first code, and so on.
pub(crate) async fn securities(call: &Call<'_>) -> Result<Value, Fault> {
    let id = call.app().await?.value.id;
    let mut rows = keys(call, id, usize::MAX).await?;
    for (index, code) in codes(call, id, usize::MAX).await?.into_iter().enumerate() {
        match rows.get_mut(index) {
            Some(row) => row.extend(code),
            None => rows.push(code),
        }
    }
    Ok(json!({ "AppSecuritys": { "AppSecurity": rows } }))
}

async fn keys(call: &Call<'_>, app: AppId, at_most: usize) -> Result<Vec<Map<String, Value>>, Fault> {
    let keys = everything(async |paging| call.control.list_app_keys(app, &paging).await).await?;
    let mut shown = Vec::new();
    for key in keys.into_iter().take(at_most) {
        let secret = call.control.reveal_app_key(app, key.value.id).await?;
        shown.push(Map::from_iter([
            ("AppKey".to_owned(), json!(key.value.key)),
            ("AppSecret".to_owned(), json!(secret.expose())),
            ("CreatedTime".to_owned(), json!(time::written(key.created_at))),
            ("ModifiedTime".to_owned(), json!(time::written(key.updated_at))),
        ]));
    }
    Ok(shown)
}

async fn codes(call: &Call<'_>, app: AppId, at_most: usize) -> Result<Vec<Map<String, Value>>, Fault> {
    let codes = everything(async |paging| call.control.list_app_codes(app, &paging).await).await?;
    let mut shown = Vec::new();
    for code in codes.into_iter().take(at_most) {
        let code = call.control.reveal_app_code(app, code.value.id).await?;
        shown.push(Map::from_iter([("AppCode".to_owned(), json!(code.expose()))]));
    }
    Ok(shown)
}
