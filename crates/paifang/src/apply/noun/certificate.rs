//! `kind: certificate`. Its key goes in and never comes out, and need not: a chain has one key. So the chain is what is
//! compared, and a key that is not the chain's is a complaint.

use paifang_control::CertificateDraft;
use paifang_model::{CertificateFacts, Secret, Violations};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::object::{Identity, Wanted};
use crate::apply::reader::Reader;

/// A certificate as native REST shows it.
#[derive(Deserialize)]
pub(crate) struct Shown {
    pub(crate) name: String,
    chain: String,
    client_authority: Option<String>,
    pub(crate) facts: CertificateFacts,
}

/// Reads a document. Whether it is any good is judged with the date, and only where it is to be written.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let Some(draft) = reader.typed::<CertificateDraft>(&[]) else { return };
    let CertificateDraft { name, chain, key, client_authority } = draft;
    reader.want_with_secret(Identity::certificate(&name), body(&chain, client_authority.as_deref()), key);
}

/// What is compared.
pub(crate) fn canonical(certificate: &Shown) -> Value {
    body(&certificate.chain, certificate.client_authority.as_deref())
}

/// Line breaks at the ends of a text are nobody's intention.
fn body(chain: &str, client_authority: Option<&str>) -> Value {
    json!({ "chain": chain.trim(), "client_authority": client_authority.map(str::trim) })
}

/// The certificate that is wanted, as native REST takes it.
pub(crate) fn draft(identity: &Identity, wanted: &Wanted) -> Value {
    let mut draft = wanted.body.clone();
    draft["name"] = json!(identity.name());
    draft["key"] = json!(wanted.secret.as_ref().map_or("", Secret::expose));
    draft
}

/// What a certificate that is wanted says of itself, when nothing is wrong with it.
pub(crate) fn facts(identity: &Identity, wanted: &Wanted, now: i64) -> Result<CertificateFacts, Violations> {
    let text = |member: &str| wanted.body[member].as_str().map(str::to_owned);
    let draft = CertificateDraft {
        name: identity.name().to_owned(),
        chain: text("chain").unwrap_or_default(),
        key: wanted.secret.clone().unwrap_or_else(|| Secret::new("")),
        client_authority: text("client_authority"),
    };
    draft.check(now)
}
