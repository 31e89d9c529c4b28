//! Words of this interface and what they mean, for both directions; of several words for one thing the first is written.

use paifang_model::definition::{
    AppCodeMode, BackendMethod, BodyFormat, Location, MethodRule, ParameterType, Protocol, RequestMode,
    SignatureMethod, Visibility,
};

use crate::fault::Fault;

pub(crate) type Words<T> = &'static [(&'static str, T)];

pub(crate) const VISIBILITIES: Words<Visibility> =
    &[("PUBLIC", Visibility::Public), ("PRIVATE", Visibility::Private)];
pub(super) const PROTOCOLS: Words<Protocol> =
    &[("HTTP", Protocol::Http), ("HTTPS", Protocol::Https), ("WEBSOCKET", Protocol::Websocket)];
/// The documents print HEADER where HEAD is meant.
pub(crate) const METHODS: Words<MethodRule> = &[
    ("GET", MethodRule::Get),
    ("POST", MethodRule::Post),
    ("PUT", MethodRule::Put),
    ("DELETE", MethodRule::Delete),
    ("PATCH", MethodRule::Patch),
    ("HEAD", MethodRule::Head),
    ("HEADER", MethodRule::Head),
    ("OPTIONS", MethodRule::Options),
    ("TRACE", MethodRule::Trace),
    ("ANY", MethodRule::Any),
];
pub(super) const BACKEND_METHODS: Words<BackendMethod> = &[
    ("GET", BackendMethod::Get),
    ("POST", BackendMethod::Post),
    ("PUT", BackendMethod::Put),
    ("DELETE", BackendMethod::Delete),
    ("PATCH", BackendMethod::Patch),
    ("HEAD", BackendMethod::Head),
    ("HEADER", BackendMethod::Head),
    ("OPTIONS", BackendMethod::Options),
    ("TRACE", BackendMethod::Trace),
    ("ANY", BackendMethod::Any),
];
pub(super) const MODES: Words<RequestMode> = &[
    ("MAPPING", RequestMode::Mapping),
    ("PASSTHROUGH", RequestMode::Passthrough),
    ("MAPPING_PASSTHROUGH", RequestMode::MappingPassthrough),
];
pub(super) const BODY_FORMATS: Words<BodyFormat> =
    &[("FORM", BodyFormat::Form), ("STREAM", BodyFormat::Stream)];
pub(super) const LOCATIONS: Words<Location> = &[
    ("PATH", Location::Path),
    ("QUERY", Location::Query),
    ("HEAD", Location::Header),
    ("HEADER", Location::Header),
    ("BODY", Location::Body),
];
pub(super) const TYPES: Words<ParameterType> = &[
    ("String", ParameterType::String),
    ("Int", ParameterType::Int),
    ("Long", ParameterType::Long),
    ("Float", ParameterType::Float),
    ("Double", ParameterType::Double),
    ("Boolean", ParameterType::Boolean),
    ("File", ParameterType::File),
    ("Array", ParameterType::Array),
];
pub(super) const REQUIRED: Words<bool> = &[("REQUIRED", true), ("OPTIONAL", false)];
pub(super) const APP_CODE_MODES: Words<AppCodeMode> = &[
    ("DEFAULT", AppCodeMode::Inherit),
    ("DISABLE", AppCodeMode::Disabled),
    ("HEADER", AppCodeMode::Header),
    ("HEADER_QUERY", AppCodeMode::HeaderOrQuery),
];
pub(super) const SIGNATURE_METHODS: Words<SignatureMethod> =
    &[("HmacSHA1", SignatureMethod::HmacSha1), ("HmacSHA256", SignatureMethod::HmacSha256)];

/// What a word means, in upper or lower case.
pub(super) fn meaning<T: Copy>(words: Words<T>, name: &str, text: &str) -> Result<T, Fault> {
    match words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)) {
        Some((_, meaning)) => Ok(*meaning),
        None => {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            Err(Fault::invalid(name, text, &format!("one of {} is allowed", known.join(", "))))
        }
    }
}

/// The word for something; of what this interface has no word for, the nearest or none.
pub(crate) fn word<T: PartialEq>(words: Words<T>, meaning: &T) -> Option<&'static str> {
    words.iter().find(|(_, known)| known == meaning).map(|(word, _)| *word)
}
