//! Facts about a call that the gateway knows and a backend parameter can carry.

use super::Dialect;

/// A fact about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemValue {
    /// The client's address.
    ClientAddress,
    /// The host the client used.
    Domain,
    /// When the gateway began with the call.
    HandleTime,
    /// The calling app's number.
    AppNumber,
    /// The calling app's id.
    AppId,
    /// The calling app's name.
    AppName,
    /// The key that the calling app signed with.
    AppKey,
    /// The request's id.
    RequestId,
    /// The API's name.
    ApiName,
    /// The API's id.
    ApiId,
    /// How the client speaks: `HTTP` or `HTTPS`.
    Scheme,
    /// What the gateway calls itself.
    GatewayName,
    /// The client's `User-Agent`.
    UserAgent,
    /// The stage's name.
    Stage,
    /// The address of the gateway's node.
    ServerAddress,
    /// The name of the gateway's node.
    ServerName,
    /// A fact that is accepted and never there (an order of a market, say).
    Absent,
}

impl SystemValue {
    /// The fact that a dialect calls by this name.
    #[must_use]
    pub fn parse(dialect: Dialect, name: &str) -> Option<Self> {
        let table = match dialect {
            Dialect::Alibaba => super::alibaba::SYSTEM_VALUES,
            Dialect::Huawei => super::huawei::SYSTEM_VALUES,
        };
        table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}
