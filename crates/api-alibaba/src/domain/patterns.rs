//! `SetWildcardDomainPatterns`: which parts of the hosts below a wildcard domain plug-ins see by name, as `Host:svc`.

use paifang_control::DomainPatch;
use paifang_model::Domain;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};

const PATTERNS: &str = "WildcardDomainPatterns";

/// Puts a JSON list in place of the domain's patterns; without one, the domain has none.
pub(crate) async fn set(call: &Call<'_>) -> Result<Value, Fault> {
    let group = call.group().await?.value;
    let domain = super::bound(call, group.id).await?.ok_or_else(|| Fault::not_found("Domain"))?;
    let patterns = match call.params.text(PATTERNS) {
        Some(text) => serde_json::from_str::<Vec<String>>(text).map_err(|error| {
            Fault::ill_formatted(PATTERNS, &format!("it is not a JSON list of texts: {error}"))
        })?,
        None => Vec::new(),
    };
    let patch = DomainPatch { patterns: Some(patterns), ..DomainPatch::default() };
    let set = call.control.update_domain(domain.value.id, patch, None).await;
    set.map_err(Fault::of(Sent::Domain))?;
    Ok(json!({}))
}

/// The patterns in the form in which they are set; empty where there are none.
pub(super) fn shown(domain: &Domain) -> String {
    if domain.patterns.is_empty() { String::new() } else { json!(domain.patterns).to_string() }
}
