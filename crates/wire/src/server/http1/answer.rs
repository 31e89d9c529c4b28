//! Writes a reply: its head together with the first bytes of its body, then the rest as it comes.

use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH};
use http::{StatusCode, Version};

use super::ask::Terms;
use super::connection::Connection;
use crate::http1::{Known, Outbox, date, encode};
use crate::{Body, Frame, Headers, Reply, ReplyHead, WireError};

/// A reply on its way out.
pub(super) struct Answer {
    outbox: Outbox,
    body: Body,
    framing: Framing,
    /// How the body broke off, until what came before it is written.
    broke: Option<WireError>,
    takes_trailers: bool,
}

/// How the body's end is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// Nothing more is to be written.
    Done,
    /// So many bytes are left.
    Sized(u64),
    Chunked,
    /// By the connection's end.
    UntilClose,
}

/// What becomes of the connection behind a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Keep,
    Close,
    Switch,
}

impl Answer {
    /// Writes the head down. `fate` is what the connection can still be used for.
    pub(super) fn new(reply: Reply, terms: Terms, fate: Fate) -> (Self, Fate) {
        let Reply { mut head, mut body, .. } = reply;
        if head.status.is_informational() && fate != Fate::Switch {
            // A client would wait for another reply behind it.
            tracing::error!(status = %head.status, "a reply is interim, which none may be");
            head = ReplyHead { status: StatusCode::INTERNAL_SERVER_ERROR, headers: Headers::new() };
            body = Body::empty();
        }
        let (framing, length) = framing(&head, &body, terms, fate);
        let fate = match fate {
            Fate::Keep if framing == Framing::UntilClose || closes(&head.headers) => Fate::Close,
            fate => fate,
        };
        let mut outbox = Outbox::default();
        write_head(outbox.text(), &head, terms, fate, (framing, length));
        if framing == Framing::Done {
            std::mem::take(&mut body).not_wanted();
        }
        (Self { outbox, body, framing, broke: None, takes_trailers: terms.takes_trailers }, fate)
    }

    /// Ready when all of it is with the socket. Whatever the body has at once goes out together with the head.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        connection: &Connection,
    ) -> Poll<Result<(), WireError>> {
        loop {
            let mut waits = false;
            if self.framing != Framing::Done && self.broke.is_none() && self.outbox.takes_data() {
                match self.body.poll_next(cx) {
                    Poll::Ready(item) => self.take(item),
                    Poll::Pending => waits = true,
                }
            }
            if !self.outbox.is_empty() {
                ready!(connection.poll_write(cx, &mut self.outbox)).map_err(WireError::Io)?;
            } else if let Some(error) = self.broke.take() {
                return Poll::Ready(Err(error));
            } else if self.framing == Framing::Done {
                return connection.poll_flush(cx).map_err(WireError::Io);
            } else if waits {
                ready!(connection.poll_flush(cx)).map_err(WireError::Io)?;
                return connection.poll_gone(cx).map(Err);
            }
        }
    }

    fn take(&mut self, item: Option<Result<Frame, WireError>>) {
        match item {
            Some(Ok(Frame::Data(data))) if data.is_empty() => {}
            Some(Ok(Frame::Data(data))) => self.take_data(data),
            Some(Ok(Frame::Trailers(trailers))) => self.end(Some(&trailers)),
            Some(Err(error)) => self.broke = Some(error),
            None => self.end(None),
        }
    }

    fn take_data(&mut self, data: Bytes) {
        match &mut self.framing {
            Framing::Sized(left) if data.len() as u64 > *left => {
                self.broke = Some(WireError::Source("the body is longer than announced".into()));
                return;
            }
            Framing::Sized(left) => {
                *left -= data.len() as u64;
                if *left == 0 {
                    self.framing = Framing::Done;
                }
            }
            Framing::Chunked => {
                encode::chunk_size(self.outbox.text(), data.len());
                let last = self.body.is_empty();
                self.outbox.set_end(if last { encode::CHUNK_AND_LAST } else { encode::CHUNK_END });
                if last {
                    self.framing = Framing::Done;
                }
            }
            Framing::UntilClose | Framing::Done => {}
        }
        self.outbox.set_data(data);
    }

    fn end(&mut self, trailers: Option<&Headers>) {
        match (self.framing, trailers.filter(|_| self.takes_trailers)) {
            (Framing::Sized(_), _) => {
                self.broke = Some(WireError::Source("the body is shorter than announced".into()));
                return;
            }
            (Framing::Chunked, None) => self.outbox.set_end(encode::LAST_CHUNK),
            (Framing::Chunked, Some(trailers)) => encode::last_chunk(self.outbox.text(), trailers),
            (Framing::UntilClose | Framing::Done, _) => {}
        }
        self.framing = Framing::Done;
    }
}

/// How the body's end is told, and what `Content-Length` says.
fn framing(head: &ReplyHead, body: &Body, terms: Terms, fate: Fate) -> (Framing, Option<u64>) {
    let status = head.status;
    let bodiless =
        fate == Fate::Switch || status == StatusCode::NO_CONTENT || (terms.is_connect && status.is_success());
    if bodiless {
        return (Framing::Done, None);
    }
    if terms.is_head || status == StatusCode::NOT_MODIFIED {
        // RFC 9110 §8.6: the length that a body would have had.
        let length = if body.is_empty() { claimed(&head.headers) } else { body.declared_length() };
        return (Framing::Done, length);
    }
    match body.declared_length() {
        Some(0) => (Framing::Done, Some(0)),
        Some(length) => (Framing::Sized(length), Some(length)),
        None if terms.version == Version::HTTP_10 => (Framing::UntilClose, None),
        None => (Framing::Chunked, None),
    }
}

fn claimed(headers: &Headers) -> Option<u64> {
    headers.text(CONTENT_LENGTH)?.parse().ok()
}

fn closes(headers: &Headers) -> bool {
    let says_close = |value: &http::HeaderValue| {
        value
            .as_bytes()
            .split(|byte| *byte == b',')
            .any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"))
    };
    headers.get_all(CONNECTION).any(says_close)
}

/// Framing and persistence are the connection's business: what the reply says about them is not written.
fn write_head(
    text: &mut BytesMut,
    head: &ReplyHead,
    terms: Terms,
    fate: Fate,
    (framing, length): (Framing, Option<u64>),
) {
    encode::status_line(text, head.status);
    let mut dated = false;
    for (name, value) in head.headers.iter() {
        match Known::of(name.as_str().as_bytes()) {
            Known::ContentLength | Known::TransferEncoding => continue,
            Known::Connection if fate != Fate::Switch => continue,
            Known::Date => dated = true,
            _ => {}
        }
        encode::field(text, name, value);
    }
    if let Some(length) = length {
        encode::content_length(text, length);
    } else if framing == Framing::Chunked {
        text.extend_from_slice(b"transfer-encoding: chunked\r\n");
    }
    match fate {
        Fate::Close => text.extend_from_slice(b"connection: close\r\n"),
        Fate::Keep if terms.version == Version::HTTP_10 => {
            text.extend_from_slice(b"connection: keep-alive\r\n");
        }
        Fate::Keep | Fate::Switch => {}
    }
    if !dated {
        text.extend_from_slice(b"date: ");
        date::append_now(text);
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(b"\r\n");
}
