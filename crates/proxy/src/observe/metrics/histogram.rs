//! Durations in fixed buckets.

use std::time::Duration;

use super::counter::Counter;

/// The upper bounds of the buckets; each includes its bound. Longer durations have a bucket of their own.
const BOUNDS_MS: [f64; 15] = [
    1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 10_000.0, 30_000.0,
    60_000.0,
];
const BUCKETS: usize = BOUNDS_MS.len() + 1;

/// Durations in fixed buckets.
#[derive(Debug, Default)]
pub(super) struct Histogram {
    buckets: [Counter; BUCKETS],
    sum_us: Counter,
}

impl Histogram {
    pub(super) fn observe(&self, duration: Duration) {
        let ms = duration.as_secs_f64() * 1e3;
        self.buckets[BOUNDS_MS.partition_point(|bound| *bound < ms)].add(1);
        self.sum_us.add(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX));
    }
}

/// Histograms added up.
#[derive(Debug, Default)]
pub(super) struct Sum {
    counts: [u64; BUCKETS],
    sum_us: u64,
}

impl Sum {
    pub(super) fn of<'h>(histograms: impl Iterator<Item = &'h Histogram>) -> Self {
        let mut sum = Self::default();
        for histogram in histograms {
            for (count, bucket) in sum.counts.iter_mut().zip(&histogram.buckets) {
                *count += bucket.value();
            }
            sum.sum_us = sum.sum_us.wrapping_add(histogram.sum_us.value());
        }
        sum
    }

    pub(super) fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub(super) fn seconds(&self) -> f64 {
        self.sum_us as f64 / 1e6
    }

    /// Each bucket's upper bound, in seconds, with its own count.
    pub(super) fn buckets(&self) -> Vec<(f64, u64)> {
        let bounds = BOUNDS_MS.iter().map(|ms| ms / 1e3).chain([f64::INFINITY]);
        bounds.zip(self.counts).collect()
    }
}
