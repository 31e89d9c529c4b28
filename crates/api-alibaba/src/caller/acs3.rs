//! ACS3-HMAC-SHA256: the signature is in a header and covers headers, query and body.

use axum::http::HeaderValue;
use axum::http::header::AUTHORIZATION;
use paifang_control::Principal;
use paifang_sign::SigningKey;
use paifang_sign::alibaba::acs3::{
    Mismatch, canonical_request, check_date, parse_authorization, string_to_sign, verify,
};

use super::{expired, ill_timed, incomplete, known, mismatch, refuse_token};
use crate::asked::{Asked, header};
use crate::fault::Fault;
use crate::state::AlibabaState;
use crate::time;

pub(super) async fn identify(state: &AlibabaState, asked: &Asked) -> Result<Principal, Fault> {
    let value = asked.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let authorization = parse_authorization(value).map_err(incomplete)?;
    let parts = asked.signed_parts();
    check_date(&parts, state.now()).map_err(refused)?;
    let nonce = header(&asked.headers, "x-acs-signature-nonce");
    if nonce.is_empty() {
        return Err(Fault::missing("SignatureNonce"));
    }
    refuse_token(Some(header(&asked.headers, "x-acs-security-token")))?;
    let (secret, principal) = known(state, authorization.access).await?;
    let body = paifang_sign::sha256(asked.body());
    let key = SigningKey::new(secret.expose().as_bytes());
    verify(&parts, &authorization, &body, &key).map_err(|why| match why {
        Mismatch::Signature => {
            let canonical = canonical_request(&parts, &authorization).unwrap_or_default();
            mismatch(string_to_sign(&canonical).as_bytes())
        }
        other => refused(other),
    })?;
    // The date was read above, so that it reads now.
    let signed_at = time::read(header(&asked.headers, "x-acs-date")).unwrap_or_else(|| state.now());
    state.nonces().spend(authorization.access, nonce, signed_at, state.now())?;
    Ok(principal)
}

fn refused(why: Mismatch) -> Fault {
    match why {
        Mismatch::Expired(_) => expired(),
        Mismatch::InvalidDate { .. } => ill_timed(why),
        why => incomplete(why),
    }
}
