//! Which apps may call which APIs, per environment.

mod create;
mod list;

pub(crate) use create::{cancel, create};
pub(crate) use list::{apis, apps, other_apis};
