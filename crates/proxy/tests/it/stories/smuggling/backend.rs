//! A backend that reads requests as strictly as can be, and tells in each reply what it saw; and the client that listens.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use paifang_testkit::frames::{END, Frames, Kind, WHOLE, block, frame};
use paifang_testkit::{Backend, TestGateway};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// More than any case takes: the gateway itself ends what stands still.
const PATIENCE: Duration = Duration::from_secs(20);

type Log = Arc<Mutex<Vec<String>>>;

/// A backend and what it saw.
pub(super) struct Recording {
    backend: Backend,
    seen: Log,
}

impl Recording {
    pub(super) fn backend(&self) -> &Backend {
        &self.backend
    }

    /// What it has seen since it was asked last.
    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

pub(super) async fn recording() -> Recording {
    let seen = Log::default();
    let log = Arc::clone(&seen);
    let backend = Backend::speaking(move |stream, _| serve(stream, Arc::clone(&log))).await;
    Recording { backend, seen }
}

async fn serve(mut stream: TcpStream, log: Log) {
    let mut buffer = Vec::new();
    loop {
        let request = loop {
            match read(&buffer) {
                Read::More => {}
                Read::Request { seen, length } => {
                    buffer.drain(..length);
                    break seen;
                }
                Read::Ambiguous(why) => {
                    log.lock()
                        .unwrap()
                        .push(format!("AMBIGUOUS {why}: {}", String::from_utf8_lossy(&buffer)));
                    return;
                }
            }
            if !matches!(stream.read_buf(&mut buffer).await, Ok(read) if read > 0) {
                return;
            }
        };
        log.lock().unwrap().push(request.clone());
        let seen: String = request.bytes().map(|byte| format!("{byte:02x}")).collect();
        let reply = format!("HTTP/1.1 200 OK\r\nx-seen: {seen}\r\ncontent-length: 0\r\n\r\n");
        if stream.write_all(reply.as_bytes()).await.is_err() {
            return;
        }
    }
}

enum Read {
    More,
    Request { seen: String, length: usize },
    Ambiguous(&'static str),
}

/// The first request in the bytes.
fn read(bytes: &[u8]) -> Read {
    let Some(end) = find(bytes, b"\r\n\r\n") else { return Read::More };
    let head = &bytes[..end];
    let is_line_end = |at: usize| head[at] == b'\r' && head.get(at + 1) == Some(&b'\n');
    let stray = (0..head.len()).any(|at| match head[at] {
        b'\r' => !is_line_end(at),
        b'\n' => at == 0 || head[at - 1] != b'\r',
        0 => true,
        _ => false,
    });
    if stray {
        return Read::Ambiguous("a stray octet in the head");
    }
    let text = String::from_utf8_lossy(head).into_owned();
    let mut lines = text.split("\r\n");
    let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, "HTTP/1.1"] = words[..] else { return Read::Ambiguous("no request line") };
    let (mut lengths, mut codings, mut hosts) = (Vec::new(), Vec::new(), 0);
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { return Read::Ambiguous("no field") };
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.!#$%&'*+^`|~".contains(&byte))
        {
            return Read::Ambiguous("no field name");
        }
        match name.to_ascii_lowercase().as_str() {
            "content-length" => lengths.push(value.trim().to_owned()),
            "transfer-encoding" => codings.push(value.trim().to_owned()),
            "host" => hosts += 1,
            _ => {}
        }
    }
    if hosts != 1 {
        return Read::Ambiguous("not one host");
    }
    let rest = &bytes[end + 4..];
    let body = match (&lengths[..], &codings[..]) {
        ([], []) => Some((Vec::new(), 0)),
        ([length], []) if !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit()) => {
            let length: usize = length.parse().unwrap_or(usize::MAX);
            (rest.len() >= length).then(|| (rest[..length].to_vec(), length))
        }
        ([], [coding]) if coding == "chunked" => match chunked(rest) {
            Ok(body) => body,
            Err(why) => return Read::Ambiguous(why),
        },
        _ => return Read::Ambiguous("its length is not clear"),
    };
    match body {
        None => Read::More,
        Some((body, length)) => {
            let seen = format!("{method} {target} {}", String::from_utf8_lossy(&body));
            Read::Request { seen, length: end + 4 + length }
        }
    }
}

/// A chunked body and how long it is; none while it is not all there.
fn chunked(bytes: &[u8]) -> Result<Option<(Vec<u8>, usize)>, &'static str> {
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let Some(end) = find(&bytes[at..], b"\r\n") else { return Ok(None) };
        let size = std::str::from_utf8(&bytes[at..at + end]).map_err(|_| "a chunk size")?;
        let is_size =
            !size.is_empty() && size.len() <= 8 && size.bytes().all(|byte| byte.is_ascii_hexdigit());
        let size =
            if is_size { usize::from_str_radix(size, 16).unwrap() } else { return Err("a chunk size") };
        at += end + 2;
        if size == 0 {
            // What follows are trailers, as a head has fields.
            if bytes[at..].starts_with(b"\r\n") {
                return Ok(Some((body, at + 2)));
            }
            return Ok(find(&bytes[at..], b"\r\n\r\n").map(|end| (body, at + end + 4)));
        }
        let Some(data) = bytes.get(at..at + size + 2) else { return Ok(None) };
        if !data.ends_with(b"\r\n") {
            return Err("a chunk end");
        }
        body.extend_from_slice(&data[..size]);
        at += size + 2;
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// What the backend said to have seen, in the replies to these bytes.
pub(super) async fn told(gateway: &TestGateway, bytes: &[u8]) -> Vec<String> {
    let (mut read, mut write) = gateway.raw().await.0.into_split();
    let mut heard = Vec::new();
    let sends = async {
        // It may be refused before all of it was sent. Nothing is closed: to leave is another case.
        let _ = write.write_all(bytes).await;
    };
    let hears = async { while matches!(read.read_buf(&mut heard).await, Ok(read) if read > 0) {} };
    let heard_all = tokio::time::timeout(PATIENCE, async { tokio::join!(sends, hears) }).await;
    assert!(heard_all.is_ok(), "a connection stays open after {}", String::from_utf8_lossy(&heard));
    seen_in(&heard)
}

/// How many replies of the backend came back for one HTTP/2 request.
pub(super) async fn told_h2(gateway: &TestGateway, fields: &[(String, String)], data: &[u8]) -> usize {
    let mut frames = Frames::to(gateway.address).await;
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let head = frame(Kind::Headers, WHOLE, 1, &block(&fields));
    frames.say(&[head, frame(Kind::Data, END, 1, data)].concat()).await;
    let status = tokio::time::timeout(PATIENCE, frames.status(1)).await.expect("a stream stays open");
    // Nobody else says 200.
    usize::from(status == Some(200))
}

fn seen_in(heard: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(heard).into_owned();
    let seen = text.lines().filter_map(|line| line.strip_prefix("x-seen: "));
    let unhex = |hex: &str| {
        let bytes = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
        String::from_utf8(bytes.collect()).unwrap()
    };
    seen.map(unhex).collect()
}
