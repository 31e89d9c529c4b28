//! What is asked of a real Redis.

use std::time::Duration;

use paifang_testkit::Redis;

use super::*;
use crate::limits::{Key, Window};

const NOW: i64 = 1_700_000_000_000;

fn claim(name: &str, limit: u32, window: Window) -> Claim {
    Claim { key: Key::of(&[name.as_bytes()]), limit, window }
}

/// One that has found its Redis.
async fn joined(redis: &Redis) -> Cluster {
    let cluster = Cluster::start(&redis.url().parse().unwrap()).unwrap();
    while cluster.standing().away.is_some() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    cluster
}

async fn taken(cluster: &Cluster, claims: &[Claim], times: usize, now_ms: i64) -> usize {
    let mut taken = 0;
    for _ in 0..times {
        taken += usize::from(cluster.take(claims, now_ms).await.is_ok());
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
    let refused = there.take(&claims, NOW + 1_000).await.unwrap_err();
    assert_eq!((refused.remaining, refused.reset_in_ms), (0, 39_000));
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
    let refused = cluster.take(&three, NOW).await.unwrap_err();
    assert_eq!(refused.index, 1);
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
    let refused = there.take(&claims, NOW).await.unwrap_err();
    assert!((2_000_000..=2_880_000).contains(&refused.reset_in_ms), "{refused:?}");
    let closed = [claim("closed", 0, Window::DAY.smooth())];
    assert!(here.take(&closed, NOW).await.is_err());
}

#[tokio::test]
async fn a_window_from_the_first_call_is_one_for_all() {
    let redis = Redis::start();
    let (here, there) = (joined(&redis).await, joined(&redis).await);
    // So long that it does not end while the test runs; clocks that differ make no second one.
    let claims = [claim("app", 6, Window::DAY.from_first_call())];
    assert_eq!(taken(&here, &claims, 2, NOW).await, 2);
    let ends = there.take(&claims, NOW + 5_000).await.unwrap();
    let left_ms = ends[0].1 - (NOW + 5_000);
    assert!(ends[0].0 == 0 && (86_000_000..=86_400_000).contains(&left_ms), "{ends:?}");
    assert_eq!(taken(&there, &claims, 9, NOW + 60_000).await, 3);
    let refused = here.take(&claims, NOW).await.unwrap_err();
    assert!((86_000_000..=86_400_000).contains(&refused.reset_in_ms), "{refused:?}");
    // A fixed window tells nothing of the kind.
    assert!(here.take(&[claim("fixed", 6, Window::DAY)], NOW).await.unwrap().is_empty());
}
