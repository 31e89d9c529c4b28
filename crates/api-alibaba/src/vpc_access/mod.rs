//! VPC access authorizations: named ways to instances in private networks.

mod describe;
mod find;
mod remove;
mod set;

pub(crate) use describe::describe;
pub(crate) use find::{by_place, of_config};
pub(crate) use remove::remove;
pub(crate) use set::set;
