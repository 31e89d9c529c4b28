//! Who asks: the signature of an access key, in either of two ways, in time and for the first time.

mod acs3;
mod nonces;
mod rpc_v1;

pub(crate) use nonces::Nonces;

use axum::http::StatusCode;
use paifang_control::Principal;
use paifang_model::Secret;
use paifang_model::name::shown;

use crate::asked::{Asked, Style};
use crate::fault::Fault;
use crate::state::AlibabaState;

pub(crate) async fn identify(state: &AlibabaState, asked: &Asked) -> Result<Principal, Fault> {
    match asked.style {
        Style::RpcV1 => rpc_v1::identify(state, asked).await,
        Style::Acs3 => acs3::identify(state, asked).await,
    }
}

/// The secret of an access key, and whom it speaks for.
async fn known(state: &AlibabaState, key: &str) -> Result<(Secret, Principal), Fault> {
    state.control().access_key(key).await?.ok_or_else(|| {
        let message = format!("Specified access key is not found or disabled: `{}`.", shown(key));
        Fault::coded("InvalidAccessKeyId.NotFound", StatusCode::NOT_FOUND, message)
    })
}

/// Temporary credentials are not made here, so that none can be right.
fn refuse_token(token: Option<&str>) -> Result<(), Fault> {
    match token {
        None | Some("") => Ok(()),
        Some(_) => Err(Fault::coded(
            "InvalidSecurityToken.NotSupported",
            StatusCode::BAD_REQUEST,
            "Specified SecurityToken is not supported: sign with an access key of this gateway.",
        )),
    }
}

fn incomplete(why: impl std::fmt::Display) -> Fault {
    let message = format!("The request signature does not conform to Aliyun standards: {why}.");
    Fault::coded("IncompleteSignature", StatusCode::BAD_REQUEST, message)
}

fn mismatch(server_text: &[u8]) -> Fault {
    let text = paifang_sign::alibaba::printable(server_text);
    let message =
        format!("Specified signature is not matched with our calculation. server string to sign is:{text}");
    Fault::coded("SignatureDoesNotMatch", StatusCode::BAD_REQUEST, message)
}

fn ill_timed(why: impl std::fmt::Display) -> Fault {
    let message = format!("Specified time stamp or date value is not well formatted: {why}.");
    Fault::coded("InvalidTimeStamp.Format", StatusCode::BAD_REQUEST, message)
}

fn expired() -> Fault {
    let message = "Specified time stamp or date value is expired.";
    Fault::coded("InvalidTimeStamp.Expired", StatusCode::BAD_REQUEST, message)
}
