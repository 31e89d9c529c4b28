//! `ModifyApiGroupNetworkPolicy`: what a group's hosts offer over TLS, by the vendor's names, and whether its subdomain answers
//! (spec: aliyun/calling.md §7). The first part of a name is the newest HTTP, the second the oldest TLS.

use paifang_control::GroupPatch;
use paifang_model::Group;
use paifang_model::domain::{GroupTls, HttpVersions, TlsVersions};
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

/// TLS 1.0 and 1.1 are not offered (RFC 8996): a policy that asks for them is kept by its name, and served from TLS 1.2 on.
const POLICIES: [(&str, HttpVersions, TlsVersions); 4] = [
    ("HTTPS1_1_TLS1_0", HttpVersions::Http1, TlsVersions::Tls12And13),
    ("HTTPS2_TLS1_0", HttpVersions::Http1And2, TlsVersions::Tls12And13),
    ("HTTPS2_TLS1_2", HttpVersions::Http1And2, TlsVersions::Tls12And13),
    ("HTTPS2_TLS1_3", HttpVersions::Http1And2, TlsVersions::Tls13),
];

pub(crate) async fn modify_network_policy(call: &Call<'_>) -> Result<Value, Fault> {
    let params = call.params;
    if params.flag("InternetEnable")? == Some(false) {
        let reason = "networks are the operator's";
        return Err(Fault::unsupported("InternetEnable", "false", reason));
    }
    for name in ["InternetIPV6Enable", "VpcIntranetEnable", "VpcSlbIntranetEnable"] {
        params.refuse_true(name, "networks are the operator's")?;
    }
    let patch = GroupPatch {
        subdomain_enabled: params.flag("InnerDomainEnable")?,
        tls: params.text("HttpsPolicy").map(policy).transpose()?,
        ..GroupPatch::default()
    };
    let group = call.group().await?.value;
    call.control.update_group(group.id, patch, None).await.map_err(Fault::of(Sent::Group))?;
    Ok(json!({}))
}

fn policy(name: &str) -> Result<GroupTls, Fault> {
    let Some((name, http, versions)) = POLICIES.iter().find(|(known, ..)| *known == name) else {
        let known = POLICIES.map(|(known, ..)| known).join("`, `");
        return Err(Fault::invalid("HttpsPolicy", name, &format!("`{known}` are known")));
    };
    Ok(GroupTls { versions: *versions, http: *http, policy_name: Some((*name).to_owned()) })
}

/// The policy of a group by its name; where it was chosen otherwise, the one that comes nearest.
pub(super) fn name(group: &Group) -> &str {
    let GroupTls { versions, http, policy_name } = &group.tls;
    // From the newest on: the first that offers the same asks for nothing that is not offered.
    let speaking = || POLICIES.iter().rev().filter(|(_, offers, _)| offers == http);
    let nearest = || speaking().find(|(_, _, from)| from == versions).or_else(|| speaking().next());
    policy_name.as_deref().or_else(|| nearest().map(|(name, ..)| *name)).unwrap_or_default()
}
