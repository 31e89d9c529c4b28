//! `DescribeApps` and `DescribeAppAttributes`.

use paifang_control::{AppFilter, Error, Paging, Stored};
use paifang_model::{App, Secret};
use serde_json::{Value, json};

use super::describe::attribute;
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, direction, refuse_tag_permissions};

const AT_MOST: u32 = 100;

/// `DescribeApps`.
pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    call.params.refuse("AppOwner", "there is one owner of apps")?;
    let listed = match numbered(call).await? {
        Some(found) => page.cut(found),
        None => page.given(call.control.list_apps(&AppFilter::default(), &page.paging()).await?),
    };
    Ok(listed.answer("Apps", "AppItem", |app| {
        let App { number, name, description, .. } = app.value;
        json!({ "AppId": number, "AppName": name, "Description": description })
    }))
}

/// `DescribeAppAttributes`.
pub(crate) async fn attributes(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    let page = PageNumber::of(params, AT_MOST)?;
    super::refuse_what_is_not_kept(params)?;
    refuse_tag_permissions(params, "EnableTagAuth")?;
    let direction = direction(params)?;
    let listed = match distinct(call).await? {
        Some(mut found) => {
            found.retain(|app| is_named(call, &app.value.name));
            page.cut(found)
        }
        None => {
            let name_contains = params.text("AppName").map(str::to_owned);
            let filter = AppFilter { name_contains, ..AppFilter::default() };
            page.given(call.control.list_apps(&filter, &Paging { direction, ..page.paging() }).await?)
        }
    };
    Ok(listed.answer("Apps", "AppAttribute", |app| attribute(&app)))
}

fn is_named(call: &Call<'_>, name: &str) -> bool {
    let wanted = call.params.text("AppName").unwrap_or_default();
    name.to_ascii_lowercase().contains(&wanted.to_ascii_lowercase())
}

/// The one app that has the number, the key and the code that are named, or none of that kind; nothing when none is
/// named.
async fn distinct(call: &Call<'_>) -> Result<Option<Vec<Stored<App>>>, Fault> {
    let (key, code) = (call.params.text("AppKey"), call.params.text("AppCode"));
    let mut named = numbered(call).await?;
    if let Some(key) = key {
        named = Some(both(named, there(call.control.find_app_of_key(key).await)?));
    }
    if let Some(code) = code {
        named = Some(both(named, there(of_code(call, code).await)?));
    }
    Ok(named)
}

/// The app that `AppId` names, when it names one.
async fn numbered(call: &Call<'_>) -> Result<Option<Vec<Stored<App>>>, Fault> {
    match call.params.number("AppId")? {
        Some(number) => there(call.control.find_app(number).await).map(Some),
        None => Ok(None),
    }
}

async fn of_code(call: &Call<'_>, code: &str) -> Result<Stored<App>, Error> {
    let code = call.control.find_app_code(Secret::new(code)).await?;
    call.control.read_app(code.value.app).await
}

fn there(found: Result<Stored<App>, Error>) -> Result<Vec<Stored<App>>, Fault> {
    match found {
        Ok(app) => Ok(vec![app]),
        Err(Error::NotFound { .. }) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn both(named: Option<Vec<Stored<App>>>, mut found: Vec<Stored<App>>) -> Vec<Stored<App>> {
    if let Some(named) = named {
        found.retain(|app| named.contains(app));
    }
    found
}
