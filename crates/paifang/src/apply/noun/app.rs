//! `kind: app`, with its keys and codes. Where a document names no keys, or no codes, those of the app are left alone.

use paifang_model::{App, AppAccess, AppCode, AppKey, Id, Secret};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// An app as a file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Caller {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    access: Option<AppAccess>,
    #[serde(default)]
    frozen: bool,
    #[serde(default)]
    keys: Vec<KeyPair>,
    #[serde(default)]
    codes: Vec<Secret>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyPair {
    key: String,
    secret: Secret,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(Caller { name, description, access, frozen, keys, codes }) = reader.typed::<Caller>(&[]) else {
        return;
    };
    let (id, account) = (Id::ROOT.into(), Id::ROOT.into());
    let app = App { id, number: 0, account, name, description, access, frozen };
    reader.note(app.check());
    let identity = Identity::app(&app.name);
    reader.want(identity.clone(), canonical(&app), Vec::new());
    for (index, KeyPair { key, secret }) in keys.into_iter().enumerate() {
        let key = AppKey { id: AppKey::id_of(&key), app: app.id, key, secret };
        let pointer = format!("/keys/{index}");
        reader.note_at(&pointer, key.check());
        reader.want_secret(
            Identity::app_key(&app.name, &key.key),
            key_body(true),
            key.secret,
            &pointer,
            &identity,
        );
    }
    for (index, code) in codes.into_iter().enumerate() {
        let code = AppCode { id: Id::ROOT.into(), app: app.id, code };
        // The document has no map around it.
        let pointer = format!("/codes/{index}");
        reader.note_as(&pointer, code.check());
        let code_identity = Identity::known_app_code(&app.name, &code.code);
        reader.want_secret(code_identity, json!({}), code.code, &pointer, &identity);
    }
}

/// What is compared.
pub(crate) fn canonical(app: &App) -> Value {
    json!({ "description": app.description, "access": app.access, "frozen": app.frozen })
}

/// What is compared of a key: whether it has the secret that the files give.
pub(crate) fn key_body(as_in_the_files: bool) -> Value {
    json!({ "secret": if as_in_the_files { "as in the files" } else { "another one" } })
}
