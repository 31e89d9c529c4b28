//! How many clients are connected, in all and from each address. Counted for the process: a client does not choose its worker.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;

use super::EdgeSettings;

/// Parts of the table of addresses, so that workers rarely meet at one.
const SHARDS: usize = 64;

/// Who is connected.
#[derive(Debug)]
pub(crate) struct Crowd {
    all: AtomicUsize,
    all_at_most: usize,
    each_at_most: Option<usize>,
    /// Empty where addresses are not counted.
    addresses: [Mutex<HashMap<IpAddr, usize>>; SHARDS],
}

impl Crowd {
    pub(crate) fn new(settings: &EdgeSettings) -> Self {
        Self {
            all: AtomicUsize::new(0),
            all_at_most: settings.connections,
            each_at_most: settings.connections_per_address,
            addresses: std::array::from_fn(|_| Mutex::default()),
        }
    }

    /// Takes a place among all; none when there is none left. It is given back when the value goes.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Place> {
        let place = Place { crowd: Arc::clone(self), address: None };
        let before = self.all.fetch_add(1, Ordering::Relaxed);
        (before < self.all_at_most).then_some(place)
    }

    fn shard(&self, address: IpAddr) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        let shard = address_bits(address) as usize % SHARDS;
        self.addresses[shard].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place.
#[derive(Debug)]
pub(super) struct Place {
    crowd: Arc<Crowd>,
    address: Option<IpAddr>,
}

impl Place {
    /// Counts its address; none when that has no place left.
    pub(super) fn of(mut self, address: IpAddr) -> Option<Self> {
        let Some(at_most) = self.crowd.each_at_most else { return Some(self) };
        let address = party(address);
        let mut shard = self.crowd.shard(address);
        let count = shard.entry(address).or_insert(0);
        if *count >= at_most {
            return None;
        }
        *count += 1;
        drop(shard);
        self.address = Some(address);
        Some(self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crowd.all.fetch_sub(1, Ordering::Relaxed);
        let Some(address) = self.address else { return };
        let mut shard = self.crowd.shard(address);
        if let Some(count) = shard.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                shard.remove(&address);
            }
        }
    }
}

/// Whoever has one address of a /64 has all of it.
fn party(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

fn address_bits(address: IpAddr) -> u64 {
    use std::hash::BuildHasher as _;
    foldhash::fast::FixedState::default().hash_one(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_and_given_back() {
        let settings =
            EdgeSettings { connections: 3, connections_per_address: Some(2), ..EdgeSettings::default() };
        let crowd = Arc::new(Crowd::new(&settings));
        let enter = |address: &str| crowd.enter()?.of(address.parse().expect("an address"));
        let (one, two) = (enter("192.0.2.7"), enter("::ffff:192.0.2.7"));
        assert!(one.is_some() && two.is_some());
        assert!(enter("192.0.2.7").is_none());
        let three = enter("2001:db8::1");
        assert!(three.is_some() && enter("198.51.100.1").is_none());
        drop(one);
        assert!(enter("192.0.2.7").is_some());
        drop((two, three));
        let places = (enter("2001:db8::1"), enter("2001:db8::2"));
        assert!(places.0.is_some() && places.1.is_some() && enter("2001:db8::3").is_none());
        drop(places);
        assert!(crowd.addresses.iter().all(|shard| shard.lock().expect("not poisoned").is_empty()));
        assert_eq!(crowd.all.load(Ordering::Relaxed), 0);
    }
}
