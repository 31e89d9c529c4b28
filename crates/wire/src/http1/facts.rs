//! What the fields of a head say about the message and the connection, noted as they are scanned.

use http::{Method, StatusCode, Version};

use super::{Field, HeadError, Known, Span};

/// What the fields say; see each member for the rule that holds for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The one `Content-Length`.
    pub length: Option<u64>,
    /// Whether the body is chunked.
    pub chunked: bool,
    /// The value of the one `Host`.
    pub host: Option<Span>,
    /// `Connection: close`
    pub close: bool,
    /// `Connection: keep-alive`
    pub keep_alive: bool,
    /// `Connection: upgrade`
    pub connection_upgrade: bool,
    /// There is an `Upgrade`.
    pub upgrade: bool,
    /// `Expect: 100-continue`
    pub expects_continue: bool,
    /// `TE: trailers`
    pub takes_trailers: bool,
}

/// How long a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyLength {
    /// So many bytes; none at all most of the time.
    Sized(u64),
    /// As its chunks say.
    Chunked,
    /// To the connection's end; replies only.
    UntilClose,
}

impl Facts {
    /// Notes one field.
    ///
    /// # Errors
    /// What makes a length, a coding or a host ambiguous.
    pub(super) fn note(&mut self, bytes: &[u8], field: &Field) -> Result<(), HeadError> {
        let value = field.value.of(bytes);
        match field.known {
            Known::Other | Known::Date => {}
            Known::ContentLength => {
                if self.length.replace(number(value)?).is_some() {
                    return Err(HeadError::LengthRepeated);
                }
            }
            Known::TransferEncoding => {
                if self.chunked || !value.eq_ignore_ascii_case(b"chunked") {
                    return Err(HeadError::Coding);
                }
                self.chunked = true;
            }
            Known::Host => {
                if self.host.replace(field.value).is_some() {
                    return Err(HeadError::HostRepeated);
                }
            }
            Known::Connection => self.note_connection(value),
            Known::Upgrade => self.upgrade = true,
            Known::Expect => self.expects_continue |= value.eq_ignore_ascii_case(b"100-continue"),
            Known::Te => {
                self.takes_trailers |= options(value).any(|option| option.eq_ignore_ascii_case(b"trailers"))
            }
        }
        Ok(())
    }

    fn note_connection(&mut self, value: &[u8]) {
        for option in options(value) {
            self.close |= option.eq_ignore_ascii_case(b"close");
            self.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
            self.connection_upgrade |= option.eq_ignore_ascii_case(b"upgrade");
        }
    }

    /// Whether the connection may carry another message after this one (RFC 9112 §9.3).
    #[must_use]
    pub fn is_persistent(&self, version: Version) -> bool {
        !self.close && (version == Version::HTTP_11 || self.keep_alive)
    }

    /// The length of a request's body (RFC 9112 §6.3).
    ///
    /// # Errors
    /// When it is said in two ways, or in one that the version does not have.
    pub fn request_body(&self, version: Version) -> Result<BodyLength, HeadError> {
        self.unambiguous(version)?;
        Ok(if self.chunked { BodyLength::Chunked } else { BodyLength::Sized(self.length.unwrap_or(0)) })
    }

    /// The length of the body of a reply with `status` to a request with `method` (RFC 9112 §6.3).
    ///
    /// # Errors
    /// When it is said in two ways, or in one that the version does not have.
    pub fn reply_body(
        &self,
        method: &Method,
        status: StatusCode,
        version: Version,
    ) -> Result<BodyLength, HeadError> {
        self.unambiguous(version)?;
        let bodiless = status.is_informational()
            || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
            || *method == Method::HEAD
            || (*method == Method::CONNECT && status.is_success());
        Ok(match self.length {
            _ if bodiless => BodyLength::Sized(0),
            _ if self.chunked => BodyLength::Chunked,
            Some(length) => BodyLength::Sized(length),
            None => BodyLength::UntilClose,
        })
    }

    fn unambiguous(&self, version: Version) -> Result<(), HeadError> {
        match (self.chunked, self.length) {
            (true, Some(_)) => Err(HeadError::LengthAndCoding),
            (true, None) if version == Version::HTTP_10 => Err(HeadError::CodingInOldVersion),
            _ => Ok(()),
        }
    }
}

fn options(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

/// `1*DIGIT` (RFC 9110 §8.6): no sign, no list, nothing above `u64`.
fn number(value: &[u8]) -> Result<u64, HeadError> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(HeadError::Length);
    }
    value
        .iter()
        .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
        .ok_or(HeadError::Length)
}
