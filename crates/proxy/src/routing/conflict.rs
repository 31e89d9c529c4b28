//! Two patterns that would answer the same requests.

use paifang_model::definition::{MatchMode, MethodRule};
use paifang_model::path::PathPattern;

/// Two patterns of the same shape with the same method and mode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot route {} `{added}` ({}): it answers the same requests as `{existing}`, which was there before",
    method_name(*.method),
    mode_name(*.mode)
)]
pub struct Conflict {
    /// The pattern that was there and stays.
    pub existing: PathPattern,
    /// The pattern that was to be added.
    pub added: PathPattern,
    /// The method of both.
    pub method: MethodRule,
    /// The mode of both.
    pub mode: MatchMode,
}

fn method_name(method: MethodRule) -> &'static str {
    match method {
        MethodRule::Any => "ANY",
        MethodRule::Multipart => "MULTIPART",
        named => named.as_str().unwrap_or_default(),
    }
}

fn mode_name(mode: MatchMode) -> &'static str {
    match mode {
        MatchMode::Exact => "exact match",
        MatchMode::Prefix => "prefix match",
    }
}
