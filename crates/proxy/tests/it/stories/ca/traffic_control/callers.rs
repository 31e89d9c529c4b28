//! Limits on an API, its users and its apps.

use paifang_model::Account;
use paifang_model::definition::{Location, Parameter};
use paifang_model::id::AccountId;
use paifang_proxy::config::Document;
use paifang_testkit::api;
use serde_json::json;

use super::{by, passed, scene};

#[tokio::test]
async fn apps_users_and_the_api_have_their_numbers() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (seller, buyer) = (AccountId::random(), AccountId::random());
    for (id, number) in [(seller, 1001), (buyer, 1002)] {
        scene.put(Document::Account(Account { id, number, name: format!("account {number}") }));
    }
    let [one, two, three] = [seller, seller, buyer].map(|account| scene.app_of(account, "shop"));
    for caller in [&one, &two, &three] {
        scene.grant(caller, pets);
    }
    let data = json!({
        "unit": "DAY", "apiDefault": 8, "userDefault": 4, "appDefault": 3,
        "specials": [
            { "type": "APP", "policies": [{ "key": scene.number_of(&two), "value": 1 }] },
            { "type": "USER", "policies": [{ "key": "1002", "value": 7 }] },
        ],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    assert_eq!(passed(5, || by(&gateway, &one, "/pets")).await, 3, "the app's");
    assert_eq!(passed(5, || by(&gateway, &two, "/pets")).await, 1, "an app's own");
    assert_eq!(
        passed(9, || by(&gateway, &three, "/pets")).await,
        4,
        "its user's seven; the API has four left"
    );
    assert_eq!(by(&gateway, &one, "/pets").send().await.status, 429);
}

/// Neither default is "applicable to the special apps or users", up to the API's limit; and what they call takes no room from
/// others.
#[tokio::test]
async fn what_is_special_has_its_own_number_alone() {
    let mut scene = scene();
    let pets = scene.publish(api::get("/pets").for_apps());
    let (seller, buyer) = (AccountId::random(), AccountId::random());
    for (id, number) in [(seller, 1001), (buyer, 1002)] {
        scene.put(Document::Account(Account { id, number, name: format!("account {number}") }));
    }
    let [plain, special] = ["plain", "special"].map(|name| scene.app_of(seller, name));
    let [first, second, listed] = ["first", "second", "listed"].map(|name| scene.app_of(buyer, name));
    for caller in [&plain, &special, &first, &second, &listed] {
        scene.grant(caller, pets);
    }
    let data = json!({
        "unit": "DAY", "apiDefault": 20, "userDefault": 3, "appDefault": 2,
        "specials": [
            { "type": "APP", "policies": [
                { "key": scene.number_of(&special), "value": 5 }, { "key": scene.number_of(&listed), "value": 1 },
            ] },
            { "type": "USER", "policies": [{ "key": "1002", "value": 6 }] },
        ],
    });
    scene.throttle(pets, data);
    let gateway = scene.start().await;
    assert_eq!(passed(7, || by(&gateway, &special, "/pets")).await, 5, "more than its user's default");
    assert_eq!(passed(7, || by(&gateway, &plain, "/pets")).await, 2, "its user's three are all there");
    assert_eq!(
        passed(7, || by(&gateway, &listed, "/pets")).await,
        1,
        "its own number, also of a special user"
    );
    assert_eq!(passed(4, || by(&gateway, &first, "/pets")).await, 4, "more than the app's default");
    assert_eq!(passed(4, || by(&gateway, &second, "/pets")).await, 1, "their user's six are what they share");
}

#[tokio::test]
async fn a_call_whose_parameters_are_wrong_does_not_come_by_it() {
    let mut scene = scene();
    let mut kind = Parameter::new("kind", Location::Query);
    kind.required = true;
    let pets = scene.publish(api::get("/pets").takes(kind));
    scene.throttle(pets, json!({ "unit": "DAY", "apiDefault": 1 }));
    let gateway = scene.start().await;
    assert_eq!(gateway.get("/pets").send().await.status, 400);
    assert_eq!(gateway.get("/pets?kind=cat").send().await.status, 200);
    assert_eq!(gateway.get("/pets?kind=cat").send().await.status, 429);
}
