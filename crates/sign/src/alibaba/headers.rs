//! Which headers a client signed, from `X-Ca-Signature-Headers`.

use smallvec::SmallVec;

/// Headers that have a line of their own in the string to sign, or are the signature itself.
const NEVER_LISTED: [&str; 6] =
    ["X-Ca-Signature", "X-Ca-Signature-Headers", "Accept", "Content-MD5", "Content-Type", "Date"];

/// What is signed when the client sends no list.
const DEFAULT: &str = "X-Ca-Key";

/// Names of signed headers, sorted by their bytes, each once, in the spelling of the list: that spelling is
/// what the client signed. Headers that have lines of their own are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHeaders<'a>(SmallVec<[&'a str; 12]>);

impl<'a> SignedHeaders<'a> {
    /// Reads a comma-separated list. `None` means that the header is absent, which signs `X-Ca-Key` only.
    #[must_use]
    pub fn parse(list: Option<&'a str>) -> Self {
        list.map_or_else(|| Self(SmallVec::from_slice(&[DEFAULT])), |list| list.split(',').collect())
    }

    /// Whether the header is signed. A timestamp or nonce that is not can be replaced by anyone who sees the
    /// request.
    #[must_use]
    pub fn covers(&self, name: &str) -> bool {
        self.0.iter().any(|signed| signed.eq_ignore_ascii_case(name))
    }

    /// The names in signing order.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().copied()
    }

    /// How many headers are signed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no header is signed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of `X-Ca-Signature-Headers`.
    #[must_use]
    pub fn to_list(&self) -> String {
        self.0.join(",")
    }
}

impl<'a> FromIterator<&'a str> for SignedHeaders<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut names: SmallVec<_> =
            names.into_iter().map(str::trim).filter(|name| is_listed(name)).collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }
}

fn is_listed(name: &str) -> bool {
    !name.is_empty() && !NEVER_LISTED.iter().any(|never| never.eq_ignore_ascii_case(name))
}
