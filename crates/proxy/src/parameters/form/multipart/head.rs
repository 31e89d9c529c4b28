//! The head of a part: its disposition and its content type; other fields mean nothing (RFC 7578 §4.8).

use std::borrow::Cow;

use bytes::Bytes;
use paifang_wire::HeaderValue;
use percent_encoding::percent_decode_str;

use super::Part;
use crate::parameters::error::{ParameterError, quoted};
use crate::parameters::form::media_type::parameters;

/// A head that was read.
pub(super) struct Head {
    name: Box<str>,
    file_name: Option<Box<str>>,
    content_type: Option<HeaderValue>,
}

impl Head {
    pub(super) fn with(self, content: Bytes) -> Part {
        Part { name: self.name, file_name: self.file_name, content_type: self.content_type, content }
    }
}

/// Reads header lines, each ended by a line break.
pub(super) fn read(lines: &[u8]) -> Result<Head, ParameterError> {
    let text =
        std::str::from_utf8(lines).map_err(|_| ParameterError::body("the head of a part is not UTF-8"))?;
    let mut disposition = None;
    let mut content_type = None;
    for line in text.split_terminator("\r\n") {
        let (name, value) = split(line)?;
        if name.eq_ignore_ascii_case("content-disposition") {
            once(&mut disposition, value, name)?;
        } else if name.eq_ignore_ascii_case("content-type") {
            let value = HeaderValue::from_bytes(value.as_bytes());
            once(&mut content_type, value.map_err(|_| malformed(line))?, name)?;
        } else if name.eq_ignore_ascii_case("content-transfer-encoding") {
            check_transfer_encoding(value)?;
        }
    }
    let disposition =
        disposition.ok_or_else(|| ParameterError::body("a part comes without `Content-Disposition`"))?;
    let (name, file_name) = read_disposition(disposition)?;
    Ok(Head { name, file_name, content_type })
}

/// Name and value of a line. A line that continues the one before (obsolete folding) begins with white space: it has no name.
fn split(line: &str) -> Result<(&str, &str), ParameterError> {
    let (name, value) = line.split_once(':').ok_or_else(|| malformed(line))?;
    let is_token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
    let has_control = value.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t');
    if !is_token || has_control {
        return Err(malformed(line));
    }
    Ok((name, value.trim()))
}

fn malformed(line: &str) -> ParameterError {
    ParameterError::body(format!("`{}` is not a header line of a part", quoted(line.as_bytes())))
}

fn once<T>(place: &mut Option<T>, value: T, name: &str) -> Result<(), ParameterError> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(ParameterError::body(format!("a part has two `{}`", quoted(name.as_bytes())))),
    }
}

/// RFC 7578 §4.7: deprecated, and the identity codings change nothing.
fn check_transfer_encoding(value: &str) -> Result<(), ParameterError> {
    if ["7bit", "8bit", "binary"].iter().any(|plain| value.eq_ignore_ascii_case(plain)) {
        return Ok(());
    }
    Err(ParameterError::body(format!("the transfer encoding `{}` is not read", quoted(value.as_bytes()))))
}

fn read_disposition(value: &str) -> Result<(Box<str>, Option<Box<str>>), ParameterError> {
    let wrong = || {
        ParameterError::body(format!("`{}` is not the disposition of a form field", quoted(value.as_bytes())))
    };
    let (kind, rest) = value.split_once(';').ok_or_else(wrong)?;
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return Err(wrong());
    }
    let (mut name, mut file_name, mut extended) = (None, None, None);
    for (key, value) in parameters(rest) {
        match key {
            key if key.eq_ignore_ascii_case("name") => once(&mut name, value, key)?,
            key if key.eq_ignore_ascii_case("filename") => once(&mut file_name, value, key)?,
            key if key.eq_ignore_ascii_case("filename*") => {
                once(&mut extended, decode_extended(&value).ok_or_else(wrong)?, key)?;
            }
            _ => {}
        }
    }
    let name = name.ok_or_else(wrong)?;
    let file_name = extended.map(Cow::Owned).or(file_name);
    if file_name.iter().chain([&name]).any(|name| name.chars().any(char::is_control)) {
        return Err(wrong());
    }
    Ok((name.into(), file_name.map(|name| name.into())))
}

/// RFC 8187: `utf-8'language'percent-encoded`. RFC 7578 §4.2 forbids it in forms; widespread clients send it for names that are not ASCII.
fn decode_extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    percent_decode_str(encoded).decode_utf8().ok().map(Cow::into_owned)
}
