//! The `Authorization` header of both schemes that use it:
//! `<scheme> <Access|Credential>=<id>, SignedHeaders=<a;b;c>, Signature=<hex>`.

use smallvec::SmallVec;

use crate::MAX_SIGNED_HEADERS;

/// What an `Authorization` header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authorization<'a> {
    /// The key id: `Access` or `Credential`.
    pub access: &'a str,
    /// Names of the signed headers as sent, separated by `;`. At most [`MAX_SIGNED_HEADERS`].
    pub signed_headers: &'a str,
    /// The presented signature; letters, digits and `_`.
    pub signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// The names of the signed headers, in the order given.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + Clone {
        Between(Some(self.signed_headers)).map(str::trim_ascii).filter(|name| !name.is_empty())
    }

    /// Whether the header is named as signed.
    #[must_use]
    pub fn covers(&self, name: &str) -> bool {
        self.names().any(|signed| signed.eq_ignore_ascii_case(name))
    }
}

/// What stands between semicolons. The list is gone through several times for each request, and the standard library's way of
/// splitting, which knows all of Unicode, takes longer than what is done with the names.
#[derive(Clone)]
struct Between<'a>(Option<&'a str>);

impl<'a> Iterator for Between<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.0.take()?;
        let Some(end) = rest.bytes().position(|byte| byte == b';') else { return Some(rest) };
        self.0 = Some(&rest[end + 1..]);
        Some(&rest[..end])
    }
}

/// Why an `Authorization` header cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizationError {
    /// There is no `Authorization` header.
    #[error("the request has no Authorization header")]
    Missing,
    /// The header is there for another scheme, such as `Bearer`.
    #[error("the Authorization header does not begin with `{expected}`")]
    OtherScheme {
        /// The scheme looked for.
        expected: &'static str,
    },
    /// The key id is empty.
    #[error("Access or Credential is empty in Authorization")]
    EmptyAccess,
    /// A part is missing, empty, or has characters that it may not have.
    #[error("the Authorization header is malformed: {part} is missing or not as `{grammar}`")]
    Malformed {
        /// The part at fault.
        part: &'static str,
        /// What was expected.
        grammar: &'static str,
    },
    /// More headers are named than [`MAX_SIGNED_HEADERS`].
    #[error("Authorization names {count} signed headers, at most {MAX_SIGNED_HEADERS} are accepted")]
    TooManySignedHeaders {
        /// How many were named.
        count: usize,
    },
    /// A header is named twice, which no client does: it would have the gateway hash a long value many times.
    #[error("Authorization names the signed header {name} twice")]
    RepeatedHeader {
        /// Its name as listed.
        name: String,
    },
}

/// The spelling of one scheme.
pub(crate) struct Grammar {
    pub(crate) scheme: &'static str,
    /// `Access=` or `Credential=`.
    pub(crate) access: &'static str,
    pub(crate) text: &'static str,
}

impl Grammar {
    /// Reads a header value. White space is allowed around commas, as the reference parsers do.
    pub(crate) fn parse<'a>(&self, value: Option<&'a [u8]>) -> Result<Authorization<'a>, AuthorizationError> {
        let value = value.ok_or(AuthorizationError::Missing)?;
        let value = str::from_utf8(value).map_err(|_| self.malformed("the text"))?;
        let fields = value
            .trim()
            .strip_prefix(self.scheme)
            .filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
            .ok_or(AuthorizationError::OtherScheme { expected: self.scheme })?;

        let mut fields = fields.splitn(3, ',').map(str::trim);
        let mut field = |name: &'static str| {
            fields.next().and_then(|field| field.strip_prefix(name)).ok_or_else(|| self.malformed(name))
        };
        let access = field(self.access)?;
        let signed_headers = field("SignedHeaders=")?;
        let signature = field("Signature=")?;
        if access.is_empty() {
            return Err(AuthorizationError::EmptyAccess);
        }
        self.check(Authorization { access, signed_headers, signature })
    }

    fn check<'a>(&self, parsed: Authorization<'a>) -> Result<Authorization<'a>, AuthorizationError> {
        let names: SmallVec<[&str; 16]> = parsed.names().take(MAX_SIGNED_HEADERS + 1).collect();
        match names.len() {
            0 => return Err(self.malformed("SignedHeaders=")),
            1..=MAX_SIGNED_HEADERS => {}
            _ => return Err(AuthorizationError::TooManySignedHeaders { count: parsed.names().count() }),
        }
        if let Some(name) = repeated(&names) {
            return Err(AuthorizationError::RepeatedHeader { name: name.to_owned() });
        }
        if parsed.signature.is_empty() || !parsed.signature.bytes().all(|byte| WORD[usize::from(byte)]) {
            return Err(self.malformed("Signature="));
        }
        Ok(parsed)
    }

    fn malformed(&self, part: &'static str) -> AuthorizationError {
        AuthorizationError::Malformed { part, grammar: self.text }
    }
}

fn repeated<'a>(names: &[&'a str]) -> Option<&'a str> {
    let is_repeated = |at: usize| names[..at].iter().any(|earlier| earlier.eq_ignore_ascii_case(names[at]));
    (0..names.len()).find(|at| is_repeated(*at)).map(|at| names[at])
}

/// Letters, digits and `_`.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};
