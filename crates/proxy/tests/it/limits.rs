//! Limits are exact, taken all or none, and their table is bounded.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use paifang_proxy::limits::{Claim, Held, Key, Limits, Refused, Window, take};
use proptest::collection::vec;
use proptest::prelude::*;

/// 2023-11-14 22:13:20 UTC.
const NOW: i64 = 1_700_000_000_000;

const SECOND: i64 = 1000;

fn claim(name: &str, limit: u32, window: Window) -> Claim {
    Claim { key: Key::of(&[name.as_bytes()]), limit, window }
}

fn refused(limits: &Limits, claims: &[Claim], now_ms: i64) -> Option<Refused> {
    limits.take(claims, now_ms).err()
}

#[test]
fn a_limit_is_taken_and_comes_back_with_the_next_window() {
    let limits = Limits::default();
    let three = [claim("api", 3, Window::SECOND)];
    for remaining in [2, 1, 0] {
        let taken = limits.take(&three, NOW + 250).unwrap();
        assert_eq!(taken.standings()[0].remaining, remaining);
        assert_eq!(limits.peek(&three[0], NOW + 250), remaining);
    }
    let refused = limits.take(&three, NOW + 250).unwrap_err();
    insta::assert_snapshot!(refused, @"limit 0 of the call has no room: 3 calls in 1 s, more in 750 ms");
    assert_eq!((refused.index, refused.limit, refused.remaining, refused.reset_in_ms), (0, 3, 0, 750));
    assert_eq!(limits.peek(&three[0], NOW + SECOND), 3);
    assert_eq!(limits.take(&three, NOW + SECOND).unwrap().standings()[0].remaining, 2);
}

#[test]
fn zero_allows_none_and_the_largest_number_does_not_overflow() {
    let limits = Limits::default();
    assert!(limits.take(&[claim("closed", 0, Window::DAY)], NOW).is_err());
    let open = [claim("open", u32::MAX, Window::DAY)];
    assert_eq!(limits.take(&open, NOW).unwrap().standings()[0].remaining, u32::MAX - 1);
    assert!(limits.take(&[], NOW).is_ok());
}

#[test]
fn days_begin_at_midnight_of_the_zone() {
    let limits = Limits::default();
    let reset_in_s = |window| refused(&limits, &[claim("a", 0, window)], NOW).unwrap().reset_in_ms / SECOND;
    let clock = |hours: i64, minutes: i64, seconds: i64| hours * 3600 + minutes * 60 + seconds;
    assert_eq!(reset_in_s(Window::MINUTE), 40);
    assert_eq!(reset_in_s(Window::HOUR), clock(0, 46, 40));
    assert_eq!(reset_in_s(Window::DAY), clock(24, 0, 0) - clock(22, 13, 20));
    assert_eq!(reset_in_s(Window::DAY.in_zone(8 * 3600)), clock(24, 0, 0) - clock(6, 13, 20));
    assert_eq!(reset_in_s(Window::DAY.in_zone(-5 * 3600)), clock(24, 0, 0) - clock(17, 13, 20));
}

#[test]
fn a_refused_call_is_counted_nowhere() {
    let limits = Limits::default();
    let wide = claim("wide", 10, Window::HOUR);
    let narrow = claim("narrow", 1, Window::HOUR);
    assert!(limits.take(&[wide, narrow], NOW).is_ok());
    assert_eq!(refused(&limits, &[wide, narrow], NOW).unwrap().index, 1);
    assert_eq!(limits.peek(&wide, NOW), 9);
    // The same counter twice has room for one of the two.
    let later = NOW + 3600 * SECOND;
    assert_eq!(refused(&limits, &[wide, narrow, narrow], later).unwrap().index, 2);
    assert_eq!((limits.peek(&wide, later), limits.peek(&narrow, later)), (10, 1));
}

#[test]
fn windows_of_different_lengths_are_counted_apart_and_limits_may_change() {
    let limits = Limits::default();
    assert!(limits.take(&[claim("api", 1, Window::SECOND)], NOW).is_ok());
    assert!(limits.take(&[claim("api", 1, Window::MINUTE)], NOW).is_ok());
    assert!(limits.take(&[claim("api", 1, Window::MINUTE)], NOW).is_err());
    assert!(limits.take(&[claim("api", 2, Window::MINUTE)], NOW).is_ok());
    assert_eq!(limits.peek(&claim("api", 1, Window::MINUTE), NOW), 0);
}

