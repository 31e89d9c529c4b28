//! The names that govern a message or a connection, told apart once.

/// A name that the wire itself acts upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Any other name.
    Other,
    /// `Connection`
    Connection,
    /// `Content-Length`
    ContentLength,
    /// `Expect`
    Expect,
    /// `Host`
    Host,
    /// `TE`
    Te,
    /// `Transfer-Encoding`
    TransferEncoding,
    /// `Upgrade`
    Upgrade,
    /// `Date`
    Date,
}

impl Known {
    /// Which name it is, without regard to case. Length decides first: most names are settled by it.
    #[must_use]
    pub fn of(name: &[u8]) -> Self {
        let (candidate, known): (&[u8], Self) = match name.len() {
            2 => (b"te", Self::Te),
            4 if name[0] | 0x20 == b'h' => (b"host", Self::Host),
            4 => (b"date", Self::Date),
            6 => (b"expect", Self::Expect),
            7 => (b"upgrade", Self::Upgrade),
            10 => (b"connection", Self::Connection),
            14 => (b"content-length", Self::ContentLength),
            17 => (b"transfer-encoding", Self::TransferEncoding),
            _ => return Self::Other,
        };
        if name.eq_ignore_ascii_case(candidate) { known } else { Self::Other }
    }
}
