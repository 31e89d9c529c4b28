//! App codes as calls are compared with them: by a digest, so that every code is as long as any other.

use paifang_model::id::{AppCodeId, AppId};
use sha2::{Digest, Sha256};

/// The digest of a code. It never leaves the memory of the process, which has the keys of apps as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CodeDigest([u8; 32]);

impl CodeDigest {
    pub(crate) fn of(code: &[u8]) -> Self {
        Self(Sha256::digest(code).into())
    }
}

/// Whose a code is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodeEntry {
    pub(crate) id: AppCodeId,
    pub(crate) app: AppId,
}
