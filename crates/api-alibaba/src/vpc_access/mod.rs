//! VPC access authorizations: named ways to instances in private networks.

mod apis;
mod describe;
mod find;
mod modify;
mod remove;
mod set;
mod users;

pub(crate) use apis::apis;
pub(crate) use describe::describe;
pub(crate) use find::{by_place, of_config};
pub(crate) use modify::{modify, task};
pub(crate) use remove::remove;
pub(crate) use set::set;
