//! The grammar of HTTP/1.1 (RFC 9112), strictly, for both ends: what two readers could understand in two ways is refused.
//!
//! Functions over bytes, without I/O (but for [`Outbox`], which writes): the surface for fuzzing, and for the tables of what is
//! accepted and refused. How a message is read:
//!
//! 1. bytes are read into a buffer of the worker's ([`buffers`]);
//! 2. [`Scan`] finds the head in them: the first line and the fields as spans, in one pass that also classifies the names that
//!    govern a message ([`Known`]) and notes what they say ([`Facts`]);
//! 3. [`Facts::request_body`] or [`Facts::reply_body`] decide how long the body is ([`Answer`] does 2 to 4 for replies);
//! 4. the head is split off the buffer and [`fields`] makes [`Headers`](crate::Headers) of it, which share its bytes;
//! 5. a [`BodyDecoder`] takes the body out of the buffer, piece by piece, without copying.
//!
//! How one is written: [`encode`] appends head and framing to the text of an [`Outbox`], which writes text and data together.

mod answer;
pub mod buffers;
mod chunked;
pub mod date;
mod decode;
pub mod encode;
mod error;
mod facts;
mod fields;
mod host;
mod known;
mod names;
mod octets;
mod outbox;
mod scan;
mod span;

pub use answer::{Answer, AnswerError, Answered, Asked, Reuse};
pub use chunked::ChunkedDecoder;
pub use decode::{BodyDecoder, Decoded};
pub use error::{BodyError, HeadError};
pub use facts::{BodyLength, Facts};
pub use fields::fields;
pub use host::{agrees, is_host};
pub use known::Known;
pub(crate) use octets::is_text;
pub use outbox::Outbox;
pub use scan::{
    HeadLimits, METHOD_AT_MOST, RequestLine, RequestScan, Scan, StartLine, StatusLine, StatusScan,
};
pub use span::{Field, Span};
