//! Trace context (W3C, <https://www.w3.org/TR/trace-context/>): the gateway takes no part in a trace and does not break it.
//! What is valid goes on to the backend in every request mode; what is not is dropped, as whoever starts a trace anew does.

use http::{HeaderName, HeaderValue};
use paifang_wire::Headers;

const PARENT: HeaderName = HeaderName::from_static("traceparent");
const STATE: HeaderName = HeaderName::from_static("tracestate");

/// Bytes of a `traceparent` of version 00; later ones may go on after a dash.
const PARENT_BYTES: usize = 55;
/// Entries of a `tracestate` (§3.3.1.1).
const ENTRIES_AT_MOST: usize = 32;

/// The id of a trace: 32 lower-case hex digits.
pub(crate) type TraceId = [u8; 32];

/// The trace that a client says its call belongs to; none where it says so wrongly, or not at all.
pub(crate) fn id(client: &Headers) -> Option<TraceId> {
    let mut values = client.get_all(PARENT);
    let value = values.next()?;
    // Two are none.
    if values.next().is_some() { None } else { trace_id(value.as_bytes()) }
}

/// Puts the client's context among the backend's fields, unless the API sets its own.
pub(crate) fn pass(client: &Headers, backend: &mut Headers, sets: impl Fn(&HeaderName) -> bool) {
    if sets(&PARENT) {
        return;
    }
    let is_there = client.contains(PARENT) || client.contains(STATE);
    if !is_there {
        return;
    }
    backend.remove(PARENT);
    if !sets(&STATE) {
        backend.remove(STATE);
    }
    if id(client).is_none() {
        return;
    }
    if let Some(parent) = client.get(PARENT) {
        backend.insert(PARENT, parent.clone());
    }
    // A state that cannot be read is dropped alone (§4.3).
    if !sets(&STATE) && is_state(client.get_all(STATE)) {
        client.get_all(STATE).for_each(|value| backend.append(STATE, value.clone()));
    }
}

/// §3.2: `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`.
fn trace_id(value: &[u8]) -> Option<TraceId> {
    let (known, rest) = value.split_at_checked(PARENT_BYTES)?;
    let mut parts = known.split(|byte| *byte == b'-');
    let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_hex = |part: &[u8]| part.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_zero = |part: &[u8]| part.iter().all(|byte| *byte == b'0');
    let fits = [version, trace, parent, flags].map(<[u8]>::len) == [2, 32, 16, 2]
        && [version, trace, parent, flags].into_iter().all(is_hex)
        && !is_zero(trace)
        && !is_zero(parent)
        && parts.next().is_none();
    let version_fits = match version {
        b"ff" => false,
        b"00" => rest.is_empty(),
        _ => rest.first().is_none_or(|byte| *byte == b'-'),
    };
    if fits && version_fits { trace.try_into().ok() } else { None }
}

/// §3.3: `key=value` entries in one list; empty ones are allowed and keys are there once.
fn is_state<'v>(values: impl Iterator<Item = &'v HeaderValue>) -> bool {
    let mut keys = Vec::new();
    for entry in values.flat_map(|value| value.as_bytes().split(|byte| *byte == b',')) {
        let entry = entry.trim_ascii();
        if entry.is_empty() {
            continue;
        }
        let Some(at) = entry.iter().position(|byte| *byte == b'=') else { return false };
        let (key, value) = (&entry[..at], &entry[at + 1..]);
        if !is_key(key) || !is_value(value) || keys.contains(&key) || keys.len() == ENTRIES_AT_MOST {
            return false;
        }
        keys.push(key);
    }
    !keys.is_empty()
}

fn is_key(key: &[u8]) -> bool {
    let fits = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/' | b'@');
    let begins = key.first().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    begins && key.len() <= 256 && key.iter().all(fits)
}

fn is_value(value: &[u8]) -> bool {
    let fits = |byte: &u8| matches!(byte, 0x20..=0x7e) && !b",=".contains(byte);
    (1..=256).contains(&value.len()) && value.iter().all(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VALID: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_traceparent_is_read_strictly() {
        assert_eq!(trace_id(VALID.as_bytes()).as_ref(), Some(b"0af7651916cd43dd8448eb211c80319c"));
        let later = VALID.replacen("00", "01", 1);
        assert!(trace_id(later.as_bytes()).is_some());
        assert!(trace_id(format!("{later}-what-comes").as_bytes()).is_some());
        for wrong in [
            "",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
            "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
            "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ] {
            assert_eq!(trace_id(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn a_tracestate_is_read_as_one_list() {
        let is_state = |values: &[&str]| {
            let values: Vec<_> =
                values.iter().map(|value| HeaderValue::from_str(value).expect("a value")).collect();
            is_state(values.iter())
        };
        assert!(is_state(&["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"]));
        assert!(is_state(&["rojo=1 , ,", "tenant@congo=2"]));
        for wrong in [&["rojo"][..], &["Rojo=1"], &["rojo=1", "rojo=2"], &["rojo=1=2"], &["rojo="], &[""]] {
            assert!(!is_state(wrong), "{wrong:?}");
        }
        let many: Vec<_> = (0..33).map(|number| format!("k{number}=v")).collect();
        assert!(!is_state(&[&many.join(",")]));
        assert!(is_state(&[&many[..32].join(",")]));
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = trace_id(&bytes);
            let _ = HeaderValue::from_bytes(&bytes).map(|value| is_state(std::iter::once(&value)));
        }
    }
}
