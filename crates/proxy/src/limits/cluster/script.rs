//! What Redis is asked: places in a limit. It answers in one step, so nodes never come between each other.

use std::sync::LazyLock;

use redis::{Cmd, Pipeline, Script};

use crate::limits::{Claim, Window};

/// How much of what is left a node takes in advance: a hundredth of its share. So all nodes together have a hundredth of a
/// limit at most that their own calls may not want.
const PARTS: u32 = 100;

/// How long a window's counter outlives it, in milliseconds, for nodes whose clocks are a little behind.
const STAY_MS: i64 = 10_000;

/// A fixed window. Arguments: the limit, the nodes times [`PARTS`], milliseconds that the counter stays, milliseconds until
/// the window ends, how many places calls wait for. Answers how many places were taken, how long to wait when there are too
/// few, and how many are left for all.
const WINDOW: &str = r"
    local used = tonumber(redis.call('GET', KEYS[1]) or '0')
    local left = tonumber(ARGV[1]) - used
    if left <= 0 then return {0, tonumber(ARGV[4]), 0} end
    local share = math.floor(left / tonumber(ARGV[2]))
    local take = math.min(left, math.max(tonumber(ARGV[5]), share))
    redis.call('INCRBY', KEYS[1], take)
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return {take, tonumber(ARGV[4]), left - take}";

/// A token bucket, as the calls that have not come back, with fractions, and the time of that in microseconds, by the clock of
/// Redis. Arguments as above, but the third is the period in microseconds. Both numbers are exact enough as they are kept: a
/// double has 53 bits, the time takes 51 of them, and calls 32.
pub(super) const BUCKET: &str = r"
    local limit, period = tonumber(ARGV[1]), tonumber(ARGV[3])
    if limit <= 0 then return {0, math.ceil(period / 1000), 0} end
    local time = redis.call('TIME')
    local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
    local calls, at = string.match(redis.call('GET', KEYS[1]) or '', '^(%S+) (%S+)$')
    local passed = math.max(0, now - (tonumber(at) or now))
    calls = math.max(0, (tonumber(calls) or 0) - passed * limit / period)
    local room = math.max(0, math.floor(limit - calls))
    local share = math.floor(room / tonumber(ARGV[2]))
    local take = math.min(room, math.max(tonumber(ARGV[5]), share))
    local wait = math.ceil(math.max(0, calls + take + 1 - limit) * period / limit / 1000)
    if take > 0 then
        local kept = string.format('%.17g %.0f', calls + take, now)
        redis.call('SET', KEYS[1], kept, 'PX', math.ceil(2 * period / 1000))
    end
    return {take, wait, room - take}";

/// A window that begins with the first place taken, by the clock of Redis. Arguments as above, but the third is its length
/// in milliseconds. It gives none in advance, for a node cannot know when those are void, and says how long the window lasts.
const FROM_FIRST_CALL: &str = r"
    local left = tonumber(ARGV[1]) - tonumber(redis.call('GET', KEYS[1]) or '0')
    if left <= 0 then return {0, math.max(redis.call('PTTL', KEYS[1]), 1), 0} end
    local take = math.min(left, tonumber(ARGV[5]))
    if redis.call('INCRBY', KEYS[1], take) == take then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
    return {take, redis.call('PTTL', KEYS[1]), left - take}";

static SCRIPTS: LazyLock<[Script; 3]> =
    LazyLock::new(|| [Script::new(WINDOW), Script::new(BUCKET), Script::new(FROM_FIRST_CALL)]);

/// What every connection is told before it is asked.
pub(super) fn all() -> &'static [Script; 3] {
    &SCRIPTS
}

/// What a limit counts in.
#[derive(Debug, Clone, Copy)]
enum Counts {
    /// A fixed window, which ends in so many milliseconds.
    Window { ends_in_ms: i64 },
    /// A bucket, by its period in microseconds.
    Bucket { period_us: u64 },
    /// A window that begins with the first call, by its length in milliseconds.
    FromFirstCall { length_ms: u64 },
}

/// A question for places in a limit.
#[derive(Debug)]
pub(super) struct Question {
    key: String,
    limit: u32,
    counts: Counts,
    wanted: u32,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grant {
    /// Places that are this node's now.
    pub(super) places: u32,
    /// Whether these are fewer than calls waited for.
    pub(super) is_short: bool,
    /// Milliseconds until there are some, when there are too few; until a window ends that began with the first call.
    pub(super) wait_ms: i64,
    /// Places that are left for all nodes.
    pub(super) elsewhere: u32,
}

impl Question {
    /// For places that so many calls wait for, by the clock of this node.
    pub(super) fn new(claim: &Claim, wanted: u32, now_ms: i64) -> Self {
        let (window, limit) = (claim.window, claim.limit);
        let name = format!("paifang:{}:{}", hex::encode(claim.key.to_bytes()), window.length_s());
        if window.is_smooth() {
            let counts = Counts::Bucket { period_us: window.length_ns() / 1000 };
            return Self { key: format!("{name}c"), limit, counts, wanted };
        }
        if window.is_from_first_call() {
            let counts = Counts::FromFirstCall { length_ms: u64::from(window.length_s()) * 1000 };
            return Self { key: format!("{name}f"), limit, counts, wanted };
        }
        let number = window.number(now_ms);
        let ends_in_ms = window.end_ms(number, now_ms).saturating_sub(now_ms);
        Self { key: format!("{name}:{number}"), limit, counts: Counts::Window { ends_in_ms }, wanted }
    }

    /// Puts it into a pipeline, for so many nodes.
    pub(super) fn add_to(&self, pipeline: &mut Pipeline, nodes: u32) {
        let [window, bucket, from_first_call] = all();
        let (script, length, ends_in_ms) = match self.counts {
            Counts::Window { ends_in_ms } => {
                (window, ends_in_ms.saturating_add(STAY_MS).cast_unsigned(), ends_in_ms)
            }
            Counts::Bucket { period_us } => (bucket, period_us, 0),
            Counts::FromFirstCall { length_ms } => (from_first_call, length_ms, 0),
        };
        let mut command = Cmd::new();
        command.arg("EVALSHA").arg(script.get_hash()).arg(1).arg(&self.key);
        command.arg(self.limit).arg(nodes.max(1).saturating_mul(PARTS)).arg(length).arg(ends_in_ms);
        command.arg(self.wanted);
        pipeline.add_command(command);
    }

    /// What an answer says: places, milliseconds to wait, places left for all.
    pub(super) const fn grant(&self, (places, wait_ms, elsewhere): (u32, i64, u32)) -> Grant {
        Grant { places, is_short: places < self.wanted, wait_ms, elsewhere }
    }
}

impl Grant {
    /// When the window ends that the places are of, which were asked for at a time; in milliseconds since 1970. Those of a
    /// bucket are void after a while too, or else it would hold more than it does.
    pub(super) const fn until_ms(&self, window: Window, asked_ms: i64) -> i64 {
        if window.is_from_first_call() {
            return asked_ms.saturating_add(self.wait_ms);
        }
        window.end_ms(window.number(asked_ms), asked_ms)
    }
}
