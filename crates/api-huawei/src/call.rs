//! An operation that is asked for, with what was sent.

use bytes::Bytes;
use paifang_control::Context;
use serde_json::{Map, Value};

use crate::ask::{Fields, Page, Query};
use crate::fault::{Complaints, Fault, codes};
use crate::route::PathParameters;
use crate::state::HuaweiState;

/// An operation that is asked for.
pub(crate) struct Call {
    pub(crate) state: HuaweiState,
    /// Control, on the caller's behalf.
    pub(crate) context: Context,
    pub(crate) parameters: PathParameters,
    pub(crate) query: Query,
    pub(crate) body: Bytes,
}

impl Call {
    /// A parameter of the path; the row of the operation names it.
    pub(crate) fn path(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Which page of a list is wanted.
    pub(crate) fn page(&self) -> Result<Page, Fault> {
        Page::read(&self.query)
    }

    /// The body, which is a JSON object; absent: an empty one.
    pub(crate) fn json(&self) -> Result<Map<String, Value>, Fault> {
        if self.body.is_empty() {
            return Ok(Map::new());
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(members)) => Ok(members),
            Ok(_) => {
                Err(codes::PARAMETER_ERROR
                    .saying("Parameter error: the body is not a JSON object".to_owned()))
            }
            Err(error) => {
                Err(codes::PARAMETER_ERROR.saying(format!("Parameter error: Serialization error: {error}")))
            }
        }
    }

    /// Reads the body with all complaints at once.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&mut Fields<'_, '_>) -> T) -> Result<T, Fault> {
        let given = self.json()?;
        let mut complaints = Complaints::default();
        let value = read(&mut Fields::of(&given, &mut complaints));
        complaints.or(value)
    }
}
