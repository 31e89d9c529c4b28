//! Stops guessing: after five wrong passwords in a row, none is looked at for five minutes. Within this process.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Wrong passwords in a row.
const ATTEMPTS: u32 = 5;

/// How long none is looked at: milliseconds.
const PAUSE_MS: i64 = 5 * 60 * 1_000;

/// Names that are remembered at most, known or not.
const NAMES: usize = 10_000;

/// Attempts by name.
#[derive(Default)]
pub(crate) struct Lockout(Mutex<HashMap<String, Attempts>>);

struct Attempts {
    count: u32,
    /// The last one: milliseconds since 1970.
    at: i64,
}

impl Lockout {
    /// Counts an attempt before its password is looked at, so that guesses made at once count too.
    ///
    /// # Errors
    /// How long to wait.
    pub(super) fn admit(&self, name: &str, now: i64) -> Result<(), Duration> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES && !names.contains_key(name) {
            make_room(&mut names, now);
        }
        let attempts = names.entry(name.to_owned()).or_insert(Attempts { count: 0, at: now });
        let over_at = attempts.at.saturating_add(PAUSE_MS);
        if now >= over_at {
            attempts.count = 0;
        }
        if attempts.count >= ATTEMPTS {
            return Err(Duration::from_millis(over_at.saturating_sub(now).unsigned_abs()));
        }
        attempts.count += 1;
        attempts.at = now;
        Ok(())
    }

    /// Forgets the attempts of somebody who proved who it is.
    pub(super) fn forgive(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// Forgets names whose pause is over; when there are none, the one that was quiet for longest.
fn make_room(names: &mut HashMap<String, Attempts>, now: i64) {
    names.retain(|_, attempts| now < attempts.at.saturating_add(PAUSE_MS));
    if names.len() < NAMES {
        return;
    }
    let quietest = names.iter().min_by_key(|(_, attempts)| (attempts.count, attempts.at));
    if let Some(name) = quietest.map(|(name, _)| name.clone()) {
        names.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded_and_keeps_who_is_locked_out() {
        let lockout = Lockout::default();
        for _ in 0..ATTEMPTS {
            assert!(lockout.admit("victim", 0).is_ok());
        }
        for number in 0..NAMES + 100 {
            assert!(lockout.admit(&number.to_string(), 1).is_ok());
        }
        assert_eq!(lockout.0.lock().map(|names| names.len()).unwrap_or_default(), NAMES);
        assert_eq!(lockout.admit("victim", 1), Err(Duration::from_millis(299_999)));
        assert!(lockout.admit("victim", PAUSE_MS).is_ok());
    }
}
