//! What this interface sees: groups, APIs, environments and publications of its own dialect. Everything else does not
//! exist here.

use std::collections::HashMap;
use std::str::FromStr;

use paifang_control::{Context, Error, GroupFilter, Page, Paging, StageFilter, Stored};
use paifang_model::id::{ApiId, AppId, GroupId, StageId, VersionId};
use paifang_model::{Api, App, Group, Kind, Stage, Version};

use crate::DIALECT;
use crate::environment;
use crate::fault::{Fault, codes, not_found};

/// Reads an id of the path, the query or the body.
pub(crate) fn id<T: FromStr>(parameter: &str, text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| {
        let shown = paifang_model::name::shown(text);
        let place = format!("parameterName:{parameter}. Please refer to the support documentation");
        codes::INVALID_NAME.with(format!("{place} ({parameter}: `{shown}` is not an id)"))
    })
}

/// A group.
pub(crate) async fn group(context: &Context, text: &str) -> Result<Stored<Group>, Fault> {
    group_by_id(context, id("group_id", text)?).await
}

async fn group_by_id(context: &Context, id: GroupId) -> Result<Stored<Group>, Fault> {
    let group = context.read_group(id).await?;
    if group.value.dialect == DIALECT { Ok(group) } else { Err(not_found(Kind::Group, &id.to_string())) }
}

/// An API and its group.
pub(crate) async fn api(context: &Context, text: &str) -> Result<(Stored<Api>, Stored<Group>), Fault> {
    api_by_id(context, id("api_id", text)?).await
}

/// An API and its group.
pub(crate) async fn api_by_id(context: &Context, id: ApiId) -> Result<(Stored<Api>, Stored<Group>), Fault> {
    let api = context.read_api(id).await?;
    let group = context.read_group(api.value.group).await?;
    if group.value.dialect == DIALECT { Ok((api, group)) } else { Err(not_found(Kind::Api, &id.to_string())) }
}

/// A version and its API's group.
pub(crate) async fn version(
    context: &Context,
    text: &str,
) -> Result<(Stored<Version>, Stored<Group>), Fault> {
    let id: VersionId = id("version_id", text)?;
    let version = context.read_version(id).await?;
    let group = context.read_group(version.value.group).await?;
    if group.value.dialect == DIALECT {
        return Ok((version, group));
    }
    Err(not_found(Kind::Version, text))
}

/// An environment.
pub(crate) async fn environment(context: &Context, text: &str) -> Result<Stored<Stage>, Fault> {
    let id: StageId = environment::parse_id(text)?;
    match context.read_stage(id).await {
        Ok(stage) if stage.value.dialect == DIALECT => Ok(stage),
        Ok(_) | Err(Error::NotFound { .. }) => Err(not_found(Kind::Stage, text)),
        Err(error) => Err(error.into()),
    }
}

/// An app; apps are shared with the other dialect.
pub(crate) async fn app(context: &Context, text: &str) -> Result<Stored<App>, Fault> {
    let id: AppId = id("app_id", text)?;
    Ok(context.read_app(id).await?)
}

/// All environments, the oldest first.
pub(crate) async fn environments(context: &Context) -> Result<Vec<Stored<Stage>>, Fault> {
    let filter = &StageFilter { dialect: Some(DIALECT), ..StageFilter::default() };
    all(|paging| async move { context.list_stages(filter, &paging).await }).await
}

/// All groups by their ids.
pub(crate) async fn groups(context: &Context) -> Result<HashMap<GroupId, Stored<Group>>, Fault> {
    let filter = &GroupFilter { dialect: Some(DIALECT), ..GroupFilter::default() };
    let groups = all(|paging| async move { context.list_groups(filter, &paging).await }).await?;
    Ok(groups.into_iter().map(|group| (group.value.id, group)).collect())
}

/// Every row of a list that can be read, page by page.
pub(crate) async fn all<T, F>(list: impl Fn(Paging) -> F) -> Result<Vec<T>, Fault>
where
    F: Future<Output = Result<Page<T>, Error>>,
{
    let (mut rows, mut paging) = (Vec::new(), Paging::default().limit(500));
    loop {
        let page = list(paging.clone()).await?;
        rows.extend(page.items.into_iter().flatten());
        match page.next {
            Some(cursor) => paging = paging.after(cursor),
            None => return Ok(rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_id_is_told() {
        let told = format!("{:?}", id::<ApiId>("api_id", "pets").expect_err("no id"));
        assert!(told.contains("APIG.2012") && told.contains("api_id"), "{told}");
    }
}
