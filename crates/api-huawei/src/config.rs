//! Resource configurations: the quotas as this interface calls them. Spec: huawei/console-and-quotas.md.

use paifang_control::{QuotaFilter, QuotaSource, QuotaState};
use paifang_model::quota::Item;
use paifang_model::{Quota, QuotaName};
use serde_json::{Value, json};

use crate::answer::{Answer, page, page_of, without_nulls};
use crate::call::Call;
use crate::{DIALECT, time};

/// What this interface calls the numbers that it knows.
const NAMES: &[(&str, Item)] = &[
    ("APIGROUP_NUM_LIMIT", Item::Groups),
    ("API_NUM_LIMIT_PER_GROUP", Item::ApisPerGroup),
    ("SIGN_NUM_LIMIT", Item::SignatureKeys),
    ("THROTTLE_NUM_LIMIT", Item::ThrottlingPolicies),
    ("ACL_NUM_LIMIT", Item::AccessPolicies),
    ("APIGROUP_DOMAIN_NUM_LIMIT", Item::DomainsPerGroup),
    ("ENVIRONMENT_NUM_LIMIT", Item::Stages),
    ("VARIABLE_NUM_LIMIT", Item::VariablesPerStage),
    ("API_VERSION_NUM_LIMIT", Item::VersionsPerStage),
    ("API_PARAM_NUM_LIMIT", Item::ParametersPerApi),
    ("API_POLICY_NUM_LIMIT", Item::BackendPoliciesPerApi),
    ("APP_NUM_LIMIT", Item::Apps),
    ("APP_CODE_NUM_LIMIT", Item::AppCodesPerApp),
    ("VPC_NUM_LIMIT", Item::Channels),
    ("VPC_INSTANCE_NUM_LIMIT", Item::MembersPerChannel),
    ("API_USER_CALL_LIMIT", Item::ApiCallsPerSecond),
    ("SL_DOMAIN_CALL_LIMIT", Item::SubdomainCallsPerDay),
];

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    let filter = QuotaFilter { dialect: Some(DIALECT), ..QuotaFilter::default() };
    let states = call.context.list_quotas(filter).await?;
    let rows = NAMES.iter().filter_map(|(name, item)| {
        let quota = QuotaName::of(*item, Some(DIALECT));
        states.iter().find(|state| state.name == quota).map(|state| view(name, state))
    });
    let (rows, total) = page_of(wanted, rows.collect());
    page("configs", rows, total)
}

/// The interface has no word for "off": then the value is the largest that could be set.
fn view(name: &str, state: &QuotaState) -> Value {
    let value = state.value.unwrap_or(*state.name.item.range().end());
    let changed = match state.source {
        QuotaSource::Changed { at, .. } => Some(time::rfc3339(at)),
        QuotaSource::Profile(_) => None,
    };
    without_nulls(json!({
        "config_id": Quota::id_of(state.name).to_string(),
        "config_name": name,
        "config_value": value.to_string(),
        "config_time": changed,
        "remark": format!("{} ({})", state.name.item.what(), state.name.item.unit()),
        "used": state.used,
    }))
}
