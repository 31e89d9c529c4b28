//! What is asked of a real Redis.

use std::sync::Arc;
use std::time::Duration;

use paifang_testkit::Redis;

use super::*;
use crate::limits::{Key, Window};

const NOW: i64 = 1_700_000_000_000;

fn claim(name: &str, limit: u32, window: Window) -> Claim {
    Claim { key: Key::of(&[name.as_bytes()]), limit, window }
}

/// One that has found its Redis.
async fn joined(redis: &Redis) -> Arc<Cluster> {
    let cluster = Arc::new(Cluster::start(&redis.url().parse().unwrap()).unwrap());
    while cluster.standing().away.is_some() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    cluster
}

/// What becomes of a call: when the windows end that it has places of, or the claim that refuses it.
async fn call(cluster: &Arc<Cluster>, claims: &[Claim], now_ms: i64) -> Result<Vec<i64>, (usize, i64)> {
    let (mut took, mut open, mut refused) = (Vec::new(), Vec::new(), None);
    for (index, claim) in claims.iter().enumerate() {
        match cluster.take(claim, now_ms) {
            Answer::Taken { until_ms } => took.push((index, until_ms)),
            Answer::Unknown => open.push(index),
            Answer::Refused { reset_in_ms } => refused = refused.or(Some((index, reset_in_ms))),
        }
    }
    if refused.is_none() && !open.is_empty() {
        let asked: Vec<Claim> = open.iter().map(|index| claims[*index]).collect();
        for (index, answer) in open.into_iter().zip(cluster.ask(&asked, now_ms).await) {
            match answer {
                Answer::Taken { until_ms } => took.push((index, until_ms)),
                Answer::Refused { reset_in_ms } => refused = refused.or(Some((index, reset_in_ms))),
                Answer::Unknown => {}
            }
        }
    }
    let Some(refused) = refused else { return Ok(took.into_iter().map(|(_, until_ms)| until_ms).collect()) };
    took.into_iter().for_each(|(index, until_ms)| cluster.give_back(&claims[index], until_ms));
    Err(refused)
}

async fn taken(cluster: &Arc<Cluster>, claims: &[Claim], times: usize, now_ms: i64) -> usize {
    let mut taken = 0;
    for _ in 0..times {
        taken += usize::from(call(cluster, claims, now_ms).await.is_ok());
    }
    taken
}

#[tokio::test]
async fn a_window_ends_and_another_begins() {
    let redis = Redis::start();
    let (here, there) = (joined(&redis).await, joined(&redis).await);
    let claims = [claim("window", 7, Window::MINUTE)];
    let both = taken(&here, &claims, 4, NOW).await + taken(&there, &claims, 9, NOW).await;
    assert_eq!(both, 7);
    assert_eq!(call(&there, &claims, NOW + 1_000).await, Err((0, 39_000)));
    assert_eq!(taken(&there, &claims, 9, NOW + 40_000).await, 7);
}

#[tokio::test]
async fn several_limits_cost_one_round_trip_and_a_refusal_takes_none() {
    let redis = Redis::start();
    let cluster = joined(&redis).await;
    let three = [
        claim("wide", 50, Window::MINUTE),
        claim("narrow", 1, Window::DAY),
        claim("bucket", 50, Window::SECOND.smooth()),
    ];
    assert_eq!(taken(&cluster, &three, 1, NOW).await, 1);
    assert_eq!(cluster.standing().asked, 1);
    assert_eq!(call(&cluster, &three, NOW).await.unwrap_err().0, 1);
    // The place of the call that was refused is the next one's.
    let asked = cluster.standing().asked;
    assert_eq!(taken(&cluster, &three[..1], 1, NOW).await, 1);
    assert_eq!(cluster.standing().asked, asked);
    assert_eq!(taken(&cluster, &three[..1], 60, NOW).await, 48);
}

#[tokio::test]
async fn what_is_left_is_told_for_all_nodes() {
    let redis = Redis::start();
    let (here, there) = (joined(&redis).await, joined(&redis).await);
    let claims = [claim("told", 10, Window::DAY)];
    assert_eq!(here.peek(&claims[0], NOW), None, "it has not asked");
    assert_eq!(taken(&here, &claims, 4, NOW).await, 4);
    assert_eq!(here.peek(&claims[0], NOW), Some(6));
    assert_eq!(taken(&there, &claims, 1, NOW).await, 1);
    assert_eq!(there.peek(&claims[0], NOW), Some(5));
    assert_eq!(taken(&there, &claims, 9, NOW).await, 5);
    assert_eq!(there.peek(&claims[0], NOW), Some(0));
}

#[tokio::test]
async fn a_bucket_is_one_for_all() {
    let redis = Redis::start();
    let (here, there) = (joined(&redis).await, joined(&redis).await);
    // So slow that nothing comes back while the test runs.
    let claims = [claim("slow", 30, Window::DAY.smooth())];
    let both = taken(&here, &claims, 20, NOW).await + taken(&there, &claims, 20, NOW).await;
    assert_eq!(both, 30);
    let (_, reset_in_ms) = call(&there, &claims, NOW).await.unwrap_err();
    assert!((2_000_000..=2_880_000).contains(&reset_in_ms), "{reset_in_ms}");
    let closed = [claim("closed", 0, Window::DAY.smooth())];
    assert!(call(&here, &closed, NOW).await.is_err());
}

