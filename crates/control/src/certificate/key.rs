//! Private keys in PEM, and whether they belong to a certificate.

use paifang_model::Secret;
use paifang_model::certificate::PEM_BYTES_AT_MOST;
use paifang_model::violation::Complaint;
use rcgen::{KeyPair, PublicKeyData as _};
use x509_parser::pem::Pem;
use x509_parser::prelude::X509Certificate;

/// Reads a key: PKCS #8, PKCS #1 or SEC 1. The complaint repeats nothing of it.
pub(super) fn read(text: &Secret) -> Result<KeyPair, Complaint> {
    if text.expose().len() > PEM_BYTES_AT_MOST {
        return Err(Complaint::range(format!("a key of more than {PEM_BYTES_AT_MOST} bytes is none")));
    }
    // `openssl ecparam` writes parameters before the key.
    let blocks = Pem::iter_from_buffer(text.expose().as_bytes()).map_while(Result::ok);
    let block = blocks.into_iter().find(|block| block.label.ends_with("PRIVATE KEY"));
    let Some(block) = block else {
        return Err(Complaint::format("it is no private key in PEM (`-----BEGIN PRIVATE KEY-----`)"));
    };
    if block.label.starts_with("ENCRYPTED") || text.expose().contains("Proc-Type: 4,ENCRYPTED") {
        let message = "the key is encrypted; take its passphrase off, as with `openssl pkey`".to_owned();
        return Err(Complaint { rule: paifang_model::Rule::Unsupported, message });
    }
    let wrong = |_| {
        Complaint::format(
            "it is not an RSA, ECDSA (P-256, P-384, P-521) or Ed25519 key in PKCS #8, PKCS #1 or SEC 1",
        )
    };
    KeyPair::try_from(block.contents.as_slice()).map_err(wrong)
}

/// Whether the key is that of the certificate.
pub(super) fn check_match(key: &KeyPair, certificate: &X509Certificate<'_>) -> Result<(), Complaint> {
    if key.der_bytes() == &*certificate.public_key().subject_public_key.data {
        return Ok(());
    }
    Err(Complaint {
        rule: paifang_model::Rule::Conflict,
        message: "the key is not that of the certificate".to_owned(),
    })
}
