//! One HTTP/1 connection to a backend.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::Poll;
use std::time::{Duration, Instant};

use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use hyper_util::rt::TokioIo;

use super::{recovered, reply};
use crate::client::alarm::Alarm;
use crate::client::home::Home;
use crate::client::io::{Meter, Metered, Transport};
use crate::client::upload::Upload;
use crate::client::{Attempt, SendError, SendFailure, TimeoutPhase};
use crate::exec::{poll_quietly, quietly};
use crate::{Body, Headers, Reply, ReplyHead, Upgraded};

/// hyper's smallest buffer.
const LEAST_BUFFER: usize = 8 * 1024;

/// hyper's promise of a reply. Boxed: it has room for a whole request, which every move of the pipeline's future would copy.
pub(super) type Answer =
    Pin<Box<dyn Future<Output = Result<Response<Incoming>, TrySendError<Request<Upload>>>>>>;

/// A connection, and hyper's state machine for it, which nobody but the holder drives: whoever holds the link and waits for it must
/// poll [`Link::drive`].
pub(in crate::client) struct Link {
    sender: SendRequest<Upload>,
    connection: Connection<TokioIo<Metered>, Upload>,
    meter: Rc<Meter>,
    home: Weak<Home>,
    rested: Instant,
}

impl Link {
    pub(super) async fn new(transport: Transport, home: &Home) -> Result<Box<Self>, hyper::Error> {
        let meter = Rc::new(Meter::default());
        let io = TokioIo::new(Metered::new(transport, Rc::clone(&meter)));
        let head = home.settings().max_head_bytes as usize;
        let (sender, connection) = Builder::new().max_buf_size(head.max(LEAST_BUFFER)).handshake(io).await?;
        Ok(Box::new(Self { sender, connection, meter, home: home.address(), rested: Instant::now() }))
    }

    pub(in crate::client) fn idle_for(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.rested)
    }

    /// Whether the backend has left it open and said nothing unasked. Costs no system call when nothing arrived.
    pub(in crate::client) fn is_usable(&mut self) -> bool {
        poll_quietly(&mut self.connection).is_pending() && self.sender.is_ready()
    }

    /// Ready when the connection is over; everything that had arrived is then with its reader.
    pub(super) fn drive(&mut self, cx: &mut std::task::Context<'_>) -> Poll<()> {
        Pin::new(&mut self.connection).poll(cx).map(drop)
    }

    /// Hands the request to hyper; nothing is written before [`Link::answered`].
    pub(super) fn ask(mut self: Box<Self>, request: Request<Body>) -> (Box<Self>, Answer) {
        self.meter.begin();
        let request = request.map(|body| Upload::new(body, &self.meter));
        let answer = Box::pin(self.sender.try_send_request(request));
        (self, answer)
    }

    /// Sends what was asked and waits for the reply's head.
    pub(super) async fn answered(
        mut self: Box<Self>,
        mut answer: Answer,
        alarm: &mut Alarm,
    ) -> Result<Reply, SendError> {
        // The answer comes about only while the connection is driven, right below: it needs no wake-up.
        let mut over = false;
        let answered = poll_fn(|cx| {
            over = over || self.drive(cx).is_ready();
            if let Poll::Ready(answered) = quietly(|quiet| answer.as_mut().poll(quiet)) {
                return Poll::Ready(Some(answered));
            }
            if over || alarm.poll(cx).is_ready() { Poll::Ready(None) } else { Poll::Pending }
        })
        .await;
        match answered {
            Some(Ok(response)) => {
                let arrived = if over { Arrived::Closed(self) } else { Arrived::On(self) };
                Ok(arrived.reply(response).await)
            }
            Some(Err(error)) => Err(self.failed(error)),
            None if over => Err(SendError::closed(self.meter.attempt())),
            None => Err(self.late()),
        }
    }

    fn failed(&self, mut error: TrySendError<Request<Upload>>) -> SendError {
        if let Some(request) = error.take_message() {
            let request = Some(Box::new(recovered(request.map(Upload::into_body))));
            let failure = SendFailure::from_hyper(error.into_error());
            return SendError { failure, attempt: Attempt::NotSent, request };
        }
        let failure = match self.meter.take_upload_failure() {
            Some(upload) => SendFailure::BodyFromClient(upload),
            None => SendFailure::from_hyper(error.into_error()),
        };
        SendError::new(failure, self.meter.attempt())
    }

    fn late(&self) -> SendError {
        let phase = if self.meter.is_uploading() { TimeoutPhase::Send } else { TimeoutPhase::Head };
        SendError::new(SendFailure::Timeout { phase }, self.meter.attempt())
    }

    pub(super) fn is_uploading(&self) -> bool {
        self.meter.is_uploading()
    }

    /// The reply is complete: back to where it rests, if it can carry another request.
    pub(super) fn settle(mut self: Box<Self>) {
        let ready = !self.is_uploading() && (self.sender.is_ready() || self.is_usable());
        if ready && let Some(home) = self.home.upgrade() {
            self.rested = Instant::now();
            home.put(self);
        }
    }

    /// Lets a task of its own drive what is left: for a backend that replies before it has read the whole request, so that
    /// neither direction waits for the other. The connection is not used again.
    pub(super) fn detach(self: Box<Self>) {
        let Self { connection, .. } = *self;
        tokio::task::spawn_local(async move { drop(connection.await) });
    }
}

/// A connection on which a reply's head arrived; [`Arrived::Closed`] must not be driven again.
enum Arrived {
    On(Box<Link>),
    Closed(Box<Link>),
}

impl Arrived {
    async fn reply(self, response: Response<Incoming>) -> Reply {
        let (parts, incoming) = response.into_parts();
        let head = ReplyHead { status: parts.status, headers: Headers::from_map(parts.headers) };
        if head.status == StatusCode::SWITCHING_PROTOCOLS {
            return Reply { head, body: Body::empty(), upgraded: Some(self.switch().await) };
        }
        let link = match self {
            Self::On(link) => Some(link),
            Self::Closed(_) => None,
        };
        Reply { head, body: reply::body(incoming, link), upgraded: None }
    }

    /// RFC 9110 §15.2.2: what follows is no longer HTTP. hyper ends here, and would shut the stream down if driven further.
    async fn switch(self) -> Upgraded {
        let link = match self {
            Self::Closed(link) => link,
            Self::On(mut link) => {
                poll_fn(|cx| link.drive(cx)).await;
                link
            }
        };
        let parts = link.connection.into_parts();
        Upgraded::new(parts.io.into_inner().into_transport(), parts.read_buf)
    }
}
