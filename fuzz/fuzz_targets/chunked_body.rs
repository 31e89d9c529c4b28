//! Any bytes as a chunked body: nothing panics, any split gives the same, and what is accepted is what a plain reading of the chunks gives.
#![no_main]

use bytes::BytesMut;
use libfuzzer_sys::fuzz_target;
use paifang_wire::http1::{BodyError, ChunkedDecoder, Decoded};

/// Data, and how much of the input was taken, once the end was found.
type Read = Result<(Vec<u8>, Option<usize>), BodyError>;

fuzz_target!(|bytes: &[u8]| {
    let (step, body) = match bytes.split_first() {
        Some((step, body)) => (usize::from(*step).max(1), body),
        None => return,
    };
    let whole = read(body, usize::MAX);
    assert_eq!(read(body, step), whole);
    if let Ok((data, Some(taken))) = whole {
        assert!(data.len() < taken && body[..taken].ends_with(b"\r\n"));
        let mut again = Vec::new();
        for piece in data.chunks(7) {
            again.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            again.extend_from_slice(piece);
            again.extend_from_slice(b"\r\n");
        }
        again.extend_from_slice(b"0\r\n\r\n");
        let length = again.len();
        assert_eq!(read(&again, step), Ok((data, Some(length))));
    }
});

fn read(body: &[u8], step: usize) -> Read {
    let (mut decoder, mut input, mut data, mut given) =
        (ChunkedDecoder::new(), BytesMut::new(), Vec::new(), 0);
    for piece in body.chunks(step.min(body.len().max(1))) {
        input.extend_from_slice(piece);
        given += piece.len();
        loop {
            match decoder.decode(&mut input)? {
                Decoded::More => break,
                Decoded::Data(bytes) => data.extend_from_slice(&bytes),
                Decoded::Trailers(_) | Decoded::End => return Ok((data, Some(given - input.len()))),
            }
        }
    }
    Ok((data, None))
}
