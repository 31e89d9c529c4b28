//! AES-256-GCM with a nonce drawn for each value: the one way in which this crate seals anything.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use zeroize::Zeroizing;

/// The first byte of what is sealed: how the rest is to be read.
const VERSION: u8 = 1;

/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;

/// A key, wiped from memory when it goes.
pub(crate) type KeyBytes = Zeroizing<[u8; KEY_BYTES]>;

/// The cipher could not do its work: there is no randomness, or no memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cipher failed")]
pub struct CipherFailed;

/// A key that seals and opens.
///
/// What is sealed is a version (one byte), a nonce (12 bytes), the ciphertext and a tag (16 bytes). It opens with the same
/// key and the same context alone: a sealed value that is moved elsewhere, cut or changed does not.
pub struct Cipher(RandomizedNonceKey);

impl Cipher {
    pub(crate) fn new(key: &KeyBytes) -> Result<Self, CipherFailed> {
        RandomizedNonceKey::new(&AES_256_GCM, key.as_slice()).map(Self).map_err(|_| CipherFailed)
    }

    /// Seals bytes for a context, which is not kept with them.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn seal(&self, context: &[u8], plain: &[u8]) -> Result<Vec<u8>, CipherFailed> {
        // Room for all of it, so that the plain text is not left behind where the buffer grew.
        let mut text = Vec::with_capacity(plain.len() + AES_256_GCM.tag_len());
        text.extend_from_slice(plain);
        let nonce =
            self.0.seal_in_place_append_tag(Aad::from(context), &mut text).map_err(|_| CipherFailed)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(&text);
        Ok(sealed)
    }

    /// Opens what was sealed for the same context; none when it was not, or is not what it was.
    #[must_use]
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.strip_prefix(&[VERSION])?.split_first_chunk::<NONCE_LEN>()?;
        let mut plain = Zeroizing::new(text.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = self.0.open_in_place(nonce, Aad::from(context), &mut plain).ok()?.len();
        plain.truncate(length);
        Some(plain)
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cipher")
    }
}

/// Draws a key.
pub(crate) fn draw() -> Result<KeyBytes, CipherFailed> {
    let mut key = KeyBytes::default();
    aws_lc_rs::rand::fill(key.as_mut_slice()).map_err(|_| CipherFailed)?;
    Ok(key)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cipher(byte: u8) -> Cipher {
        Cipher::new(&KeyBytes::new([byte; KEY_BYTES])).unwrap()
    }

    #[test]
    fn the_same_text_is_never_sealed_to_the_same_bytes() {
        let one = cipher(1).seal(b"here", b"text").unwrap();
        assert_ne!(one, cipher(1).seal(b"here", b"text").unwrap());
        assert_eq!(one.len(), 1 + 12 + 4 + 16);
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_in_its_place_alone(plain in proptest::collection::vec(any::<u8>(), 0..200)) {
            let sealed = cipher(1).seal(b"here", &plain).unwrap();
            let opened = cipher(1).open(b"here", &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
            prop_assert!(cipher(1).open(b"there", &sealed).is_none());
            prop_assert!(cipher(2).open(b"here", &sealed).is_none());
        }

        #[test]
        fn any_bit_that_is_changed_keeps_it_shut(plain in proptest::collection::vec(any::<u8>(), 0..60), at in any::<prop::sample::Index>(), bit in 0..8u8) {
            let mut sealed = cipher(1).seal(b"here", &plain).unwrap();
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(cipher(1).open(b"here", &sealed).is_none());
        }

        #[test]
        fn what_is_cut_or_made_up_stays_shut(plain in proptest::collection::vec(any::<u8>(), 0..60), cut in any::<prop::sample::Index>(), noise in proptest::collection::vec(any::<u8>(), 0..80)) {
            let sealed = cipher(1).seal(b"here", &plain).unwrap();
            prop_assert!(cipher(1).open(b"here", &sealed[..cut.index(sealed.len())]).is_none());
            prop_assert!(cipher(1).open(b"here", &noise).is_none());
        }
    }
}
