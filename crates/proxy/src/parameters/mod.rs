//! The stage between a permitted caller and the backend: reads what the request carries, checks it, and makes of it
//! what the backend receives.
//!
//! Everything that can be known before a call is settled once, by [`Plan::compile`]; what runs per call is synchronous and does no
//! I/O, and allocates nothing for what an API does not have.
//!
//! | | unknown query, header and form values | declared values | declared but not mapped |
//! |---|---|---|---|
//! | [`RequestMode::Mapping`] | dropped; headers that the group names are kept | checked and mapped | dropped |
//! | [`RequestMode::MappingPassthrough`] | go through, raw and in order | checked and mapped | dropped, unless marked as passing through |
//! | [`RequestMode::Passthrough`] | go through | path parameters are checked and mapped; others are documentation | go through |
//!
//! Groups of the second dialect ([`Dialect::Huawei`]) know one mode, which is [`RequestMode::MappingPassthrough`].
//!
//! In every mode a value that the gateway adds (a mapped one, a constant, a fact about the call) replaces what the caller
//! sent under its name, also when it is absent in this call: a caller cannot speak in the gateway's place.
//!
//! Of several values of one query key, header or form field the first is checked and mapped, unless the parameter is an array; where
//! a name passes through, all its values do. An array is a JSON array or a repeated parameter; a comma does not split.
//!
//! [`RequestMode::Mapping`]: paifang_model::definition::RequestMode::Mapping
//! [`RequestMode::MappingPassthrough`]: paifang_model::definition::RequestMode::MappingPassthrough
//! [`RequestMode::Passthrough`]: paifang_model::definition::RequestMode::Passthrough
//! [`Dialect::Huawei`]: paifang_model::Dialect::Huawei

mod compile;
mod conventions;
mod declared;
pub mod encode;
mod error;
mod form;
mod map;
mod names;
mod outgoing;
mod plan;
mod read;
mod rules;
mod value;

pub use compile::Surroundings;
pub use error::ParameterError;
pub(crate) use form::first;
pub use form::{BodyNeed, Boundary, Form, Part, read_multipart, write_multipart};
pub use outgoing::{BodyPlan, HeaderEdits, Outgoing};
pub(crate) use plan::Checked;
pub use plan::{Facts, Input, Plan};
pub(crate) use rules::pattern;
