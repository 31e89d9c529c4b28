//! The YAML documents of one file. A file is hostile until it has been read: its size, depth and aliases are bounded.

use serde_json::Value;
use serde_saphyr::{DuplicateKeyPolicy, Options, Spanned};

use super::node::{self, Node, Places};

/// The largest file, in bytes.
pub(super) const FILE_AT_MOST: u64 = 4 << 20;
/// The most values in a file, and as many again that aliases repeat.
const VALUES_AT_MOST: usize = 400_000;
/// How deep lists and maps may lie in one another.
const DEPTH_AT_MOST: usize = 32;

/// One document: its value, and the place of each part.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) places: Places,
}

/// Where and why a file is not YAML, or more than is read.
pub(super) struct Unreadable {
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) message: String,
}

/// The documents of a file; empty ones are left out.
pub(super) fn parse(text: &str) -> Result<Vec<Parsed>, Unreadable> {
    let documents = serde_saphyr::from_multiple_with_options::<Spanned<Node>>(text, options());
    let parsed = |document| {
        let mut places = Places::new();
        Parsed { value: node::into_json(document, "", &mut places), places }
    };
    match documents {
        Ok(documents) => Ok(documents.into_iter().map(parsed).collect()),
        Err(error) => Err(unreadable(&error)),
    }
}

fn options() -> Options {
    let budget = serde_saphyr::budget! {
        max_events: VALUES_AT_MOST,
        max_depth: DEPTH_AT_MOST,
    };
    serde_saphyr::options! {
        budget: budget,
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: VALUES_AT_MOST },
        duplicate_keys: DuplicateKeyPolicy::Error,
        // `on` and `no` are words.
        strict_booleans: true,
    }
}

fn unreadable(error: &serde_saphyr::Error) -> Unreadable {
    let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
    let message = error.without_snippet().to_string();
    let message = message.lines().next().unwrap_or("it is not YAML");
    // The place is said once, and nobody can set the library's options here.
    let message = message.split(" at line ").next().unwrap_or(message);
    let message = message.split(", set ").next().unwrap_or(message);
    Unreadable { line, column, message: message.chars().take(300).collect() }
}
