//! `multipart/form-data` (RFC 7578) over collected bytes: a strict reader and its writer. Parts share the bytes of the body.

mod boundary;
mod head;
mod read;
mod write;

use bytes::Bytes;
use paifang_wire::HeaderValue;

pub use boundary::Boundary;
pub use read::read_multipart;
pub use write::write_multipart;

/// The most parts.
const PARTS_AT_MOST: usize = 100;
/// The largest head of a part, in bytes.
const HEAD_AT_MOST: usize = 8 * 1024;

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name of its field. Holds no control characters.
    pub name: Box<str>,
    /// The name of the file it is, when it is one. Holds no control characters.
    pub file_name: Option<Box<str>>,
    /// Its own content type.
    pub content_type: Option<HeaderValue>,
    /// Its content.
    pub content: Bytes,
}
