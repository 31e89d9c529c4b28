//! Why an item was not done, in a form that is kept and becomes the same error again: faces tell it in their own words.

use paifang_model::{Id, Key, Kind, Violation, Violations};
use serde::{Deserialize, Serialize};

use crate::error::{Denied, Error, Refusal};

/// An error as it is kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
enum Kept {
    NotFound { kind: Kind, id: String },
    Invalid { violations: Vec<Violation> },
    InUse { kind: Kind, id: Id, by: Vec<(Kind, Id)>, count: u64 },
    Denied { actor: String, action: String, resource: String },
    RevisionMismatch { kind: Kind, id: Id, expected: u64, found: Option<u64> },
    QuotaExceeded { kind: Kind, limit: u64 },
    Refused { refusal: Refusal },
    Raced { kind: Kind },
    Other { sentence: String },
}

/// An error for the store.
pub(super) fn written(error: &Error) -> Vec<u8> {
    let plain = || br#"{"error":"other","sentence":"its reason could not be written down"}"#.to_vec();
    serde_json::to_vec(&kept(error)).unwrap_or_else(|_| plain())
}

/// The error that was written.
pub(super) fn read(reason: &[u8]) -> Error {
    match serde_json::from_slice(reason) {
        Ok(kept) => again(kept),
        Err(error) => Error::Unavailable(Box::new(error)),
    }
}

fn kept(error: &Error) -> Kept {
    match error {
        Error::NotFound { kind, id } => Kept::NotFound { kind: *kind, id: id.clone() },
        Error::Invalid(violations) => Kept::Invalid { violations: violations.iter().cloned().collect() },
        Error::InUse { key, by, count } => {
            let by = by.iter().map(|key| (key.kind, key.id)).collect();
            Kept::InUse { kind: key.kind, id: key.id, by, count: *count }
        }
        Error::Denied(Denied { actor, action, resource }) => Kept::Denied {
            actor: actor.clone(),
            action: action.name().to_owned(),
            resource: resource.clone(),
        },
        Error::RevisionMismatch { key, expected, found } => {
            Kept::RevisionMismatch { kind: key.kind, id: key.id, expected: *expected, found: *found }
        }
        Error::QuotaExceeded { kind, limit } => Kept::QuotaExceeded { kind: *kind, limit: *limit },
        Error::Refused(refusal) => Kept::Refused { refusal: *refusal },
        Error::Raced(kind) => Kept::Raced { kind: *kind },
        error => Kept::Other { sentence: with_causes(error) },
    }
}

fn again(kept: Kept) -> Error {
    match kept {
        Kept::NotFound { kind, id } => Error::NotFound { kind, id },
        Kept::Invalid { violations } => {
            let mut again = Violations::new();
            for Violation { pointer, rule, message } in violations {
                again.add(pointer, rule, message);
            }
            Error::Invalid(again)
        }
        Kept::InUse { kind, id, by, count } => {
            let by = by.into_iter().map(|(kind, id)| Key { kind, id }).collect();
            Error::InUse { key: Key { kind, id }, by, count }
        }
        Kept::Denied { actor, action, resource } => match action.parse() {
            Ok(action) => Error::Denied(Denied { actor, action, resource }),
            Err(unknown) => Error::Unavailable(Box::new(unknown)),
        },
        Kept::RevisionMismatch { kind, id, expected, found } => {
            Error::RevisionMismatch { key: Key { kind, id }, expected, found }
        }
        Kept::QuotaExceeded { kind, limit } => Error::QuotaExceeded { kind, limit },
        Kept::Refused { refusal } => Error::Refused(refusal),
        Kept::Raced { kind } => Error::Raced(kind),
        Kept::Other { sentence } => Error::Unavailable(sentence.into()),
    }
}

fn with_causes(error: &Error) -> String {
    let mut sentence = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        sentence.push_str(": ");
        sentence.push_str(&error.to_string());
        cause = error.source();
    }
    sentence
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use paifang_model::Rule;
    use paifang_model::id::ApiId;

    use super::*;
    use crate::action::Action;

    #[test]
    fn an_error_comes_back_with_the_same_sentence() {
        let key = Key::of::<paifang_model::Api>(ApiId::random());
        let denied = Denied { actor: "eve".into(), action: Action::DeployApi, resource: "api/1".into() };
        for error in [
            Error::NotFound { kind: Kind::Api, id: "1".into() },
            Error::Invalid(Violations::one("/remark", Rule::Range, "too long")),
            Error::InUse { key, by: vec![key], count: 7 },
            Error::Denied(denied),
            Error::RevisionMismatch { key, expected: 1, found: None },
            Error::QuotaExceeded { kind: Kind::Api, limit: 5 },
            Error::Refused(Refusal::NotOnline),
            Error::Raced(Kind::Version),
        ] {
            assert_eq!(format!("{:?}", read(&written(&error))), format!("{error:?}"));
        }
    }

    #[test]
    fn what_is_not_told_to_callers_keeps_its_causes_for_the_operator() {
        let error = Error::Unavailable("the disk is full".into());
        let again = read(&written(&error));
        assert!(std::error::Error::source(&again).unwrap().to_string().ends_with("the disk is full"));
        assert!(matches!(read(b"not JSON"), Error::Unavailable(_)));
    }
}
