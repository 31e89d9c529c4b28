//! Signing in, and what a session needs.

use insta::assert_snapshot;
use paifang_api_native::Transport;
use serde_json::json;

use crate::support::{PASSWORD, World};

const HOUR: i64 = 60 * 60 * 1000;

#[tokio::test]
async fn a_session_begins_and_ends() {
    let world = World::new().await;
    let signed_in = world.nobody().post("/session", json!({ "name": "admin", "password": PASSWORD })).await;
    assert_eq!(signed_in.status, 201);
    let cookie = signed_in.header("set-cookie").to_owned();
    assert!(cookie.starts_with("paifang_session="));
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/api/v1; Max-Age=43200"), "{cookie}");
    let browser = world.nobody().in_session(&signed_in);
    let who = browser.get("/session").await;
    assert_eq!(who.text("/name"), "admin");
    assert_eq!(
        who.text("/csrf_token"),
        signed_in.text("/csrf_token"),
        "a page that was loaded anew asks for it"
    );
    assert_eq!(who.header("cache-control"), "no-store");

    let signed_out = browser.delete("/session").await;
    assert_eq!(
        signed_out.header("set-cookie"),
        "paifang_session=; HttpOnly; SameSite=Strict; Path=/api/v1; Max-Age=0"
    );
    assert_snapshot!(browser.get("/session").await.problem(), @"401 unauthenticated: the session is over; sign in again");
}

#[tokio::test]
async fn cookies_over_tls_stay_there() {
    let world = World::reached_over(Transport::Tls).await;
    let signed_in = world.nobody().post("/session", json!({ "name": "admin", "password": PASSWORD })).await;
    assert!(signed_in.header("set-cookie").ends_with("; Secure"));
}

#[tokio::test]
async fn changes_need_the_token() {
    let world = World::new().await;
    let browser = world.browser().await;
    let draft = json!({ "dialect": "alibaba", "name": "pet_shop" });
    let without = browser.clone().without("x-csrf-token");
    assert_eq!(without.get("/groups").await.status, 200, "looking does not need it");
    assert_snapshot!(without.post("/groups", draft.clone()).await.problem(), @"403 csrf: a change in a session needs the header X-CSRF-Token with the session's `csrf_token`");
    let wrong = browser.clone().with("x-csrf-token", "guessed");
    assert_eq!(wrong.post("/groups", draft.clone()).await.status, 403);
    assert_eq!(browser.post("/groups", draft).await.status, 201);
}

#[tokio::test]
async fn silence_ends_a_session_and_so_does_its_age() {
    let world = World::new().await;
    let browser = world.browser().await;
    world.clock.advance(HOUR - 1);
    assert_eq!(browser.get("/session").await.status, 200);
    world.clock.advance(HOUR);
    assert_eq!(browser.get("/session").await.status, 401);

    let browser = world.browser().await;
    for _ in 0..23 {
        world.clock.advance(HOUR / 2);
        assert_eq!(browser.get("/session").await.status, 200);
    }
    world.clock.advance(HOUR / 2);
    assert_eq!(browser.get("/session").await.status, 401, "twelve hours are over");
}

#[tokio::test]
async fn wrong_passwords_lock_out() {
    let world = World::new().await;
    let nobody = world.nobody();
    let wrong = json!({ "name": "admin", "password": "guess guess" });
    assert_snapshot!(nobody.post("/session", wrong.clone()).await.problem(), @"401 wrong-credentials: the name or the password is wrong");
    for _ in 0..4 {
        assert_eq!(nobody.post("/session", wrong.clone()).await.status, 401);
    }
    let locked = nobody.post("/session", json!({ "name": "admin", "password": PASSWORD })).await;
    assert_snapshot!(locked.problem(), @"429 locked-out: there were too many wrong passwords; try again in 60 s");
    assert_eq!(locked.header("retry-after"), "60");
}

#[tokio::test]
async fn a_disabled_user_has_no_session() {
    let world = World::new().await;
    let owner = world.owner();
    let draft = json!({ "name": "eve", "role": "owner", "password": "12345678" });
    let user = owner.post("/users", draft).await.id();
    let signed_in = world.nobody().post("/session", json!({ "name": "eve", "password": "12345678" })).await;
    let eve = world.nobody().in_session(&signed_in);
    assert_eq!(eve.get("/groups").await.status, 200);
    owner.patch(&format!("/users/{user}"), json!({ "enabled": false })).await;
    assert_eq!(eve.get("/groups").await.status, 401);
}

#[tokio::test]
async fn a_user_has_so_many_sessions_and_the_stalest_makes_room() {
    let world = World::new().await;
    let first = world.browser().await;
    for _ in 0..32 {
        world.clock.advance(1);
        world.browser().await;
    }
    assert_eq!(first.get("/session").await.status, 401);
}
