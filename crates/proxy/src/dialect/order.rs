//! In which order a call is checked, and what each check says: the contract that a golden file holds.

use paifang_model::Dialect;

/// One check on the way of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// The gateway's own lists of addresses let the client in.
    AccessList,
    /// The host belongs to a group.
    Host,
    /// The sizes of target and headers, and the declared size of the body.
    Size,
    /// The target can be understood.
    Target,
    /// The stage exists.
    Stage,
    /// An API answers method and path.
    Route,
    /// The API answers the protocol.
    Protocol,
    /// The API answers calls from there.
    Network,
    /// A page of another origin asks what it may do. In Huawei groups its browser has the answer also where a list keeps the
    /// page's calls out: it sends no credential, and learns what no credential would change.
    Preflight,
    /// Lists of addresses let the client in: black lists, then those of policies.
    AddressList,
    /// Limits of subdomain, group, API and address.
    Limits,
    /// Something says who calls.
    Credential,
    /// The key or code belongs to an app.
    Key,
    /// The time is near the gateway's.
    Time,
    /// The signature is that of the call.
    Signature,
    /// The body has the digest that was sent.
    Digest,
    /// The nonce is there when it must be, and new.
    Nonce,
    /// The app was granted the API.
    Grant,
    /// Neither the app nor its account is on a black list.
    BlackList,
    /// Lists of accounts let the app's account in.
    AccountList,
    /// The app is not frozen, and calls from where it may.
    App,
    /// The app has calls left.
    AppQuota,
    /// The parameters keep their rules.
    Parameters,
    /// Policies that look at parameters, or at all that is known of a call.
    Policies,
    /// The backend answers.
    Backend,
}

/// The order of checks in a dialect (spec: aliyun/errors.md §4, huawei/calling.md §2).
///
/// One exception: a signature that needs the body is checked only after the grant, because nothing is
/// collected for a call that must be refused anyway.
#[must_use]
pub const fn order(dialect: Dialect) -> &'static [Check] {
    match dialect {
        Dialect::Alibaba => &[
            Check::AccessList,
            Check::Host,
            Check::Size,
            Check::Target,
            Check::Stage,
            Check::Route,
            Check::Protocol,
            Check::Network,
            Check::Preflight,
            Check::AddressList,
            Check::Limits,
            Check::Credential,
            Check::Key,
            Check::Time,
            Check::Signature,
            Check::Digest,
            Check::Nonce,
            Check::Grant,
            Check::BlackList,
            Check::App,
            Check::AppQuota,
            Check::Parameters,
            Check::Policies,
            Check::Backend,
        ],
        Dialect::Huawei => &[
            Check::AccessList,
            Check::Host,
            Check::Size,
            Check::Target,
            Check::Stage,
            Check::Route,
            Check::Protocol,
            Check::Network,
            Check::Preflight,
            Check::AddressList,
            Check::Credential,
            Check::Key,
            Check::Time,
            Check::Signature,
            Check::Digest,
            Check::Nonce,
            Check::Grant,
            Check::BlackList,
            Check::AccountList,
            Check::App,
            Check::AppQuota,
            Check::Limits,
            Check::Parameters,
            Check::Backend,
        ],
    }
}
