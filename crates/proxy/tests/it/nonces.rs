//! A nonce is used once, for as long as its call could be accepted, and memory for nonces is bounded.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use paifang_proxy::limits::Key;
use paifang_proxy::nonces::FirstUse::{First, Full, Seen};
use paifang_proxy::nonces::{FirstUse, Nonces};
use proptest::collection::vec;
use proptest::prelude::*;

/// 2023-11-14 22:13:20 UTC.
const NOW: i64 = 1_700_000_000_000;

const MINUTE: i64 = 60_000;

fn first_use(nonces: &Nonces, name: u32, expires_at_ms: i64, now_ms: i64) -> FirstUse {
    nonces.first_use(Key::of(&[b"key", &name.to_be_bytes()]), expires_at_ms, now_ms)
}

#[test]
fn a_nonce_is_new_once() {
    let nonces = Nonces::new(100);
    assert_eq!(nonces.first_use(Key::of(&[b"key", b"api", b"nonce"]), NOW + MINUTE, NOW), First);
    assert_eq!(nonces.first_use(Key::of(&[b"key", b"api", b"nonce"]), NOW + MINUTE, NOW), Seen);
    assert_eq!(nonces.first_use(Key::of(&[b"key", b"api", b"nonce"]), NOW + 9 * MINUTE, NOW), Seen);
    assert_eq!(nonces.first_use(Key::of(&[b"key", b"ap", b"inonce"]), NOW + MINUTE, NOW), First);
    assert_eq!(nonces.first_use(Key::of(&[b"other", b"api", b"nonce"]), NOW + MINUTE, NOW), First);
    assert_eq!(nonces.len(), 3);
}

#[test]
fn a_nonce_is_forgotten_after_its_time_and_not_before() {
    let nonces = Nonces::new(100);
    let until = NOW + 15 * MINUTE;
    assert_eq!(first_use(&nonces, 1, until, NOW), First);
    assert_eq!(first_use(&nonces, 1, until, until), Seen);
    assert_eq!(first_use(&nonces, 1, until + 5 * MINUTE, until), Seen);
    let later = until + MINUTE;
    assert_eq!(first_use(&nonces, 1, later + MINUTE, later), First);
    assert_eq!(nonces.len(), 1);
}

#[test]
fn a_nonce_whose_time_is_over_is_never_new() {
    let nonces = Nonces::new(100);
    assert_eq!(first_use(&nonces, 1, NOW - 1, NOW), Seen);
    assert_eq!(first_use(&nonces, 2, NOW, NOW), First);
    // Its body took so long that what was known of its time is forgotten.
    assert_eq!(first_use(&nonces, 3, NOW + 10 * MINUTE, NOW + 3 * MINUTE), First);
    assert_eq!(first_use(&nonces, 2, NOW, NOW), Seen);
    assert_eq!(first_use(&nonces, 4, NOW, NOW), Seen);
}

#[test]
fn when_full_the_new_one_is_refused_and_no_old_one_forgotten() {
    let nonces = Nonces::new(50);
    for name in 0..50 {
        assert_eq!(first_use(&nonces, name, NOW + MINUTE, NOW), First);
    }
    assert_eq!(first_use(&nonces, 50, NOW + MINUTE, NOW), Full);
    assert_eq!(first_use(&nonces, 7, NOW + MINUTE, NOW), Seen);
    assert_eq!(nonces.len(), 50);
    let later = NOW + 2 * MINUTE;
    for name in 0..50 {
        assert_eq!(first_use(&nonces, name, later + MINUTE, later), First);
    }
    assert_eq!(first_use(&nonces, 50, later + MINUTE, later), Full);
    assert_eq!(first_use(&Nonces::new(0), 1, NOW, NOW), Full);
}

#[test]
fn the_bound_holds_over_all_shards() {
    let nonces = Nonces::new(10_000);
    let firsts = (0..30_000).filter(|name| first_use(&nonces, *name, NOW + MINUTE, NOW) == First).count();
    assert_eq!(nonces.len(), firsts);
    assert!(nonces.len() <= 10_000);
    assert!(nonces.len() > 9_000, "{} of 10,000", nonces.len());
    nonces.sweep(NOW + 2 * MINUTE);
    assert!(nonces.is_empty());
}

#[test]
fn a_sweep_follows_a_clock_that_was_set_back() {
    let nonces = Nonces::new(100);
    assert_eq!(first_use(&nonces, 1, NOW + 9_001 * MINUTE, NOW + 9_000 * MINUTE), First);
    assert_eq!(first_use(&nonces, 2, NOW + MINUTE, NOW), Seen);
    nonces.sweep(NOW);
    assert_eq!(first_use(&nonces, 2, NOW + MINUTE, NOW), First);
}

#[test]
fn of_eight_threads_one_is_the_first() {
    let nonces = Nonces::new(100_000);
    let firsts = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for name in 0..2_000 {
                    if first_use(&nonces, name, NOW + MINUTE, NOW) == First {
                        firsts.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert_eq!(firsts.load(Ordering::Relaxed), 2_000);
    assert_eq!(nonces.len(), 2_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Few names and much forgetting, so that chains and free places are used over and over.
    #[test]
    fn nonces_are_remembered_like_in_a_map(uses in vec((0..40_u32, 0..5_i64, 0..MINUTE), 1..200)) {
        const CAPACITY: usize = 16;
        let nonces = Nonces::new(CAPACITY);
        let mut reference: HashMap<u32, i64> = HashMap::new();
        let mut now_ms = NOW;
        for (name, minutes, later_ms) in uses {
            now_ms += later_ms;
            let expires_at_ms = now_ms + minutes * MINUTE;
            reference.retain(|_, expires_at_ms| expires_at_ms.div_euclid(MINUTE) >= now_ms.div_euclid(MINUTE));
            let expected = if reference.contains_key(&name) {
                Seen
            } else if reference.len() == CAPACITY {
                Full
            } else {
                reference.insert(name, expires_at_ms);
                First
            };
            prop_assert_eq!(first_use(&nonces, name, expires_at_ms, now_ms), expected);
            prop_assert_eq!(nonces.len(), reference.len());
        }
    }
}
