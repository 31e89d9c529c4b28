//! Apps, which are shared with the other dialect. This interface knows one key of each: its oldest.

mod list;
mod view;
mod write;

pub(crate) use list::{list, show, validate};
pub(crate) use view::key;
pub(crate) use write::{create, delete, reset, update};
