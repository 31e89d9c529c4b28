//! APIs: drafts that are edited, versions that are frozen, deployments that serve.

mod abolish;
mod batch;
mod create;
mod delete;
mod deploy;
mod deployed;
mod describe;
mod history;
mod list;
mod list_deployed;
mod modify;
mod shown;
mod switch;
mod task;

pub(crate) use abolish::abolish;
pub(crate) use batch::{abolish as batch_abolish, deploy as batch_deploy};
pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use deploy::deploy;
pub(crate) use deployed::deployed;
pub(crate) use describe::describe;
pub(crate) use history::{histories, history, history_apis};
pub(crate) use list::list;
pub(crate) use list_deployed::list as list_deployed;
pub(crate) use modify::modify;
pub(crate) use switch::switch;
pub(crate) use task::{
    abolish as abolish_task, deploy as deploy_task, update_backend as update_backend_task,
    update_vpc_info as update_vpc_info_task,
};
