//! `kind: app`, with its quota, keys and codes. Where a document names no keys, or no codes, those of the app are left alone.

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
    /// The name of a quota.
    #[serde(default)]
    quota: Option<String>,
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
    let Some(caller) = reader.typed::<Caller>(&[]) else { return };
    let Caller { name, description, access, frozen, quota, keys, codes } = caller;
    let (id, account) = (Id::ROOT.into(), Id::ROOT.into());
    let app = App { id, number: 0, account, name, description, access, frozen, quota: None };
    reader.note(app.check());
    let identity = Identity::app(&app.name);
    let needs = quota.as_deref().map(|quota| ("/quota".to_owned(), Identity::app_quota(quota)));
    reader.want(identity.clone(), canonical(&app, quota.as_deref()), needs.into_iter().collect());
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

/// What is compared, with the name of its quota.
pub(crate) fn canonical(app: &App, quota: Option<&str>) -> Value {
    json!({ "description": app.description, "access": app.access, "frozen": app.frozen, "quota": quota })
}

/// The quota that a body names.
pub(crate) fn quota(body: &Value) -> Option<Identity> {
    body["quota"].as_str().map(Identity::app_quota)
}

/// What the gateway takes: with the id of the quota.
pub(crate) fn draft(body: &Value, id_of: impl Fn(&Identity) -> Option<String>) -> Value {
    let mut draft = body.clone();
    draft["quota"] = json!(quota(body).and_then(|quota| id_of(&quota)));
    draft
}

/// What is compared of a key: whether it has the secret that the files give.
pub(crate) fn key_body(as_in_the_files: bool) -> Value {
    json!({ "secret": if as_in_the_files { "as in the files" } else { "another one" } })
}
