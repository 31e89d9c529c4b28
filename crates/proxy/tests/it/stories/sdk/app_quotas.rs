//! Quotas of apps (spec: huawei/throttling-and-access.md §2). Most periods are days that begin with the first call, so that no
//! story meets the end of one.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use paifang_model::id::AppQuotaId;
use paifang_model::policy::TimeUnit;
use paifang_model::record::Key;
use paifang_model::{App, AppQuota, BoundQuota};
use paifang_proxy::Trial;
use paifang_proxy::config::{Change, Document};
use paifang_proxy::exchange::ClientScheme;
use paifang_testkit::{Caller, Scene, TestGateway, api};
use paifang_wire::{Head, Method};
use serde_json::json;

use super::scene;

const USED_UP: &str = "405 APIG.0501 The app quota has been used up.";

fn quota(name: &str, calls: u32, unit: TimeUnit) -> AppQuota {
    AppQuota {
        id: AppQuotaId::random(),
        account: scene().group.account,
        name: name.to_owned(),
        calls,
        interval: 1,
        unit,
        first_reset: None,
        description: String::new(),
    }
}

/// The paths of two APIs for apps and one for everybody, and two apps.
struct Shops {
    scene: Scene,
    shop: Caller,
    other: Caller,
}

impl Shops {
    fn new() -> Self {
        let mut scene = scene();
        let apis = ["/pets", "/toys"].map(|path| scene.publish(api::get(path).for_apps()));
        scene.publish(api::get("/open"));
        let (shop, other) = (scene.app("shop"), scene.app("other"));
        for (app, api) in [(&shop, apis[0]), (&shop, apis[1]), (&other, apis[0])] {
            scene.grant(app, api);
        }
        Self { scene, shop, other }
    }

    /// Gives both apps the quota.
    fn with(quota: &AppQuota) -> Self {
        let mut shops = Self::new();
        shops.scene.put(Document::AppQuota(quota.clone()));
        for app in [shops.shop.clone(), shops.other.clone()] {
            shops.scene.change_app(&app, |app| app.quota = bound(quota));
        }
        shops
    }
}

fn bound(quota: &AppQuota) -> Option<BoundQuota> {
    Some(BoundQuota { id: quota.id, since: 0 })
}

/// What a call by an app is told.
async fn told(gateway: &TestGateway, app: &Caller, path: &str) -> String {
    app.sign_sdk(gateway.get(path)).send().await.verdict()
}

/// How many of so many calls pass; all others are refused for the quota.
async fn passed(gateway: &TestGateway, app: &Caller, times: usize) -> usize {
    let mut passed = 0;
    for _ in 0..times {
        match told(gateway, app, "/pets").await {
            ok if ok.starts_with("200") => passed += 1,
            refused => assert_eq!(refused, USED_UP),
        }
    }
    passed
}

#[tokio::test]
async fn calls_of_an_app_are_counted_over_all_apis_and_each_app_alone() {
    let Shops { scene, shop, other } = Shops::with(&quota("gold", 3, TimeUnit::Day));
    let gateway = scene.start().await;
    for path in ["/pets", "/toys", "/pets"] {
        assert!(told(&gateway, &shop, path).await.starts_with("200"), "{path}");
    }
    for path in ["/toys", "/pets"] {
        let refused = shop.sign_sdk(gateway.get(path)).send().await;
        assert_eq!(refused.verdict(), USED_UP, "{path}");
        let seconds: u32 = refused.header("retry-after").parse().unwrap();
        assert!((86_300..=86_400).contains(&seconds), "{seconds}");
    }
    assert_eq!(passed(&gateway, &other, 4).await, 3, "another app with the same quota");
    assert_eq!(gateway.get("/open").send().await.status, 200, "nobody is asked");
}

#[tokio::test]
async fn the_next_period_has_calls_again() {
    let Shops { scene, shop, .. } = Shops::with(&quota("quick", 1, TimeUnit::Second));
    let gateway = scene.start().await;
    assert_eq!(passed(&gateway, &shop, 1).await, 1);
    let deadline = Instant::now() + Duration::from_secs(30);
    while passed(&gateway, &shop, 1).await == 0 {
        assert!(Instant::now() < deadline, "no second period");
    }
}

