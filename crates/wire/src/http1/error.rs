//! Which rule of HTTP/1.1 was broken.

/// A head was refused. Sections are those of RFC 9112 unless another is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum HeadError {
    /// A line ends with LF alone (§2.2).
    #[error("a line ends without a carriage return")]
    BareLineFeed,
    /// More than one empty line before the first line (§2.2).
    #[error("empty lines stand before the first line")]
    EmptyLines,
    /// The first line is not what it should be (§3, §4).
    #[error("the first line is not one of HTTP")]
    StartLine,
    /// The method is not a token (§3.1).
    #[error("the method is not a token")]
    Method,
    /// The method is longer than any that is registered (§3: 501).
    #[error("the method is too long")]
    MethodTooLong,
    /// The request target is in none of the forms, or in one that the method does not allow (§3.2).
    #[error("the request target is malformed")]
    Target,
    /// The request target is longer than 65,534 bytes or than the head may be (§3).
    #[error("the request target is too long")]
    TargetTooLong,
    /// HTTP, but neither 1.0 nor 1.1 (§2.3).
    #[error("the HTTP version is not supported")]
    Version,
    /// The status is not three digits from 100 to 999 (§4).
    #[error("the status code is malformed")]
    Status,
    /// A line continues the one before it (§5.2).
    #[error("a field is folded over several lines")]
    Folded,
    /// A field's name is not a token, or no colon follows it directly (§5.1).
    #[error("a field's name is malformed")]
    FieldName,
    /// A field's value has control characters (RFC 9110 §5.5).
    #[error("a field's value has control characters")]
    FieldValue,
    /// There are more fields than allowed.
    #[error("there are too many fields")]
    TooManyFields,
    /// The head is longer than allowed.
    #[error("the head is too long")]
    TooLong,
    /// `Content-Length` is not a number (RFC 9110 §8.6), or larger than one can count.
    #[error("Content-Length is malformed")]
    Length,
    /// `Content-Length` occurs twice, even if equal (RFC 9110 §8.6).
    #[error("Content-Length is repeated")]
    LengthRepeated,
    /// `Content-Length` beside `Transfer-Encoding` (§6.1, §11.2).
    #[error("Content-Length stands beside Transfer-Encoding")]
    LengthAndCoding,
    /// A transfer coding other than `chunked`, or more than one (§6.1).
    #[error("the only transfer coding understood is `chunked`")]
    Coding,
    /// A transfer coding in HTTP/1.0 (§6.1).
    #[error("HTTP/1.0 has no transfer codings")]
    CodingInOldVersion,
    /// No `Host` in HTTP/1.1 (§3.2).
    #[error("Host is missing")]
    HostMissing,
    /// `Host` occurs twice (§3.2).
    #[error("Host is repeated")]
    HostRepeated,
    /// `Host` is not a host with an optional port (§3.2).
    #[error("Host is malformed")]
    Host,
    /// `Host` names another host than the request target (§3.2.2).
    #[error("Host and the request target name different hosts")]
    HostDisagrees,
}

/// A body's framing was refused. Sections are those of RFC 9112.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum BodyError {
    /// A chunk's size is not hexadecimal, or larger than one can count (§7.1).
    #[error("a chunk's size is malformed")]
    ChunkSize,
    /// A chunk's extensions break the grammar (§7.1.1) or are too long.
    #[error("a chunk's extensions are malformed or too long")]
    ChunkExtension,
    /// A chunk is longer or shorter than its size (§7.1).
    #[error("a chunk does not end where its size says")]
    ChunkEnd,
    /// The trailers are malformed or too long (§7.1.2).
    #[error("the trailers are refused: {0}")]
    Trailers(HeadError),
    /// A trailer would change how the message is framed or routed (RFC 9110 §6.5.1).
    #[error("a field stands in the trailers that may not stand there")]
    TrailerForbidden,
}
