//! `/certificates`: certificates for domains. Their keys go in and never come out.

use paifang_control::{CertificateDraft, CertificateFilter, CertificateInfo, CertificatePatch};
use paifang_model::id::CertificateId;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, List, View};
use crate::ask::{Asked, At, ByName, Expected, FromParams, PageParams, Params, Sent};
use crate::caller::Caller;
use crate::state::NativeState;

type CertificateView = View<CertificateInfo>;
type CertificateList = List<CertificateView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_certificates, create_certificate)).routes(routes!(
        read_certificate,
        update_certificate,
        delete_certificate
    ))
}

/// Which certificates are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct CertificateParams {
    /// With exactly this name.
    name: Option<String>,
    /// With this in their name, in upper or lower case.
    search: Option<String>,
}

impl FromParams for CertificateParams {
    fn from_params(params: &mut Params) -> Self {
        Self { name: params.text("name"), search: params.text("search") }
    }
}

/// Certificates
#[utoipa::path(get, path = "/certificates", tag = "certificates", params(CertificateParams, PageParams<ByName>),
    responses((status = 200, body = CertificateList)))]
async fn list_certificates(
    Caller(control): Caller,
    Asked((CertificateParams { name, search }, page)): Asked<(CertificateParams, PageParams<ByName>)>,
) -> Answer {
    let filter = CertificateFilter { name, name_contains: search };
    answer::page(control.list_certificates(&filter, &page.paging()).await?)
}

/// Upload a certificate
#[utoipa::path(post, path = "/certificates", tag = "certificates", request_body = CertificateDraft,
    responses((status = 201, body = CertificateView)))]
async fn create_certificate(Caller(control): Caller, Sent(draft): Sent<CertificateDraft>) -> Answer {
    let certificate = control.create_certificate(draft).await?;
    answer::made_one(&format!("/certificates/{}", certificate.value.id), certificate)
}

/// A certificate, with the domains that have it
#[utoipa::path(get, path = "/certificates/{certificate}", tag = "certificates",
    params(("certificate" = CertificateId, Path)), responses((status = 200, body = CertificateView)))]
async fn read_certificate(Caller(control): Caller, At(id): At<CertificateId>) -> Answer {
    answer::one_with_uses(control.read_certificate(id).await?)
}

/// Put another one in its place; handshakes from then on show it
#[utoipa::path(patch, path = "/certificates/{certificate}", tag = "certificates", request_body = CertificatePatch,
    params(("certificate" = CertificateId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = CertificateView)))]
async fn update_certificate(
    Caller(control): Caller,
    At(id): At<CertificateId>,
    Expected(expected): Expected,
    Sent(patch): Sent<CertificatePatch>,
) -> Answer {
    answer::one(control.update_certificate(id, patch, expected).await?)
}

/// Delete a certificate that no domain has
#[utoipa::path(delete, path = "/certificates/{certificate}", tag = "certificates",
    params(("certificate" = CertificateId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
async fn delete_certificate(
    Caller(control): Caller,
    At(id): At<CertificateId>,
    Expected(expected): Expected,
) -> Answer {
    control.delete_certificate(id, expected).await?;
    answer::nothing()
}
