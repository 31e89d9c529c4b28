//! `DescribeAccessControlListAttribute`: a list with its entries.

use paifang_model::AccessListEntry;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;

pub(crate) async fn describe(call: &Call<'_>) -> Result<Value, Fault> {
    let list = super::named(call).await?.value;
    let entry =
        |entry: &AccessListEntry| json!({ "AclEntryIp": entry.address, "AclEntryComment": entry.comment });
    let entries: Vec<Value> = list.entries.iter().map(entry).collect();
    Ok(json!({
        "AclId": list.id,
        "AclName": list.name,
        "AddressIPVersion": list.ip_version.name(),
        "AclEntrys": { "AclEntry": entries },
    }))
}
