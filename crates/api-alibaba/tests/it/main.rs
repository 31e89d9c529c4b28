//! Stories told over the router by clients that sign, with a store in memory and a clock that stands. Every answer is
//! held against the vendor's own description of it.

#![allow(clippy::unwrap_used, reason = "tests")]

mod access_lists;
mod apps;
mod backend_signatures;
mod backends;
mod batches;
mod certificates;
mod definitions;
mod domains;
mod filters;
mod group_plugins;
mod groups;
mod ip_controls;
mod isolation;
mod life;
mod metrics;
mod operations;
mod places;
mod plugins;
mod protocol;
mod quotas;
mod roundtrip;
mod signatures;
mod support;
mod traffic_controls;
mod variables;
mod vpc_accesses;
