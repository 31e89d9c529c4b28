//! Writes a request and waits for the head of its reply, both at once: a backend may answer before it has read everything.

use std::future::poll_fn;
use std::io;
use std::task::{Context, Poll, ready};

use super::request::Outgoing;
use super::sending::{Sending, Unfinished};
use super::{Link, reply};
use crate::client::alarm::Alarm;
use crate::client::{Attempt, SendError, SendFailure, TimeoutPhase};
use crate::http1::{Answer, AnswerError, Answered, Asked, Reuse};
use crate::turn::turn;
use crate::{Body, Reply, Upgraded};

/// Sends what is in `outgoing`, which stays as it is as long as nothing of it has left.
pub(super) async fn exchange(
    mut link: Box<Link>,
    outgoing: &mut Outgoing,
    alarm: &mut Alarm,
) -> Result<Reply, SendError> {
    let mut exchange = Exchange {
        link: &mut link,
        sending: &mut outgoing.sending,
        asked: &outgoing.asked,
        answer: Answer::default(),
        began: false,
        refused: None,
    };
    turn().await;
    let found = poll_fn(|cx| exchange.poll(cx, alarm)).await?;
    arrived(link, outgoing, found)
}

struct Exchange<'a> {
    link: &'a mut Link,
    sending: &'a mut Sending,
    asked: &'a Asked,
    answer: Answer,
    /// Bytes came.
    began: bool,
    /// Why the backend took no more of the request.
    refused: Option<io::Error>,
}

impl Exchange<'_> {
    fn poll(&mut self, cx: &mut Context<'_>, alarm: &mut Alarm) -> Poll<Result<Answered, SendError>> {
        self.send(cx)?;
        match self.receive(cx) {
            Poll::Pending => alarm.poll(cx).map(|()| Err(self.late())),
            found => found,
        }
    }

    fn send(&mut self, cx: &mut Context<'_>) -> Result<(), SendError> {
        match self.sending.poll(cx, &mut self.link.transport) {
            Poll::Pending | Poll::Ready(Ok(())) => Ok(()),
            Poll::Ready(Err(Unfinished::Body(error))) => Err(self.failed(SendFailure::BodyFromClient(error))),
            Poll::Ready(Err(Unfinished::Socket(error))) if self.sending.written() == 0 => {
                Err(SendError::not_sent(SendFailure::Closed(Some(error.into()))))
            }
            Poll::Ready(Err(Unfinished::Socket(error))) => {
                // RFC 9112 §9.5: what it answered before it closed may have arrived.
                self.link.reuse = Reuse::Refused;
                self.sending.give_up();
                self.refused = Some(error);
                Ok(())
            }
        }
    }

    fn receive(&mut self, cx: &mut Context<'_>) -> Poll<Result<Answered, SendError>> {
        loop {
            match self.answer.find(&mut self.link.buffer, self.link.limits, self.asked) {
                Ok(None) => {}
                Ok(Some(found)) => return Poll::Ready(Ok(found)),
                Err(error) => return Poll::Ready(Err(self.failed(SendFailure::Protocol(error.into())))),
            }
            match ready!(self.link.poll_read(cx)) {
                Ok(0) => return Poll::Ready(Err(self.closed(None))),
                // No answer to what was not asked yet.
                Ok(_) if self.sending.written() == 0 => return Poll::Ready(Err(self.closed(None))),
                Ok(_) => self.began = true,
                Err(error) => return Poll::Ready(Err(self.closed(Some(error)))),
            }
        }
    }

    fn closed(&mut self, error: Option<io::Error>) -> SendError {
        let cause = self.refused.take().or(error);
        self.failed(SendFailure::Closed(cause.map(Into::into)))
    }

    fn late(&self) -> SendError {
        let phase = if self.sending.is_done() { TimeoutPhase::Head } else { TimeoutPhase::Send };
        self.failed(SendFailure::Timeout { phase })
    }

    fn failed(&self, failure: SendFailure) -> SendError {
        let attempt = match (self.began, self.sending.written()) {
            (true, _) => Attempt::Began,
            (false, 1..) => Attempt::Sent,
            (false, 0) => Attempt::NotSent,
        };
        SendError::new(failure, attempt)
    }
}

/// The reply, of which the body may still be on its way; so may be the rest of the request.
fn arrived(mut link: Box<Link>, outgoing: &mut Outgoing, found: Answered) -> Result<Reply, SendError> {
    let sending = (!outgoing.sending.is_done()).then(|| Box::new(std::mem::take(&mut outgoing.sending)));
    match found {
        Answered::Reply { head, length, reuse } => {
            if reuse == Reuse::Refused {
                link.reuse = reuse;
            }
            Ok(Reply { head, body: reply::body(link, sending, length), upgraded: None })
        }
        Answered::Switch(_) if sending.is_some() => {
            let failure = SendFailure::Protocol(AnswerError::SwitchedEarly.into());
            Err(SendError::new(failure, Attempt::Began))
        }
        Answered::Switch(head) => {
            // What follows is no longer HTTP (RFC 9110 §15.2.2).
            let early = link.buffer.split().freeze();
            Ok(Reply { head, body: Body::empty(), upgraded: Some(Upgraded::new(link.transport, early)) })
        }
    }
}
