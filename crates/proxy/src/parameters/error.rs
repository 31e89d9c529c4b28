//! Why a call's parameters were refused, in neutral words.

use std::fmt;

use paifang_model::name::shown;

/// The longest reason, in characters.
const REASON_AT_MOST: usize = 256;

/// Why a call's parameters were refused. Reasons are single lines of at most 256 characters that name the rule and the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// A required parameter is not there.
    #[error("the parameter `{name}` is required")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A parameter breaks a rule.
    #[error("the parameter `{name}` is refused: {reason}")]
    Invalid {
        /// Its name.
        name: String,
        /// Which rule, and the value.
        reason: String,
    },
    /// The body is not what its content type says.
    #[error("the body cannot be read: {reason}")]
    BadBody {
        /// Why.
        reason: String,
    },
    /// The body is of a type that the API does not read.
    #[error("the content type does not fit: {reason}")]
    BadContentType {
        /// Why.
        reason: String,
    },
    /// The request to the backend would have a path and query that no request can have.
    #[error("the backend cannot be asked: {reason}")]
    BadTarget {
        /// Why.
        reason: String,
    },
}

impl ParameterError {
    pub(super) fn missing(name: &str) -> Self {
        Self::Missing { name: name.to_owned() }
    }

    pub(super) fn invalid(name: &str, reason: impl fmt::Display) -> Self {
        Self::Invalid { name: name.to_owned(), reason: sentence(reason) }
    }

    pub(super) fn body(reason: impl fmt::Display) -> Self {
        Self::BadBody { reason: sentence(reason) }
    }

    pub(super) fn content_type(reason: impl fmt::Display) -> Self {
        Self::BadContentType { reason: sentence(reason) }
    }

    pub(super) fn target(reason: impl fmt::Display) -> Self {
        Self::BadTarget { reason: sentence(reason) }
    }
}

/// A reason on one line and no longer than a header may bear.
fn sentence(reason: impl fmt::Display) -> String {
    let text = reason.to_string();
    text.chars().take(REASON_AT_MOST).map(|c| if c.is_control() { '#' } else { c }).collect()
}

/// A value from outside as it may appear in a reason.
pub(super) fn quoted(value: &[u8]) -> String {
    shown(&String::from_utf8_lossy(&value[..value.len().min(256)]))
}
