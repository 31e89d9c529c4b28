//! What a test or a measurement wants to find in a gateway.

use std::net::SocketAddr;

/// Groups of APIs in front of one backend, published to `RELEASE`.
pub(crate) struct Scene<'s> {
    pub(crate) backend: SocketAddr,
    pub(crate) groups: &'s [Group<'s>],
}

/// A group and the host bound to it.
pub(crate) struct Group<'s> {
    pub(crate) dialect: Dialect,
    pub(crate) host: &'s str,
    /// The most calls per second over all its APIs; absent: no limit.
    pub(crate) calls_per_second: Option<u32>,
    pub(crate) apis: &'s [Api<'s>],
}

/// How the group looks from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Alibaba,
    Huawei,
}

/// An API that passes every method, its path and all paths below it on to the backend.
pub(crate) struct Api<'s> {
    pub(crate) path: &'s str,
    pub(crate) access: Access,
    pub(crate) extras: Extras,
}

/// What the gateway does beside passing calls on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extras {
    Nothing,
    /// Looks at a list of addresses, counts by API, user, app and address, maps parameters, signs for the backend, lets pages
    /// of other origins read the answer.
    All,
}

/// Who may call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everyone.
    Anyone,
    /// The scene's app: by signature, or by AppCode in a header.
    App,
}

/// An app's credentials.
#[derive(Clone, serde::Serialize)]
pub(crate) struct Caller {
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) code: String,
}

impl Caller {
    /// Credentials that nobody knows, for servers that do not look at them.
    pub(crate) fn anyone() -> Self {
        Self { key: "1".repeat(8), secret: "2".repeat(32), code: "3".repeat(32) }
    }
}

/// The apps of a scene.
pub(crate) struct Cast {
    /// May call every API.
    pub(crate) app: Caller,
    /// Exists, and may call none that asks for an app.
    pub(crate) stranger: Caller,
}
