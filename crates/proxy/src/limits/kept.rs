//! Counters whose windows are long, as bytes: a restart must not give everybody a second day.

use super::counter::Counter;
use super::shard::Identity;
use super::{Key, Limits, Window};

/// Windows from this length on are kept, in seconds: shorter ones are over before anybody could notice.
const FROM_S: u32 = 3_600;

/// What the bytes begin with: the form of the rest.
const HEAD: &[u8; 16] = b"paifang counts 1";

/// What stands for the zone where a window begins with the first call.
const FROM_FIRST_CALL: i32 = i32::MIN;

/// A counter: its key, the window's length and zone in seconds, the window's number, its calls. All little-endian.
const ENTRY: usize = 16 + 4 * 4;

/// These are not counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("counters begin with `paifang counts 1` and take 32 bytes each")]
pub struct BadCounts;

impl Limits {
    /// The counters whose windows are an hour or longer. They mean nothing where keys are made with another secret.
    #[must_use]
    pub fn kept(&self) -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        for shard in &self.shards {
            shard.each(|identity, counter| write(&mut bytes, identity, counter));
        }
        bytes
    }

    /// Goes on where counters were when they were kept; those whose window is over by now are left out.
    ///
    /// # Errors
    /// When the bytes are not those of [`Limits::kept`]; then nothing was taken.
    pub fn go_on_from(&self, kept: &[u8], now_ms: i64) -> Result<(), BadCounts> {
        let (entries, rest) = kept.strip_prefix(HEAD).ok_or(BadCounts)?.as_chunks::<ENTRY>();
        if !rest.is_empty() {
            return Err(BadCounts);
        }
        for entry in entries {
            let (identity, number, calls) = read(entry);
            if identity.window.is_current(number, now_ms) {
                self.shard(identity.key).counter(identity, now_ms).go_on_from(number, calls);
            }
        }
        Ok(())
    }
}

fn write(bytes: &mut Vec<u8>, Identity { key, window }: &Identity, counter: &Counter) {
    let Some((number, calls)) = counter.count() else { return };
    if window.length_s() < FROM_S || calls == 0 {
        return;
    }
    bytes.extend(key.to_bytes());
    bytes.extend(window.length_s().to_le_bytes());
    let zone_s = if window.is_from_first_call() { FROM_FIRST_CALL } else { window.zone_s() };
    bytes.extend(zone_s.to_le_bytes());
    bytes.extend(number.to_le_bytes());
    bytes.extend(calls.to_le_bytes());
}

fn read(entry: &[u8; ENTRY]) -> (Identity, u32, u32) {
    let (key, numbers) = entry.split_first_chunk().unwrap_or((&[0; 16], &[]));
    let (numbers, _) = numbers.as_chunks();
    let number = |place: usize| u32::from_le_bytes(numbers.get(place).copied().unwrap_or_default());
    let window = match number(1).cast_signed() {
        FROM_FIRST_CALL => Window::seconds(number(0)).from_first_call(),
        zone_s => Window::seconds(number(0)).in_zone(zone_s),
    };
    (Identity { key: Key::from_bytes(*key), window }, number(2), number(3))
}
