//! What the structures cost that all workers share, with eight threads on them at once. A time is that of the
//! whole run divided by the calls of all threads. Run: `cargo bench -p paifang-proxy --bench shared`.
#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use paifang_proxy::limits::{Claim, Held, Key, Limits, Window, take};
use paifang_proxy::nonces::Nonces;

const THREADS: u64 = 8;

const NOW: i64 = 1_700_000_000_000;

/// Runs `call(thread, iteration)` in eight threads, `iterations` times in all.
fn in_threads(iterations: u64, call: impl Fn(u64, u64) + Sync) -> Duration {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let call = &call;
            scope.spawn(move || {
                (0..iterations.div_ceil(THREADS)).for_each(|iteration| call(thread, iteration))
            });
        }
    });
    start.elapsed()
}

fn claim(name: &[u8], window: Window) -> Claim {
    Claim { key: Key::of(&[b"limit", name]), limit: u32::MAX, window }
}

fn limits(c: &mut Criterion) {
    let limits = Limits::default();
    c.bench_function("limits, 8 threads, one counter held", |b| {
        let counter = limits.counter(Key::of(&[b"held"]), Window::DAY, NOW);
        let held = [Held { counter: &counter, limit: u32::MAX }];
        b.iter_custom(|iterations| {
            in_threads(iterations, |_, _| {
                let _ = black_box(take(&held, NOW));
            })
        });
    });
    c.bench_function("limits, 8 threads, one key", |b| {
        b.iter_custom(|iterations| {
            in_threads(iterations, |_, _| {
                let _ = black_box(limits.take(&[claim(b"one", Window::DAY)], NOW));
            })
        });
    });
    c.bench_function("limits, 8 threads, a group, an API and 1,000 addresses each", |b| {
        b.iter_custom(|iterations| {
            in_threads(iterations, |thread, iteration| {
                let address = (thread * 1_000 + iteration % 1_000).to_be_bytes();
                let group = claim(b"group", Window::SECOND);
                let api = claim(b"api", Window::SECOND);
                let _ = black_box(limits.take(&[group, api, claim(&address, Window::SECOND)], NOW));
            })
        });
    });
}

/// Each thread's clock moves by a millisecond per call, so that nonces expire as fast as they come: of those that
/// are remembered for two minutes, about 1.4 million are live at once.
fn nonces(c: &mut Criterion) {
    c.bench_function("nonces, 8 threads, all new", |b| {
        let nonces = Nonces::new(4_000_000);
        let mut start = NOW;
        b.iter_custom(|iterations| {
            let elapsed = in_threads(iterations, |thread, iteration| {
                let now = start.saturating_add_unsigned(iteration);
                let nonce = [thread.to_be_bytes(), now.to_be_bytes()];
                let _ = black_box(nonces.first_use(
                    Key::of(&[b"app key", b"api", nonce.as_flattened()]),
                    now + 120_000,
                    now,
                ));
            });
            start = start.saturating_add_unsigned(iterations);
            elapsed
        });
    });
    c.bench_function("nonces, 8 threads, one that was seen", |b| {
        let nonces = Nonces::new(4_000_000);
        b.iter_custom(|iterations| {
            in_threads(iterations, |_, _| {
                let _ = black_box(nonces.first_use(Key::of(&[b"app key", b"api", b"seen"]), NOW, NOW));
            })
        });
    });
}

criterion_group!(benches, limits, nonces);
criterion_main!(benches);
