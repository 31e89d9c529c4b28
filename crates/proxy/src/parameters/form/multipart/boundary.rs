//! The line that parts are told apart by.

use std::hash::{BuildHasher, RandomState};

use crate::parameters::error::{ParameterError, quoted};
use crate::parameters::form::MediaType;

/// A boundary: 1 to 70 characters that need no thought (RFC 2046 §5.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary(Box<str>);

impl Boundary {
    /// Reads a boundary.
    ///
    /// # Errors
    /// When it is empty, longer than 70 characters, ends in a space or holds a character that RFC 2046 §5.1.1 does not list.
    pub fn parse(text: &str) -> Result<Self, ParameterError> {
        let listed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
        if (1..=70).contains(&text.len()) && text.bytes().all(listed) && !text.ends_with(' ') {
            return Ok(Self(text.into()));
        }
        Err(ParameterError::content_type(format!(
            "`{}` is not a boundary (RFC 2046)",
            quoted(text.as_bytes())
        )))
    }

    pub(in crate::parameters) fn of(media: &MediaType<'_>) -> Result<Self, ParameterError> {
        match media.parameter("boundary") {
            Some(boundary) => Self::parse(&boundary),
            None => Err(ParameterError::content_type("`multipart/form-data` comes without a boundary")),
        }
    }

    /// Draws one that nobody can foresee, so that no content can hold it but by chance of 2⁻¹²⁸.
    #[must_use]
    pub fn draw() -> Self {
        let draw = || RandomState::new().hash_one(0_u8);
        Self(format!("paifang{:016x}{:016x}", draw(), draw()).into())
    }

    /// The boundary without its leading dashes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
