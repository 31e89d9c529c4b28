//! Black lists of an account.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn lists_of_each_kind_are_made_changed_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let scrapers = json!({ "name": "scrapers", "entries": { "address": ["192.0.2.0/24", "2001:db8::1"] } });
    let made = owner.post("/black-lists", scrapers).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","account":"…","name":"scrapers","entries":{"address":["192.0.2.0/24","2001:db8::1"]},"description":"","revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);
    let app = owner.post("/apps", json!({ "name": "shop" })).await.id();
    let stolen =
        json!({ "name": "stolen", "entries": { "app": [app] }, "description": "its key is on the web" });
    assert_eq!(owner.post("/black-lists", stolen).await.status, 201);
    let user = owner.get("/account").await.id();
    let former = json!({ "name": "former", "entries": { "user": [user] } });
    assert_eq!(owner.post("/black-lists", former).await.status, 201);
    for (kind, name) in [("address", "scrapers"), ("app", "stolen"), ("user", "former")] {
        assert_eq!(owner.get(&format!("/black-lists?kind={kind}")).await.items("name"), [name]);
    }
    assert_eq!(owner.get("/black-lists?kind=planet").await.status, 400);
    let wrong = json!({ "name": "1", "entries": { "address": ["192.0.2.0/33"] } });
    assert_snapshot!(owner.post("/black-lists", wrong).await.problem(), @r"
    422 invalid: there are 2 complaints
    /name (range): `1` has 1 characters, but 3 to 64 are allowed
    /entries/address/0 (format): `192.0.2.0/33` is neither an address nor a network or range of them
    ");
    let wrong = json!({ "name": "nobody", "entries": { "app": ["0".repeat(32)] } });
    assert_snapshot!(owner.post("/black-lists", wrong).await.problem(), @r"
    422 invalid: /entries/app/0: there is no app `…`
    /entries/app/0 (unknown): there is no app `…`
    ");
    let both = json!({ "name": "both", "entries": { "address": ["192.0.2.1"], "app": [app] } });
    assert_snapshot!(owner.post("/black-lists", both).await.problem(), @r"
    400 malformed: the body: it is not JSON: expected value at line 1 column 49
     (format): it is not JSON: expected value at line 1 column 49
    ");
    let path = format!("/black-lists/{}", made.id());
    let changed = owner.patch(&path, json!({ "entries": { "app": [app] } })).await;
    assert_eq!(changed.body["entries"], json!({ "app": [app] }));
    assert_eq!(world.reader().await.delete(&path).await.status, 403);
    assert_eq!(owner.delete(&path).await.status, 204);
}
