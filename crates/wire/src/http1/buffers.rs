//! The read and write buffers of a worker: a connection takes one when there is something to read or write, and gives it back when it is
//! empty, so that idle connections have none.

use std::cell::RefCell;

use bytes::BytesMut;

/// The bytes of a buffer. What is read at once is at most that.
pub const SIZE: usize = 16 * 1024;
/// With less room than that a buffer is not worth a read.
const LEAST_ROOM: usize = 4 * 1024;
/// How many rest per worker; more are freed.
const RESTING_AT_MOST: usize = 64;

thread_local! {
    static RESTING: RefCell<Vec<BytesMut>> = const { RefCell::new(Vec::new()) };
}

/// An empty buffer with room for at least 4 KiB. What was split off it earlier stays valid; the room comes out of the same memory, or out of
/// new when the old is used up and still held.
#[must_use]
pub fn take() -> BytesMut {
    let mut buffer = RESTING.with_borrow_mut(Vec::pop).unwrap_or_else(|| BytesMut::with_capacity(SIZE));
    make_room(&mut buffer);
    buffer
}

/// Gives a buffer back; what is in it is gone.
pub fn give_back(mut buffer: BytesMut) {
    buffer.clear();
    if buffer.capacity() == 0 {
        return;
    }
    RESTING.with_borrow_mut(|resting| {
        if resting.len() < RESTING_AT_MOST {
            resting.push(buffer);
        }
    });
}

/// Makes room for another read behind what `buffer` holds.
pub fn make_room(buffer: &mut BytesMut) {
    if buffer.capacity() - buffer.len() < LEAST_ROOM {
        buffer.reserve(SIZE);
    }
}
