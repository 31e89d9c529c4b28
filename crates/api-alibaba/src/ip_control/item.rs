//! `AddIpControlPolicyItem`, `ModifyIpControlPolicyItem` and `RemoveIpControlPolicyItem`: the items of an IP control, one at a
//! time. An item is known by an id that stands in the settings. One that was made with a plug-in has none there: until one
//! of these operations writes it, its id follows from its place.

use paifang_control::PolicyPatch;
use paifang_model::{Id, Policy, Rule, Violations};
use serde_json::{Map, Value, json};

use super::SORT;
use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::rule;

pub(super) const ID: &str = "id";
pub(super) const BLOCKS: &str = "blocks";
pub(super) const APP: &str = "appId";
pub(super) const CREATED: &str = "createdAt";
pub(super) const MODIFIED: &str = "modifiedAt";

/// The most items that are taken away at once.
const AT_ONCE: usize = 100;

/// What an item says.
pub(super) struct Item {
    blocks: Vec<String>,
    app: Option<i64>,
    now: i64,
}

impl Item {
    /// The item of these parameters: addresses and networks, separated by `;` or `,`, and the number of an app.
    pub(super) async fn given(
        call: &Call<'_>,
        blocks: Option<&str>,
        app: Option<&str>,
    ) -> Result<Self, Fault> {
        let blocks = blocks.unwrap_or_default().split([';', ',']).map(str::trim);
        let blocks: Vec<String> = blocks.filter(|block| !block.is_empty()).map(str::to_owned).collect();
        if blocks.is_empty() {
            return Err(Fault::missing("CidrIp"));
        }
        let app = match app.filter(|app| !app.is_empty()) {
            Some(number) => Some(call.app_numbered(number).await?.value.number),
            None => None,
        };
        Ok(Self { blocks, app, now: call.now })
    }

    /// As a new item of settings.
    pub(super) fn made(&self) -> Map<String, Value> {
        let mut item = Map::new();
        item.insert(ID.to_owned(), json!(Id::random()));
        item.insert(CREATED.to_owned(), json!(self.now));
        self.write(&mut item);
        item
    }

    fn write(&self, item: &mut Map<String, Value>) {
        item.insert(MODIFIED.to_owned(), json!(self.now));
        item.insert(BLOCKS.to_owned(), json!(self.blocks));
        item.shift_remove(APP);
        item.extend(self.app.map(|app| (APP.to_owned(), json!(app))));
    }
}

/// The items of an IP control, each with its id.
pub(super) fn items_of(policy: &Policy) -> Vec<Map<String, Value>> {
    let members = rule::members(&policy.settings);
    let items = members.get("items").and_then(Value::as_array);
    let with_id = |(at, item): (usize, &Value)| {
        let mut item = item.as_object()?.clone();
        if item.get(ID).is_none_or(Value::is_null) {
            item.insert(ID.to_owned(), json!(id_at(policy, at)));
        }
        Some(item)
    };
    items.into_iter().flatten().enumerate().filter_map(with_id).collect()
}

fn id_at(policy: &Policy, at: usize) -> Id {
    Id::derived("ip_control_item", &[policy.id.0.as_bytes(), at.to_string().as_bytes()])
}

pub(crate) async fn add(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.required(SORT.id)?;
    let made = Item::given(call, params.text("CidrIp"), params.text("AppId")).await?.made();
    edit(call, |items| {
        items.push(made.clone());
        Ok(())
    })
    .await?;
    Ok(json!({ "PolicyItemId": made.get(ID) }))
}

pub(crate) async fn modify(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    params.required(SORT.id)?;
    let id = params.required("PolicyItemId")?;
    let given = Item::given(call, params.text("CidrIp"), params.text("AppId")).await?;
    edit(call, |items| {
        let item = items.iter_mut().find(|item| has_id(item, id)).ok_or_else(|| unknown(id))?;
        given.write(item);
        Ok(())
    })
    .await?;
    Ok(json!({}))
}

/// Takes away all that are named, or none.
pub(crate) async fn remove(call: &Call<'_>) -> Result<Value, Fault> {
    call.params.required(SORT.id)?;
    let ids = call.params.required("PolicyItemIds")?.split([';', ',']).map(str::trim);
    let ids: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
    if ids.len() > AT_ONCE {
        let rule = format!("at most {AT_ONCE} are allowed at once");
        return Err(Fault::invalid("PolicyItemIds", &ids.len().to_string(), &rule));
    }
    edit(call, |items| {
        if let Some(id) = ids.iter().find(|id| !items.iter().any(|item| has_id(item, id))) {
            return Err(unknown(id));
        }
        items.retain(|item| !ids.iter().any(|id| has_id(item, id)));
        Ok(())
    })
    .await?;
    Ok(json!({}))
}

async fn edit(
    call: &Call<'_>,
    edit: impl Fn(&mut Vec<Map<String, Value>>) -> Result<(), Violations> + Send + Sync,
) -> Result<(), Fault> {
    let id = SORT.named(call).await?.value.id;
    let edit = |policy: &Policy| {
        let mut items = items_of(policy);
        edit(&mut items)?;
        let mut settings = rule::members(&policy.settings);
        settings.insert("items".to_owned(), json!(items));
        Ok(PolicyPatch { settings: Some(Value::Object(settings)), ..PolicyPatch::default() })
    };
    call.control.edit_policy(id, edit).await.map_err(Fault::of(Sent::IpControl)).map(drop)
}

fn has_id(item: &Map<String, Value>, id: &str) -> bool {
    item.get(ID).and_then(Value::as_str) == Some(id)
}

fn unknown(id: &str) -> Violations {
    let message = format!("there is no item `{}`", paifang_model::name::shown(id));
    Violations::one("/item", Rule::Unknown, message)
}
