//! A part of the table of counters, behind its own lock.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use foldhash::{HashMap, HashMapExt};

use super::counter::Counter;
use super::key::Key;
use super::window::Window;

/// How long a counter stays after its window, for calls whose clock reading is a little older.
const STAY_MS: i64 = 10_000;

/// How far a counter may be ahead of the clock before the clock counts as set back.
const AHEAD_MS: i64 = 60_000;

/// Which counter it is. The limit is no part of it: when a limit is changed, the calls so far still count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    pub(super) key: Key,
    pub(super) window: Window,
}

type Counters = HashMap<Identity, Arc<Counter>>;

/// A part of the table of counters.
#[derive(Debug)]
pub(super) struct Shard {
    counters: RwLock<Counters>,
    at_most: usize,
}

impl Shard {
    pub(super) fn new(at_most: usize) -> Self {
        Self { counters: RwLock::new(HashMap::new()), at_most }
    }

    pub(super) fn len(&self) -> usize {
        self.read().len()
    }

    pub(super) fn find(&self, identity: &Identity) -> Option<Arc<Counter>> {
        self.read().get(identity).cloned()
    }

    /// The counter, made when it is not there.
    pub(super) fn counter(&self, identity: Identity, now_ms: i64) -> Arc<Counter> {
        if let Some(counter) = self.find(&identity) {
            return counter;
        }
        let mut counters = self.write();
        if counters.len() >= self.at_most && !counters.contains_key(&identity) {
            make_room(&mut counters, self.at_most, now_ms);
        }
        let new = || Arc::new(Counter::new(identity.window));
        Arc::clone(counters.entry(identity).or_insert_with(new))
    }

    /// Shows every counter.
    pub(super) fn each(&self, mut show: impl FnMut(&Identity, &Counter)) {
        for (identity, counter) in &*self.read() {
            show(identity, counter);
        }
    }

    pub(super) fn sweep(&self, now_ms: i64) {
        let mut counters = self.write();
        for counter in counters.values() {
            counter.start_anew_if_ahead(now_ms, AHEAD_MS);
        }
        drop_idle(&mut counters, now_ms);
        let used = counters.len();
        if counters.capacity() > 4 * used {
            counters.shrink_to(2 * used);
        }
    }

    // The maps are whole after a panic: each change is one call of theirs.
    fn read(&self) -> RwLockReadGuard<'_, Counters> {
        self.counters.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Counters> {
        self.counters.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(counters: &mut Counters, at_most: usize, now_ms: i64) {
    drop_idle(counters, now_ms);
    let keep = at_most - at_most.div_ceil(8);
    let Some(too_many) = counters.len().checked_sub(keep).filter(|excess| *excess > 0) else { return };
    let free = counters.iter().filter(|(_, counter)| !is_held(counter));
    let mut free: Vec<_> = free.map(|(identity, counter)| (counter.last_use(now_ms), *identity)).collect();
    let too_many = too_many.min(free.len());
    if too_many < free.len() {
        // Fewest calls first: so much is forgotten for each, and a flood of new ones drives out itself.
        free.select_nth_unstable_by_key(too_many, |(last_use, _)| *last_use);
    }
    for (_, identity) in &free[..too_many] {
        counters.remove(identity);
    }
}

fn drop_idle(counters: &mut Counters, now_ms: i64) {
    let is_idle = |counter: &Counter| {
        counter.last_use(now_ms).is_none_or(|last| last.end_ms.saturating_add(STAY_MS) <= now_ms)
    };
    counters.retain(|_, counter| is_held(counter) || !is_idle(counter));
}

/// Whether anybody but the table has it. New holders need the lock that the caller has.
fn is_held(counter: &Arc<Counter>) -> bool {
    Arc::strong_count(counter) > 1
}
