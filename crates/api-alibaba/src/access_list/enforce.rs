//! `EnableInstanceAccessControl` and `DisableInstanceAccessControl`: which list is in force for each version of IP.

use paifang_control::{AccessListFilter, AccessListPatch, Paging, Stored};
use paifang_model::policy::Effect;
use paifang_model::{AccessList, IpVersion};
use serde_json::{Value, json};

use crate::INSTANCE;
use crate::call::Call;
use crate::fault::{Fault, Sent};

/// What a list may be, and what that does.
const TYPES: [(&str, Effect); 2] = [("white", Effect::Allow), ("black", Effect::Deny)];

pub(crate) async fn enable(call: &Call<'_>) -> Result<Value, Fault> {
    let text = call.params.required("AclType")?;
    let found = TYPES.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    let wrong = || Fault::invalid("AclType", text, "black and white are allowed");
    enforce(call, Some(found.ok_or_else(wrong)?.1)).await
}

pub(crate) async fn disable(call: &Call<'_>) -> Result<Value, Fault> {
    enforce(call, None).await
}

async fn enforce(call: &Call<'_>, enforced: Option<Effect>) -> Result<Value, Fault> {
    if call.params.required("InstanceId")? != INSTANCE {
        return Err(Fault::not_found("Instance"));
    }
    let list = super::named(call).await?.value;
    let version = super::ip_version(call)?.unwrap_or(list.ip_version);
    if version != list.ip_version {
        let rule = format!("the list has addresses of {}", list.ip_version.name());
        return Err(Fault::invalid("AddressIPVersion", version.name(), &rule));
    }
    if enforced != list.enforced {
        let patch = AccessListPatch { enforced: Some(enforced), ..AccessListPatch::default() };
        let changed = call.control.update_access_list(list.id, patch, None).await;
        changed.map_err(Fault::of(Sent::AccessList))?;
    }
    Ok(json!({}))
}

/// What an instance shows of the list that is in force for a version of IP.
pub(crate) async fn in_force(call: &Call<'_>, version: IpVersion) -> Result<Value, Fault> {
    let filter = AccessListFilter { enforced: Some(version), ..AccessListFilter::default() };
    let lists = call.control.list_access_lists(&filter, &Paging::default().limit(1)).await?;
    let list: Option<Stored<AccessList>> = lists.items.into_iter().flatten().next();
    let prefix = if version == IpVersion::Ipv6 { "IPV6" } else { "" };
    let status = if list.is_some() { "on" } else { "off" };
    let mut shown = json!({ format!("{prefix}AclStatus"): status });
    if let Some(AccessList { id, name, enforced, .. }) = list.map(|list| list.value) {
        let word = TYPES.into_iter().find(|(_, effect)| Some(*effect) == enforced).map(|(word, _)| word);
        shown[format!("{prefix}AclId")] = json!(id);
        shown[format!("{prefix}AclName")] = json!(name);
        shown[format!("{prefix}AclType")] = json!(word);
    }
    Ok(shown)
}
