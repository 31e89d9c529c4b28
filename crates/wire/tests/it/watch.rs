//! Watched and limited bodies.

use std::cell::Cell;
use std::rc::Rc;

use bytes::Bytes;
use paifang_wire::{Body, BodyEnd, BodyOutcome, BodyWatcher, Frame, WireError};

struct Note(Rc<Cell<Option<BodyEnd>>>);

impl BodyWatcher for Note {
    fn ended(self: Box<Self>, end: BodyEnd) {
        assert_eq!(self.0.replace(Some(end)), None, "told twice");
    }
}

fn watched(body: Body) -> (Body, Rc<Cell<Option<BodyEnd>>>) {
    let told = Rc::default();
    (body.watched(Box::new(Note(Rc::clone(&told)))), told)
}

fn pieces(pieces: Vec<Result<Frame, WireError>>) -> Body {
    Body::stream(None, futures_util::stream::iter(pieces))
}

fn data(bytes: &'static [u8]) -> Result<Frame, WireError> {
    Ok(Frame::Data(Bytes::from_static(bytes)))
}

#[tokio::test]
async fn the_end_is_told_with_the_bytes() {
    let (mut body, told) = watched(pieces(vec![data(b"abc"), data(b"de")]));
    while body.next().await.is_some() {}
    assert_eq!(told.get(), Some(BodyEnd { bytes: 5, outcome: BodyOutcome::Complete }));
}

#[tokio::test]
async fn a_reader_that_knows_the_length_may_stop_at_the_last_byte() {
    let (mut body, told) = watched(Body::full("abc"));
    assert!(body.next().await.is_some());
    drop(body);
    assert_eq!(told.get(), Some(BodyEnd { bytes: 3, outcome: BodyOutcome::Complete }));
}

#[tokio::test]
async fn giving_up_and_failing_are_told() {
    let (mut body, told) = watched(pieces(vec![data(b"abc"), data(b"de")]));
    assert!(body.next().await.is_some());
    drop(body);
    assert_eq!(told.get(), Some(BodyEnd { bytes: 3, outcome: BodyOutcome::Dropped }));
    let (mut body, told) = watched(pieces(vec![data(b"abc"), Err(WireError::Incomplete)]));
    while body.next().await.is_some() {}
    assert_eq!(told.get(), Some(BodyEnd { bytes: 3, outcome: BodyOutcome::Failed }));
}

#[tokio::test]
async fn a_body_without_a_length_is_held_to_its_limit() {
    let seen = Rc::default();
    let mut body = pieces(vec![data(b"abc"), data(b"de")]).limited(4, Rc::clone(&seen));
    assert!(matches!(body.next().await, Some(Ok(Frame::Data(_)))));
    assert!(matches!(body.next().await, Some(Err(WireError::TooLarge { limit: 4 }))));
    assert_eq!(seen.get(), 5);
}
