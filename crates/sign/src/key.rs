//! A secret turned into HMAC states once, so that a request costs only the hashing of its own text.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::block_api::HmacCore;
use hmac::digest::block_api::{Buffer, CoreProxy};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::sink::feed;

/// Which HMAC signs the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// HMAC-SHA256, the default of every scheme but the older management signature.
    #[default]
    HmacSha256,
    /// HMAC-SHA1.
    HmacSha1,
}

/// A secret, ready to sign and verify. It keeps the HMAC states and not the secret, about 150 bytes, so a
/// gateway can hold one per app. `Debug` prints nothing of it.
#[derive(Clone)]
pub struct SigningKey {
    // The block-level cores, without the 64-byte buffers of `Hmac`, halve the size.
    sha256: HmacCore<Sha256>,
    sha1: HmacCore<Sha1>,
}

impl SigningKey {
    /// Any length of secret is a valid HMAC key.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self { sha256: core::<Hmac<Sha256>>(secret), sha1: core::<Hmac<Sha1>>(secret) }
    }

    /// The code over the text that `write` produces.
    pub(crate) fn tag(&self, algorithm: Algorithm, write: impl FnOnce(&mut Vec<u8>)) -> Tag {
        match algorithm {
            Algorithm::HmacSha256 => {
                let mut mac = Hmac::compose(self.sha256.clone(), Buffer::<HmacCore<Sha256>>::default());
                feed(&mut mac, write);
                Tag::new(&mac.finalize().into_bytes())
            }
            Algorithm::HmacSha1 => {
                let mut mac = Hmac::compose(self.sha1.clone(), Buffer::<HmacCore<Sha1>>::default());
                feed(&mut mac, write);
                Tag::new(&mac.finalize().into_bytes())
            }
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

fn core<M: KeyInit + CoreProxy>(secret: &[u8]) -> M::Core {
    let Ok(mac) = M::new_from_slice(secret) else { unreachable!("HMAC takes keys of any length") };
    mac.decompose().0
}

/// A computed code: 20 or 32 bytes.
pub(crate) struct Tag {
    bytes: [u8; 32],
    len: usize,
}

impl Tag {
    fn new(code: &[u8]) -> Self {
        let mut bytes = [0; 32];
        bytes[..code.len()].copy_from_slice(code);
        Self { bytes, len: code.len() }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    pub(crate) fn base64(&self) -> String {
        STANDARD.encode(self.as_bytes())
    }

    /// In lower case.
    pub(crate) fn hex(&self) -> String {
        let mut text = [0; 64];
        // Collecting digits one by one, as `hex::encode` does, takes longer than signing.
        self.put_hex(&mut text).to_owned()
    }

    fn put_hex<'t>(&self, text: &'t mut [u8; 64]) -> &'t str {
        let text = &mut text[..self.len * 2];
        let encoded = hex::encode_to_slice(self.as_bytes(), text);
        debug_assert!(encoded.is_ok(), "a byte is two digits");
        str::from_utf8(text).unwrap_or_default()
    }

    /// Compares in constant time with what the client presented. The computed code is encoded instead of the
    /// presented one decoded, so that one signature has one spelling.
    pub(crate) fn matches_base64(&self, presented: &str) -> bool {
        let mut text = [0; 44];
        STANDARD
            .encode_slice(self.as_bytes(), &mut text)
            .is_ok_and(|len| are_same(&text[..len], presented.as_bytes()))
    }

    /// As [`Tag::matches_base64`], in lower-case hex.
    pub(crate) fn matches_hex(&self, presented: &str) -> bool {
        are_same(self.put_hex(&mut [0; 64]).as_bytes(), presented.as_bytes())
    }
}

/// Whether two texts are the same, in a time that only their lengths decide; both encodings come in fours.
fn are_same(computed: &[u8], presented: &[u8]) -> bool {
    let ((computed, []), (presented, [])) = (computed.as_chunks::<4>(), presented.as_chunks::<4>()) else {
        return false;
    };
    let word = |bytes: &[u8; 4]| u32::from_ne_bytes(*bytes);
    let differences = computed.iter().zip(presented).fold(0, |all, (a, b)| all | (word(a) ^ word(b)));
    computed.len() == presented.len() && differences.ct_eq(&0).into()
}
