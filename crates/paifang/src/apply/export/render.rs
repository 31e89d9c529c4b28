//! Documents as YAML text.

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::apply::files;

/// The text of a file.
///
/// # Errors
/// When a value cannot be written as YAML.
pub(super) fn documents(documents: &[Value]) -> Result<String> {
    let texts = documents.iter().map(document).collect::<Result<Vec<_>>>()?;
    Ok(texts.join("---\n"))
}

/// JSON is YAML too: it stands in where plain YAML would not be read as the same.
fn document(document: &Value) -> Result<String> {
    let text = serde_saphyr::to_string(document).context("writing YAML")?;
    if files::reads_as(&text, std::slice::from_ref(document)) {
        Ok(text)
    } else {
        Ok(format!("{document:#}\n"))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            any::<String>(),
            "[-:?&*!|>'\"%@`{}\\[\\],# \n\r\ta-c0-9=~]{0,12}",
            Just("yes".to_owned()),
            Just("null".to_owned()),
            Just("1_000".to_owned()),
            Just("0x1F".to_owned()),
            Just(" a\n\n  b \n".to_owned()),
        ];
        let text = text.boxed();
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((text.clone(), inner), 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(first in value(), second in value()) {
            let documents = [json!({ "kind": "a", "value": first }), json!({ "kind": "b", "value": second })];
            let text = super::documents(&documents).unwrap();
            prop_assert!(crate::apply::files::reads_as(&text, &documents), "{}", text);
        }
    }
}
