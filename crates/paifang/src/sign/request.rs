//! A request to be signed.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use http::{HeaderName, HeaderValue, Method, Uri};
use paifang_model::Dialect;

/// A request to be signed.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Its method.
    pub(crate) method: Method,
    /// Its whole address.
    pub(crate) url: Uri,
    /// Its headers, in the order they were given.
    pub(crate) headers: Vec<(String, String)>,
    /// Headers that are signed though the scheme does not ask for it.
    pub(crate) also_signed: Vec<String>,
    /// Its body.
    pub(crate) body: Body,
}

/// A request's body, and how it was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Body {
    /// None.
    #[default]
    Empty,
    /// A text on the command line.
    Text(String),
    /// A file.
    File {
        /// The file; `-` is standard input.
        path: PathBuf,
        /// What was in it.
        bytes: Vec<u8>,
    },
}

impl Body {
    /// A text, or `@` and a file.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let Some(path) = text.strip_prefix('@') else { return Ok(Self::Text(text.to_owned())) };
        let mut bytes = Vec::new();
        let read = match path {
            "-" => std::io::stdin().read_to_end(&mut bytes),
            path => std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
        };
        read.map_err(|error| format!("the file cannot be read: {error}"))?;
        Ok(Self::File { path: path.into(), bytes })
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Empty => &[],
            Self::Text(text) => text.as_bytes(),
            Self::File { bytes, .. } => bytes,
        }
    }
}

impl Request {
    /// A GET, or with a body a POST.
    pub(crate) fn new(url: Uri, body: Body) -> Self {
        let method = if body == Body::Empty { Method::GET } else { Method::POST };
        Self { method, url, headers: Vec::new(), also_signed: Vec::new(), body }
    }

    /// Path and query as they stand on the request line.
    pub(crate) fn target(&self) -> &str {
        self.url.path_and_query().map_or("/", |target| target.as_str())
    }

    /// The host as clients send it: without the port that the scheme has anyway.
    pub(crate) fn host(&self) -> Result<String> {
        let host = self.url.host().context("the address has no host")?;
        let usual = if self.url.scheme_str() == Some("https") { 443 } else { 80 };
        Ok(match self.url.port_u16() {
            Some(port) if port != usual => format!("{host}:{port}"),
            _ => host.to_owned(),
        })
    }

    /// The first value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Adds a header.
    pub(crate) fn add(&mut self, name: &str, value: impl Into<String>) {
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Adds a header unless it is there.
    pub(crate) fn add_missing(&mut self, name: &str, value: impl Into<String>) {
        if self.header(name).is_none() {
            self.add(name, value);
        }
    }

    /// Says which stage is called.
    pub(crate) fn set_stage(&mut self, dialect: Dialect, stage: &str) {
        let name = match dialect {
            Dialect::Alibaba => "x-ca-stage",
            Dialect::Huawei => "X-Stage",
        };
        self.add_missing(name, stage);
    }

    /// Says what the body is: what a client sends by itself has to be known when it is signed.
    pub(super) fn say_content_type(&mut self) {
        if self.body.bytes().is_empty() {
            return;
        }
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(self.body.bytes()).is_ok();
        let kind = if is_json { "application/json" } else { "application/x-www-form-urlencoded" };
        self.add_missing("Content-Type", kind);
    }
}

pub(crate) fn method(text: &str) -> Result<Method, String> {
    text.parse().map_err(|_| "it is not a method".to_owned())
}

/// `Name: value`.
pub(crate) fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("a header is given as `Name: value`")?;
    let value = value.trim();
    HeaderName::try_from(name).map_err(|_| "the part before the colon is not a header's name")?;
    HeaderValue::try_from(value).map_err(|_| "the part after the colon cannot be a header's value")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A whole address.
pub(crate) fn url(text: &str) -> Result<Uri, String> {
    let url: Uri =
        text.parse().map_err(|error| format!("{error}; blanks and letters beyond ASCII are escaped"))?;
    let scheme = url.scheme_str().filter(|scheme| ["http", "https"].contains(scheme));
    let authority = url.authority().filter(|authority| !authority.as_str().contains('@'));
    if scheme.is_none() || authority.is_none() {
        return Err("an address is given as `http://host[:port]/path?query`".to_owned());
    }
    Ok(url)
}
