//! A certificate as it is shown; its key is not.

use std::collections::HashMap;

use paifang_control::{
    CertificateDetails, CertificateFilter, CertificateInfo, DistinguishedName, KeyFamily, Stored,
};
use paifang_model::id::CertificateId;
use serde_json::{Map, Value, json};

use crate::answer::members;
use crate::call::Call;
use crate::fault::Fault;
use crate::{scope, time};

/// What a list tells.
pub(super) fn row(
    call: &Call,
    certificate: &Stored<CertificateInfo>,
    details: &CertificateDetails,
) -> Map<String, Value> {
    let CertificateInfo { id, name, client_authority, facts, .. } = &certificate.value;
    members(json!({
        "id": id,
        "name": name,
        // There is one instance.
        "type": "global",
        "project_id": call.state.settings().project,
        "common_name": details.subject.common_name.clone().unwrap_or_default(),
        "san": facts.names,
        "not_after": time::rfc3339(facts.not_after),
        "signature_algorithm": details.signature_algorithm,
        "create_time": time::rfc3339(certificate.created_at),
        "update_time": time::rfc3339(certificate.updated_at),
        "is_has_trusted_root_ca": client_authority.is_some(),
        "algorithm_type": algorithm(details.key),
    }))
}

/// All that is told.
pub(super) fn view(call: &Call, certificate: &Stored<CertificateInfo>) -> Map<String, Value> {
    let details = CertificateDetails::of(&certificate.value.chain);
    let mut all = row(call, certificate, &details);
    let facts = &certificate.value.facts;
    let DistinguishedName { organization, organizational_unit, locality, state, country, .. } =
        details.subject;
    all.extend(members(json!({
        "version": details.version,
        "organization": organization,
        "organizational_unit": organizational_unit,
        "locality": locality,
        "state": state,
        "country": country,
        "not_before": time::rfc3339(facts.not_before),
        "serial_number": facts.serial,
        "issuer": [facts.issuer],
    })));
    all
}

pub(super) const fn algorithm(key: KeyFamily) -> &'static str {
    match key {
        KeyFamily::Rsa => "RSA",
        KeyFamily::EllipticCurve => "ECC",
    }
}

/// What a domain tells of its certificate.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) has_client_authority: bool,
}

/// All certificates, as far as domains tell of them.
pub(crate) async fn named(call: &Call) -> Result<HashMap<CertificateId, Named>, Fault> {
    let (context, filter) = (&call.context, &CertificateFilter::default());
    let all = scope::all(|paging| async move { context.list_certificates(filter, &paging).await }).await?;
    let named = all.into_iter().map(|Stored { value, .. }| {
        let has_client_authority = value.client_authority.is_some();
        (value.id, Named { name: value.name, has_client_authority })
    });
    Ok(named.collect())
}