#[test]
fn an_older_clock_reading_counts_in_the_later_window() {
    let limits = Limits::default();
    let one = [claim("api", 1, Window::SECOND)];
    assert!(limits.take(&one, NOW).is_ok());
    assert!(limits.take(&one, NOW + SECOND).is_ok());
    let late = refused(&limits, &one, NOW).unwrap();
    assert_eq!(late.reset_in_ms, 2 * SECOND);
    assert!(limits.take(&one, NOW + SECOND).is_err());
}

#[test]
fn a_clock_that_is_set_back_is_followed_by_the_next_sweep() {
    let limits = Limits::default();
    let one = [claim("api", 1, Window::MINUTE)];
    limits.take(&one, NOW + 3600 * SECOND).unwrap();
    limits.sweep(NOW + 3600 * SECOND - 30 * SECOND);
    assert!(limits.take(&one, NOW + 3600 * SECOND).is_err(), "a little ahead is no reason");
    assert!(limits.take(&one, NOW).is_err());
    limits.sweep(NOW);
    assert!(limits.take(&one, NOW).is_ok());
    assert!(limits.take(&one, NOW).is_err());
}

#[test]
fn a_sweep_drops_what_is_over_and_nobody_holds() {
    let limits = Limits::default();
    let held = limits.counter(Key::of(&[b"held"]), Window::SECOND, NOW);
    let held = Held { counter: &held, limit: 1 };
    take(&[held], NOW).unwrap();
    limits.take(&[claim("idle", 1, Window::SECOND)], NOW).unwrap();
    limits.take(&[claim("daily", 1, Window::DAY)], NOW).unwrap();
    limits.sweep(NOW + SECOND);
    assert_eq!(limits.len(), 3, "calls with an older clock reading may still come");
    limits.sweep(NOW + 60 * SECOND);
    assert_eq!(limits.len(), 2);
    // The one that is held is still the one that a key leads to.
    take(&[held], NOW + 60 * SECOND).unwrap();
    assert!(limits.take(&[claim("held", 1, Window::SECOND)], NOW + 60 * SECOND).is_err());
    assert!(limits.take(&[claim("daily", 1, Window::DAY)], NOW + 60 * SECOND).is_err());
}

#[test]
fn the_table_is_bounded_and_forgets_what_matters_least() {
    let limits = Limits::new(64);
    let quota = claim("quota", 1, Window::DAY);
    let busy = claim("busy", 2, Window::MINUTE);
    limits.take(&[quota], NOW).unwrap();
    limits.take(&[busy], NOW).unwrap();
    limits.take(&[busy], NOW).unwrap();
    for flood in 0..10_000 {
        limits.take(&[claim(&format!("address {flood}"), 5, Window::MINUTE)], NOW).unwrap();
        assert!(limits.len() <= 64);
    }
    assert!(limits.take(&[quota], NOW).is_err());
    assert!(limits.take(&[busy], NOW).is_err());
}

/// Addresses that are counted for a day, of whoever has a lot of them, let nobody else start over, however short the periods
/// of others are.
#[test]
fn a_flood_in_long_windows_does_not_end_short_ones() {
    let limits = Limits::new(64);
    let busy = claim("busy", 5, Window::MINUTE);
    let bucket = claim("bucket", 5, Window::SECOND.smooth());
    for _ in 0..5 {
        limits.take(&[busy, bucket], NOW).unwrap();
    }
    for flood in 0..10_000 {
        limits.take(&[claim(&format!("address {flood}"), 5, Window::DAY)], NOW).unwrap();
        assert!(limits.len() <= 64);
    }
    assert!(limits.take(&[busy], NOW).is_err());
    assert!(limits.take(&[bucket], NOW).is_err());
}

#[test]
fn counters_that_are_held_are_never_forgotten() {
    let limits = Limits::new(64);
    let held: Vec<_> =
        (0..100_u8).map(|name| limits.counter(Key::of(&[&[name]]), Window::DAY, NOW)).collect();
    for name in 0..100_u8 {
        limits.take(&[Claim { key: Key::of(&[&[name]]), limit: 1, window: Window::DAY }], NOW).unwrap();
    }
    assert!(held.iter().all(|counter| counter.standing(1, NOW).remaining == 0));
}

