//! APIs: their drafts.

mod check;
mod list;
mod retries;
mod view;
mod write;

pub(crate) use check::check;
pub(crate) use list::{list, show};
pub(crate) use view::{decorated, frozen};
pub(crate) use write::{create, delete, update};
