//! `DescribeApps` and `DescribeAppAttributes`.

use paifang_control::{AppFilter, Error, Stored};
use paifang_model::App;
use serde_json::{Value, json};

use super::describe::attribute;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{Listed, PageNumber};

const AT_MOST: u32 = 100;

/// `DescribeApps`.
pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let listed = wanted(call, AppFilter::default()).await?;
    Ok(listed.answer("Apps", "AppItem", |app| {
        let App { number, name, description, .. } = app.value;
        json!({ "AppId": number, "AppName": name, "Description": description })
    }))
}

/// `DescribeAppAttributes`.
pub(crate) async fn attributes(call: &Call<'_>) -> Result<Value, Fault> {
    for name in ["AppKey", "AppCode", "Extend"] {
        if let Some(value) = call.params.text(name) {
            return Err(Fault::unsupported(name, value, "apps are found by number and by name"));
        }
    }
    let name_contains = call.params.text("AppName").map(str::to_owned);
    let listed = wanted(call, AppFilter { name: None, name_contains }).await?;
    Ok(listed.answer("Apps", "AppAttribute", |app| attribute(&app)))
}

async fn wanted(call: &Call<'_>, filter: AppFilter) -> Result<Listed<Stored<App>>, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let Some(number) = call.params.number::<i64>("AppId")? else {
        return Ok(page.given(call.control.list_apps(&filter, &page.paging()).await?));
    };
    let found = match call.control.find_app(number).await {
        Ok(app) => vec![app],
        Err(Error::NotFound { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    Ok(page.cut(found))
}
