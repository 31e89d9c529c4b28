//! The edge of the binary: what crowds cost, and what those who are slow on purpose come to.

mod idle;
mod slowhttptest;

use crate::gateway::Gateway;
use crate::http::Call;

/// Open connections of clients, as the gateway counts them.
fn connections(gateway: &Gateway) -> usize {
    let figures = Call::get("/metrics").send(gateway.management).body;
    let line = figures.lines().find_map(|line| line.strip_prefix("paifang_connections "));
    line.unwrap_or_else(|| panic!("{figures}")).parse().unwrap()
}
