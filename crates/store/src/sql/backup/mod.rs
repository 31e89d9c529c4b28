//! Backing a store up and restoring it, table by table.

mod restore;
mod tables;
mod write;

pub(crate) use restore::restore;
pub(super) use write::write;
