//! Reads vector files, and the shapes that several of them share.

use serde::Deserialize;
use serde_json::Value;

pub(crate) type Headers = Vec<(String, String)>;

/// A vector file of the crate, by its path below `vectors/`.
pub(crate) fn read(file: &str) -> Value {
    let path = format!("{}/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The elements of an array, each as `T`; never none.
pub(crate) fn each<T: for<'d> Deserialize<'d>>(array: &Value) -> Vec<T> {
    let items: Vec<T> = Deserialize::deserialize(array).unwrap();
    assert!(!items.is_empty());
    items
}

/// A captured request.
#[derive(Deserialize)]
pub(crate) struct Wire {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Value,
    pub(crate) body: String,
}

impl Wire {
    pub(crate) fn headers(&self) -> Headers {
        headers(&self.headers)
    }
}

/// Headers written as an object of texts, an object of lists, or a list of pairs.
pub(crate) fn headers(value: &Value) -> Headers {
    match value {
        Value::Array(pairs) => pairs.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
        Value::Object(map) => map.iter().flat_map(|(name, value)| named(name, value)).collect(),
        other => panic!("no headers: {other}"),
    }
}

/// A map of decoded parameters as a client would send it.
pub(crate) fn urlencoded(map: &Value) -> String {
    let pairs = map.as_object().unwrap().iter().flat_map(|(name, value)| named(name, value));
    let pairs = pairs.map(|(name, value)| format!("{}={}", escape(&name), escape(&value)));
    pairs.collect::<Vec<_>>().join("&")
}

pub(crate) fn escape(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        byte => format!("%{byte:02x}"),
    };
    text.bytes().map(escape).collect()
}

fn named(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Array(values) => values.iter().map(|value| (name.to_owned(), text(value))).collect(),
        value => vec![(name.to_owned(), text(value))],
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