#[tokio::test]
async fn a_period_begins_where_the_first_reset_says() {
    // A day that ended a minute ago, and every day before and after.
    let now_ms = jiff::Timestamp::now().as_millisecond();
    let first_reset = Some((now_ms / 1000 - 60 - 30 * 86_400) * 1000);
    let day = AppQuota { first_reset, ..quota("daily", 1, TimeUnit::Day) };
    let Shops { scene, shop, .. } = Shops::with(&day);
    let gateway = scene.start().await;
    assert_eq!(passed(&gateway, &shop, 1).await, 1);
    let refused = shop.sign_sdk(gateway.get("/pets")).send().await;
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((86_400 - 60 - 30..=86_400 - 60).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn another_number_holds_for_calls_counted_so_far_and_another_period_counts_anew() {
    let mut gold = quota("gold", 2, TimeUnit::Day);
    let Shops { scene, shop, .. } = Shops::with(&gold);
    let gateway = scene.start().await;
    let set = async |quota: &AppQuota| {
        gateway.change(vec![Change::Put(Document::AppQuota(quota.clone()))]).await;
    };
    assert_eq!(passed(&gateway, &shop, 3).await, 2);
    gold.calls = 5;
    set(&gold).await;
    assert_eq!(passed(&gateway, &shop, 9).await, 3);
    gold.calls = 1;
    set(&gold).await;
    assert_eq!(passed(&gateway, &shop, 1).await, 0);
    gold.unit = TimeUnit::Hour;
    set(&gold).await;
    assert_eq!(passed(&gateway, &shop, 2).await, 1);
}

#[tokio::test]
async fn an_app_is_bound_unbound_and_bound_anew_while_serving() {
    let (gold, silver) = (quota("gold", 1, TimeUnit::Day), quota("silver", 2, TimeUnit::Day));
    let Shops { mut scene, shop, .. } = Shops::new();
    let mut document: Option<App> = None;
    scene.change_app(&shop, |app| document = Some(app.clone()));
    for quota in [&gold, &silver] {
        scene.put(Document::AppQuota(quota.clone()));
    }
    let gateway = scene.start().await;
    let bind = async |quota: Option<BoundQuota>| {
        let app = App { quota, ..document.clone().unwrap() };
        gateway.change(vec![Change::Put(Document::App(app))]).await;
    };
    assert_eq!(passed(&gateway, &shop, 3).await, 3, "it has none");
    bind(bound(&gold)).await;
    assert_eq!(passed(&gateway, &shop, 3).await, 1);
    bind(None).await;
    assert_eq!(passed(&gateway, &shop, 3).await, 3);
    bind(bound(&silver)).await;
    assert_eq!(passed(&gateway, &shop, 3).await, 2, "another quota counts by itself");
    bind(bound(&gold)).await;
    assert_eq!(passed(&gateway, &shop, 3).await, 0, "nobody starts over by leaving and coming back");
}

/// A call takes its place in the quota and in the policies' limits, or in none of them.
#[tokio::test]
async fn a_call_that_is_throttled_uses_nothing_of_the_quota() {
    let mut shops = Shops::new();
    let gold = quota("gold", 3, TimeUnit::Day);
    let cats = shops.scene.publish(api::get("/cats").for_apps());
    shops.scene.grant(&shops.shop, cats);
    shops.scene.throttle(cats, json!({ "time_interval": 1000, "time_unit": "DAY", "api_call_limits": 1 }));
    shops.scene.put(Document::AppQuota(gold.clone()));
    shops.scene.change_app(&shops.shop, |app| app.quota = bound(&gold));
    let gateway = shops.scene.start().await;
    assert!(told(&gateway, &shops.shop, "/cats").await.starts_with("200"));
    for _ in 0..5 {
        assert!(told(&gateway, &shops.shop, "/cats").await.starts_with("429 APIG.0308"));
    }
    assert_eq!(passed(&gateway, &shops.shop, 4).await, 2);
    assert_eq!(told(&gateway, &shops.shop, "/cats").await, USED_UP, "the quota is looked at first");
}

/// An app must not be served as if it had no quota.
#[tokio::test]
async fn an_app_whose_quota_is_not_there_may_call_nothing() {
    let gold = quota("gold", 3, TimeUnit::Day);
    let Shops { scene, shop, .. } = Shops::with(&gold);
    let gateway = scene.start().await;
    assert_eq!(passed(&gateway, &shop, 1).await, 1);
    gateway.change(vec![Change::Delete(Key::of::<AppQuota>(gold.id))]).await;
    assert_eq!(passed(&gateway, &shop, 1).await, 0);
    gateway.change(vec![Change::Put(Document::AppQuota(gold))]).await;
    assert_eq!(passed(&gateway, &shop, 4).await, 2);
}

#[tokio::test]
async fn an_explanation_says_what_is_left_and_counts_nothing() {
    let Shops { scene, shop, .. } = Shops::with(&quota("gold", 2, TimeUnit::Day));
    let gateway = scene.start().await;
    assert_eq!(passed(&gateway, &shop, 1).await, 1);
    for _ in 0..3 {
        let mut head = Head::new(Method::GET, "/pets".parse().unwrap());
        for (name, value) in &shop.sign_sdk(gateway.get("/pets")).headers {
            head.headers.append(name.clone(), value.clone());
        }
        let (from, scheme) = (Ipv4Addr::LOCALHOST.into(), ClientScheme::Http);
        let trial = Trial { head, body: bytes::Bytes::new(), from, scheme, aim: None };
        let explained = gateway.gateway.explain(trial).await.unwrap();
        let limits = explained.decisions.iter().find(|decision| decision.stage == "limits").unwrap();
        assert_eq!(
            limits.what,
            "not counted: 1 of 2 calls in 1 day left to the app over all APIs by the quota `gold`"
        );
    }
    assert_eq!(passed(&gateway, &shop, 2).await, 1);
}
