//! Looks at APIs. What the store can look up is asked of it; the rest is looked at here, which walks the group, or all
//! groups.

use std::collections::{HashMap, HashSet};

use paifang_control::{ApiFilter, DeploymentFilter, Stored};
use paifang_model::id::{ApiId, ChannelId, GroupId};
use paifang_model::{Api, Group};
use serde_json::{Map, Value};

use super::view::{brief, full};
use crate::answer::{Answer, object, page, page_of};
use crate::ask::Query;
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes};
use crate::{definition, environment, scope};

pub(crate) async fn show(call: &Call) -> Answer {
    let (api, group) = scope::api(&call.context, call.path("api_id")).await?;
    object(full(call, &api, &group).await?)
}

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    refuse_what_is_not_offered(&call.query)?;
    let groups = groups(call).await?;
    let filter = filter(&call.query, &groups);
    let (apis, total) = match (filter.group, Judge::of(call).await?) {
        (Some(_), None) => {
            let found = call.context.list_apis(&filter, &wanted.paging()).await?;
            let total = found.total.unwrap_or_default();
            (found.items.into_iter().flatten().collect(), total)
        }
        (_, judge) => {
            let (context, filter) = (&call.context, &filter);
            let mut apis =
                scope::all(|paging| async move { context.list_apis(filter, &paging).await }).await?;
            apis.retain(|api| groups.contains_key(&api.value.group));
            apis.retain(|api| judge.as_ref().is_none_or(|judge| judge.accepts(api)));
            page_of(wanted, apis)
        }
    };
    let stages = scope::environments(&call.context).await?;
    let mut rows = Vec::with_capacity(apis.len());
    for api in &apis {
        if let Some(group) = groups.get(&api.value.group) {
            rows.push(brief(call, api, group, &stages).await?);
        }
    }
    page("apis", rows, total)
}

/// The group asked for, or all of them.
async fn groups(call: &Call) -> Result<HashMap<GroupId, Stored<Group>>, Fault> {
    match call.query.value("group_id") {
        Some(id) => {
            let group = scope::group(&call.context, id).await?;
            Ok(HashMap::from([(group.value.id, group)]))
        }
        None => scope::groups(&call.context).await,
    }
}

fn filter(query: &Query, groups: &HashMap<GroupId, Stored<Group>>) -> ApiFilter {
    let asked = |name: &str| query.value(name).map(str::to_owned);
    let precise = query.is_precise("name");
    ApiFilter {
        group: query.value("group_id").and_then(|_| groups.keys().next().copied()),
        name: asked("name").filter(|_| precise),
        name_contains: asked("name").filter(|_| !precise),
        path_contains: asked("req_uri"),
        ..ApiFilter::default()
    }
}

/// What the store does not look at.
struct Judge {
    id: Option<String>,
    /// Members that must have exactly this value.
    members: Vec<(&'static str, String)>,
    tags: Vec<String>,
    online: Option<HashSet<ApiId>>,
    channels: Option<HashSet<ChannelId>>,
}

impl Judge {
    /// None when the store can look at everything that was asked for.
    async fn of(call: &Call) -> Result<Option<Self>, Fault> {
        let query = &call.query;
        let exact = ["req_protocol", "req_method", "auth_type", "type"];
        let mut members: Vec<_> =
            exact.iter().filter_map(|name| Some((*name, query.value(name)?.to_owned()))).collect();
        if let Some(path) = query.value("req_uri").filter(|_| query.is_precise("req_uri")) {
            members.push(("req_uri", path.to_owned()));
        }
        let judge = Self {
            id: query.value("id").map(str::to_owned),
            members,
            tags: query.values("tags").into_iter().map(str::to_owned).collect(),
            online: online(call).await?,
            channels: channels(call).await?,
        };
        let asks = judge.id.is_some()
            || !judge.members.is_empty()
            || !judge.tags.is_empty()
            || judge.online.is_some()
            || judge.channels.is_some();
        Ok(asks.then_some(judge))
    }

    fn accepts(&self, api: &Stored<Api>) -> bool {
        let Api { id, definition, .. } = &api.value;
        let written = definition::write(definition);
        self.id.as_ref().is_none_or(|wanted| *wanted == id.to_string())
            && self.members.iter().all(|(name, wanted)| shown(&written, name) == *wanted)
            && (self.tags.is_empty() || self.tags.iter().any(|tag| definition.tags.contains(tag)))
            && self.online.as_ref().is_none_or(|online| online.contains(id))
            && self
                .channels
                .as_ref()
                .is_none_or(|wanted| definition.channels().any(|(_, channel)| wanted.contains(&channel)))
    }
}

fn shown(written: &Map<String, Value>, name: &str) -> String {
    match written.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

/// The channels that are called as was asked for.
async fn channels(call: &Call) -> Result<Option<HashSet<ChannelId>>, Fault> {
    let Some(name) = call.query.value("vpc_channel_name") else { return Ok(None) };
    let context = &call.context;
    let mut found =
        scope::all(|paging| async move { context.list_channels(Some(name), &paging).await }).await?;
    if call.query.is_precise("vpc_channel_name") {
        found.retain(|channel| channel.value.name == name);
    }
    Ok(Some(found.into_iter().map(|channel| channel.value.id).collect()))
}

/// The APIs that are online in the environment asked for.
async fn online(call: &Call) -> Result<Option<HashSet<ApiId>>, Fault> {
    let Some(stage) = call.query.value("env_id") else { return Ok(None) };
    let stage = environment::parse_id(stage)?;
    let filter = DeploymentFilter { stage: Some(stage), online: Some(true), ..DeploymentFilter::default() };
    let context = &call.context;
    let found = scope::all(|paging| async move { context.list_deployments(filter, &paging).await }).await?;
    Ok(Some(found.into_iter().map(|deployment| deployment.value.api).collect()))
}

fn refuse_what_is_not_offered(query: &Query) -> Result<(), Fault> {
    let mut complaints = Complaints::default();
    if query.value("return_data_mode").is_some_and(|mode| mode != "brief") {
        complaints.add(
            codes::NOT_OFFERED,
            "return_data_mode",
            "lists are brief; ask for an API to see all of it",
        );
    }
    complaints.or(())
}
