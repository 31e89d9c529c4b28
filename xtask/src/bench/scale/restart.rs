//! From the start of the process to its first answer.

use std::net::SocketAddr;
use std::time::Instant;

use anyhow::Result;

use super::population::{self, Population};
use crate::bench::client::Client;
use crate::bench::site::PreparedGateway;
use crate::bench::{PAIFANG, pin};
use crate::gateway::Gateway;

/// How often.
const STARTS: usize = 5;

/// Starts the gateway again and again on the same data. It counts as serving when a call that needs the configuration
/// gets the answer that only the configuration can give.
pub(super) fn measure(prepared: &PreparedGateway, population: &Population) -> Result<Vec<f64>> {
    let last = population.groups.len() as u32 - 1;
    let starts = (0..STARTS).map(|_| {
        let begun = Instant::now();
        let program = pin::command(pin::Core::Proxy, &prepared.binary);
        let gateway = Gateway::start(program, &prepared.data, &PAIFANG)?;
        ask(gateway.http, last)?;
        let took = begun.elapsed();
        gateway.server.stop()?;
        Ok(took.as_secs_f64() * 1000.0)
    });
    starts.collect()
}

/// An API of the last group, without credentials: 401 and 403 come from its route, 404 would come from none.
fn ask(address: SocketAddr, group: u32) -> Result<()> {
    let request = format!(
        "GET /resources/{}/items/1 HTTP/1.1\r\nHost: {}\r\n\r\n",
        group * 100,
        population::host(group)
    );
    let answer = Client::connect(address)?.exchange(request.as_bytes())?;
    anyhow::ensure!(!answer.status.contains("404"), "the last group is not served: {}", answer.status);
    Ok(())
}
