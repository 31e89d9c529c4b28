//! What Redis is asked: places in a limit. It answers in one step, so nodes never come between each other.

use std::sync::LazyLock;

use redis::{Cmd, Pipeline, Script};

use crate::limits::Claim;

/// How much of what is left a node takes at once: a twentieth of its share.
const PARTS: u32 = 20;

/// How long a window's counter outlives it, in milliseconds, for nodes whose clocks are a little behind.
const STAY_MS: i64 = 10_000;

/// A fixed window. Arguments: the limit, the nodes times [`PARTS`], milliseconds that the counter stays, milliseconds until
/// the window ends. Answers how many places were taken, how long to wait when none was, and how many are left for all.
static WINDOW: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local used = tonumber(redis.call('GET', KEYS[1]) or '0')
        local left = tonumber(ARGV[1]) - used
        if left <= 0 then return {0, tonumber(ARGV[4]), 0} end
        local take = math.max(1, math.floor(left / tonumber(ARGV[2])))
        redis.call('INCRBY', KEYS[1], take)
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return {take, 0, left - take}",
    )
});

/// A token bucket, as the time at which it is full again in microseconds, by the clock of Redis. Arguments as above, but
/// the third is the period in microseconds.
static BUCKET: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local limit, period = tonumber(ARGV[1]), tonumber(ARGV[3])
        if limit <= 0 then return {0, math.ceil(period / 1000), 0} end
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
        local interval = math.max(1, math.floor(period / limit))
        local room = math.floor((period - (full - now)) / interval)
        if room <= 0 then return {0, math.ceil((full + interval - now - period) / 1000), 0} end
        local take = math.max(1, math.floor(room / tonumber(ARGV[2])))
        redis.call('SET', KEYS[1], string.format('%.0f', full + take * interval), 'PX', math.ceil(2 * period / 1000))
        return {take, 0, room - take}",
    )
});

/// A window that begins with the first place taken, by the clock of Redis. Arguments as above, but the third is its length
/// in milliseconds. It gives one place at a time, for a node cannot know when those in advance are void, and says how long
/// the window lasts.
static FROM_FIRST_CALL: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local used = tonumber(redis.call('GET', KEYS[1]) or '0')
        if used >= tonumber(ARGV[1]) then
            return {0, math.max(redis.call('PTTL', KEYS[1]), 1), 0}
        end
        if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
        return {1, redis.call('PTTL', KEYS[1]), tonumber(ARGV[1]) - used - 1}",
    )
});

/// What every connection is told before it is asked.
pub(super) fn all() -> [&'static Script; 3] {
    [&WINDOW, &BUCKET, &FROM_FIRST_CALL]
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
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grant {
    /// Places that are this node's now.
    pub(super) places: u32,
    /// Milliseconds until there are some, when there are none; until a window ends that began with the first call.
    pub(super) wait_ms: i64,
    /// Places that are left for all nodes.
    pub(super) elsewhere: u32,
}

impl Question {
    pub(super) fn new(claim: &Claim, now_ms: i64) -> Self {
        let (window, key) = (claim.window, hex::encode(claim.key.to_bytes()));
        let (seconds, limit) = (window.length_s(), claim.limit);
        if window.is_smooth() {
            let counts = Counts::Bucket { period_us: window.length_ns() / 1000 };
            return Self { key: format!("paifang:{key}:{seconds}b"), limit, counts };
        }
        if window.is_from_first_call() {
            let counts = Counts::FromFirstCall { length_ms: u64::from(seconds) * 1000 };
            return Self { key: format!("paifang:{key}:{seconds}f"), limit, counts };
        }
        let number = window.number(now_ms);
        let ends_in_ms = window.end_ms(number, now_ms).saturating_sub(now_ms);
        Self {
            key: format!("paifang:{key}:{seconds}:{number}"),
            limit,
            counts: Counts::Window { ends_in_ms },
        }
    }

    /// Puts it into a pipeline, for so many nodes.
    pub(super) fn add_to(&self, pipeline: &mut Pipeline, nodes: u32) {
        let (script, length, ends_in_ms) = match self.counts {
            Counts::Window { ends_in_ms } => (&WINDOW, (ends_in_ms + STAY_MS).cast_unsigned(), ends_in_ms),
            Counts::Bucket { period_us } => (&BUCKET, period_us, 0),
            Counts::FromFirstCall { length_ms } => (&FROM_FIRST_CALL, length_ms, 0),
        };
        let mut command = Cmd::new();
        command.arg("EVALSHA").arg(script.get_hash()).arg(1).arg(&self.key);
        command.arg(self.limit).arg(nodes.max(1).saturating_mul(PARTS)).arg(length).arg(ends_in_ms);
        pipeline.add_command(command);
    }
}
