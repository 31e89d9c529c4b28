//! `CreateAccessControlList`: without entries, and not in force.

use paifang_control::AccessListDraft;
use paifang_model::IpVersion;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

pub(crate) async fn create(call: &Call<'_>) -> Result<Value, Fault> {
    let draft = AccessListDraft {
        name: call.params.required("AclName")?.to_owned(),
        ip_version: super::ip_version(call)?.unwrap_or(IpVersion::Ipv4),
        entries: Vec::new(),
        enforced: None,
    };
    let list = call.control.create_access_list(draft).await.map_err(Fault::of(Sent::AccessList))?;
    Ok(json!({ "AclId": list.value.id }))
}
