//! A worker, servers of this crate's, and neighbours that speak bytes.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use paifang_wire::{
    Body, ByteBudget, ConnectionInfo, Drain, Ended, Frame, Handler, Head, HeaderName, HeaderValue, Method,
    Origin, OutgoingRequest, Pool, PoolSettings, Reply, Request, Server, ServerSettings, StatusCode,
    Timeouts, WireError,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{LocalSet, spawn_local};

/// Runs a test as a worker would, and not for ever.
pub(crate) fn worker(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let guarded = async { tokio::time::timeout(Duration::from_secs(60), test).await };
    LocalSet::new().block_on(&runtime, guarded).expect("the test hangs");
}

/// A listening server of this crate's.
#[derive(Clone)]
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) accepted: Rc<Cell<usize>>,
    pub(crate) drain: Drain,
    ended: Rc<RefCell<Vec<Result<Ended, WireError>>>>,
    end: Rc<Notify>,
}

impl Served {
    /// How the next connection that ends did so.
    pub(crate) async fn ended(&self) -> Result<Ended, WireError> {
        loop {
            if let Some(ended) = self.ended.borrow_mut().pop() {
                return ended;
            }
            self.end.notified().await;
        }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    pub(crate) fn origin(&self) -> Origin {
        Origin::http1(self.address)
    }
}

pub(crate) async fn serve(handler: impl Handler) -> Served {
    serve_with(ServerSettings::default(), handler).await
}

pub(crate) async fn serve_with(settings: ServerSettings, handler: impl Handler) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let served = Served {
        address: listener.local_addr().unwrap(),
        accepted: Rc::default(),
        drain: Drain::new(),
        ended: Rc::default(),
        end: Rc::default(),
    };
    let server = Server::new(handler, settings, served.drain.clone());
    let seen = served.clone();
    spawn_local(async move {
        loop {
            let (stream, peer) = listener.accept().await.unwrap();
            seen.accepted.set(seen.accepted.get() + 1);
            let info = ConnectionInfo::plain(peer, stream.local_addr().unwrap());
            let (server, seen) = (server.clone(), seen.clone());
            spawn_local(async move {
                let ended = server.serve(stream, info).await;
                seen.ended.borrow_mut().push(ended);
                seen.end.notify_one();
            });
        }
    });
    served
}

/// A neighbour that speaks bytes: `talk` is called for every connection with its number.
pub(crate) async fn raw<F>(talk: impl Fn(TcpStream, usize) -> F + 'static) -> SocketAddr
where
    F: Future<Output = ()> + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    spawn_local(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            spawn_local(talk(stream, number));
        }
    });
    address
}

/// Reads until `end` has been seen; returns everything.
pub(crate) async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains(end) {
        assert_ne!(stream.read_buf(&mut seen).await.unwrap(), 0, "closed after {seen:?}");
    }
    String::from_utf8(seen).unwrap()
}

pub(crate) async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut seen = Vec::new();
    stream.read_to_end(&mut seen).await.unwrap();
    String::from_utf8(seen).unwrap()
}

/// Sends bytes on a new connection and returns the answer up to the connection's end.
pub(crate) async fn say(served: &Served, request: &str) -> String {
    let mut stream = served.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    read_to_end(&mut stream).await
}

pub(crate) fn pool() -> Pool {
    Pool::new(PoolSettings::default())
}

pub(crate) fn soon() -> Timeouts {
    within(Duration::from_secs(30))
}

pub(crate) fn within(head: Duration) -> Timeouts {
    let now = Instant::now();
    Timeouts { now, connect: head, head_by: now + head }
}

pub(crate) fn request(method: Method, target: &str, body: Body) -> OutgoingRequest {
    OutgoingRequest { head: Head::new(method, target.parse().unwrap()), body }
}

pub(crate) fn get(target: &str) -> OutgoingRequest {
    request(Method::GET, target, Body::empty())
}

pub(crate) fn with(mut request: OutgoingRequest, name: &'static str, value: &'static str) -> OutgoingRequest {
    request.head.headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    request
}

pub(crate) fn ok(body: impl Into<Bytes>) -> Reply {
    Reply::new(StatusCode::OK, Body::full(body))
}

pub(crate) async fn bytes(body: Body) -> Bytes {
    body.collect(usize::MAX, &ByteBudget::default()).await.unwrap().bytes
}

pub(crate) async fn text(reply: Reply) -> String {
    String::from_utf8(bytes(reply.body).await.to_vec()).unwrap()
}

/// Answers with what it was sent.
pub(crate) async fn echo(request: Request) -> Reply {
    Reply::new(StatusCode::OK, request.body)
}

/// `count` chunks of `size` bytes, counted as they are made.
pub(crate) fn chunks(
    count: usize,
    size: usize,
    made: Rc<Cell<usize>>,
) -> impl futures_util::Stream<Item = Result<Frame, WireError>> {
    let chunk = Bytes::from(vec![b'x'; size]);
    futures_util::stream::iter((0..count).map(move |_| {
        made.set(made.get() + size);
        Ok(Frame::Data(chunk.clone()))
    }))
}
