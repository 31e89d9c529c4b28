//! Does one small thing as often as it is told, for `cargo xtask bench micro`, which counts the instructions.

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};

use paifang_model::channel::Balance;
use paifang_model::policy::AddressSet;
use paifang_model::{Channel, Member};
use paifang_proxy::channel::Picks;
use paifang_proxy::limits::{Claim, Held, Key, Limits, Window, take};

const NOW: i64 = 1_700_000_000_000;
const ENTRIES: u32 = 10_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let case = arguments.next().unwrap_or_default();
    let times: u32 = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let known = match case.as_str() {
        "limit" => limit(times),
        "three-limits" => three_limits(times),
        "access" => access(times),
        "turn" => pick(times, Balance::WeightedRoundRobin),
        "least" => pick(times, Balance::WeightedLeastConnection),
        "source" => pick(times, Balance::SourceHash),
        _ => false,
    };
    if !known {
        eprintln!("micro CASE TIMES, where CASE is limit, three-limits, access, turn, least or source");
        std::process::exit(2);
    }
}

/// One limit, whose counter the route holds.
fn limit(times: u32) -> bool {
    let limits = Limits::default();
    let counter = limits.counter(Key::of(&[b"held"]), Window::DAY, NOW);
    let held = [Held { counter: &counter, limit: u32::MAX }];
    (0..times).all(|_| black_box(take(&held, NOW)).is_ok())
}

/// Three limits that are found by their keys: of a group, an API and one of a thousand addresses.
fn three_limits(times: u32) -> bool {
    let limits = Limits::default();
    let claim = |name: &[u8]| Claim { key: Key::of(&[b"limit", name]), limit: u32::MAX, window: Window::DAY };
    (0..times).all(|call| {
        let address = (call % 1_000).to_be_bytes();
        let claims = [claim(b"group"), claim(b"api"), claim(&address)];
        black_box(limits.take(&claims, NOW)).is_ok()
    })
}

/// An address looked up in a list of 10,000 networks, every second of which has it.
fn access(times: u32) -> bool {
    let network = |index: u32| format!("{}/24", Ipv4Addr::from_bits(index << 9)).parse();
    let set: AddressSet = match (0..ENTRIES).map(network).collect::<Result<_, _>>() {
        Ok(set) => set,
        Err(complaint) => {
            eprintln!("{complaint}");
            return false;
        }
    };
    let address =
        |call: u32| IpAddr::from(Ipv4Addr::from_bits((call.wrapping_mul(7919) % (2 * ENTRIES)) << 8));
    let found = (0..times).filter(|call| black_box(set.contains(address(*call)))).count();
    found <= times as usize
}

/// A member of eight, of different weights.
fn pick(times: u32, balance: Balance) -> bool {
    let member = |index: u8| Member { weight: 1 + u16::from(index), ..Member::at(format!("10.0.0.{index}")) };
    let members = (0..8).map(member).collect();
    let picks = Picks::of(&Channel { balance, members, ..Channel::named("members", 80) });
    (0..times).all(|call| black_box(picks.pick(Ipv4Addr::from_bits(call).into(), "/")).is_some())
}
