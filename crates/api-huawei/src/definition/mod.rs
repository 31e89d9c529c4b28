//! An API's definition, as the interface writes it and as the data plane reads it. Spec: huawei/api-model.md.
//!
//! What the data plane reads is typed; every other field of the interface is kept in
//! [`Definition::extra`](paifang_model::Definition::extra) as it was given (`keep`), and so comes back unchanged.

mod backend;
mod carry;
mod keep;
mod parameter;
mod policy;
mod read;
mod tongue;
mod words;
mod write;

pub(crate) use carry::carry;
pub(crate) use policy::LISTS as POLICY_LISTS;
pub(crate) use read::read;
pub(crate) use tongue::{TONGUE, tongue};
pub(crate) use words::{MATCH_MODES, METHODS};
pub(crate) use write::write;
