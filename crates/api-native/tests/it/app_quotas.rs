//! App quotas, and the apps that have them.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::World;

fn gold() -> Value {
    json!({ "name": "gold", "calls": 1000, "interval": 1, "unit": "day", "first_reset": 1_600_560_000_000_i64 })
}

#[tokio::test]
async fn a_quota_is_made_replaced_and_deleted() {
    let world = World::new().await;
    let owner = world.owner();
    let made = owner.post("/app-quotas", gold()).await;
    assert_snapshot!(made.shown(), @r#"201 {"id":"…","account":"…","name":"gold","calls":1000,"interval":1,"unit":"day","first_reset":1600560000000,"description":"","revision":2,"created_at":1767225600000,"updated_at":1767225600000}"#);
    assert_snapshot!(owner.post("/app-quotas", gold()).await.problem(), @r"
    409 taken: /name: `gold` is taken by app_quota/…
    /name (duplicate): `gold` is taken by app_quota/…
    ");
    let wrong = json!({ "name": "1", "calls": 0, "interval": 1, "unit": "day", "first_reset": 1 });
    assert_snapshot!(owner.post("/app-quotas", wrong).await.problem(), @r"
    422 invalid: there are 3 complaints
    /name (range): `1` has 1 characters, but 3 to 255 are allowed
    /calls (range): 0 is out of range: 1 to 2147483647 are allowed
    /first_reset (format): 1 is not a whole second
    ");
    let wrong = json!({ "name": "gold", "calls": 1, "interval": 1, "unit": "year" });
    assert_snapshot!(owner.post("/app-quotas", wrong).await.problem(), @r"
    422 invalid: /unit: unknown variant `year`, expected one of `second`, `minute`, `hour`, `day`
    /unit (unknown): unknown variant `year`, expected one of `second`, `minute`, `hour`, `day`
    ");
    let path = format!("/app-quotas/{}", made.id());
    let other = json!({ "name": "silver", "calls": 5, "interval": 2, "unit": "hour" });
    let replaced = owner.put(&path, other).await;
    assert_eq!((replaced.text("/name"), replaced.body.get("first_reset")), ("silver", None));
    assert_eq!(owner.get("/app-quotas?search=sil").await.items("name"), ["silver"]);
    assert_eq!(world.reader().await.delete(&path).await.status, 403);
    assert_eq!(owner.delete(&path).await.status, 204);
    assert_eq!(owner.get(&path).await.status, 404);
}

#[tokio::test]
async fn apps_are_bound_together_or_one_by_one() {
    let world = World::new().await;
    let owner = world.owner();
    let quota = owner.post("/app-quotas", gold()).await.id();
    let path = format!("/app-quotas/{quota}");
    let one = owner.post("/apps", json!({ "name": "one", "quota": quota })).await;
    assert_eq!(one.text("/quota/id"), quota);
    let two = owner.post("/apps", json!({ "name": "two" })).await.id();
    let bound = owner.post(&format!("{path}/apps"), json!({ "apps": [one.id(), two] })).await;
    assert_eq!(bound.body["apps"][1]["quota"], one.body["quota"]);
    let mut names = owner.get(&format!("/apps?quota={quota}")).await.items("name");
    names.sort_unstable();
    assert_eq!(names, ["one", "two"]);
    assert_snapshot!(owner.delete(&path).await.problem(), @"409 in-use: app_quota/… is needed by 2 others, app/… among them");
    let nobody = json!({ "apps": [two, "0".repeat(32)] });
    assert_snapshot!(owner.post(&format!("{path}/apps"), nobody).await.problem(), @r"
    422 invalid: /apps/1: there is no app `…`
    /apps/1 (unknown): there is no app `…`
    ");
    assert_eq!(owner.delete(&format!("{path}/apps/{two}")).await.status, 204);
    assert_eq!(owner.delete(&format!("{path}/apps/{two}")).await.status, 404);
    let taken = owner.patch(&format!("/apps/{}", one.id()), json!({ "quota": null })).await;
    assert_eq!(taken.body.get("quota"), None);
    let missing = json!({ "quota": "0".repeat(32) });
    assert_snapshot!(owner.patch(&format!("/apps/{two}"), missing).await.problem(), @r"
    422 invalid: /quota: there is no app_quota `…`
    /quota (unknown): there is no app_quota `…`
    ");
    assert_eq!(owner.delete(&path).await.status, 204);
}
