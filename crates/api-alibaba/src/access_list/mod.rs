//! Access control lists of the instance, which is the whole gateway (spec: aliyun/management-actions.md, "Instances,
//! regions, access control lists"; entries and limits: Alibaba Cloud, "AddAccessControlListEntry").

mod create;
mod delete;
mod describe;
mod enforce;
mod entries;
mod list;
mod set;

pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use describe::describe;
pub(crate) use enforce::{disable, enable, in_force};
pub(crate) use entries::{add, remove};
pub(crate) use list::list;
pub(crate) use set::set;

use paifang_control::Stored;
use paifang_model::id::AccessListId;
use paifang_model::{AccessList, IpVersion};

use crate::call::Call;
use crate::fault::Fault;

/// What the interface calls a list that is not there.
const NOUN: &str = "AccessControlList";

/// The list that `AclId` names.
async fn named(call: &Call<'_>) -> Result<Stored<AccessList>, Fault> {
    let id = AccessListId(call.params.required_id("AclId", NOUN)?);
    Ok(call.control.read_access_list(id).await?)
}

/// `AddressIPVersion`, if it is said.
fn ip_version(call: &Call<'_>) -> Result<Option<IpVersion>, Fault> {
    let Some(text) = call.params.text("AddressIPVersion") else { return Ok(None) };
    let versions = [IpVersion::Ipv4, IpVersion::Ipv6];
    let found = versions.into_iter().find(|version| version.name().eq_ignore_ascii_case(text));
    let wrong = || Fault::invalid("AddressIPVersion", text, "ipv4 and ipv6 are allowed");
    found.ok_or_else(wrong).map(Some)
}
