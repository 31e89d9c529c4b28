//! The words of the interface, and what they are here. None: this gateway does not offer it yet.

use paifang_model::definition::Visibility;
use paifang_model::definition::{
    AppCodeMode, BackendMethod, EffectMode, Location, MatchMode, MethodRule, ParameterType, Protocol, Scheme,
};

/// `BOTH` of them.
const BOTH_PROTOCOLS: &[Protocol] = &[Protocol::Http, Protocol::Https];

pub(super) const PROTOCOLS: &[(&str, Option<&[Protocol]>)] = &[
    ("HTTP", Some(&[Protocol::Http])),
    ("HTTPS", Some(&[Protocol::Https])),
    ("BOTH", Some(BOTH_PROTOCOLS)),
    ("GRPCS", None),
];

pub(crate) const METHODS: &[(&str, MethodRule)] = &[
    ("GET", MethodRule::Get),
    ("POST", MethodRule::Post),
    ("PUT", MethodRule::Put),
    ("DELETE", MethodRule::Delete),
    ("HEAD", MethodRule::Head),
    ("PATCH", MethodRule::Patch),
    ("OPTIONS", MethodRule::Options),
    ("ANY", MethodRule::Any),
];

pub(super) const BACKEND_METHODS: &[(&str, BackendMethod)] = &[
    ("GET", BackendMethod::Get),
    ("POST", BackendMethod::Post),
    ("PUT", BackendMethod::Put),
    ("DELETE", BackendMethod::Delete),
    ("HEAD", BackendMethod::Head),
    ("PATCH", BackendMethod::Patch),
    ("OPTIONS", BackendMethod::Options),
    ("ANY", BackendMethod::Any),
];

pub(super) const BACKEND_PROTOCOLS: &[(&str, Option<Scheme>)] =
    &[("HTTP", Some(Scheme::Http)), ("HTTPS", Some(Scheme::Https)), ("GRPCS", None)];

pub(crate) const MATCH_MODES: &[(&str, MatchMode)] =
    &[("NORMAL", MatchMode::Exact), ("SWA", MatchMode::Prefix)];

/// How a caller proves who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AuthType {
    Nobody,
    App,
}

pub(super) const AUTH_TYPES: &[(&str, Option<AuthType>)] =
    &[("NONE", Some(AuthType::Nobody)), ("APP", Some(AuthType::App)), ("IAM", None), ("AUTHORIZER", None)];

pub(super) const APP_CODES: &[(&str, AppCodeMode)] =
    &[("DISABLE", AppCodeMode::Disabled), ("HEADER", AppCodeMode::Header)];

/// What answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BackendType {
    Http,
    Mock,
}

pub(super) const BACKEND_TYPES: &[(&str, Option<BackendType>)] = &[
    ("HTTP", Some(BackendType::Http)),
    ("MOCK", Some(BackendType::Mock)),
    ("FUNCTION", None),
    ("GRPC", None),
];

pub(super) const VISIBILITIES: &[(i64, Visibility)] = &[(1, Visibility::Public), (2, Visibility::Private)];

pub(super) const LOCATIONS: &[(&str, Location)] =
    &[("PATH", Location::Path), ("QUERY", Location::Query), ("HEADER", Location::Header)];

pub(super) const PARAMETER_TYPES: &[(&str, ParameterType)] =
    &[("STRING", ParameterType::String), ("NUMBER", ParameterType::Number)];

/// Where a backend parameter's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Request,
    Constant,
    System,
}

pub(super) const ORIGINS: &[(&str, From)] =
    &[("REQUEST", From::Request), ("CONSTANT", From::Constant), ("SYSTEM", From::System)];

pub(super) const EFFECT_MODES: &[(&str, EffectMode)] = &[("ALL", EffectMode::All), ("ANY", EffectMode::Any)];

/// What of a call a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    Source,
    Parameter,
    System,
    Cookie,
}

pub(super) const ORIGINS_OF_CONDITIONS: &[(&str, Option<Judged>)] = &[
    ("source", Some(Judged::Source)),
    ("param", Some(Judged::Parameter)),
    ("system", Some(Judged::System)),
    ("cookie", Some(Judged::Cookie)),
    ("frontend_authorizer", None),
];

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Exact,
    Enum,
    Pattern,
}

pub(super) const COMPARISONS: &[(&str, Test)] =
    &[("exact", Test::Exact), ("enum", Test::Enum), ("pattern", Test::Pattern)];

/// What the gateway knows of a call that a condition can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SystemParameter {
    Path,
    Method,
}

/// The last two are older names.
pub(super) const SYSTEM_PARAMETERS: &[(&str, SystemParameter)] = &[
    ("req_path", SystemParameter::Path),
    ("req_method", SystemParameter::Method),
    ("reqPath", SystemParameter::Path),
    ("reqMethod", SystemParameter::Method),
];

/// The word for a value; none where the interface has no word for it.
pub(super) fn word<W: Copy, T: PartialEq + Copy>(words: &[(W, T)], value: T) -> Option<W> {
    words.iter().find(|(_, known)| *known == value).map(|(word, _)| *word)
}
