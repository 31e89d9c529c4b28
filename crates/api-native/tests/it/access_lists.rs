//! Access lists of the whole gateway.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn a_list_is_made_enforced_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let draft = json!({ "name": "office", "ip_version": "ipv4", "entries": [{ "address": "192.0.2.0/24" }] });
    let made = owner.post("/access-lists", draft.clone()).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","name":"office","ip_version":"ipv4","entries":[{"address":"192.0.2.0/24","comment":""}],"revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);
    assert_eq!(owner.post("/access-lists", draft).await.status, 409);
    let wrong = json!({
        "name": "o", "ip_version": "ipv6", "entries": [{ "address": "192.0.2.1" }, { "address": "office" }],
    });
    assert_snapshot!(owner.post("/access-lists", wrong).await.problem(), @r"
    422 invalid: there are 3 complaints
    /name (range): `o` has 1 characters, but 2 to 64 are allowed
    /entries/0/address (format): `192.0.2.1` is of ipv4, and the list of ipv6
    /entries/1/address (format): `office` is neither an address nor a network or range of them
    ");
    let path = format!("/access-lists/{}", made.id());
    let enforced = owner.patch(&path, json!({ "enforced": "deny" })).await;
    assert_eq!((enforced.text("/enforced"), enforced.text("/name")), ("deny", "office"));
    assert_eq!(owner.get("/access-lists?enforced=ipv4").await.items("name"), ["office"]);
    assert_eq!(owner.get("/access-lists?enforced=ipv6").await.items("name"), [""; 0]);
    assert_snapshot!(owner.delete(&path).await.problem(), @r"
    422 invalid: /enforced: the list `office` is in force: take `enforced` away first
    /enforced (conflict): the list `office` is in force: take `enforced` away first
    ");
    let other = json!({ "name": "another", "ip_version": "ipv4", "enforced": "allow" });
    assert_eq!(owner.post("/access-lists", other).await.status, 201);
    assert_eq!(owner.get(&path).await.body.get("enforced"), None, "it gave way");
    assert_eq!(world.reader().await.patch(&path, json!({ "enforced": "deny" })).await.status, 403);
    assert_eq!(owner.delete(&path).await.status, 204);
}
