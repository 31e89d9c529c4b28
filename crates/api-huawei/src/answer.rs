//! What is answered when all is well.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::ask::Page;
use crate::fault::Fault;

/// What a handler gives.
pub(crate) type Answer = Result<Reply, Fault>;

/// An answer when all is well.
pub(crate) struct Reply {
    status: u16,
    body: Option<Value>,
}

impl Reply {
    /// The same, with the status that the row of the operation says.
    pub(crate) fn with(self, status: u16) -> Self {
        Self { status, ..self }
    }
}

/// An answer with a body.
pub(crate) fn object(body: Value) -> Answer {
    Ok(Reply { status: 200, body: Some(body) })
}

/// An answer without one.
pub(crate) fn nothing() -> Answer {
    Ok(Reply { status: 204, body: None })
}

/// One page of a list: `rows` are those on it.
pub(crate) fn page(name: &str, rows: Vec<Value>, total: u64) -> Answer {
    let mut all = members(json!({ "total": total, "size": rows.len() }));
    all.insert(name.to_owned(), Value::Array(rows));
    object(Value::Object(all))
}

/// One page of a list that was gathered as a whole.
pub(crate) fn page_of<T>(page: Page, rows: Vec<T>) -> (Vec<T>, u64) {
    let total = rows.len() as u64;
    let skipped = usize::try_from(page.offset).unwrap_or(usize::MAX);
    (rows.into_iter().skip(skipped).take(page.limit as usize).collect(), total)
}

/// The members that have a value.
pub(crate) fn members(value: Value) -> Map<String, Value> {
    let Value::Object(members) = value else { return Map::new() };
    members.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

/// The same object without the members that have no value: the vendor leaves them out or writes null.
pub(crate) fn without_nulls(value: Value) -> Value {
    Value::Object(members(value))
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        match self.body {
            Some(body) => (status, axum::Json(body)).into_response(),
            None => status.into_response(),
        }
    }
}
