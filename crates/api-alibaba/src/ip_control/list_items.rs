//! `DescribeIpControlPolicyItems`.

use paifang_control::Stored;
use paifang_model::Policy;
use serde_json::{Map, Value, json};

use super::SORT;
use super::item::{APP, BLOCKS, CREATED, ID, MODIFIED, items_of};
use crate::call::Call;
use crate::fault::Fault;
use crate::listing::PageNumber;
use crate::rule::{AT_MOST, text};
use crate::time;

/// The items of one IP control, or of all where none is named.
pub(crate) async fn items(call: &Call<'_>) -> Result<Value, Fault> {
    let page = PageNumber::of(call.params, AT_MOST)?;
    let controls = match call.params.text(SORT.id) {
        Some(_) => vec![SORT.named(call).await?],
        None => SORT.list(call).await?,
    };
    let mut rows: Vec<Value> = controls.iter().flat_map(rows).collect();
    if let Some(id) = call.params.text("PolicyItemId") {
        rows.retain(|row| row["PolicyItemId"] == id);
    }
    Ok(page.cut(rows).answer("IpControlPolicyItems", "IpControlPolicyItem", |row| row))
}

fn rows(control: &Stored<Policy>) -> Vec<Value> {
    items_of(&control.value).iter().map(|item| row(control, item)).collect()
}

fn row(control: &Stored<Policy>, item: &Map<String, Value>) -> Value {
    let blocks: Vec<String> =
        item.get(BLOCKS).and_then(Value::as_array).into_iter().flatten().map(text).collect();
    let at = |name: &str, otherwise| item.get(name).and_then(Value::as_i64).unwrap_or(otherwise);
    let mut row = json!({
        "PolicyItemId": item.get(ID),
        "CidrIp": blocks.join(";"),
        "CreateTime": time::written(at(CREATED, control.created_at)),
        "ModifiedTime": time::written(at(MODIFIED, control.updated_at)),
    });
    if let Some(app) = item.get(APP) {
        row["AppId"] = json!(text(app));
    }
    row
}
