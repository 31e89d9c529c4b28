//! Definitions, between this interface's many parameters and the model (spec: aliyun/api-model.md).
//!
//! What the data plane reads is typed in the model. What it does not read is kept in
//! [`Definition::extra`](paifang_model::Definition::extra) under the name of the parameter that it came in, so that it
//! reads back unchanged.

mod kept;
mod outline;
mod read;
mod words;
mod write;

pub(crate) use outline::outline;
pub(crate) use read::{read, read_mock};
pub(crate) use words::{METHODS, VISIBILITIES, word};
pub(crate) use write::{Needs, mock_members, write};
