#![doc = include_str!("../README.md")]

pub mod alibaba;
mod authorization;
mod encode;
pub mod huawei;
mod key;
mod pairs;
mod parts;
mod sink;
pub mod time;

pub use authorization::{Authorization, AuthorizationError};
pub use key::{Algorithm, SigningKey};
pub use pairs::TooManyParameters;
pub use parts::{HeaderSource, Parts};

/// Signed headers that one request may name. Each costs a look-up and the hashing of its value, before
/// anything about the caller is proved; known clients sign fewer than twenty.
pub const MAX_SIGNED_HEADERS: usize = 100;

/// Query and form parameters that one signed request may carry, together. They are sorted before anything
/// about the caller is proved.
pub const MAX_PARAMETERS: usize = 4096;

/// Lower-case hex SHA-256 of no bytes at all.
pub const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// SHA-256 of `body`, as every scheme here that covers the body wants it.
#[must_use]
pub fn sha256(body: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(body).into()
}
