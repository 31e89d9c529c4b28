//! Tasks, their items and leases: what a batch writes about them, and reading them.

mod lease;
mod read;
mod settle;
mod write;

pub(super) use read::{item_page, one, page};
pub(super) use write::all;
