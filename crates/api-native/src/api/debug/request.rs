//! A call to send, as it is asked for.

use std::net::{IpAddr, Ipv4Addr};

use paifang_model::definition::Scheme;
use paifang_model::id::{AppCodeId, AppId, AppKeyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A call to send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DebugCall {
    /// Which definition answers; absent: what is published in `RELEASE`.
    #[serde(default)]
    pub(super) target: Target,
    /// Whether the call comes over TLS.
    #[serde(default)]
    pub(super) scheme: Scheme,
    /// Its method.
    #[serde(default = "get")]
    pub(super) method: String,
    /// Its path below the group's base path, with the parameters filled in, encoded as on the wire; absent: the API's
    /// own path, which must have no parameters then.
    #[serde(default)]
    pub(super) path: Option<String>,
    /// Its query parameters, not encoded.
    #[serde(default)]
    pub(super) query: Vec<Named>,
    /// Its headers.
    #[serde(default)]
    pub(super) headers: Vec<Named>,
    /// Its body: at most 512 KiB.
    #[serde(default)]
    pub(super) body: String,
    /// How the body is written here.
    #[serde(default)]
    pub(super) body_encoding: BodyEncoding,
    /// Who calls.
    #[serde(default)]
    pub(super) authentication: Authentication,
    /// The address it comes from; lists of addresses judge it.
    #[serde(default = "loopback")]
    #[schema(value_type = String, example = "127.0.0.1")]
    pub(super) source: IpAddr,
}

fn get() -> String {
    "GET".to_owned()
}

fn loopback() -> IpAddr {
    IpAddr::V4(Ipv4Addr::LOCALHOST)
}

/// Which definition answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = DebugTarget)]
pub(super) enum Target {
    /// What is published in a stage.
    Stage {
        /// The stage's id or name.
        #[serde(default = "release")]
        stage: String,
    },
    /// The draft.
    Draft {},
}

impl Default for Target {
    fn default() -> Self {
        Self::Stage { stage: release() }
    }
}

/// Production; it is there in every dialect from the start.
fn release() -> String {
    "RELEASE".to_owned()
}

/// A name and a value.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DebugNamed)]
pub(super) struct Named {
    /// The name.
    pub(super) name: String,
    /// The value.
    pub(super) value: String,
}

/// How a body is written in JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DebugBodyEncoding)]
pub(super) enum BodyEncoding {
    /// As it is: UTF-8.
    #[default]
    Text,
    /// In base64 (RFC 4648 §4).
    Base64,
}

/// Who calls.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = DebugAuthentication)]
pub(super) enum Authentication {
    /// Nobody.
    #[default]
    None,
    /// An app that signs.
    AppKey {
        /// The app.
        app: AppId,
        /// Its key; absent: its first one.
        #[serde(default)]
        key: Option<AppKeyId>,
    },
    /// An app that shows a code.
    AppCode {
        /// The app.
        app: AppId,
        /// Its code; absent: its first one.
        #[serde(default)]
        code: Option<AppCodeId>,
    },
}
