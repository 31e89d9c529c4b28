//! The store's reasons in the words of what was sent: a taken value becomes a complaint with a pointer.

use paifang_model::name::shown;
use paifang_model::{Key, Rule, Violations};
use paifang_store::{CommitError, Conflict};

use crate::change::{Place, Places};
use crate::error::{Error, Refusal};

/// What the caller is told; an error of its own kind goes before complaints.
pub(super) fn explain(error: CommitError, places: &Places) -> Error {
    let CommitError::Refused(conflicts) = error else { return error.into() };
    let mut violations = Violations::new();
    let mut first = None;
    for conflict in conflicts.0 {
        let told = told(conflict, places, &mut violations);
        first = first.or(told);
    }
    first.unwrap_or(Error::Invalid(violations))
}

/// Adds a complaint, or gives the error that the conflict is.
fn told(conflict: Conflict, places: &Places, violations: &mut Violations) -> Option<Error> {
    match conflict {
        Conflict::Changed { key, expected, found } => Some(Error::RevisionMismatch { key, expected, found }),
        Conflict::Missing { key } => Some(Error::not_found(key.kind, key.id)),
        Conflict::Held { key, holders, count } => Some(Error::InUse { key, by: holders, count }),
        Conflict::TooMany { kind, scope, limit } => {
            Some(Error::QuotaExceeded { kind, limit: places.at_most(scope).unwrap_or(limit) })
        }
        Conflict::Exists { key } => taken(key.kind.name(), key, key, places, violations),
        Conflict::Taken { key, field, holder, .. } => taken(field, key, holder, places, violations),
        Conflict::MissingTarget { edge, target, .. } => match places.of_target(edge, target.id) {
            Some(Place::Field { pointer, value }) => {
                violations.add(
                    pointer.as_ref(),
                    Rule::Unknown,
                    format!("there is no {} `{value}`", target.kind),
                );
                None
            }
            _ => Some(Error::not_found(target.kind, target.id)),
        },
        Conflict::BadField { field, rule, .. } => {
            let (pointer, value) = places.shown(field);
            violations.add(pointer, Rule::Range, format!("`{}` {rule}", shown(&value)));
            None
        }
        Conflict::TooLarge { bytes, limit, .. } => {
            violations.add("", Rule::Range, format!("{bytes} bytes are too many: {limit} are kept"));
            None
        }
        Conflict::OtherMasterKey => Some(Refusal::OtherMasterKey.into()),
        Conflict::NotWaiting { .. } => Some(Error::Refused(Refusal::ItemSettled)),
        Conflict::TaskEnded { .. } => Some(Error::Refused(Refusal::TaskEnded)),
        Conflict::Leased { .. }
        | Conflict::NewerSchema { .. }
        | Conflict::WrittenTwice { .. }
        | Conflict::NotJson { .. } => Some(Error::Unavailable(Box::new(conflict))),
    }
}

fn taken(
    name: &'static str,
    key: Key,
    holder: Key,
    places: &Places,
    violations: &mut Violations,
) -> Option<Error> {
    if let Some(Place::Drawn) = places.of(name) {
        return Some(Error::Raced(key.kind));
    }
    let (pointer, value) = places.shown(name);
    let message = match value.as_str() {
        "" => format!("it is taken by {holder}"),
        value => format!("`{}` is taken by {holder}", shown(value)),
    };
    violations.add(pointer, Rule::Duplicate, message);
    None
}
