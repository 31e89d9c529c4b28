//! Nonces that were seen, for as long as their requests are in time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use paifang_sign::time::WINDOW_S;
use sha2::{Digest as _, Sha256};

use crate::fault::Fault;

/// Nonces remembered at most: 15 minutes of 140 calls a second.
const AT_MOST: usize = 1 << 17;

/// Nonces that were seen. Only those of verified requests come here.
#[derive(Default)]
pub(crate) struct Nonces(Mutex<HashMap<[u8; 16], i64>>);

impl Nonces {
    /// Remembers a nonce of an access key until its request is out of time.
    pub(crate) fn spend(&self, key: &str, nonce: &str, signed_at: i64, now: i64) -> Result<(), Fault> {
        let until = signed_at.saturating_add((WINDOW_S * 1000).cast_signed());
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= AT_MOST {
            seen.retain(|_, until| *until >= now);
        }
        if seen.len() >= AT_MOST {
            let message = "Request was denied due to user flow control.";
            return Err(Fault::coded("Throttling.User", StatusCode::TOO_MANY_REQUESTS, message));
        }
        match seen.insert(digest(key, nonce), until) {
            Some(until) if until >= now => Err(Fault::coded(
                "SignatureNonceUsed",
                StatusCode::BAD_REQUEST,
                "Specified signature nonce was used already.",
            )),
            _ => Ok(()),
        }
    }
}

fn digest(key: &str, nonce: &str) -> [u8; 16] {
    let length = (key.len() as u64).to_be_bytes();
    let digest = Sha256::new().chain_update(length).chain_update(key).chain_update(nonce).finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_nonce_is_good_once_while_its_request_is_in_time() {
        let nonces = Nonces::default();
        assert!(nonces.spend("a", "1", 0, 0).is_ok());
        assert!(nonces.spend("b", "1", 0, 0).is_ok());
        assert_eq!(nonces.spend("a", "1", 0, 900_000).unwrap_err().code, "SignatureNonceUsed");
        assert!(nonces.spend("a", "1", 900_001, 900_001).is_ok());
    }
}
