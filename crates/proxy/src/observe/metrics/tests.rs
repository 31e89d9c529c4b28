//! What the text of the figures does not show.

use std::time::Duration;

use super::errors::{Errors, OTHER};
use super::histogram::{Histogram, Sum};

/// Names enough to fill the table.
const CODES: [&str; 66] = {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/-_";
    let mut codes = [""; 66];
    let mut index = 0;
    while index < codes.len() {
        codes[index] = LETTERS.split_at(index).1.split_at(1).0;
        index += 1;
    }
    codes
};

#[test]
fn codes_beyond_the_bound_are_counted_together() {
    let errors = Errors::default();
    CODES.iter().chain(&CODES).for_each(|code| errors.count(code));
    let counts: Vec<_> = errors.counts().collect();
    assert_eq!(counts.len(), 65);
    assert_eq!(counts[0], ("a", 2));
    assert_eq!(counts[64], (OTHER, 4));
}

#[test]
fn a_bucket_includes_its_bound() {
    let histogram = Histogram::default();
    let nanos = [0, 1_000_000, 1_000_001, 60_000_000_000, 60_000_000_001, u64::MAX];
    nanos.iter().for_each(|nanos| histogram.observe(Duration::from_nanos(*nanos)));
    let counts: Vec<_> =
        Sum::of([&histogram].into_iter()).buckets().iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
}
