//! Stops guessing: after some wrong passwords in a row none is looked at for a minute, then, with each further one, for twice
//! as long as before. Counted by name and address together, so that a stranger does not lock an owner out; and, more
//! generously, by either alone, so that neither many addresses nor many names help. Within this process.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The first pause, in milliseconds; each further one is twice as long.
const FIRST_PAUSE_MS: i64 = 60_000;

/// No pause is longer: milliseconds.
const PAUSE_AT_MOST_MS: i64 = 60 * 60_000;

/// After so long without an attempt all is forgotten: milliseconds.
const FORGOTTEN_MS: i64 = 24 * 60 * 60_000;

/// What is remembered at most.
const ENTRIES: usize = 10_000;

/// Attempts by what they have in common.
#[derive(Default)]
pub(crate) struct Lockout(Mutex<HashMap<Of, Attempts>>);

/// What attempts have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Of {
    Pair(String, Option<IpAddr>),
    Name(String),
    Address(IpAddr),
}

impl Of {
    /// Wrong passwords in a row before the first pause.
    const fn allowed(&self) -> u32 {
        match self {
            Self::Pair(..) => 5,
            Self::Address(_) => 20,
            Self::Name(_) => 100,
        }
    }

    fn all(name: &str, from: Option<IpAddr>) -> Vec<Self> {
        let from = from.map(home);
        let mut all = vec![Self::Pair(name.to_owned(), from), Self::Name(name.to_owned())];
        all.extend(from.map(Self::Address));
        all
    }
}

/// Who has an IPv6 address has all 2^64 of its network.
fn home(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address => address,
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Attempts {
    /// Wrong ones in a row.
    count: u32,
    /// The last one: milliseconds since 1970.
    at: i64,
}

impl Attempts {
    /// When the next one is looked at.
    fn over_at(self, allowed: u32) -> i64 {
        let Some(further) = self.count.checked_sub(allowed) else { return i64::MIN };
        let pause = FIRST_PAUSE_MS.saturating_mul(1 << further.min(16)).min(PAUSE_AT_MOST_MS);
        self.at.saturating_add(pause)
    }

    fn is_forgotten(self, now: i64) -> bool {
        now >= self.at.saturating_add(FORGOTTEN_MS)
    }
}

impl Lockout {
    /// Counts an attempt before its password is looked at, so that guesses made at once count too. One that is not admitted
    /// does not count.
    ///
    /// # Errors
    /// How long to wait.
    pub(super) fn admit(&self, name: &str, from: Option<IpAddr>, now: i64) -> Result<(), Duration> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = Of::all(name, from);
        let over_at = all.iter().filter_map(|of| {
            let attempts = table.get(of).copied().filter(|attempts| !attempts.is_forgotten(now))?;
            Some(attempts.over_at(of.allowed()))
        });
        let over_at = over_at.max().unwrap_or(i64::MIN);
        if now < over_at {
            return Err(Duration::from_millis(over_at.saturating_sub(now).unsigned_abs()));
        }
        for of in all {
            if table.len() >= ENTRIES && !table.contains_key(&of) {
                make_room(&mut table, now);
            }
            let attempts = table.entry(of).or_default();
            let before = if attempts.is_forgotten(now) { 0 } else { attempts.count };
            *attempts = Attempts { count: before.saturating_add(1), at: now };
        }
        Ok(())
    }

    /// Takes back what an attempt counted that proved right. The address keeps the others: having a password of one's own is
    /// no licence to guess.
    pub(super) fn forgive(&self, name: &str, from: Option<IpAddr>) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for of in Of::all(name, from) {
            match of {
                Of::Address(_) => {
                    drop(table.entry(of).and_modify(|attempts| attempts.count -= attempts.count.min(1)))
                }
                Of::Pair(..) | Of::Name(_) => drop(table.remove(&of)),
            }
        }
    }

    /// Forgets all attempts on a name.
    pub(super) fn forget(&self, name: &str) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.retain(|of, _| !matches!(of, Of::Pair(of, _) | Of::Name(of) if of == name));
    }
}

/// Forgets what is over; when nothing is, what was tried least, and longest ago.
fn make_room(table: &mut HashMap<Of, Attempts>, now: i64) {
    table.retain(|_, attempts| !attempts.is_forgotten(now));
    if table.len() < ENTRIES {
        return;
    }
    let quietest = table.iter().min_by_key(|(_, attempts)| (attempts.count, attempts.at));
    if let Some(of) = quietest.map(|(of, _)| of.clone()) {
        table.remove(&of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn memory_is_bounded_and_keeps_who_is_locked_out() {
        let lockout = Lockout::default();
        for _ in 0..5 {
            assert!(lockout.admit("victim", None, 0).is_ok());
        }
        for number in 0..ENTRIES + 100 {
            assert!(lockout.admit(&number.to_string(), None, 1).is_ok());
        }
        assert!(lockout.0.lock().map(|table| table.len()).unwrap_or_default() <= ENTRIES);
        assert_eq!(lockout.admit("victim", None, 1), Err(Duration::from_millis(59_999)));
        assert!(lockout.admit("victim", None, 60_000).is_ok());
    }

    #[test]
    fn each_pause_is_twice_as_long_up_to_an_hour() {
        let (lockout, mut now) = (Lockout::default(), 0);
        let mut pauses = Vec::new();
        while pauses.len() < 9 {
            match lockout.admit("admin", address(1), now) {
                Ok(()) => {}
                Err(pause) => {
                    pauses.push(pause.as_secs() / 60);
                    now += i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
                }
            }
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(lockout.admit("admin", address(2), now).is_ok(), "from elsewhere the name is not locked");
    }

    #[test]
    fn many_names_from_one_address_are_stopped_and_so_are_many_addresses_at_one_name() {
        let lockout = Lockout::default();
        let names =
            (0..100).take_while(|number| lockout.admit(&format!("user{number}"), address(1), 0).is_ok());
        assert_eq!(names.count(), 20);
        let v6 = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]));
        let names =
            (0..100).take_while(|number| lockout.admit(&format!("user{number}"), v6(*number), 0).is_ok());
        assert_eq!(names.count(), 20, "a network counts as one");
        let addresses = (0..=255).take_while(|last| lockout.admit("admin", address(*last), 0).is_ok());
        assert!(addresses.count() <= 100);
    }
}
