//! Stories told over the router, with a store in memory and a clock that stands.

#![allow(clippy::unwrap_used, reason = "tests")]

mod access_lists;
mod apis;
mod app_quotas;
mod apps;
mod audit;
mod backend_services;
mod backends;
mod black_lists;
mod bodies;
mod conditions;
mod debug;
mod golden;
mod grants;
mod groups;
mod lists;
mod manifests;
mod metrics;
mod nodes;
mod outside;
mod policies;
mod quotas;
mod refusals;
mod sessions;
mod signatures;
mod sorting;
mod stages;
mod status;
mod support;
mod tasks;
mod users;
mod variables;
