//! SSL certificates, in a store of their own and at domains. Spec: huawei/lifecycle.md, domains and certificates.

mod bind;
mod list;
mod of_domain;
mod view;
mod write;

pub(crate) use bind::{attach_domains, attach_to_domain, detach_domains, detach_from_domain};
pub(crate) use list::{domains, list, show};
pub(crate) use of_domain::{add_to_domain, remove_from_domain, show_of_domain};
pub(crate) use view::{Named, named};
pub(crate) use write::{create, delete, update};

use paifang_control::{CertificateInfo, Stored};
use paifang_model::domain::ClientCertificates;
use paifang_model::id::CertificateId;
use paifang_model::{Rule, Violation};

use crate::call::Call;
use crate::fault::{Code, Fault, Tongue, codes};
use crate::scope;

/// How complaints about a certificate, and about a domain that is to have it, are told.
static TONGUE: Tongue = Tongue { parameter, code };

fn parameter(pointer: &str) -> String {
    let name = match pointer {
        "/chain" => "cert_content",
        "/key" => "private_key",
        "/client_authority" => "trusted_root_ca",
        place if place.ends_with("/tls/clients") => "verified_client_certificate_enabled",
        other => return other.trim_start_matches('/').replace('/', "."),
    };
    name.to_owned()
}

fn code(violation: &Violation) -> Option<Code> {
    let place = violation.pointer.as_str();
    Some(match (place, violation.rule) {
        ("/key", Rule::Conflict) => codes::KEY_MISMATCH,
        ("/key", Rule::Unsupported) => codes::KEY_ENCRYPTED,
        ("/chain", Rule::Required) => codes::NO_NAMES,
        ("/chain", Rule::Conflict) => codes::CHAIN_BROKEN,
        ("/chain" | "/client_authority", Rule::Range) => codes::CERTIFICATE_EXPIRED,
        ("/chain" | "/key" | "/client_authority", _) => codes::CERTIFICATE_INVALID,
        (_, Rule::Range) if place.ends_with("/tls/certificate") => codes::CERTIFICATE_EXPIRED,
        (_, _) if place.ends_with("/tls/certificate") => codes::CERTIFICATE_OF_OTHER_NAMES,
        (_, Rule::Duplicate) if place.starts_with("/domains/") => codes::DIFFERENT_CERTIFICATES,
        (_, Rule::Unknown) if place.starts_with("/domains/") => codes::CERTIFICATE_NOT_BOUND,
        _ => return None,
    })
}

/// The certificate that the path names.
async fn found(call: &Call) -> Result<Stored<CertificateInfo>, Fault> {
    let id: CertificateId = scope::id("certificate_id", call.path("certificate_id"))?;
    Ok(call.context.read_certificate(id).await?)
}

/// A client authority is there to be asked for, unless that is said otherwise.
fn clients(asked: Option<bool>, certificate: &CertificateInfo) -> ClientCertificates {
    match asked.unwrap_or(certificate.client_authority.is_some()) {
        true => ClientCertificates::Required,
        false => ClientCertificates::NotAsked,
    }
}
