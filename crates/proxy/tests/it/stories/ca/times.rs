//! How far a call's time may be from the gateway's (spec: aliyun/calling.md §4.5).

use paifang_testkit::{Caller, TestGateway};

use super::{pets, seconds_from_now};

async fn at(gateway: &TestGateway, app: &Caller, timestamp: &str) -> String {
    app.sign_ca(gateway.get("/pets").header("x-ca-timestamp", timestamp)).send().await.verdict()
}

#[tokio::test]
async fn fifteen_minutes_on_either_side_are_near_enough() {
    let (gateway, app) = pets().await;
    for seconds in [-14 * 60, 0, 14 * 60] {
        assert_eq!(at(&gateway, &app, &seconds_from_now(seconds)).await, "200 mock", "{seconds}");
    }
}

#[tokio::test]
async fn more_is_not() {
    let (gateway, app) = pets().await;
    for seconds in [-16 * 60, 16 * 60, -86_400] {
        let verdict = at(&gateway, &app, &seconds_from_now(seconds)).await;
        assert_eq!(verdict, "403 S403TE X-Ca-Timestamp is expired", "{seconds}");
    }
    for extreme in ["0", "-9223372036854775808", "9223372036854775807"] {
        assert_eq!(at(&gateway, &app, extreme).await, "403 S403TE X-Ca-Timestamp is expired", "{extreme}");
    }
}

#[tokio::test]
async fn a_time_that_is_no_number_is_named() {
    let (gateway, app) = pets().await;
    for value in ["now", "1e12", "99999999999999999999", "1 2"] {
        let verdict = at(&gateway, &app, value).await;
        let expected = "400 I400HD Invalid Header `X-Ca-Timestamp` is not a number of milliseconds";
        assert_eq!(verdict, expected, "{value}");
    }
}

#[tokio::test]
async fn a_call_need_not_say_its_time() {
    let (gateway, app) = pets().await;
    let call = gateway.get("/pets").header("x-ca-key", &app.key);
    assert_eq!(app.sign_ca_list(call, "x-ca-key").send().await.verdict(), "200 mock");
}
