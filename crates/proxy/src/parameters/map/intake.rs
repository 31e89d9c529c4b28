//! Whether and how the client's body is read.

use paifang_wire::{Headers, Method, header};

use crate::parameters::error::{ParameterError, quoted};
use crate::parameters::form::{BodyNeed, Boundary, MediaType, carries_form, check_readable};

/// How the client's body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parameters) enum Intake {
    /// Not at all.
    Stream,
    /// Not at all, and a form is dropped, because all of its fields are unknown.
    StreamUnlessForm,
    /// As a form; what else comes is refused.
    Form,
    /// As a form; what else comes streams.
    FormIfForm,
    /// In parts.
    Multipart,
}

impl Intake {
    pub(in crate::parameters) fn need(
        self,
        method: &Method,
        headers: &Headers,
    ) -> Result<BodyNeed, ParameterError> {
        let media = MediaType::of(headers);
        match self {
            Self::Stream | Self::StreamUnlessForm => Ok(BodyNeed::Nothing),
            Self::Form | Self::FormIfForm if !carries_form(method) => Ok(BodyNeed::Nothing),
            Self::Form | Self::FormIfForm => match media.filter(MediaType::is_form) {
                Some(media) => check_readable(&media, headers).map(|()| BodyNeed::Form),
                None if self == Self::FormIfForm || !announces_content(headers) => Ok(BodyNeed::Nothing),
                None => Err(unexpected(headers, "application/x-www-form-urlencoded")),
            },
            Self::Multipart => match media.filter(MediaType::is_multipart_form) {
                Some(media) => {
                    check_readable(&media, headers)?;
                    Boundary::of(&media).map(BodyNeed::Multipart)
                }
                None => Err(unexpected(headers, "multipart/form-data")),
            },
        }
    }
}

/// Whether a body follows, as far as the head tells: over HTTP/2 one may come unannounced, but hardly without its type.
pub(super) fn announces_content(headers: &Headers) -> bool {
    match headers.get(header::CONTENT_LENGTH) {
        Some(length) => length.as_bytes() != b"0",
        None => headers.contains(header::TRANSFER_ENCODING) || headers.contains(header::CONTENT_TYPE),
    }
}

fn unexpected(headers: &Headers, wanted: &str) -> ParameterError {
    match headers.get(header::CONTENT_TYPE) {
        Some(other) => {
            ParameterError::content_type(format!("`{}` is not `{wanted}`", quoted(other.as_bytes())))
        }
        None => ParameterError::content_type(format!("the body comes without one; `{wanted}` is read")),
    }
}
