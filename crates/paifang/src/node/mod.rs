//! This process as one of the nodes that serve from the store: its id, its reports, and what it knows of the others.

mod identity;
mod registry;
mod report;

pub(crate) use identity::Identity;
pub(crate) use registry::Registry;
