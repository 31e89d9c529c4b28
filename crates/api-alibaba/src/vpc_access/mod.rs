//! VPC access authorizations: named ways to instances in private networks.

mod apis;
mod config;
mod describe;
mod find;
mod modify;
mod remove;
mod set;
mod users;

pub(crate) use apis::apis;
pub(crate) use config::{config, of_config, of_variable};
pub(crate) use describe::describe;
pub(crate) use modify::{modify, task};
pub(crate) use remove::remove;
pub(crate) use set::set;
