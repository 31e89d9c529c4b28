//! What the other dialect has is neither listed nor read nor changed here, by any operation.

use serde_json::{Value, json};

use crate::support::{Hidden, NOTHING, RELEASE, Reply, World, operations, pets, revision};

impl Hidden {
    /// What a parameter of the path, the query or the body names.
    fn id(&self, name: &str) -> &str {
        match name {
            "group_id" => &self.group,
            "api_id" => &self.api,
            "version_id" => &self.version,
            "env_id" => &self.stage,
            "domain_id" => &self.domain,
            "env_variable_id" => &self.variable,
            "app_auth_id" => &self.grant,
            "app_id" => &self.app,
            _ => NOTHING,
        }
    }

    /// Whatever the operations that take ids want in their bodies; those that do not know a member do not read it.
    fn body(&self) -> Value {
        let mut body = pets();
        let Value::Object(more) = json!({
            "group_id": self.group, "api_id": self.api, "version_id": self.version, "env_id": RELEASE,
            "api_ids": [self.api], "app_ids": [self.app], "apis": [self.api], "action": "online",
            "url_domain": "new.example.com", "sl_domain_access_enabled": false, "mode": "DEVELOPER",
            "variable_name": "place", "variable_value": "seen", "scheme": "HTTP", "method": "GET", "path": "/pets", "type": 1,
        }) else {
            unreachable!()
        };
        body.as_object_mut().unwrap().extend(more);
        body
    }
}

/// Operations that are offered, and take an id of the dialect's in the path.
fn by_path() -> impl Iterator<Item = (&'static String, &'static Value)> {
    let ids = [
        "{group_id}",
        "{api_id}",
        "{version_id}",
        "{env_id}",
        "{domain_id}",
        "{env_variable_id}",
        "{app_auth_id}",
    ];
    operations()["operations"].as_object().unwrap().iter().filter(move |(_, operation)| {
        let path = operation["path"].as_str().unwrap();
        operation.get("response").is_some() && ids.iter().any(|id| path.contains(id))
    })
}

/// The path below the instance, with ids in place of its parameters.
fn path(hidden: &Hidden, operation: &Value) -> String {
    let path = operation["path"].as_str().unwrap();
    let below = path.split_once("{instance_id}/").unwrap().1;
    let pieces = below.split('/').map(|piece| match piece.strip_prefix('{') {
        Some(name) => hidden.id(name.trim_end_matches('}')),
        None => piece,
    });
    pieces.collect::<Vec<_>>().join("/")
}

async fn ask(world: &World, hidden: &Hidden, operation: &Value) -> Reply {
    let (owner, path) = (world.owner(), path(hidden, operation));
    match operation["method"].as_str().unwrap() {
        "GET" => owner.get(&path).await,
        "POST" => owner.post(&path, hidden.body()).await,
        "PUT" => owner.put(&path, hidden.body()).await,
        _ => owner.delete(&path).await,
    }
}

#[tokio::test]
async fn ids_of_the_other_dialect_name_nothing() {
    let world = World::new().await;
    let hidden = Hidden::make(&world).await;
    let before = revision(&world).await;
    let mut asked = 0;
    for (name, operation) in by_path() {
        let reply = ask(&world, &hidden, operation).await;
        assert_eq!(reply.status, 404, "{name}: {reply:?}");
        asked += 1;
    }
    assert!(asked > 15, "{asked} operations");
    assert_eq!(revision(&world).await, before, "something was changed");
}

#[tokio::test]
async fn ids_in_bodies_name_nothing_either() {
    let world = World::new().await;
    let (owner, hidden) = (world.owner(), Hidden::make(&world).await);
    let before = revision(&world).await;
    for path in ["apis", "apis/action", "app-auths", "env-variables"] {
        assert_eq!(owner.post(path, hidden.body()).await.status, 404, "{path}");
    }
    let mut check = hidden.body();
    check["type"] = json!("name");
    assert_eq!(owner.post("apis/check", check).await.status, 404);
    let batch = owner.post("apis/publish?action=online", hidden.body()).await;
    assert_eq!(batch.body["success"], json!([]), "{batch:?}");
    assert_eq!(batch.body["failure"][0]["error_code"], "APIG.3002", "{batch:?}");
    assert_eq!(revision(&world).await, before, "something was changed");
}

#[tokio::test]
async fn lists_leave_the_other_dialect_out() {
    let world = World::new().await;
    let (owner, hidden) = (world.owner(), Hidden::make(&world).await);
    for path in ["api-groups", "apis", "app-auths/binded-apps"] {
        assert_eq!(owner.get(path).await.body["total"], 0, "{path}");
    }
    let granted = owner.get(&format!("app-auths/binded-apis?app_id={}", hidden.app)).await;
    assert_eq!(granted.body["total"], 0);
    let named = owner.get(&format!("api-groups?id={}", hidden.group)).await;
    assert_eq!(named.body["total"], 0);
    assert_eq!(owner.get("envs").await.column("envs", "name"), ["RELEASE"]);
    for (name, part) in [("group_id", &hidden.group), ("env_id", &hidden.stage)] {
        let found = owner.get(&format!("apis?{name}={part}")).await;
        assert!(found.status == 404 || found.body["total"] == 0, "{name}: {found:?}");
    }
}

/// A name that the other dialect has is free here.
#[tokio::test]
async fn names_are_taken_per_dialect() {
    let world = World::new().await;
    Hidden::make(&world).await;
    world.group("hidden_group").await;
}
