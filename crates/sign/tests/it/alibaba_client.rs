//! Calls captured from the vendor's clients: what they signed, and that it verifies.

use paifang_sign::alibaba::client::{self, Form};
use paifang_sign::alibaba::{Credential, content_md5, is_form};
use paifang_sign::{Parts, SigningKey};
use serde::Deserialize;
use serde_json::Value;

use crate::vectors::{Headers, Wire, each, headers, read, urlencoded};

/// One captured call, whatever file it came from.
struct Call {
    name: String,
    method: String,
    target: String,
    headers: Headers,
    body: String,
    secret: String,
    string_to_sign: String,
    signature: Option<String>,
}

impl Call {
    fn header(&self, wanted: &str) -> &str {
        let found = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map_or("", |(_, value)| value)
    }

    fn parts(&self) -> Parts<'_, Headers> {
        let parts = Parts::new(&self.method, &self.target, &self.headers);
        if is_form(self.header("content-type").as_bytes()) { parts.with_form(&self.body) } else { parts }
    }

    fn check(&self, form: Form) {
        let name = &self.name;
        let (parts, key) = (self.parts(), SigningKey::new(self.secret.as_bytes()));
        let credential = Credential::parse(&self.headers).unwrap();
        let signed = &credential.signed_headers;
        let text = match form {
            Form::Documented => client::string_to_sign(&parts, signed),
            Form::JoinedValues => client::string_to_sign_joined(&parts, signed),
        };
        assert_eq!(String::from_utf8(text.unwrap()).unwrap(), self.string_to_sign, "{name}");
        assert_eq!(client::verify(&parts, &credential, &key), Ok(form), "{name}");
        if let Some(signature) = &self.signature {
            assert_eq!(credential.signature, signature, "{name}");
        }
        if form == Form::Documented {
            let signature = client::sign(&parts, signed, credential.algorithm, &key).unwrap();
            assert_eq!(signature, credential.signature, "{name}");
        }
        if !self.header("content-md5").is_empty() {
            assert_eq!(content_md5(self.body.as_bytes()), self.header("content-md5"), "{name}");
        }
        let other = SigningKey::new(b"another secret");
        assert_eq!(client::verify(&parts, &credential, &other), Err(client::Mismatch::Signature), "{name}");
        assert_eq!(credential.check_timestamp(1_700_000_000_000), Ok(()), "{name}");
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Npm {
    name: String,
    app_secret: String,
    wire: Wire,
    string_to_sign: String,
    signature: String,
}

#[test]
fn npm_client() {
    for vector in each::<Npm>(&read("alibaba/client-signature-npm.json")["vectors"]) {
        let form = if vector.name == "get-multi-value" { Form::JoinedValues } else { Form::Documented };
        let call = Call {
            name: vector.name,
            headers: vector.wire.headers(),
            method: vector.wire.method,
            target: vector.wire.target,
            body: vector.wire.body,
            secret: vector.app_secret,
            string_to_sign: vector.string_to_sign,
            signature: Some(vector.signature),
        };
        call.check(form);
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Java {
    name: String,
    app_secret: String,
    method: String,
    url: String,
    headers: Value,
    form: Value,
    body: String,
    string_to_sign: String,
    signature: String,
}

#[test]
fn java_client() {
    for vector in each::<Java>(&read("alibaba/client-signature-java.json")["vectors"]) {
        let form = urlencoded(&vector.form);
        let call = Call {
            name: vector.name,
            method: vector.method,
            target: vector.url.strip_prefix("HTTP://api.example.com").unwrap().to_owned(),
            headers: headers(&vector.headers),
            body: if form.is_empty() { vector.body } else { form },
            secret: vector.app_secret,
            string_to_sign: vector.string_to_sign,
            signature: Some(vector.signature),
        };
        call.check(Form::Documented);
    }
}

#[test]
fn websocket_frame() {
    let file = read("alibaba/websocket.json");
    let frames: Vec<&Value> =
        file["exchange"].as_array().unwrap().iter().filter(|f| f["stringToSign"].is_string()).collect();
    assert_eq!(frames.len(), 1);
    for frame in frames {
        let json = &frame["json"];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let call = Call {
            name: "websocket".to_owned(),
            method: text(&json["method"]),
            target: format!("{}?{}", text(&json["path"]), urlencoded(&json["querys"])),
            headers: headers(&json["headers"]),
            body: text(&json["body"]),
            secret: "testsecret".to_owned(),
            string_to_sign: text(&frame["stringToSign"]),
            signature: None,
        };
        call.check(Form::Documented);
    }
}
