//! What was answered.

use axum::body::to_bytes;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;

/// What was answered.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    pub(super) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Self { status: parts.status.as_u16(), headers: parts.headers, body: String::from_utf8(body).unwrap() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Status, code and sentence, with ids as dots.
    pub(crate) fn fault(&self) -> String {
        let Ok(fault) = serde_json::from_str::<Value>(&self.body) else { return self.body.clone() };
        let part = |name: &str| fault[name].as_str().unwrap_or_default().to_owned();
        without_ids(&format!("{} {}: {}", self.status, part("Code"), part("Message")))
    }
}

/// An answer to be looked at, with ids as dots.
pub(crate) fn pretty(answer: &Value) -> String {
    let mut answer = answer.clone();
    answer["RequestId"] = "…".into();
    without_ids(&serde_json::to_string_pretty(&answer).unwrap())
}

fn without_ids(text: &str) -> String {
    let words = text.split_inclusive(|character: char| !character.is_ascii_hexdigit());
    words
        .map(|word| {
            let digits = word.trim_end_matches(|character: char| !character.is_ascii_hexdigit());
            if digits.len() == 32 { word.replacen(digits, "…", 1) } else { word.to_owned() }
        })
        .collect()
}
