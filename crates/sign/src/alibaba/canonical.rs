//! The text that a client signs. Spec: aliyun/calling.md §4.2.

use super::headers::SignedHeaders;
use super::parameters::{Parameters, Style};
use crate::sink::{Sink as _, put_method};
use crate::{HeaderSource, Parts};

/// Headers with a line of their own, written without name.
const LINES: [&str; 4] = ["accept", "content-md5", "content-type", "date"];

pub(super) fn write<H: HeaderSource + ?Sized>(
    parts: &Parts<'_, H>,
    signed: &SignedHeaders<'_>,
    parameters: &Parameters<'_>,
    style: Style,
    out: &mut Vec<u8>,
) {
    put_method(parts.method, out);
    out.put(b"\n");
    for name in LINES {
        out.put(parts.headers.first(name).unwrap_or_default());
        out.put(b"\n");
    }
    for name in signed.iter() {
        out.put(name.as_bytes());
        out.put(b":");
        out.put(parts.headers.first(name).unwrap_or_default());
        out.put(b"\n");
    }
    out.put(parts.path);
    parameters.write(style, out);
}
