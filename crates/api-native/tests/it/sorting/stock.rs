//! Three and more of whatever is listed. Names are in no order in which things are made, and one name is there twice where
//! it may be.

use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::{Value, json};

use crate::support::{Client, Reply, World, pets_for_apps};

/// In the order in which things are made.
const NAMES: [&str; 3] = ["bees", "Cats", "ants"];
/// Where APIs are published to, and whatever needs that.
const STAGES: [&str; 3] = ["TEST", "RELEASE", "PRE"];

/// What stands in the paths of lists.
pub(super) struct Stock {
    group: String,
    api: String,
    app: String,
    policy: String,
    user: String,
}

impl Stock {
    /// The path with what it is about in its places.
    pub(super) fn fill(&self, path: &str) -> String {
        let places = [
            ("{group}", self.group.as_str()),
            ("{stage}", "RELEASE"),
            ("{api}", &self.api),
            ("{app}", &self.app),
            ("{policy}", &self.policy),
            ("{manifest}", NAMES[0]),
            ("{user}", &self.user),
        ];
        let mut filled = path.to_owned();
        for (place, value) in places {
            filled = filled.replace(place, value);
        }
        filled
    }
}

pub(super) async fn stock(world: &World) -> Stock {
    let maker = Maker { world, owner: world.owner() };
    maker.manifests_and_groups().await;
    let group = maker.group_named(NAMES[0]).await;
    let api = maker.apis(&group).await;
    maker.simple_nouns().await;
    let app = maker.apps().await;
    let user = maker.users().await;
    let policy = maker.policies().await;
    maker.in_stages(&group, &api, &app, &policy).await;
    for (number, name) in NAMES.iter().enumerate() {
        let variable = json!({ "name": name, "value": "10.0.0.7" });
        maker.post(&format!("/groups/{group}/stages/RELEASE/variables"), variable).await;
        let domain = json!({ "host": format!("{}.example.com", name.to_lowercase()) });
        maker.post(&format!("/groups/{group}/domains"), domain).await;
        maker.post(&format!("/apps/{app}/keys"), json!({ "key": format!("some-key-{number}") })).await;
        maker.post(&format!("/apps/{app}/codes"), json!({})).await;
        maker.post(&format!("/users/{user}/access-keys"), json!({})).await;
    }
    Stock { group, api, app, policy, user }
}

struct Maker<'a> {
    world: &'a World,
    owner: Client,
}

impl Maker<'_> {
    /// Makes something a millisecond after what was made before.
    async fn post(&self, path: &str, body: Value) -> Reply {
        self.done(path, self.owner.post(path, body).await)
    }

    async fn put(&self, path: &str, body: Value) -> Reply {
        self.done(path, self.owner.put(path, body).await)
    }

    fn done(&self, path: &str, reply: Reply) -> Reply {
        assert!(reply.status.is_success(), "{path}: {}", reply.shown());
        self.world.clock.advance(1);
        reply
    }

    async fn manifests_and_groups(&self) {
        for name in NAMES {
            self.put(&format!("/manifests/{name}"), json!({})).await;
        }
        let remembered = Maker { world: self.world, owner: self.world.owner().with("x-manifest", NAMES[0]) };
        for name in NAMES {
            remembered.post("/groups", json!({ "dialect": "alibaba", "name": name })).await;
        }
        self.post("/groups", json!({ "dialect": "huawei", "name": NAMES[0] })).await;
    }

    /// The oldest one of this name.
    async fn group_named(&self, name: &str) -> String {
        self.owner.get(&format!("/groups?name={name}")).await.text("/items/0/id").to_owned()
    }

    /// The last API of a group; another one of its name is in another group.
    async fn apis(&self, group: &str) -> String {
        let other = self.group_named(NAMES[1]).await;
        let mut last = String::new();
        for (name, group) in NAMES.into_iter().map(|name| (name, group)).chain([(NAMES[2], other.as_str())]) {
            let mut definition = pets_for_apps();
            definition["name"] = json!(name);
            definition["request"]["path"] = json!(format!("/{name}"));
            let made = self.post(&format!("/groups/{group}/apis"), definition).await;
            if group != other {
                last = made.id();
            }
        }
        last
    }

    /// What only needs a name and no more than a few words beside.
    async fn simple_nouns(&self) {
        for (number, name) in NAMES.iter().enumerate() {
            let stage = json!({ "dialect": "huawei", "name": name });
            self.post("/stages", stage).await;
            self.post("/channels", json!({ "name": name, "port": 80, "members": [{ "host": "10.0.0.1" }] }))
                .await;
            let access =
                json!({ "name": name, "network": "vpc-1", "instance": "10.0.0.7", "port": 8000 + number });
            self.post("/backend-accesses", access).await;
            let instance = json!({ "instance": name, "name": name, "address": "10.0.0.7" });
            self.post("/backend-instances", instance).await;
            self.post("/backend-services", json!({ "name": name, "kind": "http" })).await;
            self.post("/app-quotas", json!({ "name": name, "calls": 5, "interval": 2, "unit": "hour" }))
                .await;
            let entries = json!({ "address": ["192.0.2.0/24"] });
            self.post("/black-lists", json!({ "name": name, "entries": entries })).await;
            self.post("/access-lists", json!({ "name": name, "ip_version": "ipv4", "entries": [] })).await;
            self.certificate(name).await;
        }
    }

    async fn certificate(&self, name: &str) {
        let hosts = vec![format!("{}.example.com", name.to_lowercase())];
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(hosts).unwrap();
        let draft = json!({ "name": name, "chain": cert.pem(), "key": signing_key.serialize_pem() });
        self.post("/certificates", draft).await;
    }

    async fn apps(&self) -> String {
        let mut last = String::new();
        for name in NAMES {
            last = self.post("/apps", json!({ "name": name })).await.id();
        }
        last
    }

    async fn users(&self) -> String {
        let mut last = String::new();
        for name in NAMES {
            last = self.post("/users", json!({ "name": name, "role": "read_only" })).await.id();
        }
        last
    }

    /// The policy of Alibaba's; the others are of the other dialect, one of them with its name.
    async fn policies(&self) -> String {
        let limit = json!({ "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 });
        for name in NAMES {
            let policy = json!({ "dialect": "huawei", "kind": "throttle", "name": name, "settings": limit });
            self.post("/policies", policy).await;
        }
        let settings = json!({ "unit": "MINUTE", "apiDefault": 10 });
        let policy =
            json!({ "dialect": "alibaba", "kind": "throttle", "name": NAMES[0], "settings": settings });
        self.post("/policies", policy).await.id()
    }

    /// In each stage a deployment, with a version of its own, a grant and a binding; and a binding of the group.
    async fn in_stages(&self, group: &str, api: &str, app: &str, policy: &str) {
        for name in STAGES {
            self.put(&format!("/apis/{api}/deployments/{name}"), json!({})).await;
            let stage = self.world.stage("alibaba", name).await;
            self.post("/grants", json!({ "apps": [app], "apis": [api], "stage": stage })).await;
            let target = json!([{ "api": api, "stage": stage }]);
            self.post(&format!("/policies/{policy}/bindings"), target).await;
            let target = json!([{ "group": group, "stage": stage }]);
            self.post(&format!("/policies/{policy}/group-bindings"), target).await;
        }
    }
}
