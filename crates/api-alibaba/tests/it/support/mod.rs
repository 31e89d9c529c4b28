//! A gateway's management side without sockets.

mod client;
mod hidden;
mod operations;
mod reply;
mod shop;

use std::sync::Arc;

use paifang_api_alibaba::AlibabaState;
use paifang_control::{
    AcceptAll, Clock, Context, Control, FirstOwner, FirstStart, FrozenClock, PasswordCost, Principal,
    Settings, TaskRunner,
};
use paifang_model::id::UserId;
use paifang_model::{AccessKey, Role};
use paifang_model::{Id, Secret};
use paifang_store::{Batch, SqliteStore, Store, Write};
use serde_json::{Value, json};

pub(crate) use client::{Client, Style};
pub(crate) use hidden::{Hidden, revision};
pub(crate) use operations::Operations;
pub(crate) use reply::{Reply, pretty};
pub(crate) use shop::pet_shop;

/// 2026-01-01T00:00:00Z, in milliseconds since 1970.
pub(crate) const NOW: i64 = 1_767_225_600_000;
pub(crate) const KEY: &str = "PFOWNERKEY";
pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Everything a story needs.
pub(crate) struct World {
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) control: Control,
    store: Arc<SqliteStore>,
    state: AlibabaState,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::at(NOW).await
    }

    pub(crate) async fn at(now: i64) -> Self {
        let clock = Arc::new(FrozenClock::at(now));
        let store = Arc::new(SqliteStore::open_in_memory().await.unwrap());
        let settings = Settings { password_cost: PasswordCost::LEAST, ..Settings::default() };
        let control = Control::new(
            Arc::clone(&store) as Arc<dyn Store>,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::new(AcceptAll),
            settings,
        );
        let owner = FirstOwner { password: None, access_key: Some((KEY.to_owned(), Secret::new(SECRET))) };
        assert!(matches!(control.first_start(owner).await.unwrap(), FirstStart::Made(_)));
        let state = AlibabaState::new(control.clone(), Arc::clone(&clock) as Arc<dyn Clock>);
        Self { clock, control, store, state }
    }

    /// The owner, who signs.
    pub(crate) fn owner(&self) -> Client {
        self.client(KEY, SECRET)
    }

    /// Somebody with an access key.
    pub(crate) fn client(&self, key: &str, secret: &str) -> Client {
        Client::new(self.state.clone(), Arc::clone(&self.clock), key, secret)
    }

    /// Does what tasks wait for.
    pub(crate) async fn work_off(&self) {
        TaskRunner::new(self.control.clone(), Id::random()).work_off().await.unwrap();
    }

    /// The owner, in the words of control.
    pub(crate) async fn native(&self) -> Context {
        let (_, principal) = self.control.access_key(KEY).await.unwrap().unwrap();
        self.control.acting_as(principal)
    }

    /// Gives the owner another access key, shorter than control would allow.
    pub(crate) async fn add_access_key(&self, key: &str, secret: &str) {
        let (_, Principal { user, .. }) = self.control.access_key(KEY).await.unwrap().unwrap();
        self.put_access_key(user, key, secret).await;
    }

    /// Somebody who may look only.
    pub(crate) async fn onlooker(&self) -> Client {
        let draft = serde_json::from_value(json!({ "name": "onlooker", "role": Role::ReadOnly })).unwrap();
        let user = self.native().await.create_user(draft).await.unwrap().value.id;
        self.put_access_key(user, "PFONLOOKER", SECRET).await;
        self.client("PFONLOOKER", SECRET)
    }

    async fn put_access_key(&self, user: UserId, key: &str, secret: &str) {
        let secret = Secret::new(secret);
        let key = AccessKey { id: AccessKey::id_of(key), user, key: key.to_owned(), secret, enabled: true };
        self.store.commit(Batch::at(NOW).write(Write::put(&key))).await.unwrap();
    }
}

/// The parameters of a small API: `GET <path>` answered by a fixed text.
pub(crate) fn mock_api<'a>(group: &'a str, name: &'a str, config: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("GroupId", group),
        ("ApiName", name),
        ("Visibility", "PRIVATE"),
        ("AuthType", "APP"),
        ("RequestConfig", config),
        ("ServiceConfig", r#"{"Mock":"TRUE","MockResult":"hello"}"#),
    ]
}

/// A `RequestConfig` for `GET <path>`.
pub(crate) fn get(path: &str) -> String {
    json!({ "RequestProtocol": "HTTP", "RequestHttpMethod": "GET", "RequestPath": path }).to_string()
}

/// A member of an answer, as text.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
