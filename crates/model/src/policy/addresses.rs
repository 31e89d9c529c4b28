//! Sets of addresses, said by single ones, networks and ranges.
//!
//! A set is a sorted list of ranges that do not touch each other, one list per version of IP: a look-up halves it, and
//! ranges that are no networks need no splitting, as a tree of prefixes would.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use ipnet::IpNet;

use crate::name::shown;
use crate::violation::Complaint;

/// A set of addresses. IPv4 addresses inside of IPv6 ones (`::ffff:192.0.2.1`) are the IPv4 addresses. Copies share it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressSet {
    v4: Arc<[(u32, u32)]>,
    v6: Arc<[(u128, u128)]>,
}

/// Addresses from the first to the last, of one version of IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressRange {
    /// Of IPv4.
    V4(u32, u32),
    /// Of IPv6.
    V6(u128, u128),
}

impl AddressSet {
    /// Whether an address is in it.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(v4) => is_in(&self.v4, v4.to_bits()),
            IpAddr::V6(v6) => is_in(&self.v6, v6.to_bits()),
        }
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }
}

impl FromIterator<AddressRange> for AddressSet {
    fn from_iter<I: IntoIterator<Item = AddressRange>>(ranges: I) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for range in ranges {
            match range {
                AddressRange::V4(first, last) => v4.push((first, last)),
                AddressRange::V6(first, last) => v6.push((first, last)),
            }
        }
        Self { v4: apart(v4).into(), v6: apart(v6).into() }
    }
}

/// The same ranges, sorted, where those that overlap have become one.
fn apart<N: Ord + Copy>(mut ranges: Vec<(N, N)>) -> Vec<(N, N)> {
    ranges.sort_unstable();
    let mut all: Vec<(N, N)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match all.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            _ => all.push((first, last)),
        }
    }
    all
}

fn is_in<N: Ord + Copy>(ranges: &[(N, N)], wanted: N) -> bool {
    let place = ranges.partition_point(|(_, last)| *last < wanted);
    ranges.get(place).is_some_and(|(first, _)| *first <= wanted)
}

/// `192.0.2.1`, `192.0.2.0/24` or `192.0.2.5-192.0.2.10`, and the same of IPv6. Bits of a network's address beyond its
/// prefix say nothing (spec: huawei/throttling-and-access.md §3).
impl FromStr for AddressRange {
    type Err = Complaint;

    fn from_str(text: &str) -> Result<Self, Complaint> {
        let wrong = |why: &str| Complaint::format(format!("`{}` {why}", shown(text)));
        let neither = "is neither an address nor a network or range of them";
        if let Ok(address) = text.parse::<IpAddr>() {
            return between(address, address).ok_or_else(|| wrong(neither));
        }
        if let Ok(network) = text.parse::<IpNet>() {
            return between(network.network(), network.broadcast()).ok_or_else(|| {
                wrong("goes beyond the IPv4 addresses inside of IPv6: write it as an IPv4 network")
            });
        }
        let ends = text.split_once('-').and_then(|(first, last)| {
            Some((first.trim().parse::<IpAddr>().ok()?, last.trim().parse::<IpAddr>().ok()?))
        });
        let (first, last) = ends.ok_or_else(|| wrong(neither))?;
        between(first, last).ok_or_else(|| wrong("ends before it begins, or in another version of IP"))
    }
}

fn between(first: IpAddr, last: IpAddr) -> Option<AddressRange> {
    match (first.to_canonical(), last.to_canonical()) {
        (IpAddr::V4(first), IpAddr::V4(last)) if first <= last => {
            Some(AddressRange::V4(first.to_bits(), last.to_bits()))
        }
        (IpAddr::V6(first), IpAddr::V6(last)) if first <= last => {
            Some(AddressRange::V6(first.to_bits(), last.to_bits()))
        }
        _ => None,
    }
}
