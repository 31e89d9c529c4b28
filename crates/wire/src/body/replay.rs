//! Keeps the beginning of a streaming body, so that a request that failed early can be sent again.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::{Body, Frame, Kind};
use crate::WireError;

/// The means to read a body again from its beginning.
#[derive(Debug)]
pub struct Replay {
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    Whole(Bytes),
    Beginning(Rc<RefCell<Tape>>),
}

impl Replay {
    /// The body once more. `None` when more was read than was to be kept, or reading it failed: then it cannot be sent again. A reader
    /// handed out before gets [`WireError::Superseded`].
    pub fn reset(&self) -> Option<Body> {
        match &self.kept {
            Kept::Whole(bytes) => Some(Body::full(bytes.clone())),
            Kept::Beginning(tape) => Tape::rewind(tape),
        }
    }
}

pub(super) fn split(body: Body, limit: usize) -> (Body, Replay) {
    if let Some(bytes) = body.in_memory() {
        return (body, Replay { kept: Kept::Whole(bytes) });
    }
    let tape = Tape { source: body, kept: VecDeque::new(), bytes: 0, limit, torn: false, reader: 0 };
    let tape = Rc::new(RefCell::new(tape));
    (Replayed::body(&tape, 0), Replay { kept: Kept::Beginning(tape) })
}

#[derive(Debug)]
struct Tape {
    source: Body,
    /// Data only: a body whose trailers were read is not sent again.
    kept: VecDeque<Bytes>,
    bytes: usize,
    limit: usize,
    /// Something that was read is not on the tape.
    torn: bool,
    /// The reader that may read; earlier ones may not.
    reader: u32,
}

impl Tape {
    fn rewind(tape: &Rc<RefCell<Self>>) -> Option<Body> {
        let mut inner = tape.borrow_mut();
        if inner.torn {
            return None;
        }
        inner.reader += 1;
        let reader = inner.reader;
        drop(inner);
        Some(Replayed::body(tape, reader))
    }

    fn poll_source(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        let item = ready!(self.source.poll_next(cx));
        match &item {
            Some(Ok(Frame::Data(bytes))) => self.keep(bytes),
            Some(_) => self.tear(),
            None => {}
        }
        Poll::Ready(item)
    }

    fn keep(&mut self, bytes: &Bytes) {
        if self.torn {
            return;
        }
        self.bytes += bytes.len();
        if self.bytes > self.limit {
            self.tear();
        } else {
            self.kept.push_back(bytes.clone());
        }
    }

    fn tear(&mut self) {
        self.torn = true;
        self.kept = VecDeque::new();
    }
}

/// A reader of a tape.
pub(super) struct Replayed {
    tape: Rc<RefCell<Tape>>,
    reader: u32,
    /// Pieces of the tape that this reader has had.
    position: usize,
}

impl Replayed {
    fn body(tape: &Rc<RefCell<Tape>>, reader: u32) -> Body {
        Kind::Replayed(Self { tape: Rc::clone(tape), reader, position: 0 }).into()
    }

    pub(super) fn is_end(&self) -> bool {
        let tape = self.tape.borrow();
        self.position >= tape.kept.len() && tape.source.is_empty()
    }

    pub(super) fn declared_length(&self) -> Option<u64> {
        let tape = self.tape.borrow();
        let ahead: usize = tape.kept.iter().skip(self.position).map(Bytes::len).sum();
        tape.source.declared_length().map(|rest| rest + ahead as u64)
    }

    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, WireError>>> {
        let mut tape = self.tape.borrow_mut();
        if tape.reader != self.reader {
            return Poll::Ready(Some(Err(WireError::Superseded)));
        }
        if let Some(bytes) = tape.kept.get(self.position) {
            self.position += 1;
            return Poll::Ready(Some(Ok(Frame::Data(bytes.clone()))));
        }
        let item = ready!(tape.poll_source(cx));
        self.position = tape.kept.len();
        Poll::Ready(item)
    }
}
