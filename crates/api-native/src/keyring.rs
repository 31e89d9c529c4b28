//! `/keyring`: the keys that seal what is kept secret. No key is ever shown.

use paifang_control::{DataKey, DataKeyState, Keys};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer};
use crate::caller::Caller;
use crate::state::NativeState;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(read_keyring)).routes(routes!(rotate_keyring))
}

/// The keys that seal what is kept secret.
#[derive(Serialize, ToSchema)]
struct Keyring {
    /// The fingerprint of the master key that wraps them.
    master_key: String,
    /// The data keys, oldest first.
    data_keys: Vec<DataKeyView>,
}

/// A key that seals what is kept secret.
#[derive(Serialize, ToSchema)]
struct DataKeyView {
    /// Its number; a later one is larger.
    number: u32,
    /// What it is for.
    state: State,
    /// When it was made, in milliseconds since 1970.
    created_at: i64,
    /// How many documents it seals.
    documents: u64,
    /// How many entries of the change feed it seals.
    changes: u64,
}

/// What a data key is for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DataKeyState)]
enum State {
    /// What is written is sealed with it.
    Active,
    /// It opens what is not sealed anew yet; then it is removed.
    Retiring,
}

impl From<Keys> for Keyring {
    fn from(keys: Keys) -> Self {
        Self { master_key: keys.master, data_keys: keys.data.into_iter().map(DataKeyView::from).collect() }
    }
}

impl From<DataKey> for DataKeyView {
    fn from(key: DataKey) -> Self {
        let DataKey { number, state, created_at, documents, changes } = key;
        let state = match state {
            DataKeyState::Active => State::Active,
            DataKeyState::Retiring => State::Retiring,
        };
        Self { number, state, created_at, documents, changes }
    }
}

/// The keys: numbers, ages, how much each seals
#[utoipa::path(get, path = "/keyring", tag = "keyring", responses((status = 200, body = Keyring)))]
async fn read_keyring(Caller(control): Caller) -> Answer {
    answer::plain(Keyring::from(control.read_keyring().await?))
}

/// Make a new data key; what older ones sealed is sealed anew in the background
#[utoipa::path(post, path = "/keyring/rotate", tag = "keyring", responses((status = 200, body = Keyring)))]
async fn rotate_keyring(Caller(control): Caller) -> Answer {
    answer::plain(Keyring::from(control.rotate_keyring().await?))
}
