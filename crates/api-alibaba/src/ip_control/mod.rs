//! IP control: from which addresses an API is called (spec: aliyun/plugins.md §3.2, management-actions.md). The same as a
//! plug-in `ipControl` that looks at the client's own address.

mod create;
mod delete;
mod item;
mod list;
mod list_items;
mod modify;

pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use item::{add as add_item, modify as modify_item, remove as remove_items};
pub(crate) use list::list;
pub(crate) use list_items::items;
pub(crate) use modify::modify;

use paifang_model::PolicyKind;
use paifang_model::policy::{IpControl, Settings};
use serde_json::Value;

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::rule::{self, Sort};

static SORT: Sort = Sort {
    kind: PolicyKind::AddressList,
    noun: "IpControl",
    sent: Sent::IpControl,
    tells: |settings| matches!(settings, Settings::IpControl(IpControl { forwarded: None, .. })),
    id: "IpControlId",
    name: "IpControlName",
    of_group: ["ApiIpControls", "ApiIpControlItem"],
    // The vendor has no list of an API's own.
    of_api: [""; 4],
};

pub(crate) async fn set_apis(call: &Call<'_>) -> Result<Value, Fault> {
    rule::set_apis(call, &SORT).await
}

pub(crate) async fn remove_apis(call: &Call<'_>) -> Result<Value, Fault> {
    rule::remove_apis(call, &SORT).await
}

pub(crate) async fn of_group(call: &Call<'_>) -> Result<Value, Fault> {
    rule::of_group(call, &SORT).await
}

pub(crate) async fn apis(call: &Call<'_>) -> Result<Value, Fault> {
    rule::apis_of(call, &SORT).await
}
