//! What is measured.

use serde::{Deserialize, Serialize};

/// One kind of request, sent to every competitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Case {
    Plain,
    Headers,
    Code,
    SignedAlibaba,
    SignedHuawei,
    Full,
    Download,
    Upload,
}

impl Case {
    pub(crate) const ALL: [Self; 8] = [
        Self::Plain,
        Self::Headers,
        Self::Code,
        Self::SignedAlibaba,
        Self::SignedHuawei,
        Self::Full,
        Self::Download,
        Self::Upload,
    ];

    /// In files and tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Headers => "headers",
            Self::Code => "code",
            Self::SignedAlibaba => "signed-alibaba",
            Self::SignedHuawei => "signed-huawei",
            Self::Full => "full",
            Self::Download => "download",
            Self::Upload => "upload",
        }
    }

    /// On the command line, where related cases go together.
    pub(crate) fn family(self) -> &'static str {
        match self {
            Self::SignedAlibaba | Self::SignedHuawei => "signed",
            Self::Download | Self::Upload => "body",
            alone => alone.name(),
        }
    }

    /// What the gateway does beside passing the request on. The competitors pass the same bytes on and check nothing.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Plain => "1 KB answer, no policy, no authentication",
            Self::Headers => "the same with a browser's 15 request headers",
            Self::Code => "AppCode authentication and one limit, 1 KB answer",
            Self::SignedAlibaba => "AppKey signature with nonce check, 1 KB answer",
            Self::SignedHuawei => "SDK-HMAC-SHA256 signature, 1 KB answer",
            Self::Full => {
                "SDK-HMAC-SHA256 signature, 100 networks kept out, limits by API, user, app and address, two parameters \
                 checked and mapped, an HMAC signature for the backend, CORS, 1 KB answer"
            }
            Self::Download => "100 KB answer",
            Self::Upload => "10 KB POST, 1 KB answer",
        }
    }

    /// The most CPU time per request that the gateway may take, as a multiple of nginx's.
    pub(crate) fn target(self) -> Option<f64> {
        match self {
            Self::Plain => Some(0.85),
            Self::Code => Some(0.95),
            Self::SignedAlibaba | Self::SignedHuawei => Some(1.1),
            Self::Full => Some(1.3),
            Self::Headers | Self::Download | Self::Upload => None,
        }
    }

    /// The most user-space instructions per request.
    pub(crate) fn instructions_target(self) -> Option<u64> {
        (self == Self::Plain).then_some(32_000)
    }

    /// Bytes of the answer's body.
    pub(crate) fn answer_bytes(self) -> usize {
        match self {
            Self::Download => LARGE_BYTES,
            _ => SMALL_BYTES,
        }
    }

    /// Whether each request must be another one.
    pub(crate) fn is_signed(self) -> bool {
        matches!(self, Self::SignedAlibaba | Self::SignedHuawei | Self::Full)
    }
}

/// The backend's ordinary answer.
pub(crate) const SMALL_BYTES: usize = 1024;
/// The backend's answer at `/large`.
pub(crate) const LARGE_BYTES: usize = 100 * 1024;
/// The body of an upload.
pub(crate) const UPLOAD_BYTES: usize = 10 * 1024;
