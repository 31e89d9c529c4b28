//! Signs calls of backends, so that a backend knows that a call came through the gateway (spec:
//! huawei/backend-signature.md, aliyun/backend-signature.md).

use std::cell::RefCell;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use paifang_model::policy::{Settings, SignatureScheme};
use paifang_sign::alibaba::{backend, is_form};
use paifang_sign::huawei::{self, BodyHash, UNSIGNED_PAYLOAD};
use paifang_sign::{Parts, SigningKey};
use paifang_wire::{Head, field_value};
use smallvec::{SmallVec, smallvec};

use super::LivePolicy;
use crate::authenticate::SignedHead;
use crate::parameters::HeaderEdits;
use crate::refusal::Refusal;

/// Bodies above this are left out of a signature that may leave them out (spec: huawei/backend-signature.md).
const HASHED_AT_MOST: usize = 64 * 1024;

/// The headers that a signature sets, beside `Authorization`.
const DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-sdk-content-sha256");
const CA: [HeaderName; 4] = [
    HeaderName::from_static("x-ca-proxy-signature"),
    HeaderName::from_static("x-ca-proxy-signature-secret-key"),
    HeaderName::from_static("x-ca-proxy-signature-headers"),
    HeaderName::from_static("x-ca-proxy-signature-string-to-sign"),
];

/// Signs a route's calls of its backend.
#[derive(Debug)]
pub(crate) struct Signer {
    /// The policy that it is of.
    pub(crate) policy: Arc<str>,
    key: Box<str>,
    how: How,
}

/// How calls are signed, ready to sign. `Debug` shows nothing of the secret.
#[derive(Debug)]
enum How {
    Sdk(SigningKey),
    /// The whole value, marked as sensitive.
    Basic(HeaderValue),
    Ca(SigningKey),
}

/// What of a call is signed beside its head.
pub(crate) struct Signed<'c> {
    /// The body; none: it streams.
    pub(crate) body: Option<&'c Bytes>,
    /// What the API makes of the client's headers.
    pub(crate) edits: &'c HeaderEdits<'c>,
    /// Whether the caller asked to be told more.
    pub(crate) debug: bool,
    /// Now, in seconds since 1970.
    pub(crate) now_s: i64,
}

impl Signer {
    /// What the policies of an API say; none: nothing.
    pub(crate) fn of(policies: &[Arc<LivePolicy>]) -> Option<Self> {
        policies.iter().find_map(|policy| {
            let (Settings::SignatureKey(key), Some(secret)) = (&*policy.settings, &policy.secret) else {
                return None;
            };
            let signing = || SigningKey::new(secret.expose().as_bytes());
            let how = match key.scheme {
                SignatureScheme::Sdk => How::Sdk(signing()),
                SignatureScheme::Ca => How::Ca(signing()),
                SignatureScheme::Basic => How::Basic(basic(&key.key, secret.expose())?),
            };
            Some(Self { policy: Arc::clone(&policy.told), key: key.key.as_str().into(), how })
        })
    }

    /// Whether a body has to be there as a whole.
    pub(crate) const fn needs_body(&self) -> bool {
        matches!(self.how, How::Ca(_))
    }

    /// Signs a call that has all its other headers. What the client said of itself in these headers goes.
    ///
    /// # Errors
    /// When the call has too many parameters to be signed.
    pub(crate) fn sign(&self, head: &mut Head, signed: &Signed<'_>) -> Result<(), Refusal> {
        for name in &CA {
            head.headers.remove(name);
        }
        match &self.how {
            How::Basic(value) => {
                head.headers.insert(AUTHORIZATION, value.clone());
                Ok(())
            }
            How::Sdk(key) => self.sign_sdk(head, key, signed),
            How::Ca(key) => self.sign_ca(head, key, signed),
        }
    }

    fn sign_sdk(&self, head: &mut Head, key: &SigningKey, signed: &Signed<'_>) -> Result<(), Refusal> {
        head.headers.remove(&AUTHORIZATION);
        head.headers.remove(&CONTENT_SHA256);
        head.headers.insert(DATE, date(signed.now_s)?);
        let mut names: SmallVec<[&str; 4]> = smallvec!["host", "x-sdk-date"];
        // Of a header of two lines verifiers see the first, or both as one.
        if head.headers.get_all(CONTENT_TYPE).count() == 1 {
            names.push("content-type");
        }
        let hash = match signed.body {
            Some(body) if body.is_empty() => BodyHash::Empty,
            Some(body) if body.len() <= HASHED_AT_MOST => BodyHash::Computed(paifang_sign::sha256(body)),
            _ => {
                head.headers.insert(CONTENT_SHA256, HeaderValue::from_static(UNSIGNED_PAYLOAD));
                names.push("x-sdk-content-sha256");
                BodyHash::Unsigned
            }
        };
        let source = SignedHead(head);
        let parts = parts(head, &source);
        let authorization = huawei::sign(&parts, &self.key, &names, hash, key).map_err(failed)?;
        head.headers.insert(AUTHORIZATION, value(authorization)?);
        Ok(())
    }

    fn sign_ca(&self, head: &mut Head, key: &SigningKey, signed: &Signed<'_>) -> Result<(), Refusal> {
        let set = signed.edits.names_set();
        let listed = set.iter().filter(|name| head.headers.contains(*name)).map(HeaderName::as_str);
        let listed = listed.collect::<Vec<_>>().join(",");
        let body = signed.body.map_or(&[][..], |body| &body[..]);
        let content_type = head.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let md5 = backend::body_md5(head.method.as_str(), content_type, body);
        let source = SignedHead(head);
        let parts = parts(head, &source);
        let parts = if is_form(content_type) { parts.with_form(body) } else { parts };
        let call = backend::Call { parts, body_md5: md5.as_deref(), signed_headers: &listed };
        let signature = call.sign(key).map_err(failed)?;
        let told = signed.debug.then(|| call.string_to_sign()).transpose().map_err(failed)?;
        let [of_signature, of_key, of_headers, of_text] = CA;
        head.headers.insert(of_signature, value(signature)?);
        head.headers.insert(of_key, value(self.key.clone().into_string())?);
        head.headers.insert(of_headers, value(listed)?);
        if let Some(told) = told {
            head.headers.insert(of_text, value(backend::debug_text(&told))?);
        }
        Ok(())
    }
}

fn basic(key: &str, secret: &str) -> Option<HeaderValue> {
    let encoded = STANDARD.encode(format!("{key}:{secret}"));
    let mut value = HeaderValue::try_from(format!("Basic {encoded}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn parts<'h>(head: &'h Head, source: &'h SignedHead<'h>) -> Parts<'h, SignedHead<'h>> {
    Parts {
        method: head.method.as_str(),
        path: head.target.raw_path().as_bytes(),
        query: head.target.query().unwrap_or_default().as_bytes(),
        form: &[],
        headers: source,
    }
}

/// The date of this second, which is written once.
fn date(now_s: i64) -> Result<HeaderValue, Refusal> {
    thread_local! {
        static LAST: RefCell<Option<(i64, HeaderValue)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| match last {
        Some((second, date)) if *second == now_s => Ok(date.clone()),
        last => {
            let date = value(huawei::format_date(now_s))?;
            *last = Some((now_s, date.clone()));
            Ok(date)
        }
    })
}

fn value(text: String) -> Result<HeaderValue, Refusal> {
    let unsendable =
        || Refusal::SigningFailed { reason: "what was signed holds a control character".to_owned() };
    field_value(text).ok_or_else(unsendable)
}

fn failed(error: impl std::error::Error) -> Refusal {
    Refusal::SigningFailed { reason: error.to_string() }
}
