//! `DescribeAccessControlLists`.

use paifang_control::AccessListFilter;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::Fault;
use crate::listing::{PageNumber, everything};

pub(crate) async fn list(call: &Call<'_>) -> Result<Value, Fault> {
    let (page, version) = (PageNumber::of(call.params, 50)?, super::ip_version(call)?);
    let name_contains = call.params.text("AclName").map(str::to_owned);
    let filter = &AccessListFilter { name_contains, enforced: None };
    let mut all = everything(async |paging| call.control.list_access_lists(filter, &paging).await).await?;
    all.retain(|list| version.is_none_or(|version| version == list.value.ip_version));
    Ok(page.cut(all).answer("Acls", "Acl", |list| {
        let (list, version) = (&list.value, list.value.ip_version.name());
        json!({ "AclId": list.id, "AclName": list.name, "AddressIPVersion": version })
    }))
}
