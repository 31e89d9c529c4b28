//! What goes wrong, as this interface tells it: a code, a status and a sentence (spec: aliyun/errors.md §5).

mod names;
mod of_control;

pub(crate) use names::Sent;

use axum::http::StatusCode;
use paifang_model::name::shown;

/// One of the vendor's errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: String,
    pub(crate) status: StatusCode,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn coded(code: impl Into<String>, status: StatusCode, message: impl Into<String>) -> Self {
        Self { code: code.into(), status, message: message.into() }
    }

    fn bad(code: String, message: String) -> Self {
        Self::coded(code, StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self::bad(format!("Missing{name}"), format!("The {name} is mandatory for this action."))
    }

    /// A value that is not allowed, and which are.
    pub(crate) fn invalid(name: &str, value: &str, rule: &str) -> Self {
        let value = shown(value);
        let message = format!("The specified parameter {name} value is not valid. `{value}`: {rule}.");
        Self::bad(format!("Invalid{name}"), message)
    }

    /// A value that the vendor knows and this gateway does not offer.
    pub(crate) fn unsupported(name: &str, value: &str, reason: &str) -> Self {
        Self::invalid(name, value, &format!("this gateway does not offer it: {reason}"))
    }

    pub(crate) fn ill_formatted(name: &str, rule: &str) -> Self {
        let message = format!("The specified parameter {name} value is not well formatted: {rule}.");
        Self::bad(format!("InvalidFormat{name}"), message)
    }

    pub(crate) fn too_long(name: &str, at_most: usize) -> Self {
        let message = format!("The parameter {name} length exceeds the limit: {at_most}.");
        Self::bad(format!("Invalid{name}.LengthLimit"), message)
    }

    pub(crate) fn not_found(noun: &str) -> Self {
        let message = format!("Cannot find resource according to your specified {noun}.");
        Self::coded(format!("NotFound{noun}"), StatusCode::NOT_FOUND, message)
    }

    /// A domain or name without a certificate.
    pub(crate) fn no_certificate() -> Self {
        Self::bad("DomainCertificateNotFound".to_owned(), "Cannot found the domain certificate.".to_owned())
    }

    pub(crate) fn repeated(name: &str) -> Self {
        Self::bad(format!("Repeated{name}"), format!("The specified {name} is repeated."))
    }

    pub(crate) fn unmapped(what: &str) -> Self {
        Self::bad("InvalidParamMapping".to_owned(), format!("Parameters must be fully mapped. {what}."))
    }
}
