//! Fills a gateway: groups of a hundred APIs, each published; apps, each with a key and one grant.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::gateway::Gateway;
use crate::gateway::rest::Rest;
use crate::gateway::scene::Dialect;
use crate::gateway::setup;

/// APIs in one group.
const GROUP: u32 = 100;

/// Apps that are granted an API at a time, which is as many as one call takes.
const GRANTED: u32 = 100;

/// Callers of the REST interface at the same time: what waits together is committed together.
const HANDS: usize = 32;

/// How much of each.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) apis: u32,
    pub(super) apps: u32,
}

/// What was made.
pub(super) struct Population {
    pub(super) groups: Vec<String>,
    pub(super) took: Duration,
}

#[derive(Deserialize)]
struct Made {
    id: String,
}

impl Population {
    /// Makes it, and waits until it is served.
    pub(super) fn make(gateway: &mut Gateway, backend: SocketAddr, size: Size) -> Result<Self> {
        let begun = Instant::now();
        let rest = Rest::at(gateway.management);
        let groups = each(size.apis.div_ceil(GROUP), |number| make_group(&rest, number))?;
        let apis = each(size.apis, |number| make_api(&rest, &groups, number, backend))?;
        let apps = each(size.apps, |number| make_app(&rest, number))?;
        let stage = setup::stage(&rest, Dialect::Alibaba)?;
        each(size.apps.div_ceil(GRANTED), |number| {
            let from = (number * GRANTED) as usize;
            let to = apps.len().min(from + GRANTED as usize);
            let api = &apis[number as usize % apis.len()];
            let grants = json!({ "apps": apps[from..to], "apis": [api], "stage": stage });
            rest.post::<Value>("/grants", &grants).map(drop)
        })?;
        setup::wait_until_served(&rest, gateway)?;
        Ok(Self { groups, took: begun.elapsed() })
    }
}

/// The host of a group.
pub(super) fn host(group: u32) -> String {
    format!("g{group}.scale.paifang.test")
}

fn make_group(rest: &Rest, number: u32) -> Result<String> {
    let draft = json!({ "dialect": "alibaba", "name": format!("scale_{number}") });
    let Made { id } = rest.post("/groups", &draft)?;
    rest.post::<Made>(&format!("/groups/{id}/domains"), &json!({ "host": host(number) }))?;
    Ok(id)
}

fn make_api(rest: &Rest, groups: &[String], number: u32, backend: SocketAddr) -> Result<String> {
    let definition = json!({
        "name": format!("scale_api_{number}"),
        "request": { "method": "GET", "path": format!("/resources/{number}/items"), "match_mode": "prefix", "mode": "passthrough" },
        "auth": { "kind": "app", "app_code": "header" },
        "backend": {
            "kind": "http",
            "to": { "kind": "address", "url": format!("http://{backend}") },
            "path": format!("/resources/{number}/items"),
        },
    });
    let group = &groups[(number / GROUP) as usize];
    let Made { id } = rest.post(&format!("/groups/{group}/apis"), &definition)?;
    rest.put::<Value>(&format!("/apis/{id}/deployments/RELEASE"), &json!({}))?;
    Ok(id)
}

fn make_app(rest: &Rest, number: u32) -> Result<String> {
    let Made { id } = rest.post("/apps", &json!({ "name": format!("scale_app_{number}") }))?;
    Ok(id)
}

/// Does something so many times, by several hands; the results in the order of the numbers.
fn each<T: Send>(count: u32, make: impl Fn(u32) -> Result<T> + Sync) -> Result<Vec<T>> {
    let next = AtomicU32::new(0);
    let hand = || {
        let mut made = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(made);
            }
            made.push((number, make(number).with_context(|| format!("making number {number}"))?));
        }
    };
    let made: Result<Vec<_>> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS).map(|_| scope.spawn(hand)).collect();
        hands.into_iter().map(|hand| hand.join().expect("a hand does not panic")).collect()
    });
    let mut made: Vec<_> = made?.into_iter().flatten().collect();
    made.sort_by_key(|(number, _)| *number);
    Ok(made.into_iter().map(|(_, made)| made).collect())
}
