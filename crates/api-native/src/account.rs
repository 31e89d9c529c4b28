//! `/account`: whose gateway this is.

use paifang_model::Account;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, View};
use crate::caller::Caller;
use crate::state::NativeState;

type AccountView = View<Account>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(read_account))
}

/// The caller's account
#[utoipa::path(get, path = "/account", tag = "account", responses((status = 200, body = AccountView)))]
async fn read_account(Caller(control): Caller) -> Answer {
    answer::one(control.read_account().await?)
}
