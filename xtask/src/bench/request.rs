//! The bytes of each case's requests.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use paifang_sign::{Algorithm, Parts, SigningKey, alibaba, huawei};

use super::case::{Case, UPLOAD_BYTES};
use super::scene::{ALIBABA_HOST, HUAWEI_HOST, THROTTLED_HOST};
use crate::gateway::scene::Caller;

/// What a browser sends beside Host.
const BROWSER: &[(&str, &str)] = &[
    ("Connection", "keep-alive"),
    ("Cache-Control", "max-age=0"),
    ("Sec-Ch-Ua", "\"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\", \"Google Chrome\";v=\"140\""),
    ("Sec-Ch-Ua-Mobile", "?0"),
    ("Sec-Ch-Ua-Platform", "\"Linux\""),
    ("Upgrade-Insecure-Requests", "1"),
    (
        "User-Agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    ),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
    ("Sec-Fetch-Site", "none"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-User", "?1"),
    ("Sec-Fetch-Dest", "document"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Accept-Language", "en-GB,en;q=0.9,zh-CN;q=0.8"),
];

/// Makes requests; no two signed ones are the same.
pub(crate) struct Requests {
    caller: Caller,
    key: SigningKey,
    made: u64,
}

impl Requests {
    pub(crate) fn new(caller: Caller) -> Self {
        let key = SigningKey::new(caller.secret.as_bytes());
        // Nonces of an earlier run may still be remembered, where the gateway keeps its data.
        Self { caller, key, made: now_us() }
    }

    /// `count` requests; a single one when the case does not ask for different ones.
    pub(crate) fn make(&mut self, case: Case, count: usize) -> Result<Vec<Vec<u8>>> {
        let count = if case.is_signed() { count } else { 1 };
        (0..count).map(|_| self.one(case)).collect()
    }

    fn one(&mut self, case: Case) -> Result<Vec<u8>> {
        let host = ("Host", ALIBABA_HOST);
        Ok(match case {
            Case::Plain => text("GET", "/plain", &[host], b""),
            Case::Headers => text("GET", "/plain", &[&[host], BROWSER].concat(), b""),
            Case::Code => {
                let code = format!("APPCODE {}", self.caller.code);
                text("GET", "/code", &[("Host", THROTTLED_HOST), ("Authorization", &code)], b"")
            }
            Case::SignedAlibaba => self.signed_alibaba()?,
            Case::SignedHuawei => self.signed_huawei("/signed")?,
            Case::Full => self.signed_huawei("/full")?,
            Case::Download => text("GET", "/large", &[host], b""),
            Case::Upload => upload(host),
        })
    }

    fn signed_alibaba(&mut self) -> Result<Vec<u8>> {
        let serial = self.serial();
        let (nonce, timestamp) = (format!("{serial:032x}"), (now_us() / 1000).to_string());
        let target = format!("/signed?page=1&serial={serial}");
        let names = alibaba::SignedHeaders::parse(Some("x-ca-key,x-ca-nonce,x-ca-timestamp"));
        let list = names.to_list();
        let mut headers = vec![
            ("Host", ALIBABA_HOST),
            ("Accept", "application/json"),
            ("x-ca-key", &self.caller.key),
            ("x-ca-nonce", &nonce),
            ("x-ca-timestamp", &timestamp),
            ("x-ca-signature-headers", &list),
        ];
        let parts = Parts::new("GET", &target, &headers);
        let signature = alibaba::client::sign(&parts, &names, Algorithm::HmacSha256, &self.key)?;
        headers.push(("x-ca-signature", &signature));
        Ok(text("GET", &target, &headers, b""))
    }

    fn signed_huawei(&mut self, path: &str) -> Result<Vec<u8>> {
        let target = format!("{path}?page=1&serial={}", self.serial());
        let seconds = i64::try_from(now_us() / 1_000_000).context("reading the clock")?;
        let date = huawei::format_date(seconds);
        let mut headers = vec![("Host", HUAWEI_HOST), ("Accept", "application/json"), ("X-Sdk-Date", &date)];
        let parts = Parts::new("GET", &target, &headers);
        let names = ["host", "x-sdk-date"];
        let authorization =
            huawei::sign(&parts, &self.caller.key, &names, huawei::BodyHash::Empty, &self.key)?;
        headers.push(("Authorization", &authorization));
        Ok(text("GET", &target, &headers, b""))
    }

    fn serial(&mut self) -> u64 {
        self.made += 1;
        self.made
    }
}

fn upload(host: (&str, &str)) -> Vec<u8> {
    let length = UPLOAD_BYTES.to_string();
    let headers = [host, ("Content-Type", "application/octet-stream"), ("Content-Length", &length)];
    text("POST", "/upload", &headers, &[b'u'; UPLOAD_BYTES])
}

fn text(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let mut request = format!("{method} {target} HTTP/1.1\r\n{lines}\r\n").into_bytes();
    request.extend_from_slice(body);
    request
}

fn now_us() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}
