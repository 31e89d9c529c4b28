//! Makes requests out of fuzzer bytes. The form is that of HTTP/1, so that captured requests are good seeds
//! and a crash can be read.

use paifang_sign::Parts;

pub type Headers<'a> = Vec<(&'a str, &'a [u8])>;

/// `METHOD target\n`, then `name: value\n` lines, an empty line and the body.
pub struct Request<'a> {
    method: &'a str,
    target: &'a [u8],
    pub headers: Headers<'a>,
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    /// Absent when a method or a header name is not UTF-8; those never reach a signature.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (line, mut rest) = cut(bytes, b'\n');
        let (method, target) = cut(line, b' ');
        let mut headers = Headers::new();
        loop {
            let (line, after) = cut(rest, b'\n');
            rest = after;
            if line.is_empty() {
                break;
            }
            let (name, value) = cut(line, b':');
            headers.push((str::from_utf8(name).ok()?, value.trim_ascii()));
        }
        Some(Self { method: str::from_utf8(method).ok()?, target, headers, body: rest })
    }

    pub fn parts(&self) -> Parts<'_, Headers<'a>> {
        Parts::new(self.method, self.target, &self.headers)
    }

    pub fn header(&self, wanted: &str) -> Option<&'a [u8]> {
        self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
    }
}

/// The bytes before and after the first `separator`.
fn cut(bytes: &[u8], separator: u8) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == separator) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}
