//! A gateway's management side without sockets.

mod client;
mod fakes;
mod reply;
mod store;

use std::sync::Arc;

use axum::Router;
use paifang_api_native::{NativeSettings, NativeState, Transport, router};
use paifang_control::{
    AcceptAll, Clock, Control, FirstOwner, FirstStart, FrozenClock, PasswordCost, Settings,
};
use paifang_model::Secret;
use paifang_store::Store;
use serde_json::{Value, json};

pub(crate) use client::Client;
pub(crate) use fakes::{FakeDebugger, FakeNodes, FakeObserver, FakeTelemetry};
pub(crate) use reply::Reply;
pub(crate) use store::FakeStore;

/// 2026-01-01T00:00:00Z, in milliseconds since 1970.
pub(crate) const NOW: i64 = 1_767_225_600_000;
pub(crate) const PASSWORD: &str = "open sesame, please";
pub(crate) const KEY: &str = "PFOWNERKEY";
pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Everything a story needs.
pub(crate) struct World {
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) store: Arc<FakeStore>,
    pub(crate) debugger: Arc<FakeDebugger>,
    pub(crate) observer: Arc<FakeObserver>,
    pub(crate) telemetry: Arc<FakeTelemetry>,
    pub(crate) control: Control,
    router: Router,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::reached_over(Transport::Plain).await
    }

    pub(crate) async fn reached_over(transport: Transport) -> Self {
        let clock = Arc::new(FrozenClock::at(NOW));
        let store = Arc::new(FakeStore::new().await);
        let settings = Settings { password_cost: PasswordCost::LEAST, ..Settings::default() };
        let control = Control::new(
            Arc::clone(&store) as Arc<dyn Store>,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::new(AcceptAll),
            settings,
        );
        let owner = FirstOwner {
            password: Some(Secret::new(PASSWORD)),
            access_key: Some((KEY.to_owned(), Secret::new(SECRET))),
        };
        assert!(matches!(control.first_start(owner).await.unwrap(), FirstStart::Made(_)));
        control.connect(Arc::new(FakeNodes(tokio::sync::watch::Sender::new(1))));
        let telemetry = Arc::new(FakeTelemetry::default());
        control.connect_telemetry(Arc::clone(&telemetry) as _);
        let (debugger, observer) = (Arc::new(FakeDebugger::default()), Arc::new(FakeObserver::default()));
        let state = NativeState::new(
            control.clone(),
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::clone(&debugger) as _,
            Arc::clone(&observer) as _,
            NativeSettings { transport, version: "1.2.3".to_owned() },
        );
        Self { clock, store, debugger, observer, telemetry, control, router: router(state) }
    }

    /// Somebody without credentials.
    pub(crate) fn nobody(&self) -> Client {
        Client::nobody(self.router.clone(), Arc::clone(&self.clock))
    }

    /// The owner, who signs.
    pub(crate) fn owner(&self) -> Client {
        self.nobody().signing(KEY, SECRET)
    }

    /// The owner, in a browser.
    pub(crate) async fn browser(&self) -> Client {
        let signed_in =
            self.nobody().post("/session", json!({ "name": "admin", "password": PASSWORD })).await;
        self.nobody().in_session(&signed_in)
    }

    /// Somebody who may only look, and signs.
    pub(crate) async fn reader(&self) -> Client {
        let owner = self.owner();
        let user = owner.post("/users", json!({ "name": "reader", "role": "read_only" })).await.id();
        let made = owner.post(&format!("/users/{user}/access-keys"), json!({})).await;
        self.nobody().signing(made.text("/key"), made.text("/secret"))
    }

    /// A group, by its id.
    pub(crate) async fn group(&self, dialect: &str) -> String {
        let name = format!("{dialect}_group");
        self.owner().post("/groups", json!({ "dialect": dialect, "name": name })).await.id()
    }

    /// An API of a group, by its id.
    pub(crate) async fn api(&self, group: &str, definition: Value) -> String {
        self.owner().post(&format!("/groups/{group}/apis"), definition).await.id()
    }

    /// An app, by its id.
    pub(crate) async fn app(&self, name: &str) -> String {
        self.owner().post("/apps", json!({ "name": name })).await.id()
    }

    /// The id of a stage.
    pub(crate) async fn stage(&self, dialect: &str, name: &str) -> String {
        let stages = self.owner().get(&format!("/stages?dialect={dialect}")).await;
        let stages = stages.body["items"].as_array().unwrap().clone();
        let found = stages.iter().find(|stage| stage["name"] == name).unwrap();
        found["id"].as_str().unwrap().to_owned()
    }
}

/// A definition that is valid in both dialects.
pub(crate) fn pets() -> Value {
    json!({
        "name": "list_pets",
        "request": { "method": "GET", "path": "/pets" },
        "auth": { "kind": "none" },
        "backend": { "kind": "mock", "body": "[]" },
    })
}

/// The same, for apps alone.
pub(crate) fn pets_for_apps() -> Value {
    let mut definition = pets();
    definition["auth"] = json!({ "kind": "app" });
    definition
}
