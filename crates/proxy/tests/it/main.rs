//! Tests of the data plane.
#![allow(clippy::unwrap_used, reason = "tests")]

mod limits;
mod nonces;
mod observe;
mod order;
mod parameters;
mod routing;
mod stories;
