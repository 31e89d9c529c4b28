//! `kind: domain`. Its name is its host, which belongs to one group at a time; its certificate is named.

use paifang_model::domain::{parse_host, parse_patterns};
use paifang_model::{DomainTls, Id, Kind};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::apply::object::Identity;
use crate::apply::reader::Reader;

/// A domain as a file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bound {
    host: String,
    group: String,
    stage: Option<String>,
    #[serde(default)]
    tls: DomainTls,
    #[serde(default)]
    patterns: Vec<String>,
}

/// Reads a document.
pub(crate) fn read(reader: &mut Reader<'_>) {
    let mut fields = reader.fields().clone();
    let certificate = fields.get_mut("tls").and_then(name_to_id).map(|name| Identity::certificate(&name));
    let Some(Bound { host, group, stage, tls, patterns }) = reader.typed_from::<Bound>(fields) else {
        return;
    };
    let host = reader.check("/host", parse_host(&host));
    let group = reader.group("/group", &group);
    let (Some(host), Some(group)) = (host, group) else { return };
    reader.check_free(&host);
    let patterns = parse_patterns(&host, &patterns).unwrap_or_else(|wrong| {
        reader.note_at("/patterns", Err(wrong));
        Vec::new()
    });
    let stage = stage.zip(group.dialect()).map(|(stage, dialect)| Identity::stage(dialect, &stage));
    let body = canonical(&group, stage.as_ref(), &tls, certificate.as_ref(), &patterns);
    let mut needs = vec![("/group".to_owned(), group)];
    needs.extend(stage.map(|stage| ("/stage".to_owned(), stage)));
    needs.extend(certificate.map(|certificate| ("/tls/certificate".to_owned(), certificate)));
    reader.want(Identity::domain(&host), body, needs);
}

/// Puts an id in place of the certificate's name, as the model wants it.
fn name_to_id(tls: &mut Value) -> Option<String> {
    let place = tls.get_mut("certificate")?;
    let name = place.as_str()?.to_owned();
    *place = json!(Id::derived(Kind::Certificate.name(), &[name.as_bytes()]));
    Some(name)
}

/// What is compared.
pub(crate) fn canonical(
    group: &Identity,
    stage: Option<&Identity>,
    tls: &DomainTls,
    certificate: Option<&Identity>,
    patterns: &[String],
) -> Value {
    let DomainTls { versions, http, policy_name, clients, plain, certificate: _ } = tls;
    json!({
        "group": group.shown(),
        "stage": stage.map(Identity::name),
        "tls": {
            "certificate": certificate.map(Identity::name),
            "versions": versions,
            "http": http,
            "policy_name": policy_name,
            "clients": clients,
            "plain": plain,
        },
        "patterns": patterns,
    })
}

/// The certificate that a domain is to have.
pub(crate) fn certificate(body: &Value) -> Option<Identity> {
    body["tls"]["certificate"].as_str().map(Identity::certificate)
}

/// How a domain is to be called, with an id in place of the certificate's name.
pub(crate) fn tls(body: &Value, id: Option<&str>) -> Value {
    let mut tls = body["tls"].clone();
    tls["certificate"] = json!(id);
    tls
}

/// The same as the model has it.
pub(crate) fn typed_tls(body: &Value) -> DomainTls {
    let mut tls = body["tls"].clone();
    name_to_id(&mut tls);
    serde_json::from_value(tls).unwrap_or_default()
}
