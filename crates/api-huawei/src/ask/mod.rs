//! Reading what was sent: members of JSON objects, query parameters, pages. Nothing stops at the first complaint.

mod fields;
mod query;

pub(crate) use fields::{Fields, OBJECTS_AT_MOST};
pub(crate) use query::{Page, Query, query};
