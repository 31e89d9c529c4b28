//! Calls that lead back to the gateway. Every call to a backend says in `CDN-Loop` (RFC 8586) that it came through here; one
//! that comes back says also through which APIs, so that an API that calls itself is found at its second time round. So many
//! layers as the specification allows may lie one in another (spec: huawei/api-model.md §10).

use std::fmt::Write as _;

use http::{HeaderName, HeaderValue};
use paifang_model::id::ApiId;
use paifang_wire::Headers;

use crate::refusal::Refusal;

const LOOP: HeaderName = HeaderName::from_static("cdn-loop");
/// What the gateway is called there.
const OWN: &str = "paifang";
const API: &str = "api=";
/// Calls of the gateway's to itself that may lie one in another.
pub(super) const LAYERS_AT_MOST: usize = 10;

/// Why a call goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Round {
    #[error("the call has come round: it passed this API before, and the gateway {layers} times")]
    SameApi { layers: usize },
    #[error("the call passed the gateway {layers} times already, and may not pass it again")]
    TooDeep { layers: usize },
}

impl From<Round> for Refusal {
    fn from(round: Round) -> Self {
        let (Round::SameApi { layers } | Round::TooDeep { layers }) = round;
        Self::CallsItself { layers }
    }
}

/// Refuses a call that has come round.
///
/// # Errors
/// When it passed this API before, or the gateway as often as is allowed.
pub(super) fn check(api: ApiId, client: &Headers) -> Result<(), Round> {
    if !client.contains(LOOP) {
        return Ok(());
    }
    let api = api.to_string();
    let mut layers = 0;
    for entry in own_entries(client) {
        layers += 1;
        if entry == Some(api.as_bytes()) {
            return Err(Round::SameApi { layers });
        }
        if layers >= LAYERS_AT_MOST {
            return Err(Round::TooDeep { layers });
        }
    }
    Ok(())
}

/// Says to a backend what the client said, and that the call came through here.
pub(crate) fn pass(api: ApiId, client: &Headers, backend: &mut Headers) {
    if !client.contains(LOOP) {
        backend.insert(LOOP, HeaderValue::from_static(OWN));
        return;
    }
    backend.remove(LOOP);
    client.get_all(LOOP).for_each(|value| backend.append(LOOP, value.clone()));
    let mut own = OWN.to_owned();
    if own_entries(client).next().is_some() {
        // Writing to a text does not fail.
        let _ = write!(own, "; {API}{api}");
    }
    if let Ok(own) = HeaderValue::try_from(own) {
        backend.append(LOOP, own);
    }
}

/// The gateway's own entries, each with its API when it says one.
fn own_entries(client: &Headers) -> impl Iterator<Item = Option<&[u8]>> {
    let entries = client.get_all(LOOP).flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    entries.filter_map(|entry| {
        let mut parts = entry.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
        let is_own = parts.next() == Some(OWN.as_bytes());
        is_own.then(|| parts.find_map(|part| part.strip_prefix(API.as_bytes())))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use paifang_model::Id;

    use super::*;

    fn api(byte: u8) -> ApiId {
        ApiId(Id::from_bytes([byte; 16]))
    }

    fn headers(values: &[&str]) -> Headers {
        let mut headers = Headers::new();
        values.iter().for_each(|value| headers.append(LOOP, HeaderValue::from_str(value).unwrap()));
        headers
    }

    fn passed(values: &[&str]) -> Vec<String> {
        let mut backend = headers(&["set by the API"]);
        pass(api(1), &headers(values), &mut backend);
        backend.get_all(LOOP).map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_others_say_goes_on_and_the_api_is_named_from_the_second_time_on() {
        assert_eq!(passed(&[]), ["paifang"]);
        assert_eq!(passed(&["cdn.example; x=1"]), ["cdn.example; x=1", "paifang"]);
        let own = format!("paifang; api={}", api(1));
        assert_eq!(passed(&["cdn.example, paifang"]), ["cdn.example, paifang", &own]);
    }

    #[test]
    fn an_api_that_was_passed_is_known_and_so_are_too_many_layers() {
        let refused = |values: &[&str]| check(api(1), &headers(values)).is_err();
        assert!(!refused(&[]) && !refused(&["paifang"]) && !refused(&["paifangs; api=1", "x;paifang"]));
        assert!(refused(&["paifang", &format!("paifang;api={}", api(1))]));
        assert!(!refused(&["paifang", &format!("paifang; api={}", api(2))]));
        assert!(!refused(&[&["paifang"; LAYERS_AT_MOST - 1].join(",")]));
        assert!(refused(&[&["paifang"; LAYERS_AT_MOST].join(",")]));
    }
}
