//! The value of `Date` (RFC 9110 §6.6.1), made once per second and worker.

use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::BytesMut;

thread_local! {
    static LATEST: RefCell<(u64, String)> = const { RefCell::new((0, String::new())) };
}

/// Appends the time as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn append_now(text: &mut BytesMut) {
    let now = SystemTime::now();
    let second = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    LATEST.with_borrow_mut(|(at, date)| {
        if *at != second || date.is_empty() {
            (*at, *date) = (second, httpdate::fmt_http_date(now));
        }
        text.extend_from_slice(date.as_bytes());
    });
}
