//! An app's credentials, and calls signed with them.

use paifang_model::id::AppId;
use paifang_sign::alibaba::{self, SignedHeaders, client};
use paifang_sign::huawei::{self, BodyHash};
use paifang_sign::{Algorithm, Parts, SigningKey};

use crate::call::Call;

/// An app's credentials.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The app.
    pub app: AppId,
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: String,
    /// Its secret.
    pub secret: String,
    /// Its code.
    pub code: String,
}

impl Caller {
    pub(crate) fn new(name: &str) -> Self {
        let id = AppId::random();
        let of = |what: &str| format!("{what}-{name}-{id}");
        Self { app: id, name: name.to_owned(), key: of("key"), secret: of("secret"), code: of("code") }
    }

    /// The same app with another key, secret and code.
    #[must_use]
    pub fn further(&self) -> Self {
        Self { app: self.app, ..Self::new(&self.name) }
    }

    /// The call with a signature in `X-Ca-*` headers; headers set before are kept and, where named `x-ca-*`,
    /// signed.
    pub fn sign_ca(&self, call: Call) -> Call {
        let now = jiff::Timestamp::now().as_millisecond().to_string();
        let nonce = AppId::random().to_string();
        let call = call.default_header("x-ca-timestamp", &now).default_header("x-ca-nonce", &nonce);
        let call = call.default_header("x-ca-key", &self.key);
        let names: Vec<String> =
            call.headers.keys().map(ToString::to_string).filter(|name| name.starts_with("x-ca-")).collect();
        self.sign_ca_list(call, &names.join(","))
    }

    /// The call with a signature over the headers of this list, in its spelling; no header is added but the
    /// list and the signature.
    pub fn sign_ca_list(&self, call: Call, list: &str) -> Call {
        let signed = SignedHeaders::parse(Some(list));
        let algorithm = match call.headers.get("x-ca-signature-method").map(|value| value.to_str().unwrap()) {
            Some("HmacSHA1") => Algorithm::HmacSha1,
            _ => Algorithm::HmacSha256,
        };
        let is_form =
            call.headers.get("content-type").is_some_and(|value| alibaba::is_form(value.as_bytes()));
        let mut parts = Parts::new(call.method.as_str(), &call.target, &call.headers);
        if is_form {
            parts = parts.with_form(&call.body);
        }
        let signature = client::sign(&parts, &signed, algorithm, &self.signing()).unwrap();
        call.header("x-ca-signature-headers", list).header("x-ca-signature", &signature)
    }

    /// The call with an `SDK-HMAC-SHA256` signature over host, date and body.
    pub fn sign_sdk(&self, call: Call) -> Call {
        self.sign_sdk_over(call, &["host", "x-sdk-date"])
    }

    /// The call with an `SDK-HMAC-SHA256` signature over these headers and the body.
    pub fn sign_sdk_over(&self, call: Call, names: &[&str]) -> Call {
        let now = huawei::format_date(jiff::Timestamp::now().as_second());
        let call = call.default_header("x-sdk-date", &now);
        let parts = Parts::new(call.method.as_str(), &call.target, &call.headers);
        let hash = if call
            .headers
            .get("x-sdk-content-sha256")
            .is_some_and(|value| value == huawei::UNSIGNED_PAYLOAD)
        {
            BodyHash::Unsigned
        } else if call.body.is_empty() {
            BodyHash::Empty
        } else {
            BodyHash::Computed(paifang_sign::sha256(&call.body))
        };
        let value = huawei::sign(&parts, &self.key, names, hash, &self.signing()).unwrap();
        call.clone().header("authorization", &value)
    }

    fn signing(&self) -> SigningKey {
        SigningKey::new(self.secret.as_bytes())
    }
}
