//! Every kind of problem, one line each: its stable name, its status, its title.

use axum::http::StatusCode;

macro_rules! kinds {
    ($($variant:ident = $name:literal, $status:ident, $title:literal;)*) => {
        /// What kind of problem it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Kind {
            $(#[doc = $title] $variant),*
        }

        impl Kind {
            /// What clients compare: a URN that never changes.
            pub(crate) const fn urn(self) -> &'static str {
                match self { $(Self::$variant => concat!("urn:paifang:problem:", $name)),* }
            }

            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),* }
            }

            pub(crate) const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }
        }
    };
}

#[rustfmt::skip]
kinds! {
    Malformed = "malformed", BAD_REQUEST, "The request cannot be read";
    Query = "query", BAD_REQUEST, "The query cannot be answered";
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "It is not known who asks";
    WrongCredentials = "wrong-credentials", UNAUTHORIZED, "The name or the password is wrong";
    Denied = "denied", FORBIDDEN, "The caller may not do that";
    Csrf = "csrf", FORBIDDEN, "The session's token is missing or wrong";
    NotFound = "not-found", NOT_FOUND, "There is no such object";
    NoSuchRoute = "no-such-route", NOT_FOUND, "There is no such route";
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED, "The method is not served here";
    Slow = "slow", REQUEST_TIMEOUT, "The body took too long to arrive";
    Taken = "taken", CONFLICT, "A value is taken";
    InUse = "in-use", CONFLICT, "Others need it";
    QuotaExceeded = "quota-exceeded", CONFLICT, "There would be more than allowed";
    Refused = "refused", CONFLICT, "What is there does not allow it";
    Raced = "raced", CONFLICT, "Somebody else did something at the same moment";
    RevisionMismatch = "revision-mismatch", PRECONDITION_FAILED, "Somebody else changed it";
    TooLarge = "too-large", PAYLOAD_TOO_LARGE, "The body is too large";
    MediaType = "media-type", UNSUPPORTED_MEDIA_TYPE, "The body is not JSON";
    Invalid = "invalid", UNPROCESSABLE_ENTITY, "The request breaks rules";
    LockedOut = "locked-out", TOO_MANY_REQUESTS, "There were too many wrong passwords";
    Unreadable = "unreadable", INTERNAL_SERVER_ERROR, "The object cannot be read";
    Internal = "internal", INTERNAL_SERVER_ERROR, "The gateway failed";
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "What is needed is away";
}
