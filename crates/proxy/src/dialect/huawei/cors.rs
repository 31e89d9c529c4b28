//! Permissive answers to pages of other origins (spec: huawei/calling.md §8).

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
};
use http::{HeaderName, HeaderValue, Method};
use paifang_wire::Headers;

/// What an API with the method OPTIONS tells beside the origin.
static PREFLIGHT: [(HeaderName, &str); 4] = [
    (
        ACCESS_CONTROL_ALLOW_HEADERS,
        "X-Stage,X-Sdk-Date,X-Sdk-Nonce,X-Proxy-Signed-Headers,X-Sdk-Content-Sha256,X-Forwarded-For,\
         Authorization,Content-Type,Accept,Accept-Ranges,Cache-Control,Range",
    ),
    (
        ACCESS_CONTROL_EXPOSE_HEADERS,
        "X-Request-Id,X-Apig-Latency,X-Apig-Upstream-Latency,X-Apig-RateLimit-Api,X-Apig-RateLimit-User,\
         X-Apig-RateLimit-App,X-Apig-RateLimit-Ip,X-Apig-RateLimit-Api-Allenv",
    ),
    (ACCESS_CONTROL_ALLOW_METHODS, "GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH"),
    (ACCESS_CONTROL_MAX_AGE, "172800"),
];

/// What the backend said is kept, and then nothing is added.
pub(in crate::dialect) fn add(headers: &mut Headers, method: &Method) {
    if headers.iter().any(|(name, _)| name.as_str().starts_with("access-control-")) {
        return;
    }
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if method == Method::OPTIONS {
        for (name, value) in &PREFLIGHT {
            headers.insert(name.clone(), HeaderValue::from_static(value));
        }
    }
}
