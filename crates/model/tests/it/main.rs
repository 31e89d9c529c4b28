//! What each noun accepts, refuses, writes and promises the store.
#![allow(clippy::unwrap_used, reason = "tests")]

mod checks;
mod conditions;
mod dialects;
mod documents;
mod domains;
mod ids;
mod limits;
mod names;
mod paths;
mod policies;
mod quotas;
mod records;
mod samples;
mod sealed;
mod secrets;
mod serde_definition;
mod variables;
mod violations;
