//! `/authority` and `/ca.pem`: the gateway's own certificate authority.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use paifang_control::{AuthorityDraft, AuthorityInfo};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, View};
use crate::ask::Sent;
use crate::caller::Caller;
use crate::state::NativeState;

type AuthorityView = View<AuthorityInfo>;

/// RFC 8555 §9.1.
const PEM: &str = "application/pem-certificate-chain";

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(read_authority, replace_authority)).routes(routes!(read_ca))
}

/// The gateway's own certificate authority
#[utoipa::path(get, path = "/authority", tag = "certificates", responses((status = 200, body = AuthorityView)))]
async fn read_authority(Caller(control): Caller) -> Answer {
    answer::one(control.read_authority().await?)
}

/// Put an authority of one's own in its place; what it signed is signed anew
#[utoipa::path(put, path = "/authority", tag = "certificates", request_body = AuthorityDraft,
    responses((status = 200, body = AuthorityView)))]
async fn replace_authority(Caller(control): Caller, Sent(draft): Sent<AuthorityDraft>) -> Answer {
    answer::one(control.replace_authority(draft).await?)
}

/// The authority's certificate in PEM, for whoever is to trust it
#[utoipa::path(get, path = "/ca.pem", tag = "certificates", security(()),
    responses((status = 200, content_type = "application/pem-certificate-chain", body = String)))]
async fn read_ca(State(state): State<NativeState>) -> Answer {
    let certificate = state.control().authority_certificate().await?;
    Ok(([(CONTENT_TYPE, PEM)], certificate).into_response())
}
