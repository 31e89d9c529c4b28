//! The digest of a collected body that a proof compares with what the client sent.

use bytes::Bytes;

use crate::offload::offload;

/// A body's digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Digest {
    /// SHA-256.
    Sha256([u8; 32]),
    /// `Content-MD5`: base64 of MD5.
    Md5(String),
}

/// Which digest a proof needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Sha256,
    Md5,
}

/// Computes a digest.
pub(super) async fn of(body: Bytes, wanted: Wanted) -> Digest {
    offload(body.len(), move || match wanted {
        Wanted::Sha256 => Digest::Sha256(paifang_sign::sha256(&body)),
        Wanted::Md5 => Digest::Md5(paifang_sign::alibaba::content_md5(&body)),
    })
    .await
}
