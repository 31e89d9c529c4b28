//! Control's errors as problems: this is where they get their statuses.

use std::error::Error as _;
use std::time::Duration;

use paifang_control::{Denied, Error};
use paifang_model::{Rule, Violations};
use tracing::error;

use super::{Facts, Kind, Problem};
use crate::answer::etag;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::NotFound { .. } | Error::NoTask(_) | Error::NotCommitted { .. } => {
                Self::new(Kind::NotFound, detail)
            }
            Error::Invalid(violations) => complaints(violations),
            Error::InUse { by, count, .. } => {
                let needed_by = by.iter().map(ToString::to_string).collect();
                Self::new(Kind::InUse, detail).with(Facts {
                    needed_by,
                    count: Some(count),
                    ..Facts::default()
                })
            }
            Error::Denied(denied) => denied.into(),
            Error::RevisionMismatch { expected, found, .. } => {
                let (expected, found) = (Some(etag(expected)), found.map(etag));
                Self::new(Kind::RevisionMismatch, detail).with(Facts { expected, found, ..Facts::default() })
            }
            Error::QuotaExceeded { limit, .. } => {
                Self::new(Kind::QuotaExceeded, detail).with(Facts { limit: Some(limit), ..Facts::default() })
            }
            Error::Refused(_) => Self::new(Kind::Refused, detail),
            Error::Raced(_) => Self::new(Kind::Raced, detail),
            Error::WrongCredentials => Self::new(Kind::WrongCredentials, detail),
            Error::LockedOut { again_in } => Self::new(Kind::LockedOut, detail).again_in(again_in),
            Error::Query(_) => Self::new(Kind::Query, detail),
            Error::Unreadable(ref unreadable) => {
                error!(error = %chain(&error), "An object cannot be read");
                Self::new(Kind::Unreadable, format!("{unreadable}: {}", unreadable.defect))
            }
            Error::Unavailable(_) => {
                error!(error = %chain(&error), "The store did not do its part");
                Self::new(Kind::Unavailable, detail).again_in(Duration::from_secs(1))
            }
            Error::Uncertain(_) => {
                error!(error = %chain(&error), "The store went away during a change");
                // Nobody is told to try again before looking.
                Self::new(Kind::Unavailable, detail)
            }
        }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        Self::new(Kind::Denied, denied.to_string())
    }
}

/// A value that is taken conflicts with what is there; everything else is wrong by itself.
fn complaints(violations: Violations) -> Problem {
    let taken = violations.iter().all(|violation| violation.rule == Rule::Duplicate);
    Problem::violations(if taken { Kind::Taken } else { Kind::Invalid }, violations)
}

/// The operator is told every cause.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