#[tokio::test]
async fn a_window_from_the_first_call_is_one_for_all() {
    let redis = Redis::start();
    let (here, there) = (joined(&redis).await, joined(&redis).await);
    // So long that it does not end while the test runs; clocks that differ make no second one.
    let claims = [claim("app", 6, Window::DAY.from_first_call())];
    assert_eq!(taken(&here, &claims, 2, NOW).await, 2);
    let ends = call(&there, &claims, NOW + 5_000).await.unwrap();
    let left_ms = ends[0] - (NOW + 5_000);
    assert!((86_000_000..=86_400_000).contains(&left_ms), "{ends:?}");
    assert_eq!(taken(&there, &claims, 9, NOW + 60_000).await, 3);
    let (_, reset_in_ms) = call(&here, &claims, NOW).await.unwrap_err();
    assert!((86_000_000..=86_400_000).contains(&reset_in_ms), "{reset_in_ms}");
}

/// A call that another limit refuses has begun the window, and leaves its place in it for a later one.
#[tokio::test]
async fn a_place_that_is_given_back_waits_for_the_next_call() {
    let redis = Redis::start();
    let cluster = joined(&redis).await;
    let app = claim("app", 2, Window::DAY.from_first_call());
    let closed = claim("closed", 0, Window::DAY);
    for _ in 0..5 {
        assert_eq!(call(&cluster, &[app, closed], NOW).await.unwrap_err().0, 1);
    }
    assert_eq!(taken(&cluster, &[app], 5, NOW + 60_000).await, 2);
}

/// Calls of four workers at once, which all find that nothing was taken in advance.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_once_are_asked_for_together() {
    const LIMIT: u32 = 1_000;
    let redis = Redis::start();
    let (here, there) = (joined(&redis).await, joined(&redis).await);
    let claims = [claim("busy", LIMIT, Window::DAY), claim("bucket", LIMIT, Window::DAY.smooth())];
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let here = Arc::clone(&here);
        calls.spawn(async move { call(&here, &claims, NOW).await.is_ok() });
    }
    assert!(calls.join_all().await.into_iter().all(|is_taken| is_taken));
    assert!(here.standing().asked < 64, "{:?}", here.standing());
    let elsewhere = taken(&there, &claims, LIMIT as usize, NOW).await;
    // Nothing comes back to the bucket but a call in 86 seconds.
    assert!((990..=1_001).contains(&(64 + elsewhere)), "{elsewhere}");
}

/// As many as there are places get one, and all others are told that there are none.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_once_share_what_is_left() {
    let redis = Redis::start();
    let cluster = joined(&redis).await;
    let claims = [claim("few", 10, Window::DAY)];
    let calls = (0..64).map(|_| call(&cluster, &claims, NOW));
    let ended = futures_util::future::join_all(calls).await;
    let refused: Vec<_> = ended.into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 54);
    assert!(refused.iter().all(|(index, reset_in_ms)| *index == 0 && *reset_in_ms > 0), "{refused:?}");
}

/// Its connection is lost while calls wait.
#[tokio::test]
async fn calls_that_wait_go_on_when_redis_is_lost() {
    let mut redis = Redis::start();
    let cluster = joined(&redis).await;
    let claims = [claim("lost", 10, Window::DAY)];
    redis.stop();
    let calls = (0..64).map(|_| cluster.ask(&claims, NOW));
    let ended = futures_util::future::join_all(calls).await;
    assert!(ended.into_iter().flatten().all(|answer| answer == Answer::Unknown));
}

/// The script as it is, but for the clock, which stands where the test says.
async fn drained(redis: &Redis, limit: u32, wanted: u32, clock_us: &[u64]) -> (u64, i64) {
    let stopped = script::BUCKET.replace("redis.call('TIME')", "{ARGV[6], ARGV[7]}");
    let script = redis::Script::new(&stopped);
    let client = redis::Client::open(redis.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let (mut all, mut wait_ms) = (0, 0);
    for now_us in clock_us {
        loop {
            let mut asked = script.key("bucket");
            asked.arg(limit).arg(300).arg(60_000_000_u64).arg(0).arg(wanted);
            asked.arg(now_us / 1_000_000).arg(now_us % 1_000_000);
            let (places, wait, _): (u64, i64, u64) = asked.invoke_async(&mut connection).await.unwrap();
            all += places;
            if places == 0 {
                wait_ms = wait;
                break;
            }
        }
    }
    (all, wait_ms)
}

/// As many as 60,000 in a second come back every 16.7 microseconds, which no whole number of them says.
#[tokio::test]
async fn a_large_bucket_holds_what_it_says() {
    let clock = NOW.cast_unsigned() * 1000;
    for limit in [3_600_000_u32, 7_000_003, 600_000_000] {
        let redis = Redis::start();
        let per_second = u64::from(limit) / 60;
        assert_eq!(drained(&redis, limit, limit / 7, &[clock]).await.0, u64::from(limit), "{limit}");
        // A second later, in a thousand steps that are no multiple of what comes back.
        let steps: Vec<u64> = (1..=1_000).map(|step| clock + step * 1_000).collect();
        let (back, wait_ms) = drained(&redis, limit, 1_000_000, &steps).await;
        assert!(back.abs_diff(per_second) <= 1, "{back} of {per_second}");
        assert_eq!(wait_ms, 1);
    }
}
