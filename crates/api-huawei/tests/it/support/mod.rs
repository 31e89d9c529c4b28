//! A gateway's management side without sockets.

mod client;
mod debugger;
mod health;
mod hidden;
mod schema;

use std::sync::Arc;

use axum::Router;
use paifang_api_huawei::{HuaweiSettings, HuaweiState, router};
use paifang_control::{
    AcceptAll, Clock, Context, Control, FirstOwner, FirstStart, FrozenClock, PasswordCost, Settings,
};
use paifang_model::Secret;
use paifang_store::SqliteStore;
use serde_json::{Value, json};

pub(crate) use client::{Client, Reply, exchange};
pub(crate) use debugger::FakeDebugger;
pub(crate) use health::FakeHealth;
pub(crate) use hidden::{Hidden, revision};
pub(crate) use schema::operations;

/// 2026-01-01T00:00:00Z, in milliseconds since 1970.
pub(crate) const NOW: i64 = 1_767_225_600_000;
pub(crate) const KEY: &str = "AKIDEXAMPLE0000000AK";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI0K7MDENG0bPxRfiCYEXAMPLEKEY";
pub(crate) const PROJECT: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const INSTANCE: &str = "e6a5871bfb5b47d19c5874790f639ef8";
pub(crate) const RELEASE: &str = "DEFAULT_ENVIRONMENT_RELEASE_ID";
/// An id that nothing has.
pub(crate) const NOTHING: &str = "00000000000000000000000000000001";

/// Everything a story needs.
pub(crate) struct World {
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) debugger: Arc<FakeDebugger>,
    pub(crate) health: Arc<FakeHealth>,
    pub(crate) control: Control,
    pub(crate) router: Router,
}

impl World {
    pub(crate) async fn new() -> Self {
        let clock = Arc::new(FrozenClock::at(NOW));
        let store = Arc::new(SqliteStore::open_in_memory().await.unwrap());
        let settings = Settings { password_cost: PasswordCost::LEAST, ..Settings::default() };
        let control =
            Control::new(store, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(AcceptAll), settings);
        let owner = FirstOwner { password: None, access_key: Some((KEY.to_owned(), Secret::new(SECRET))) };
        assert!(matches!(control.first_start(owner).await.unwrap(), FirstStart::Made(_)));
        let debugger = Arc::new(FakeDebugger::default());
        let health = Arc::new(FakeHealth::default());
        let settings = HuaweiSettings {
            project: PROJECT.to_owned(),
            instance: INSTANCE.to_owned(),
            version: "1.2.3".to_owned(),
        };
        let state = HuaweiState::new(
            control.clone(),
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::clone(&debugger) as _,
            Arc::clone(&health) as _,
            settings,
        );
        Self { clock, debugger, health, control, router: router(state) }
    }

    /// The owner, who signs as the SDK does.
    pub(crate) fn owner(&self) -> Client {
        Client::signing(self.router.clone(), Arc::clone(&self.clock), KEY, SECRET)
    }

    /// Control, on the owner's behalf: for what this interface does not see.
    pub(crate) async fn behind(&self) -> Context {
        let (_, principal) = self.control.access_key(KEY).await.unwrap().unwrap();
        self.control.acting_as(principal)
    }

    /// Changes a number.
    pub(crate) async fn set_quota(&self, name: &str, value: u64) {
        self.behind().await.set_quota(name, Some(value), None).await.unwrap();
    }

    /// A group, by its id.
    pub(crate) async fn group(&self, name: &str) -> String {
        self.owner().post("api-groups", json!({ "name": name })).await.id()
    }

    /// An API of a group, by its id.
    pub(crate) async fn api(&self, group: &str, body: Value) -> String {
        let mut body = body;
        body["group_id"] = json!(group);
        self.owner().post("apis", body).await.id()
    }

    /// An app, by its id.
    pub(crate) async fn app(&self, name: &str) -> String {
        self.owner().post("apps", json!({ "name": name })).await.id()
    }

    /// Publishes an API in the environment that is there from the start; its version's id.
    pub(crate) async fn publish(&self, api: &str) -> String {
        let body = json!({ "action": "online", "env_id": RELEASE, "api_id": api });
        self.owner().post("apis/action", body).await.text("/version_id").to_owned()
    }
}

/// An API that the gateway answers itself.
pub(crate) fn pets() -> Value {
    json!({
        "name": "list_pets",
        "type": 1,
        "req_protocol": "BOTH",
        "req_method": "GET",
        "req_uri": "/pets",
        "auth_type": "NONE",
        "backend_type": "MOCK",
        "mock_info": { "result_content": "[]" },
    })
}

/// An API that is online, by its id and that of its publication.
pub(crate) async fn published(world: &World, group: &str, name: &str) -> (String, String) {
    world.clock.advance(1);
    let mut body = pets();
    body["name"] = json!(name);
    body["req_uri"] = json!(format!("/{name}"));
    let api = world.api(group, body).await;
    let body = json!({ "action": "online", "env_id": RELEASE, "api_id": api });
    let published = world.owner().post("apis/action", body).await;
    (api, published.text("/publish_id").to_owned())
}
