//! Bodies that hold parameters: forms and multipart bodies, read from the collected bytes.

mod media_type;
mod multipart;
mod urlencoded;

use bytes::Bytes;
use paifang_wire::{Headers, Method, header};

pub(super) use media_type::MediaType;
pub use multipart::{Boundary, Part, read_multipart, write_multipart};
pub(super) use urlencoded::fields;

use super::encode::decode_form;
use super::error::{ParameterError, quoted};

/// What a plan needs of the body before parameters can be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyNeed {
    /// Nothing: the body streams.
    Nothing,
    /// The whole body, a form.
    Form,
    /// The whole body, in parts.
    Multipart(Boundary),
}

impl BodyNeed {
    /// What is needed to see the fields of a form, whichever way it is written; nothing where none is announced.
    ///
    /// # Errors
    /// When a form comes that cannot be read: one that nobody sees would get around what is said of its fields.
    pub(crate) fn to_see_fields(method: &Method, headers: &Headers) -> Result<Self, ParameterError> {
        let Some(media) = MediaType::of(headers).filter(|_| carries_form(method)) else {
            return Ok(Self::Nothing);
        };
        if media.is_form() {
            return check_readable(&media, headers).map(|()| Self::Form);
        }
        if media.is_multipart_form() {
            check_readable(&media, headers)?;
            return Boundary::of(&media).map(Self::Multipart);
        }
        Ok(Self::Nothing)
    }

    /// Reads the collected body.
    ///
    /// # Errors
    /// [`ParameterError::BadBody`] when it is not what its content type says, has more than 1,000 fields or 100 parts.
    pub fn read(&self, body: Bytes) -> Result<Option<Form>, ParameterError> {
        match self {
            Self::Nothing => Ok(None),
            Self::Form => urlencoded::check(&body).map(|()| Some(Form(Content::Fields(body)))),
            Self::Multipart(boundary) => {
                read_multipart(&body, boundary).map(|parts| Some(Form(Content::Parts(parts))))
            }
        }
    }
}

/// A body that was read.
#[derive(Debug, Clone)]
pub struct Form(pub(super) Content);

impl Form {
    /// The first text of a field.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        match &self.0 {
            Content::Fields(body) => first(body, name),
            Content::Parts(parts) => {
                let part = parts.iter().find(|part| &*part.name == name)?;
                std::str::from_utf8(&part.content).ok().map(str::to_owned)
            }
        }
    }
}

/// Methods whose body holds parameters (spec: aliyun/api-model.md §2, BodyFormat).
pub(super) fn carries_form(method: &Method) -> bool {
    *method == Method::POST || *method == Method::PUT || *method == Method::PATCH
}

/// The first value of a name among `name=value` pieces, decoded.
pub(crate) fn first(pieces: &[u8], name: &str) -> Option<String> {
    let mut found = fields(pieces).filter(|field| decode_form(field.name).is_ok_and(|known| known == name));
    found.next().and_then(|field| Some(decode_form(field.value).ok()?.into_owned()))
}

/// What a body that was read holds.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// `name=value` pieces, checked and still encoded.
    Fields(Bytes),
    /// Parts, which share the body's bytes.
    Parts(Vec<Part>),
}

/// Whether a form can be read from a body with these headers, as far as they tell.
///
/// # Errors
/// When the form is encoded in a way that is not read.
pub(super) fn check_readable(media: &MediaType<'_>, headers: &Headers) -> Result<(), ParameterError> {
    if let Some(charset) = media.parameter("charset")
        && !charset.eq_ignore_ascii_case("utf-8")
    {
        let reason = format!("the charset `{}` is not read, only utf-8", quoted(charset.as_bytes()));
        return Err(ParameterError::content_type(reason));
    }
    match headers.get(header::CONTENT_ENCODING) {
        Some(coding) if !coding.as_bytes().eq_ignore_ascii_case(b"identity") => {
            let reason =
                format!("a form with the content coding `{}` is not read", quoted(coding.as_bytes()));
            Err(ParameterError::content_type(reason))
        }
        _ => Ok(()),
    }
}
