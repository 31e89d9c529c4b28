//! Windows of time: fixed ones, numbered from 1970, and ones that begin with the first call.

/// A fixed length of time over which calls are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    seconds: u32,
    /// Seconds east of UTC.
    zone_s: i32,
    /// Whether calls come back one by one, rather than all at its end.
    smooth: bool,
    /// Whether it begins with the first call, whenever that comes. Its number is the second in which it began.
    from_first_call: bool,
}

impl Window {
    /// A second.
    pub const SECOND: Self = Self::seconds(1);
    /// A minute.
    pub const MINUTE: Self = Self::seconds(60);
    /// An hour.
    pub const HOUR: Self = Self::seconds(3_600);
    /// A day in UTC.
    pub const DAY: Self = Self::seconds(86_400);

    /// Windows of this many seconds; 0 counts as 1.
    #[must_use]
    pub const fn seconds(seconds: u32) -> Self {
        let seconds = if seconds == 0 { 1 } else { seconds };
        Self { seconds, zone_s: 0, smooth: false, from_first_call: false }
    }

    /// The same, with days from midnight to midnight in a zone this many seconds east of UTC. The offset is
    /// fixed: a zone with summer time has its days shifted by an hour for half of the year.
    #[must_use]
    pub const fn in_zone(self, east_s: i32) -> Self {
        Self { zone_s: east_s, ..self }
    }

    /// The same, with one that begins at a time, in seconds since 1970, and others before and after it. No longer than
    /// 68 years.
    #[must_use]
    pub const fn beginning_at(self, at_s: i64) -> Self {
        let seconds = self.within_reach();
        let phase = at_s.rem_euclid(seconds as i64) as i32;
        Self { seconds, zone_s: -phase, ..self }
    }

    /// The same, but each begins with the first call after the one before has ended. No longer than 68 years.
    #[must_use]
    pub const fn from_first_call(self) -> Self {
        Self { seconds: self.within_reach(), zone_s: 0, from_first_call: true, ..self }
    }

    /// Whether it begins with the first call.
    pub(super) const fn is_from_first_call(self) -> bool {
        self.from_first_call
    }

    /// As many seconds as can be told before and after.
    const fn within_reach(self) -> u32 {
        if self.seconds > i32::MAX as u32 { i32::MAX as u32 } else { self.seconds }
    }

    /// The same as a token bucket: it holds as many calls as the window allows, and they come back one by one.
    #[must_use]
    pub const fn smooth(self) -> Self {
        Self { smooth: true, ..self }
    }

    /// Whether it is a token bucket.
    pub(super) const fn is_smooth(self) -> bool {
        self.smooth
    }

    /// Its length in nanoseconds.
    pub(super) const fn length_ns(self) -> u64 {
        self.seconds as u64 * 1_000_000_000
    }

    /// Its length in seconds.
    #[must_use]
    pub const fn length_s(self) -> u32 {
        self.seconds
    }

    /// The number of the window at a time, or of one that begins then. The upper half of the bits is cut off: numbers are compared around
    /// the circle, which for seconds closes after 136 years.
    pub(super) const fn number(self, now_ms: i64) -> u32 {
        self.full_number(now_ms) as u32
    }

    /// Whether a window has ended when one with the other number is there, or would begin.
    pub(super) const fn is_over(self, number: u32, at: u32) -> bool {
        if self.from_first_call {
            return ahead(at, number) >= self.seconds.cast_signed();
        }
        ahead(number, at) < 0
    }

    /// Whether a window has begun and not ended.
    pub(super) const fn is_current(self, number: u32, now_ms: i64) -> bool {
        let now = self.number(now_ms);
        if self.from_first_call {
            return ahead(now, number) >= 0 && !self.is_over(number, now);
        }
        number == now
    }

    /// When a window ends, given a time near it, in milliseconds since 1970.
    pub(super) const fn end_ms(self, number: u32, near_ms: i64) -> i64 {
        let near = self.full_number(near_ms);
        let full = near.saturating_add(ahead(number, near as u32) as i64);
        if self.from_first_call {
            return full.saturating_add(self.seconds as i64).saturating_mul(1000);
        }
        full.saturating_add(1).saturating_mul(self.length_ms()).saturating_sub(self.zone_ms())
    }

    const fn full_number(self, now_ms: i64) -> i64 {
        if self.from_first_call {
            return now_ms.div_euclid(1000);
        }
        now_ms.saturating_add(self.zone_ms()).div_euclid(self.length_ms())
    }

    const fn length_ms(self) -> i64 {
        self.seconds as i64 * 1000
    }

    /// Seconds east of UTC.
    pub(super) const fn zone_s(self) -> i32 {
        self.zone_s
    }

    const fn zone_ms(self) -> i64 {
        self.zone_s as i64 * 1000
    }
}

/// How many windows the first is after the second; negative when it is before.
pub(super) const fn ahead(number: u32, of: u32) -> i32 {
    number.wrapping_sub(of).cast_signed()
}
