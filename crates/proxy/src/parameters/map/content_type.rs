//! Which content type the backend is told, and which fields about the body may stay.

use paifang_wire::{HeaderName, HeaderValue, Headers, Method, header};

use super::intake::announces_content;
use crate::parameters::form::{Boundary, MediaType, carries_form};
use crate::parameters::outgoing::{Base, HeaderEdits};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

static CONTENT_TYPE: HeaderName = header::CONTENT_TYPE;

/// Fields that describe the client's body and no other.
static OF_THE_BODY: [HeaderName; 5] = [
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONTENT_ENCODING,
    HeaderName::from_static("content-md5"),
    header::TRAILER,
];

/// The rule, compiled.
#[derive(Debug)]
pub(in crate::parameters) enum ContentType {
    /// The client's.
    Client,
    /// The gateway's for the body it sends.
    Gateway,
    /// A fixed one.
    Fixed(HeaderValue),
    /// What a backend parameter says.
    Mapped,
}

/// The body that is sent.
#[derive(Debug)]
pub(in crate::parameters) enum Sent {
    /// The client's.
    Client,
    /// A form.
    Form,
    /// Parts.
    Multipart(Boundary),
    /// None.
    Nothing,
}

impl ContentType {
    pub(super) fn apply(&self, sent: &Sent, method: &Method, client: &Headers, edits: &mut HeaderEdits<'_>) {
        if matches!(sent, Sent::Client) {
            self.keep_description(client, edits);
        } else {
            edits.removed.extend(&OF_THE_BODY);
        }
        match self.choose(sent, method, client) {
            Choice::Leave => {}
            // Where the client's fields go through, it is there already.
            Choice::Client => {
                let only_some = matches!(edits.base, Base::Only(_));
                if let Some(value) = client.get(header::CONTENT_TYPE).filter(|_| only_some) {
                    edits.set_only(header::CONTENT_TYPE, value.clone());
                }
            }
            Choice::Remove => edits.removed.push(&CONTENT_TYPE),
            Choice::Set(value) => edits.set_only(header::CONTENT_TYPE, value),
        }
    }

    /// Where the client's fields do not go through, a body that does still needs the coding it is in.
    fn keep_description(&self, client: &Headers, edits: &mut HeaderEdits<'_>) {
        let only_some = matches!(edits.base, Base::Only(_));
        if let Some(coding) = client.get(header::CONTENT_ENCODING).filter(|_| only_some) {
            edits.set_only(header::CONTENT_ENCODING, coding.clone());
        }
    }

    fn choose(&self, sent: &Sent, method: &Method, client: &Headers) -> Choice {
        match (self, sent) {
            // The client's boundary, or our own, must not get lost.
            (Self::Fixed(value), Sent::Multipart(boundary)) if lacks_boundary(value) => multipart(boundary),
            (Self::Fixed(value), Sent::Client) if lacks_boundary(value) && is_multipart(client) => {
                Choice::Client
            }
            (Self::Fixed(value), _) => Choice::Set(value.clone()),
            (_, Sent::Form) => Choice::Set(FORM),
            (_, Sent::Multipart(boundary)) => multipart(boundary),
            (Self::Mapped, _) => Choice::Leave,
            (_, Sent::Nothing) => Choice::Remove,
            (Self::Client, Sent::Client) => Choice::Client,
            (Self::Gateway, Sent::Client) if carries_form(method) && announces_content(client) => {
                Choice::Set(BYTES)
            }
            (Self::Gateway, Sent::Client) => Choice::Leave,
        }
    }
}

enum Choice {
    Leave,
    Client,
    Remove,
    Set(HeaderValue),
}

fn multipart(boundary: &Boundary) -> Choice {
    // A boundary that was drawn holds letters and digits alone.
    let text = format!("multipart/form-data; boundary={}", boundary.as_str());
    HeaderValue::from_str(&text).map_or(Choice::Leave, Choice::Set)
}

fn lacks_boundary(value: &HeaderValue) -> bool {
    let media = value.to_str().map(MediaType::read);
    media.is_ok_and(|media| media.is_multipart_form() && media.parameter("boundary").is_none())
}

fn is_multipart(client: &Headers) -> bool {
    MediaType::of(client).is_some_and(|media| media.is_multipart_form())
}
