//! Traffic control: limits on an API, its users and its apps (spec: aliyun/plugins.md §3.1, management-actions.md). The same
//! as a plug-in `trafficControl` without rules over parameters.

mod create;
mod list;
mod modify;
mod special;
mod view;

pub(crate) use create::create;
pub(crate) use list::list;
pub(crate) use modify::modify;
pub(crate) use special::{add as add_special, clear as delete_all_specials, remove as delete_special};

use paifang_model::PolicyKind;
use paifang_model::policy::alibaba::PerCaller;
use paifang_model::policy::{Settings, TrafficControl};
use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::rule::{Sort, Sorted};

pub(crate) struct TrafficControls;

impl Sorted for TrafficControls {
    const SORT: &'static Sort = &SORT;
}

static SORT: Sort = Sort {
    kind: PolicyKind::Throttle,
    noun: "TrafficControl",
    sent: Sent::TrafficControl,
    tells: |settings| limits(settings).is_some(),
    id: "TrafficControlId",
    name: "TrafficControlName",
    of_group: ["ApiTrafficControls", "ApiTrafficControlItem"],
    of_api: ["TrafficControlItems", "TrafficControlItem", "TrafficControlItemId", "TrafficControlItemName"],
};

/// Parameters that are numbers, and the members of the settings that they become.
const NUMBERS: [(&str, &str); 3] =
    [("ApiDefault", "apiDefault"), ("UserDefault", "userDefault"), ("AppDefault", "appDefault")];

/// What settings limit, when that is all that they do.
fn limits(settings: &Settings) -> Option<&PerCaller> {
    match settings {
        Settings::TrafficControl(TrafficControl { per_caller, rules, default: None, .. })
            if rules.is_empty() =>
        {
            per_caller.as_ref()
        }
        _ => None,
    }
}

/// Writes what the parameters say into settings; what is absent stays.
fn write(call: &Call<'_>, settings: &mut Map<String, Value>) -> Result<(), Fault> {
    if let Some(unit) = call.params.text("TrafficControlUnit") {
        settings.insert("unit".to_owned(), json!(unit));
    }
    for (parameter, member) in NUMBERS {
        if let Some(number) = call.params.number::<i64>(parameter)? {
            settings.insert(member.to_owned(), json!(number));
        }
    }
    Ok(())
}
