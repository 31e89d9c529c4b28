//! The interface over control and a store in memory. Every answer is validated against the vendor's operations.

#![allow(clippy::unwrap_used, reason = "tests")]

mod acls;
mod apis;
mod app_quotas;
mod apps;
mod authorizations;
mod backend_policies;
mod certificates;
mod channels;
mod debug;
mod definitions;
mod domains;
mod environments;
mod filters;
mod groups;
mod instances;
mod isolation;
mod metrics;
mod outline;
mod plugins;
mod publication;
mod quotas;
mod refusals;
mod roles;
mod signatures;
mod signs;
mod support;
mod table;
mod throttles;
mod variables;
