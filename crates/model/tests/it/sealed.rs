//! What the store seals: every place of a document where a noun keeps a [`Secret`](paifang_model::Secret) is declared.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::documents::{kind_of, read, schema_1};

const PLANTED: &str = "planted-in-this-place-alone";

/// A text that is read and written, and that `Debug` does not show, is a secret. One that is missing in `SECRETS` would
/// lie in the database as it is.
#[test]
fn every_secret_of_every_noun_is_declared() {
    let (mut declared, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (name, document) in schema_1() {
        let kind = kind_of(&name);
        for pointer in texts(&document) {
            let mut planted = document.clone();
            *planted.pointer_mut(&pointer).unwrap() = PLANTED.into();
            // What is an id, a word or a number of its own kind takes no other text.
            let Ok(read) = read(kind, planted) else { continue };
            let is_kept = read.written.pointer(&pointer).is_some_and(|kept| kept == PLANTED);
            if !is_kept || read.debug.contains(PLANTED) {
                continue;
            }
            let is_declared = read.secrets.iter().any(|secret| covers(secret, &pointer));
            assert!(is_declared, "{name}: {pointer} is a secret, and `SECRETS` of {kind} does not name it");
            found.insert((kind, pointer));
        }
        let secrets = read(kind, document).unwrap().secrets;
        declared.extend(secrets.iter().map(|secret| (kind, *secret)));
    }
    assert!(!declared.is_empty());
    for (kind, secret) in declared {
        let is_there = found.iter().any(|(of, pointer)| *of == kind && covers(secret, pointer));
        assert!(is_there, "no document of kind {kind} has a secret at {secret}");
    }
}

/// Whether a pointer is at another one or below it.
fn covers(secret: &str, pointer: &str) -> bool {
    pointer.strip_prefix(secret).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where the texts of a document are.
fn texts(document: &Value) -> Vec<String> {
    let below = |name: String, value: &Value| -> Vec<String> {
        texts(value).into_iter().map(|pointer| format!("/{name}{pointer}")).collect()
    };
    match document {
        Value::String(_) => vec![String::new()],
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, item)| below(index.to_string(), item)).collect()
        }
        Value::Object(members) => {
            let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
            members.iter().flat_map(|(name, value)| below(escaped(name), value)).collect()
        }
        _ => Vec::new(),
    }
}
