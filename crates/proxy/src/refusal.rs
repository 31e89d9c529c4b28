//! Why a call was not answered by its backend, in neutral words; [`crate::dialect`] says it in the group's.

use std::borrow::Cow;
use std::fmt;

use paifang_model::policy::Period;

/// Why a call was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No group has the host.
    UnknownHost {
        /// The host; empty when there was none.
        host: String,
    },
    /// The first line of the request breaks the rules of HTTP.
    BadRequestLine {
        /// Which rule.
        reason: String,
    },
    /// A header breaks the rules of HTTP.
    BadHeader {
        /// Its name; `-` where that is what is broken.
        name: &'static str,
        /// Which rule.
        reason: String,
    },
    /// The host is called over TLS alone; the client is told where.
    OverTls {
        /// Where.
        location: String,
        /// 301, or 308 where method and body are to stay (RFC 9110 §15.4.9).
        status: u16,
    },
    /// The connection was made for a host with other rules for TLS.
    Misdirected,
    /// The request target cannot be understood.
    BadTarget {
        /// Why.
        reason: String,
    },
    /// The request target is too long.
    TargetTooLong,
    /// The headers are too large.
    HeadersTooLarge,
    /// The body is larger than allowed.
    BodyTooLarge,
    /// The stage does not exist.
    UnknownStage {
        /// Its name.
        name: String,
    },
    /// No API answers the path in the stage.
    NoApi {
        /// What was asked for.
        reason: String,
    },
    /// The path is there, but not with this method.
    NoMethod {
        /// What was asked for.
        reason: String,
    },
    /// A page asks what it may do with a path that no API answers.
    NoApiForPages {
        /// The method that it wants to call with.
        method: String,
        /// The path.
        path: String,
    },
    /// The API does not answer this protocol.
    ProtocolNotOffered {
        /// The protocol the call came by.
        used: &'static str,
        /// The protocols it answers.
        offered: String,
    },
    /// The API does not answer calls from the internet.
    IntranetOnly,
    /// A policy keeps pages of this origin out.
    OriginKeptOut {
        /// The origin.
        origin: String,
    },
    /// The gateway itself keeps calls from the client's address out.
    KeptOutOfGateway,
    /// A list keeps calls from the client's address out.
    AddressKeptOut,
    /// A list keeps calls of the app's account out.
    AccountKeptOut,
    /// A black list keeps calls of the app out.
    AppKeptOut,
    /// The app is frozen.
    AppFrozen,
    /// The app does not call from the client's address.
    AppAddressKeptOut,
    /// The call carries nothing that says who calls.
    CredentialMissing,
    /// What says who calls is not well formed.
    CredentialMalformed(MalformedCredential),
    /// No app has this code.
    AppCodeUnknown,
    /// App codes are not accepted over plain HTTP.
    AppCodeNeedsTls,
    /// No app has this key.
    KeyUnknown {
        /// The key.
        key: String,
    },
    /// The time is too far from the gateway's.
    TimeExpired {
        /// The time as sent.
        sent: String,
        /// The gateway's time in the same form.
        now: String,
    },
    /// The signature is not that of the call.
    SignatureMismatch {
        /// What the gateway signed, printable; empty where the scheme does not say.
        string_to_sign: String,
    },
    /// The body is not the one whose digest was sent.
    DigestMismatch {
        /// Why.
        reason: Cow<'static, str>,
    },
    /// A nonce must be sent.
    NonceMissing,
    /// The nonce was used before.
    NonceUsed,
    /// The app was not granted the API in the stage.
    NotGranted,
    /// The app's grant has ended.
    GrantExpired,
    /// A required parameter is missing.
    ParameterMissing {
        /// Its name.
        name: String,
    },
    /// A parameter breaks a rule.
    ParameterInvalid {
        /// Its name.
        name: String,
        /// Which rule.
        reason: String,
    },
    /// The body cannot be understood.
    BadBody {
        /// Why.
        reason: String,
    },
    /// The content type does not fit.
    BadContentType {
        /// Why.
        reason: String,
    },
    /// A limit was reached.
    Limited(Limited),
    /// The backend's name could not be resolved.
    NameNotResolved {
        /// The name.
        host: String,
    },
    /// The call has come round: it passed this API, or the gateway too often.
    CallsItself {
        /// How often it passed the gateway before.
        layers: usize,
    },
    /// The backend's address may not be called.
    AddressRefused {
        /// The name it was resolved from.
        host: String,
        /// The address.
        address: String,
    },
    /// A variable that the backend's address or path names has no value in the stage, or none that fits.
    Unresolved {
        /// Which, or that one does not fit; shows no value.
        reason: String,
    },
    /// The backend access or channel that the API needs is not there.
    BackendMissing {
        /// What is missing.
        what: &'static str,
    },
    /// No member of the channel takes calls.
    NoMember,
    /// The call of the backend could not be signed.
    SigningFailed {
        /// Why.
        reason: String,
    },
    /// The backend could not be connected to.
    ConnectFailed {
        /// Why.
        reason: String,
    },
    /// No TLS session could be made with the backend.
    TlsFailed {
        /// Why.
        reason: String,
    },
    /// The backend did not answer in time.
    BackendTimeout,
    /// The backend closed the connection or broke the protocol before it answered.
    BackendBroken {
        /// Why.
        reason: String,
    },
    /// The client's body did not arrive completely.
    ClientBroken,
    /// The gateway has no room for the call now.
    Busy,
    /// The gateway failed.
    Internal {
        /// Why, for the operator; never shown to the caller.
        reason: String,
    },
}

/// How what says who calls is not well formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MalformedCredential {
    /// A header that the scheme needs is missing.
    HeaderMissing {
        /// Its name.
        name: &'static str,
    },
    /// A header cannot be understood.
    HeaderInvalid {
        /// Its name.
        name: &'static str,
        /// Why.
        reason: String,
    },
    /// The key is empty.
    KeyEmpty,
}

/// Which limit was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited {
    /// What it counts.
    pub what: LimitKind,
    /// Calls allowed in the period.
    pub limit: u32,
    /// The period.
    pub period: Period,
    /// Seconds until calls are taken again.
    pub retry_after_s: u32,
    /// The host called, for limits of a subdomain.
    pub host: String,
    /// Whether a policy has the limit, rather than every group or API.
    pub by_policy: bool,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitKind {
    /// Calls through a group's subdomain.
    Subdomain,
    /// Calls of a group.
    Group,
    /// Calls of an API over all stages.
    AllStages,
    /// Calls of what a policy counts together: an API in a stage, or all APIs that it is bound to.
    Api,
    /// Calls of a user there.
    User,
    /// Calls of an app there.
    App,
    /// Calls of a client address there.
    Address,
    /// Calls of an app to all APIs.
    AppQuota,
    /// Calls that carry the same, by a policy's rule.
    Rule,
    /// Calls that none of a policy's rules counts.
    Otherwise,
}

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subdomain => "through the subdomain",
            Self::Group => "to the group",
            Self::AllStages => "to the API in all stages",
            Self::Api => "to the API",
            Self::User => "to the user",
            Self::App => "to the app",
            Self::Address => "to the address",
            Self::AppQuota => "to the app over all APIs",
            Self::Rule => "to calls that carry the same",
            Self::Otherwise => "to calls that no rule counts",
        })
    }
}
