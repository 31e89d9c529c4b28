//! Values of fields, made from bytes.
//!
//! The one place with `unsafe` in it. The `http` crate looks at each octet for itself; looking at eight at a time takes a sixth of the
//! instructions, some 4,500 of a call that is signed twice (bench/notes/plain.md).

use bytes::Bytes;
use http::HeaderValue;

use crate::http1::is_text;

/// `bytes` as a value; nothing where they hold a control other than the tab, which no value may (RFC 9110 §5.5).
pub fn field_value(bytes: impl Into<Bytes>) -> Option<HeaderValue> {
    let bytes = bytes.into();
    is_text(&bytes).then(|| {
        #[expect(
            unsafe_code,
            reason = "the http crate has no other way in that does not look at every octet again"
        )]
        // SAFETY: the octets that `is_text` lets through are those that `HeaderValue::from_maybe_shared` does, as the test shows.
        unsafe {
            HeaderValue::from_maybe_shared_unchecked(bytes)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every octet, at every place of a text that is looked at in words and rests.
    #[test]
    fn takes_what_the_http_crate_takes() {
        for length in 1..20 {
            for place in 0..length {
                for octet in 0..=u8::MAX {
                    let mut text = vec![b'v'; length];
                    text[place] = octet;
                    let (ours, theirs) = (field_value(text.clone()), HeaderValue::from_bytes(&text).ok());
                    assert_eq!(ours, theirs, "{octet:#x} at {place} of {length}");
                }
            }
        }
        assert_eq!(field_value(Bytes::new()), Some(HeaderValue::from_static("")));
    }
}
