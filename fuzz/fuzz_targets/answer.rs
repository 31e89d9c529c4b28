//! Any bytes of a backend, cut into any reads: nothing panics, the cuts make no difference, and nothing but text can come out of a head.
//!
//! The first byte says what was asked, the second how the rest is cut.
#![no_main]

use bytes::BytesMut;
use libfuzzer_sys::fuzz_target;
use paifang_wire::http1::{Answer, Answered, Asked, BodyDecoder, Decoded, HeadLimits, Reuse};
use paifang_wire::{Headers, Method};

const LIMITS: HeadLimits = HeadLimits { fields: 16, bytes: 1024 };

fuzz_target!(|bytes: &[u8]| {
    let [what, cut, answer @ ..] = bytes else { return };
    let method = if what & 1 == 0 { Method::GET } else { Method::HEAD };
    let asked = Asked { method, upgrade: what & 2 != 0, close: what & 4 != 0 };
    let whole = read(&asked, answer, answer.len());
    assert_eq!(read(&asked, answer, usize::from(*cut)), whole);
    assert_eq!(read(&asked, answer, 1), whole);
    for (name, value) in whole.headers.iter().chain(&whole.trailers).flat_map(Headers::iter) {
        assert!(name.as_str().bytes().all(|byte| byte.is_ascii_graphic() && byte != b':'));
        assert!(!value.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
    }
    if whole.reuse == Some(Reuse::Possible) {
        let lengths = whole.headers.iter().flat_map(|headers| headers.get_all("content-length"));
        assert!(lengths.count() <= 1);
    }
});

/// All that can be told of an answer.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    status: Option<u16>,
    headers: Option<Headers>,
    reuse: Option<Reuse>,
    body: Vec<u8>,
    trailers: Option<Headers>,
    ended: bool,
    /// It breaks a rule. Which one is named first, where it breaks several, may depend on the cuts.
    refused: bool,
    /// What lies behind its end.
    rest: Vec<u8>,
}

/// Reads an answer of which `piece` bytes come at once.
fn read(asked: &Asked, answer: &[u8], piece: usize) -> Seen {
    let (mut seen, mut buffer) = (Seen::default(), BytesMut::new());
    let (mut head, mut body) = (Answer::default(), None);
    for piece in answer.chunks(piece.max(1)) {
        buffer.extend_from_slice(piece);
        while !seen.ended && !seen.refused {
            let went_on = match &mut body {
                None => find(&mut head, &mut body, asked, &mut buffer, &mut seen),
                Some(body) => decode(body, &mut buffer, &mut seen),
            };
            if !went_on {
                break;
            }
        }
    }
    if seen.ended {
        seen.rest = buffer.to_vec();
    }
    seen
}

fn find(
    head: &mut Answer,
    body: &mut Option<BodyDecoder>,
    asked: &Asked,
    buffer: &mut BytesMut,
    seen: &mut Seen,
) -> bool {
    let found = match head.find(buffer, LIMITS, asked) {
        Ok(None) => return false,
        Ok(Some(Answered::Reply { head, length, reuse })) => {
            (*body, seen.reuse) = (Some(length.into()), Some(reuse));
            head
        }
        Ok(Some(Answered::Switch(head))) => {
            seen.ended = true;
            head
        }
        Err(_) => {
            seen.refused = true;
            return false;
        }
    };
    (seen.status, seen.headers) = (Some(found.status.as_u16()), Some(found.headers));
    true
}

fn decode(body: &mut BodyDecoder, buffer: &mut BytesMut, seen: &mut Seen) -> bool {
    match body.decode(buffer) {
        Ok(Decoded::More) => return false,
        Ok(Decoded::Data(data)) => seen.body.extend_from_slice(&data),
        Ok(Decoded::End) => seen.ended = true,
        Ok(Decoded::Trailers(trailers)) => (seen.trailers, seen.ended) = (Some(trailers), true),
        Err(_) => seen.refused = true,
    }
    true
}
