//! API groups.

mod create;
mod delete;
mod describe;
mod list;
mod modify;
mod network_policy;
mod settings;

pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use describe::describe;
pub(crate) use list::list;
pub(crate) use modify::{modify, set_app_code};
pub(crate) use network_policy::modify_network_policy;