#[test]
fn where_parts_of_a_key_end_counts() {
    assert_eq!(Key::of(&[b"ab", b"c"]), Key::of(&[b"ab", b"c"]));
    assert_ne!(Key::of(&[b"ab", b"c"]), Key::of(&[b"a", b"bc"]));
    assert_ne!(Key::of(&[b"ab"]), Key::of(&[b"ab", b""]));
}

#[test]
fn eight_threads_get_exactly_the_limit() {
    let limits = Limits::default();
    let wins = AtomicU32::new(0);
    for window in 0..5 {
        wins.store(0, Ordering::Relaxed);
        in_eight_threads(|| {
            for _ in 0..1_000 {
                if limits.take(&[claim("api", 1_234, Window::SECOND)], NOW + window * SECOND).is_ok() {
                    wins.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        assert_eq!(wins.load(Ordering::Relaxed), 1_234);
    }
}

#[test]
fn eight_threads_take_all_or_none() {
    let limits = Limits::default();
    let (wide, narrow) = (claim("wide", 1_000, Window::DAY), claim("narrow", 500, Window::DAY));
    let wins = AtomicU32::new(0);
    in_eight_threads(|| {
        for _ in 0..500 {
            if limits.take(&[wide, narrow], NOW).is_ok() {
                wins.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    assert_eq!(wins.load(Ordering::Relaxed), 500);
    assert_eq!((limits.peek(&wide, NOW), limits.peek(&narrow, NOW)), (500, 0));
}

#[test]
fn a_sweep_beside_the_calls_loses_none() {
    let limits = Limits::new(64);
    let wins = AtomicU32::new(0);
    in_eight_threads(|| {
        for _ in 0..500 {
            limits.sweep(NOW);
            if limits.take(&[claim("api", 777, Window::SECOND)], NOW).is_ok() {
                wins.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    assert_eq!(wins.load(Ordering::Relaxed), 777);
}

fn in_eight_threads(work: impl Fn() + Sync) {
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(&work);
        }
    });
}

/// Counts in a map by counter and window, and looks at all limits before it counts any.
#[derive(Default)]
struct Reference(HashMap<(u8, i64), u32>);

const LENGTHS_S: [u32; 4] = [1, 60, 3_600, 86_400];

impl Reference {
    fn take(&mut self, claims: &[(u8, u32)], now_ms: i64) -> Result<Vec<u32>, usize> {
        let before = self.0.clone();
        let mut remaining = Vec::new();
        for (index, (name, limit)) in claims.iter().enumerate() {
            let window = now_ms.div_euclid(i64::from(length_s(*name)) * SECOND);
            let calls = self.0.entry((*name, window)).or_default();
            if *calls >= *limit {
                self.0 = before;
                return Err(index);
            }
            *calls += 1;
            remaining.push(limit - *calls);
        }
        Ok(remaining)
    }
}

fn length_s(name: u8) -> u32 {
    LENGTHS_S[usize::from(name) % LENGTHS_S.len()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn limits_count_like_a_map(calls in vec((vec((0..6_u8, 0..4_u32), 0..4), 0..2_500_i64), 1..60)) {
        let limits = Limits::default();
        let mut reference = Reference::default();
        let mut now_ms = NOW;
        for (claims, later_ms) in calls {
            now_ms += later_ms;
            let real: Vec<Claim> = claims
                .iter()
                .map(|(name, limit)| Claim {
                    key: Key::of(&[&[*name]]),
                    limit: *limit,
                    window: Window::seconds(length_s(*name)),
                })
                .collect();
            let taken = limits.take(&real, now_ms);
            let remaining = taken.map(|taken| taken.standings().iter().map(|one| one.remaining).collect());
            prop_assert_eq!(remaining.map_err(|refused| refused.index), reference.take(&claims, now_ms));
            if later_ms % 7 == 0 {
                limits.sweep(now_ms);
            }
        }
    }
}

#[test]
fn long_windows_go_on_where_they_were_kept() {
    let limits = Limits::default();
    let day = [claim("day", 5, Window::DAY.in_zone(8 * 3600))];
    let hour = [claim("hour", 5, Window::HOUR)];
    let minute = [claim("minute", 5, Window::MINUTE)];
    for claims in [&day, &day, &hour, &minute] {
        limits.take(claims, NOW).unwrap();
    }
    let kept = limits.kept();

    let next = Limits::default();
    next.take(&day, NOW + SECOND).unwrap();
    next.go_on_from(&kept, NOW + SECOND).unwrap();
    let left = |claims: &[Claim], now_ms| next.peek(&claims[0], now_ms);
    assert_eq!(left(&day, NOW + SECOND), 2, "what came before counts, and what came since");
    assert_eq!((left(&hour, NOW + SECOND), left(&minute, NOW + SECOND)), (4, 5));

    let tomorrow = Limits::default();
    tomorrow.go_on_from(&kept, NOW + 86_400 * SECOND).unwrap();
    assert!(tomorrow.is_empty());

    let other = Limits::default();
    assert!(other.go_on_from(&kept[..kept.len() - 1], NOW).is_err());
    assert!(other.go_on_from(b"", NOW).is_err());
    assert!(other.is_empty());
}

/// As a day that begins at 05:05, and hours that do.
#[test]
fn windows_begin_at_a_chosen_time() {
    let limits = Limits::default();
    // 2023-11-14 05:05:00 UTC, 17 h 8 min 20 s before.
    let begins_s = 1_699_938_300;
    let reset_in_s = |window| refused(&limits, &[claim("a", 0, window)], NOW).unwrap().reset_in_ms / SECOND;
    for days_off in [-40, 0, 3] {
        let at = begins_s + days_off * 86_400;
        assert_eq!(reset_in_s(Window::DAY.beginning_at(at)), 86_400 - (17 * 3600 + 8 * 60 + 20));
        assert_eq!(reset_in_s(Window::HOUR.beginning_at(at)), 3600 - (8 * 60 + 20));
    }
    // Seven hours are no part of a day: the days between count.
    let seven = Window::seconds(7 * 3600);
    assert_eq!(reset_in_s(seven.beginning_at(begins_s)), 21 * 3600 - (17 * 3600 + 8 * 60 + 20));
    let ages = Window::seconds(u32::MAX).beginning_at(begins_s);
    assert_eq!(reset_in_s(ages), i64::from(i32::MAX) - (17 * 3600 + 8 * 60 + 20));
}

#[test]
fn a_window_begins_with_the_first_call_and_the_next_one_with_the_first_after_it() {
    let limits = Limits::default();
    let two = [claim("app", 2, Window::MINUTE.from_first_call())];
    let begin = NOW + 17 * SECOND;
    for later in [0, 59] {
        assert!(limits.take(&two, begin + later * SECOND).is_ok());
    }
    let none = refused(&limits, &two, begin + 59 * SECOND + 999).unwrap();
    assert_eq!((none.remaining, none.reset_in_ms), (0, 1));
    assert_eq!(limits.peek(&two[0], begin + 60 * SECOND), 2);
    // Nobody calls for a while; the next window is not one of a row.
    let next = begin + 100 * SECOND;
    let taken = limits.take(&two, next).unwrap().standings()[0];
    assert_eq!((taken.remaining, taken.reset_in_ms), (1, 60 * SECOND));
    assert_eq!(limits.peek(&two[0], next + 59 * SECOND), 1);
}

/// A call that is refused elsewhere begins nothing.
#[test]
fn a_window_begins_with_a_call_that_counts() {
    let limits = Limits::default();
    let app = claim("app", 2, Window::MINUTE.from_first_call());
    let closed = claim("closed", 0, Window::MINUTE);
    assert!(limits.take(&[app, closed], NOW).is_err());
    let taken = limits.take(&[app], NOW + 30 * SECOND).unwrap().standings()[0];
    assert_eq!(taken.reset_in_ms, 60 * SECOND);
}

#[test]
fn a_window_that_began_with_a_call_goes_on_where_it_was_kept() {
    let limits = Limits::default();
    let day = [claim("app", 5, Window::DAY.from_first_call())];
    limits.take(&day, NOW).unwrap();
    limits.take(&day, NOW + SECOND).unwrap();
    let kept = limits.kept();

    let next = Limits::default();
    next.take(&day, NOW + 40 * SECOND).unwrap();
    next.go_on_from(&kept, NOW + 50 * SECOND).unwrap();
    let last = NOW + 86_399 * SECOND;
    assert_eq!(next.peek(&day[0], last), 2, "what came before counts, and what came since");
    assert_eq!(next.peek(&day[0], last + SECOND), 5, "it ends when it would have ended");

    let late = Limits::default();
    late.go_on_from(&kept, last + SECOND).unwrap();
    assert!(late.is_empty());
}
