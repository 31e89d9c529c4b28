//! Who may call an API.

use serde::{Deserialize, Serialize};

use super::nothing_else;

/// How a caller proves who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Authentication {
    /// Nobody needs to.
    #[serde(deserialize_with = "nothing_else")]
    None,
    /// An app that was granted the API, by signature or by code.
    App {
        /// Whether and where an app code is accepted.
        #[serde(default)]
        app_code: AppCodeMode,
        /// The signature methods accepted of clients that name one.
        #[serde(default = "sha256_only")]
        signature_methods: Vec<SignatureMethod>,
        /// Whether a signed call must carry a nonce.
        #[serde(default)]
        nonce_required: bool,
    },
}

impl Authentication {
    /// App authentication as a new API has it.
    #[must_use]
    pub fn app() -> Self {
        Self::App {
            app_code: AppCodeMode::default(),
            signature_methods: sha256_only(),
            nonce_required: false,
        }
    }
}

fn sha256_only() -> Vec<SignatureMethod> {
    vec![SignatureMethod::HmacSha256]
}

/// Whether and where an app code is accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppCodeMode {
    /// As the group says.
    #[default]
    Inherit,
    /// Nowhere.
    Disabled,
    /// In a header.
    Header,
    /// In a header or in the query.
    HeaderOrQuery,
}

/// A signature method that a client may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignatureMethod {
    /// HMAC with SHA-256.
    HmacSha256,
    /// HMAC with SHA-1.
    HmacSha1,
}
