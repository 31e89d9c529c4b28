//! API groups of the dialect.

mod list;
mod view;
mod write;

pub(crate) use list::{list, show};
pub(crate) use view::{common, times_of};
pub(crate) use write::{check, create, delete, update};
