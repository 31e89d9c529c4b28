//! The reader. What two readers could understand in two ways is refused, because the backend may be the other reader.

use bytes::Bytes;

use super::{Boundary, HEAD_AT_MOST, PARTS_AT_MOST, Part, head};
use crate::parameters::error::ParameterError;

/// Reads the parts of a body.
///
/// The body begins with its first boundary line (an empty line may come before) and ends with its last. What follows that is no part
/// of the form and is ignored, as RFC 2046 §5.1.1 demands.
///
/// # Errors
/// [`ParameterError::BadBody`] when it is malformed, has more than 100 parts, or a part's head is larger than 8 KiB.
pub fn read_multipart(body: &Bytes, boundary: &Boundary) -> Result<Vec<Part>, ParameterError> {
    let delimiter = format!("\r\n--{}", boundary.as_str()).into_bytes();
    let start = first_line(body, &delimiter[2..])?;
    let mut reader = Reader { body, at: start, delimiter: &delimiter };
    let mut parts = Vec::new();
    while reader.another_follows()? {
        if parts.len() == PARTS_AT_MOST {
            return Err(ParameterError::body(format!("more than {PARTS_AT_MOST} parts are not read")));
        }
        parts.push(reader.part()?);
    }
    Ok(parts)
}

/// Where the first boundary ends.
fn first_line(body: &[u8], dashed: &[u8]) -> Result<usize, ParameterError> {
    let skipped = if body.starts_with(b"\r\n") { 2 } else { 0 };
    if !body[skipped..].starts_with(dashed) {
        return Err(ParameterError::body("it does not begin with its boundary"));
    }
    Ok(skipped + dashed.len())
}

struct Reader<'b> {
    body: &'b Bytes,
    /// After a boundary, or wherever reading has come.
    at: usize,
    /// A line break, two dashes and the boundary.
    delimiter: &'b [u8],
}

impl Reader<'_> {
    /// Reads the end of a boundary line: `--` after the last, a line break after others (with white space before it).
    fn another_follows(&mut self) -> Result<bool, ParameterError> {
        let rest = &self.body[self.at..];
        if rest.starts_with(b"--") {
            return Ok(false);
        }
        let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if !rest[padding..].starts_with(b"\r\n") {
            return Err(ParameterError::body("a boundary is followed by something else than a line break"));
        }
        self.at += padding + 2;
        Ok(true)
    }

    fn part(&mut self) -> Result<Part, ParameterError> {
        let length = head_length(&self.body[self.at..])?;
        let head = head::read(&self.body[self.at..self.at + length])?;
        let content_at = self.at + length + 2;
        let rest = &self.body[content_at..];
        let end = memchr::memmem::find(rest, self.delimiter)
            .ok_or_else(|| ParameterError::body("its last boundary is missing"))?;
        self.at = content_at + end + self.delimiter.len();
        Ok(head.with(self.body.slice(content_at..content_at + end)))
    }
}

/// The length of a part's header lines, each with its line break.
fn head_length(rest: &[u8]) -> Result<usize, ParameterError> {
    if rest.starts_with(b"\r\n") {
        return Ok(0);
    }
    let searched = &rest[..rest.len().min(HEAD_AT_MOST + 4)];
    match memchr::memmem::find(searched, b"\r\n\r\n") {
        Some(at) => Ok(at + 2),
        None if rest.len() > HEAD_AT_MOST => {
            Err(ParameterError::body(format!("the head of a part is larger than {HEAD_AT_MOST} bytes")))
        }
        None => Err(ParameterError::body("it breaks off in the head of a part")),
    }
}
