//! How an answer is cut into reads makes no difference.

use bytes::BytesMut;
use paifang_wire::http1::{Answer, Answered, Asked, BodyDecoder, Decoded, HeadLimits};
use paifang_wire::{Body, ByteBudget, Headers, Method, Origin};
use proptest::prelude::*;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{pool, raw, read_to_end, read_until, request, soon, worker};

const LIMITS: HeadLimits = HeadLimits { fields: 8, bytes: 300 };

const ANSWERS: [&str; 9] = [
    "HTTP/1.1 200 OK\r\ncontent-length: 11\r\nx: y\r\n\r\nhello world",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 1\r\ny: z\r\n\r\nmore",
    "HTTP/1.1 103 Hints\r\nlink: a\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
    "HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n\r\nto the end",
    "HTTP/1.1 304 Not Modified\r\ncontent-length: 3\r\netag: \"x\"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\nother words",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n000000000000005\r\nhello\r\nf\r\nbroken",
];

/// All that can be told of an answer.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    status: Option<u16>,
    headers: Option<Headers>,
    body: Vec<u8>,
    trailers: Option<Headers>,
    ended: bool,
    error: Option<String>,
    /// What lies behind its end.
    rest: Vec<u8>,
}

struct Reader {
    asked: Asked,
    answer: Answer,
    body: Option<BodyDecoder>,
    buffer: BytesMut,
    seen: Seen,
}

impl Reader {
    fn new() -> Self {
        let asked = Asked { method: Method::GET, upgrade: true, close: false };
        Self { asked, answer: Answer::default(), body: None, buffer: BytesMut::new(), seen: Seen::default() }
    }

    fn read(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
        while self.seen.error.is_none() && !self.seen.ended && self.step() {}
    }

    /// Says whether to go on without more bytes.
    fn step(&mut self) -> bool {
        let Some(body) = &mut self.body else { return self.head() };
        match body.decode(&mut self.buffer) {
            Ok(Decoded::More) => return false,
            Ok(Decoded::Data(data)) => self.seen.body.extend_from_slice(&data),
            Ok(Decoded::End) => self.seen.ended = true,
            Ok(Decoded::Trailers(trailers)) => (self.seen.trailers, self.seen.ended) = (Some(trailers), true),
            Err(error) => self.seen.error = Some(error.to_string()),
        }
        true
    }

    fn head(&mut self) -> bool {
        let head = match self.answer.find(&mut self.buffer, LIMITS, &self.asked) {
            Ok(None) => return false,
            Ok(Some(Answered::Reply { head, length, .. })) => {
                self.body = Some(length.into());
                head
            }
            Ok(Some(Answered::Switch(head))) => {
                self.seen.ended = true;
                head
            }
            Err(error) => {
                self.seen.error = Some(error.to_string());
                return false;
            }
        };
        (self.seen.status, self.seen.headers) = (Some(head.status.as_u16()), Some(head.headers));
        true
    }

    fn finish(mut self) -> Seen {
        if self.seen.ended {
            self.seen.rest = self.buffer.to_vec();
        }
        self.seen
    }
}

fn read(bytes: &[u8], cuts: &[usize]) -> Seen {
    let mut reader = Reader::new();
    pieces(bytes, cuts).into_iter().for_each(|piece| reader.read(piece));
    reader.finish()
}

fn pieces<'b>(bytes: &'b [u8], cuts: &[usize]) -> Vec<&'b [u8]> {
    let mut cuts: Vec<_> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect()
}

/// One of the answers, perhaps with an octet replaced or put in.
fn answer() -> impl Strategy<Value = Vec<u8>> {
    let octet = prop_oneof![Just(b'\r'), Just(b'\n'), Just(b':'), Just(b' '), Just(b'0'), any::<u8>()];
    let change = prop::option::of((any::<prop::sample::Index>(), octet, any::<bool>()));
    (prop::sample::select(&ANSWERS[..]), change).prop_map(|(answer, change)| {
        let mut bytes = answer.as_bytes().to_vec();
        match change {
            None => {}
            Some((at, octet, true)) => bytes.insert(at.index(bytes.len()), octet),
            Some((at, octet, false)) => {
                let at = at.index(bytes.len());
                bytes[at] = octet;
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_cut_reads_the_same(bytes in answer(), cuts in prop::collection::vec(any::<usize>(), 0..12)) {
        prop_assert_eq!(read(&bytes, &cuts), read(&bytes, &[]));
    }
}

#[test]
fn octet_by_octet_reads_the_same() {
    for answer in ANSWERS {
        let every: Vec<_> = (0..answer.len()).collect();
        assert_eq!(read(answer.as_bytes(), &every), read(answer.as_bytes(), &[]), "{answer:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The same over a socket: no cut loses a wake-up.
    #[test]
    fn any_cut_arrives_the_same(which in 0..3_usize, cuts in prop::collection::vec(any::<usize>(), 0..8)) {
        worker(async move {
            let answer = ANSWERS[which];
            let address = raw(move |mut stream: TcpStream, _| {
                let cuts = cuts.clone();
                async move {
                    stream.set_nodelay(true).unwrap();
                    read_until(&mut stream, "\r\n\r\n").await;
                    for piece in pieces(answer.as_bytes(), &cuts) {
                        stream.write_all(piece).await.unwrap();
                        tokio::task::yield_now().await;
                    }
                    read_to_end(&mut stream).await;
                }
            })
            .await;
            let get = request(Method::GET, "/", Body::empty());
            let reply = pool().send(&Origin::http1(address), get, &soon()).await.unwrap();
            let headers = reply.head.headers.clone();
            let body = reply.body.collect(100, &ByteBudget::default()).await.unwrap();
            let whole = read(answer.as_bytes(), &[]);
            assert_eq!((Some(headers), &body.bytes[..]), (whole.headers, &whole.body[..]));
            assert_eq!(body.trailers, whole.trailers);
        });
    }
}
