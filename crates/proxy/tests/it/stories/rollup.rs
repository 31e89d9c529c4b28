//! Figures of calls, minute by minute, as whoever keeps them gets them from a running gateway.

use std::time::Duration;

use paifang_model::Dialect;
use paifang_model::telemetry::{CallMethod, Figures, Series};
use paifang_proxy::observe::Minutes;
use paifang_testkit::{Backend, Scene, TestGateway, api};

/// What was counted of all calls with a method until now.
async fn taken(gateway: &TestGateway) -> Figures {
    let rows = gateway.gateway.take_minutes(Minutes::All).await;
    let of_all = rows.iter().filter(|row| row.series == Series::All(CallMethod::Get));
    of_all.fold(Figures::default(), |mut sum, row| {
        sum += row.figures;
        sum
    })
}

#[tokio::test]
async fn what_all_workers_counted_is_taken_once() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    for _ in 0..20 {
        assert_eq!(gateway.get("/pets").send().await.status, 200);
    }
    assert_eq!(gateway.get("/cats").send().await.status, 404);
    let mut sum = Figures::default();
    // A call is counted when its reply is done, which its caller does not see.
    while sum.requests < 21 {
        tokio::task::yield_now().await;
        sum += taken(&gateway).await;
    }
    assert_eq!((sum.requests, sum.status_2xx, sum.status_4xx, sum.refused, sum.failed), (21, 20, 1, 1, 0));
    assert_eq!(sum.backend_calls, 20);
    assert!(sum.total_us >= sum.backend_us && sum.total_max_us >= sum.backend_max_us, "{sum:?}");
    assert!(sum.bytes_out > 0 && sum.bytes_in == 0, "{sum:?}");
    assert_eq!(taken(&gateway).await, Figures::default());
}

#[tokio::test]
async fn what_is_counted_up_to_the_end_can_be_taken_after_it() {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Huawei);
    scene.publish(api::get("/pets").to(&backend));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    gateway.gateway.drain(Duration::from_secs(10)).await;
    assert_eq!(taken(&gateway).await.requests, 1);
}
