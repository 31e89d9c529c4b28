//! IP control: from which addresses an API is called (spec: aliyun/plugins.md §3.2, management-actions.md). The same as a
//! plug-in `ipControl` that looks at the client's own address.

mod create;
mod item;
mod list;
mod list_items;
mod modify;

pub(crate) use create::create;
pub(crate) use item::{add as add_item, modify as modify_item, remove as remove_items};
pub(crate) use list::list;
pub(crate) use list_items::items;
pub(crate) use modify::modify;

use paifang_model::PolicyKind;
use paifang_model::policy::{IpControl, Settings};

use crate::fault::Sent;
use crate::rule::{Sort, Sorted};

pub(crate) struct IpControls;

impl Sorted for IpControls {
    const SORT: &'static Sort = &SORT;
}

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
