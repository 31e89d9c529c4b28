//! RPC v1: the signature is a parameter among the others.

use paifang_control::Principal;
use paifang_sign::alibaba::rpc_v1::{Credential, CredentialError, Request, RpcKey};

use super::{expired, ill_timed, incomplete, known, mismatch, refuse_token};
use crate::asked::Asked;
use crate::fault::Fault;
use crate::state::AlibabaState;

pub(super) async fn identify(state: &AlibabaState, asked: &Asked) -> Result<Principal, Fault> {
    let request = Request::new(asked.method.as_str(), asked.query(), asked.form()).map_err(incomplete)?;
    let credential = request.credential().map_err(unusable)?;
    credential.check_timestamp(state.now()).map_err(|_| expired())?;
    refuse_token(credential.security_token)?;
    let (secret, principal) = known(state, credential.access_key_id).await?;
    let key = RpcKey::new(secret.expose().as_bytes());
    request.verify(&credential, &key).map_err(|_| mismatch(&request.string_to_sign()))?;
    let Credential { access_key_id, nonce, timestamp_ms, .. } = credential;
    state.nonces().spend(access_key_id, nonce, timestamp_ms, state.now())?;
    Ok(principal)
}

fn unusable(error: CredentialError) -> Fault {
    match error {
        CredentialError::Missing { name } => Fault::missing(name),
        CredentialError::UnknownMethod { value } => {
            Fault::invalid("SignatureMethod", &value, "HMAC-SHA1 and HMAC-SHA256 are allowed")
        }
        CredentialError::UnknownVersion { value } => {
            Fault::invalid("SignatureVersion", &value, "1.0 is allowed")
        }
        CredentialError::InvalidTimestamp { .. } => ill_timed(error),
    }
}
