//! The master key: it wraps the keys of a store's keyring and seals nothing else of the store.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::keyring::cipher::{self, Cipher, CipherFailed, KEY_BYTES, KeyBytes};

/// What the keys of a keyring are wrapped for.
const WRAPPING: &str = "paifang keyring v1";

/// What a fingerprint is made for.
const FINGERPRINT: &str = "paifang master key fingerprint v1";

/// 256 bits that whoever runs the gateway keeps apart from the store. Nothing in the store can be opened without them.
///
/// It is never used itself: each use has a key of its own, derived from it by HMAC-SHA256.
#[derive(Clone)]
pub struct MasterKey(KeyBytes);

impl MasterKey {
    /// Draws a key.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn random() -> Result<Self, CipherFailed> {
        cipher::draw().map(Self)
    }

    /// The key as text, for the file that keeps it: 44 characters of base64.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.0.as_slice()))
    }

    /// What tells master keys apart and gives nothing of them away: 16 hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(&self.derived(FINGERPRINT)[..8])
    }

    /// A cipher for something beside the store that must open while the store is away, such as a file. Two purposes have
    /// two keys.
    ///
    /// # Errors
    /// When the cipher cannot be set up.
    pub fn cipher(&self, purpose: &str) -> Result<Cipher, CipherFailed> {
        Cipher::new(&self.derived(purpose))
    }

    /// A secret for something beside the store; two purposes have two.
    #[must_use]
    pub fn secret(&self, purpose: &str) -> [u8; 16] {
        let mut secret = [0; 16];
        secret.copy_from_slice(&self.derived(purpose)[..16]);
        secret
    }

    /// The cipher that wraps the keys of a keyring.
    pub(crate) fn wrapping(&self) -> Result<Cipher, CipherFailed> {
        self.cipher(WRAPPING)
    }

    fn derived(&self, purpose: &str) -> KeyBytes {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, self.0.as_slice()), purpose.as_bytes());
        let mut key = KeyBytes::default();
        key.copy_from_slice(tag.as_ref());
        key
    }
}

/// Text that is no master key. The text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key is {KEY_BYTES} bytes, written as 44 characters of base64 or as 64 hexadecimal digits")]
pub struct BadMasterKey;

impl FromStr for MasterKey {
    type Err = BadMasterKey;

    /// White space around the text does not matter: files end in a line break.
    fn from_str(text: &str) -> Result<Self, BadMasterKey> {
        let text = text.trim_ascii();
        let mut key = KeyBytes::default();
        if text.len() == 2 * KEY_BYTES {
            hex::decode_to_slice(text, key.as_mut_slice()).map_err(|_| BadMasterKey)?;
            return Ok(Self(key));
        }
        let bytes = Zeroizing::new(STANDARD.decode(text).map_err(|_| BadMasterKey)?);
        if bytes.len() != KEY_BYTES {
            return Err(BadMasterKey);
        }
        key.copy_from_slice(&bytes);
        Ok(Self(key))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.fingerprint())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_base64_or_hex_of_32_bytes() {
        let hex: MasterKey =
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f".parse().unwrap();
        let base64: MasterKey = " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n".parse().unwrap();
        assert_eq!(hex.fingerprint(), base64.fingerprint());
        assert_eq!(hex.text().parse::<MasterKey>().unwrap().fingerprint(), hex.fingerprint());
        for bad in
            ["", "short", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", &"g".repeat(64), &"é".repeat(32)]
        {
            assert_eq!(bad.parse::<MasterKey>().unwrap_err(), BadMasterKey);
        }
    }

    #[test]
    fn it_shows_its_fingerprint_alone() {
        let (one, other) = (MasterKey::random().unwrap(), MasterKey::random().unwrap());
        assert_ne!(one.fingerprint(), other.fingerprint());
        assert_eq!(format!("{one:?}"), format!("MasterKey({})", one.fingerprint()));
    }

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let master = MasterKey::random().unwrap();
        let sealed = master.cipher("one").unwrap().seal(b"", b"text").unwrap();
        assert!(master.cipher("one").unwrap().open(b"", &sealed).is_some());
        assert!(master.cipher("other").unwrap().open(b"", &sealed).is_none());
        assert!(master.wrapping().unwrap().open(b"", &sealed).is_none());
    }
}
