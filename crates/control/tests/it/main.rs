//! Stories of people managing a gateway, on a store in memory and a clock that stands still.
#![allow(clippy::unwrap_used, reason = "tests")]

mod access_lists;
mod apis;
mod app_quotas;
mod apps;
mod audit;
mod backend_accesses;
mod backend_instances;
mod backend_services;
mod backends;
mod black_lists;
mod cors;
mod differences;
mod domains;
mod explained;
mod first_start;
mod grants;
mod group_bindings;
mod groups;
mod keyring;
mod manifests;
mod metrics;
mod nodes;
mod policies;
mod publication;
mod quotas;
mod roles;
mod sign_in;
mod sorting;
mod stages;
mod tasks;
mod threads;
mod users;
mod variables;
mod world;
