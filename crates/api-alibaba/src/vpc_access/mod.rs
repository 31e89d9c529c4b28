//! VPC access authorizations: named ways to instances in private networks.

mod apis;
mod config;
mod describe;
mod find;
mod modify;
mod remove;
mod set;
mod users;
mod validate;

pub(crate) use apis::apis;
pub(crate) use config::{config, of_config, of_variable};
pub(crate) use describe::describe;
pub(crate) use modify::modify;
pub(crate) use remove::{remove, remove_and_abolish};
pub(crate) use set::set;
pub(crate) use validate::validate;

use paifang_control::Task;
use serde_json::{Value, json};

/// Names the task that brings the APIs along, when there are such.
fn operation(task: Option<Task>) -> Value {
    task.map_or_else(|| json!({}), |task| json!({ "OperationId": task.id }))
}
