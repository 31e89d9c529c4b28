//! However the bytes are split into reads, the result is the same.

use bytes::{Bytes, BytesMut};
use paifang_wire::http1::{BodyError, ChunkedDecoder, Decoded, HeadError, HeadLimits, RequestScan, fields};
use proptest::prelude::*;

const LIMITS: HeadLimits = HeadLimits { fields: 8, bytes: 256 };

type Scanned = Result<Option<(usize, Vec<(String, Vec<u8>)>)>, HeadError>;

fn scanned(scan: &RequestScan, complete: bool, bytes: &[u8]) -> Scanned {
    if !complete {
        return Ok(None);
    }
    let headers = fields(&Bytes::copy_from_slice(bytes), &scan.fields)?;
    let fields = headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    Ok(Some((scan.length, fields.collect())))
}

/// Scans a prefix after the other, as reads would make them.
fn piecewise(bytes: &[u8], splits: &[usize]) -> Scanned {
    let mut scan = RequestScan::default();
    let mut ends: Vec<usize> = splits.iter().map(|split| split % (bytes.len() + 1)).collect();
    ends.sort_unstable();
    ends.push(bytes.len());
    for end in ends {
        if scan.scan(&bytes[..end], LIMITS)? {
            return scanned(&scan, true, bytes);
        }
    }
    Ok(None)
}

fn decoded(body: &[u8], splits: &[usize]) -> Result<(Vec<u8>, Option<usize>, bool), BodyError> {
    let (mut decoder, mut input, mut data) = (ChunkedDecoder::new(), BytesMut::new(), Vec::new());
    let mut ends: Vec<usize> = splits.iter().map(|split| split % (body.len() + 1)).collect();
    ends.sort_unstable();
    ends.push(body.len());
    let mut from = 0;
    for end in ends {
        input.extend_from_slice(&body[from..end]);
        from = end;
        loop {
            match decoder.decode(&mut input)? {
                Decoded::More => break,
                Decoded::Data(bytes) => data.extend_from_slice(&bytes),
                Decoded::Trailers(_) => return Ok((data, Some(body.len() - end + input.len()), true)),
                Decoded::End => return Ok((data, Some(body.len() - end + input.len()), false)),
            }
        }
    }
    Ok((data, None, false))
}

/// Mostly heads, with accidents.
fn heads() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => Just("\r\n".to_owned()),
        2 => Just("GET / HTTP/1.1\r\n".to_owned()),
        2 => Just("host: a\r\n".to_owned()),
        2 => "[a-zA-Z-]{1,6}: ?[ -~]{0,12}\r\n",
        1 => Just("content-length: 5\r\n".to_owned()),
        1 => Just("transfer-encoding: chunked\r\n".to_owned()),
        1 => "[\\x00-\\x7f]{0,3}",
    ];
    prop::collection::vec(piece, 0..10)
        .prop_map(|pieces| format!("GET /a HTTP/1.1\r\n{}", pieces.concat()).into_bytes())
}

fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => "[a-z]{1,9}".prop_map(|data| format!("{:x}\r\n{data}\r\n", data.len())),
        1 => "[a-z]{1,9}".prop_map(|data| format!("{:x};n={data}\r\n{data}\r\n", data.len())),
        1 => Just("0\r\n\r\n".to_owned()),
        1 => Just("0\r\nx-sum: 1\r\n\r\n".to_owned()),
        1 => "[0-9a-f;\\r\\n x\"=]{0,4}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #[test]
    fn a_head(head in heads(), splits in prop::collection::vec(any::<usize>(), 0..6)) {
        let mut scan = RequestScan::default();
        let whole = scan.scan(&head, LIMITS);
        let whole = whole.and_then(|complete| scanned(&scan, complete, &head));
        prop_assert_eq!(piecewise(&head, &splits), whole);
    }

    #[test]
    fn a_chunked_body(body in bodies(), splits in prop::collection::vec(any::<usize>(), 0..6)) {
        prop_assert_eq!(decoded(&body, &splits), decoded(&body, &[]));
    }
}
