//! Nodes, and how far a revision is; the data plane is made up.

use serde_json::json;

use crate::support::{World, pets};

#[tokio::test]
async fn a_deployment_says_on_how_many_nodes_it_is_live() {
    let world = World::new().await;
    let owner = world.owner();
    let group = world.group("alibaba").await;
    let api = world.api(&group, pets()).await;
    let deployed = owner.put(&format!("/apis/{api}/deployments/RELEASE"), json!({})).await;
    assert_eq!(deployed.text("/live/sentence"), "live on 1 of 2; not yet on beta (at revision 1)");
    let revision = deployed.body["revision"].as_u64().unwrap();
    let asked = owner.get(&format!("/revisions/{revision}?wait=20ms")).await;
    assert_eq!(asked.body["live"], deployed.body["live"]);
    assert_eq!(owner.get("/revisions/1?wait=60s").await.text("/live/sentence"), "live on 2 of 2");
    assert_eq!(world.reader().await.get("/revisions/1").await.status, 200);
    let offline = owner.delete(&format!("/apis/{api}/deployments/RELEASE")).await;
    assert_eq!(offline.body["online"], false);
    assert_eq!(offline.body["live"]["of"], 2);
}

#[tokio::test]
async fn a_wait_is_a_time_with_a_unit() {
    let world = World::new().await;
    let owner = world.owner();
    let no_time = "400 query: ?wait: `TIME` is not a time as in `10s` or `500ms`\n\
                   ?wait (format): `TIME` is not a time as in `10s` or `500ms`";
    for time in ["10", "2m", "-1s", "s", "1.5s"] {
        let reply = owner.get(&format!("/revisions/1?wait={time}")).await;
        assert_eq!(reply.problem(), no_time.replace("TIME", time));
    }
    let problem = owner.get("/revisions/1?wait=61s").await.problem();
    assert!(problem.starts_with("400 query: ?wait: at most `60s` are waited"), "{problem}");
    let problem = owner.get("/revisions/999").await.problem();
    assert!(problem.starts_with("404 not-found: there is no revision 999 yet: the newest is "), "{problem}");
    let problem = owner.get("/revisions/newest").await.problem();
    assert!(problem.starts_with("404 not-found: the path names nothing"), "{problem}");
}

#[tokio::test]
async fn nodes_are_listed_with_their_state() {
    let world = World::new().await;
    let nodes = world.reader().await.get("/nodes").await;
    assert_eq!(nodes.items("name"), ["alpha", "beta", "gone"]);
    assert_eq!(nodes.items("state"), ["serving"; 3]);
    let live: Vec<_> = (0..3).map(|index| nodes.body["items"][index]["live"].as_bool().unwrap()).collect();
    assert_eq!(live, [true, true, false]);
}
