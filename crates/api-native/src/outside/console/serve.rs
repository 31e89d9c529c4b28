//! Which file answers, in which encoding, for how long.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    REFERRER_POLICY, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Response};

use super::files::File;
use crate::answer::Answer;
use crate::problem::{Kind, Problem};

const UNBUILT: &str = include_str!("unbuilt.html");

/// The widgets write their styles into the page; scripts come from files of ours alone.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const SAFE: [(HeaderName, &str); 2] = [(CONTENT_SECURITY_POLICY, POLICY), (REFERRER_POLICY, "same-origin")];

/// Names in this folder hold a hash of the content: what was fetched once stays true.
const HASHED: &str = "assets/";
const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// The file at `path`; for the path of a page, the document that all pages begin with.
pub(super) fn serve(read: impl Fn(&str) -> Option<File>, path: &str, headers: &HeaderMap) -> Answer {
    if let Some(response) = found(&read, path, headers) {
        return Ok(response);
    }
    if path.starts_with(HASHED) {
        return Err(Problem::new(Kind::NoSuchRoute, "the console has no such file; load the page anew"));
    }
    let index = found(&read, "index.html", headers);
    Ok(index.unwrap_or_else(|| (SAFE, Html(UNBUILT)).into_response()))
}

fn found(read: &impl Fn(&str) -> Option<File>, path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = read(path)?;
    let (file, encoding) = match accepts_gzip(headers).then(|| read(&format!("{path}.gz"))).flatten() {
        Some(zipped) => (zipped, Some(HeaderValue::from_static("gzip"))),
        None => (plain, None),
    };
    let tag = format!("\"{}\"", hex::encode(&file.hash[..16]));
    let lasting = if path.starts_with(HASHED) { FOREVER } else { ASK_AGAIN };
    let mut response = Response::new(Body::from(file.content));
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(lasting));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    out.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
    out.extend(encoding.map(|encoding| (CONTENT_ENCODING, encoding)));
    out.extend(SAFE.map(|(name, value)| (name, HeaderValue::from_static(value))));
    Some(response)
}

/// RFC 9110 §12.5.3, for the one encoding that there is.
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|choice| {
        let (name, weight) = choice.split_once(';').unwrap_or((choice, ""));
        let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// By the ending, of which the build makes few.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    fn built(path: &str) -> Option<File> {
        let (content, hash): (&'static [u8], _) = match path {
            "index.html" => (b"<!doctype html>", [1; 32]),
            "assets/main-1a2b.js" => (b"start()", [2; 32]),
            "assets/main-1a2b.js.gz" => (b"zipped", [3; 32]),
            _ => return None,
        };
        Some(File { content: content.into(), hash })
    }

    fn ask(path: &str, encodings: &'static str) -> Response {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(encodings))]);
        serve(built, path, &headers).into_response()
    }

    fn header(response: &Response, name: HeaderName) -> &str {
        response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    #[test]
    fn a_file_with_a_hash_in_its_name_is_kept() {
        let response = ask("assets/main-1a2b.js", "");
        assert_eq!(header(&response, CACHE_CONTROL), FOREVER);
        assert_eq!(header(&response, CONTENT_TYPE), "text/javascript; charset=utf-8");
        assert_eq!(header(&response, CONTENT_ENCODING), "");
    }

    #[test]
    fn gzip_is_sent_to_whom_accepts_it_under_a_tag_of_its_own() {
        let (zipped, plain) =
            (ask("assets/main-1a2b.js", "br, gzip"), ask("assets/main-1a2b.js", "gzip;q=0"));
        assert_eq!(header(&zipped, CONTENT_ENCODING), "gzip");
        assert_eq!(header(&plain, CONTENT_ENCODING), "");
        assert_ne!(header(&zipped, ETAG), header(&plain, ETAG));
    }

    #[test]
    fn the_path_of_a_page_is_answered_with_the_document() {
        let response = ask("groups/0123", "gzip");
        assert_eq!(header(&response, CONTENT_TYPE), "text/html; charset=utf-8");
        assert_eq!(header(&response, CACHE_CONTROL), ASK_AGAIN);
        assert!(header(&response, CONTENT_SECURITY_POLICY).contains("default-src 'self'"));
    }

    #[test]
    fn a_file_of_an_earlier_build_is_gone() {
        assert_eq!(ask("assets/main-9f9f.js", "").status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn without_a_build_a_page_says_how_to_make_one() {
        let response = serve(|_| None, "groups", &HeaderMap::new()).into_response();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(UNBUILT.contains("cargo xtask build"));
    }
}
