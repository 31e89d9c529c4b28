//! Remembers nonces until the calls that carry them are too old to be accepted, for the whole process.
//!
//! What is kept of a nonce is a 128-bit keyed hash, in a chained table that is cut into shards. Each minute in
//! which something expires has a list of its own, so that forgetting it costs one step per nonce. A nonce takes
//! 28 bytes. When everything remembered is still live, a new nonce is refused rather than an old one forgotten.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::limits::Key;

const MINUTE_MS: i64 = 60_000;

/// A power of two.
const SHARDS_AT_MOST: usize = 256;

/// Smaller shards would fill too unevenly.
const PER_SHARD_AT_LEAST: usize = 1024;

/// The nonces that were used. A shard's lock is held for a hash operation, and once a minute while what expired
/// in that minute is forgotten.
#[derive(Debug)]
pub struct Nonces {
    shards: Box<[Padded]>,
}

/// Whether a nonce was used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstUse {
    /// It was not, and is remembered now.
    First,
    /// It was; or its time is over, so that it may have been used and forgotten.
    Seen,
    /// It was not, but there is no memory for it: the call must be refused.
    Full,
}

/// On a cache line of its own, so that neighbours do not slow each other down.
#[derive(Debug)]
#[repr(align(64))]
struct Padded(Mutex<Shard>);

impl Nonces {
    /// Remembers this many nonces at most. They spread unevenly: refusals may begin when some percent are free.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        let wanted = (capacity / PER_SHARD_AT_LEAST).clamp(1, SHARDS_AT_MOST);
        // The power of two below it, so that a shard is picked by a mask.
        let count = 1 << wanted.ilog2();
        let shard = || Padded(Mutex::new(Shard::new(capacity / count)));
        Self { shards: (0..count).map(|_| shard()).collect() }
    }

    /// Remembers a nonce, by the key of all that tells it from others, until `expires_at_ms` and up to a minute longer.
    /// Times are in milliseconds since 1970. Of calls with the same nonce at the same time, one is the first.
    #[must_use]
    pub fn first_use(&self, key: Key, expires_at_ms: i64, now_ms: i64) -> FirstUse {
        let shard = key.high() as usize & (self.shards.len() - 1);
        lock(&self.shards[shard]).first_use(key, expires_at_ms, now_ms)
    }

    /// Forgets what has expired, also where no nonces come any more; recovers when the clock was set back. To be
    /// called about once a minute, with the clock as it is.
    pub fn sweep(&self, now_ms: i64) {
        for shard in &self.shards {
            lock(shard).sweep(minute(now_ms));
        }
    }

    /// How many are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).len).sum()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Nothing in a shard panics on what comes from outside; after a panic it is used as it is.
fn lock(shard: &Padded) -> MutexGuard<'_, Shard> {
    shard.0.lock().unwrap_or_else(PoisonError::into_inner)
}

const fn minute(time_ms: i64) -> i64 {
    time_ms.div_euclid(MINUTE_MS)
}

/// The index of an entry, one more than its place; 0 is the end of a list.
type Link = u32;

const END: Link = 0;

/// 24 bytes; the head of its chain makes 28.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Key,
    /// The next with the same head.
    chain: Link,
    /// The next that expires in the same minute, or the next that is free.
    list: Link,
}

#[derive(Debug)]
struct Shard {
    /// Where the chains begin: none before the first nonce, then a power of two.
    heads: Vec<Link>,
    /// Allocated with the first nonce, resident as it fills, and never grown.
    entries: Vec<Entry>,
    at_most: usize,
    len: usize,
    free: Link,
    /// What expires, by minute.
    minutes: BTreeMap<i64, Link>,
    /// All that expired before this minute is forgotten.
    horizon: i64,
}

impl Shard {
    fn new(at_most: usize) -> Self {
        let at_most = at_most.min(Link::MAX as usize - 1);
        Self {
            heads: Vec::new(),
            entries: Vec::new(),
            at_most,
            len: 0,
            free: END,
            minutes: BTreeMap::new(),
            horizon: i64::MIN,
        }
    }

    fn first_use(&mut self, key: Key, expires_at_ms: i64, now_ms: i64) -> FirstUse {
        self.forget_before(minute(now_ms));
        // The horizon may be later than this call's own time, when its body took long to arrive.
        let expires = minute(expires_at_ms);
        if expires_at_ms < now_ms || expires < self.horizon || self.knows(key) {
            return FirstUse::Seen;
        }
        if self.len == self.at_most {
            return FirstUse::Full;
        }
        if self.heads.is_empty() {
            self.heads = vec![END; self.at_most.next_power_of_two()];
            self.entries = Vec::with_capacity(self.at_most);
        }
        self.remember(key, expires);
        FirstUse::First
    }

    fn sweep(&mut self, now: i64) {
        self.forget_before(now);
        // Another thread's clock reading may be a little later than the one this sweep was given.
        if self.horizon > now.saturating_add(1) {
            self.horizon = now;
        }
    }

    fn forget_before(&mut self, minute: i64) {
        if minute <= self.horizon {
            return;
        }
        self.horizon = minute;
        while let Some(first) = self.minutes.first_entry().filter(|first| *first.key() < minute) {
            let list = first.remove();
            self.forget(list);
        }
    }

    fn forget(&mut self, list: Link) {
        let mut link = list;
        while link != END {
            self.unchain(link);
            let entry = &mut self.entries[place(link)];
            let next = std::mem::replace(&mut entry.list, self.free);
            self.free = link;
            self.len -= 1;
            link = next;
        }
    }

    /// Takes an entry out of its chain.
    fn unchain(&mut self, link: Link) {
        let Entry { key, chain: after, .. } = self.entries[place(link)];
        let head = self.head(key);
        if self.heads[head] == link {
            self.heads[head] = after;
            return;
        }
        let mut before = self.heads[head];
        while before != END {
            let entry = &mut self.entries[place(before)];
            if entry.chain == link {
                entry.chain = after;
                return;
            }
            before = entry.chain;
        }
    }

    fn knows(&self, key: Key) -> bool {
        if self.heads.is_empty() {
            return false;
        }
        let mut link = self.heads[self.head(key)];
        while link != END {
            let entry = &self.entries[place(link)];
            if entry.key == key {
                return true;
            }
            link = entry.chain;
        }
        false
    }

    fn remember(&mut self, key: Key, expires: i64) {
        let head = self.head(key);
        let list = self.minutes.entry(expires).or_insert(END);
        let entry = Entry { key, chain: self.heads[head], list: *list };
        let link = if self.free == END {
            debug_assert!(self.entries.len() < self.at_most, "a free place was lost");
            self.entries.push(entry);
            // As many as `Link` can count at most.
            self.entries.len() as Link
        } else {
            let reused = self.free;
            let old = std::mem::replace(&mut self.entries[place(reused)], entry);
            self.free = old.list;
            reused
        };
        *list = link;
        self.heads[head] = link;
        self.len += 1;
    }

    fn head(&self, key: Key) -> usize {
        key.low() as usize & (self.heads.len() - 1)
    }
}

const fn place(link: Link) -> usize {
    link as usize - 1
}
