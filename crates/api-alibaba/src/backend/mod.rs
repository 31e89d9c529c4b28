//! Backend services: where calls go in each stage, for all APIs that use them
//! (spec: aliyun/functions-oss-eventbridge.md §7).

mod apis;
mod config;
mod create;
mod delete;
mod describe;
mod list;
mod model;
mod modify;

pub(crate) use apis::apis;
pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use describe::describe;
pub(crate) use list::list;
pub(crate) use model::{create_model, delete_model, modify_model};
pub(crate) use modify::modify;

use paifang_control::Stored;
use paifang_model::BackendService;
use paifang_model::backend_service::ServiceKind;
use paifang_model::id::BackendServiceId;

use crate::call::Call;
use crate::fault::Fault;

/// `BackendType`, and the kind of service that it is.
const TYPES: [(&str, ServiceKind); 3] =
    [("HTTP", ServiceKind::Http), ("VPC", ServiceKind::Access), ("MOCK", ServiceKind::Mock)];

/// Types of the vendor's that this gateway does not have.
const OTHER_TYPES: [&str; 6] = ["FC_EVENT", "FC_EVENT_V3", "FC_HTTP", "FC_HTTP_V3", "OSS", "EVENTBRIDGE"];

/// The service that `BackendId` names.
pub(crate) async fn named(call: &Call<'_>) -> Result<Stored<BackendService>, Fault> {
    of(call, BackendServiceId(call.params.required_id("BackendId", "Backend")?)).await
}

/// A service; one for whose kind this interface has no word is not there.
pub(crate) async fn of(call: &Call<'_>, id: BackendServiceId) -> Result<Stored<BackendService>, Fault> {
    let service = call.control.read_backend_service(id).await?;
    if is_shown(&service.value) { Ok(service) } else { Err(Fault::not_found("Backend")) }
}

fn is_shown(service: &BackendService) -> bool {
    TYPES.iter().any(|(_, kind)| *kind == service.kind)
}

/// `BackendType` of a kind.
pub(crate) fn type_of(kind: ServiceKind) -> &'static str {
    TYPES.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word)
}

/// The kind that `BackendType` names.
fn kind_of(word: &str) -> Result<ServiceKind, Fault> {
    if let Some((_, kind)) = TYPES.iter().find(|(known, _)| *known == word) {
        return Ok(*kind);
    }
    if OTHER_TYPES.contains(&word) {
        return Err(Fault::unsupported("BackendType", word, "such backends are not there yet"));
    }
    Err(Fault::invalid("BackendType", word, "HTTP, VPC and MOCK are allowed"))
}

/// A type is chosen once.
fn check_type(call: &Call<'_>, service: &BackendService) -> Result<(), Fault> {
    match call.params.text("BackendType") {
        Some(word) if kind_of(word)? != service.kind => {
            Err(Fault::invalid("BackendType", word, "the type of a backend service is never changed"))
        }
        _ => Ok(()),
    }
}
