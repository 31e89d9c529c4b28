//! What certificates say, and whether they hold together.

use paifang_model::certificate::PEM_BYTES_AT_MOST;
use paifang_model::violation::Complaint;
use paifang_model::{CertificateFacts, Rule, Secret, Violations};
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::pem::Pem;
use x509_parser::prelude::X509Certificate;
use x509_parser::public_key::PublicKey;

use super::key;

/// No chain in use is longer.
const CHAIN_AT_MOST: usize = 10;

/// What the first certificate of a PEM text says of itself.
pub(crate) fn facts_of(text: &str) -> Result<CertificateFacts, Complaint> {
    let blocks = blocks(text)?;
    let first = parse(&blocks[0], 1)?;
    Ok(facts(&first, &blocks[0].contents))
}

/// Checks an authority that is to sign for the gateway.
pub(crate) fn check_authority(certificate: &str, key: &Secret, now: i64) -> Result<(), Violations> {
    let mut violations = Violations::new();
    let key = violations.at("/key", key::read(key));
    let blocks = violations.at("/certificate", blocks(certificate)).unwrap_or_default();
    let first = blocks.first().and_then(|block| violations.at("/certificate", parse(block, 1)));
    if let Some(certificate) = first {
        violations.at("/certificate", check_dates(&certificate, now));
        if !certificate.is_ca() {
            let message = "it may not sign others: it is no authority (basicConstraints CA:TRUE)";
            violations.add("/certificate", Rule::Conflict, message);
        }
        if let Some(key) = key {
            violations.at("/key", key::check_match(&key, &certificate));
        }
    }
    violations.or(())
}

/// Checks a chain, its own certificate first, and its key; what the certificate says, when both are good.
pub(super) fn check_chain(chain: &str, key: &Secret, now: i64) -> Result<CertificateFacts, Violations> {
    let mut violations = Violations::new();
    let key = violations.at("/key", key::read(key));
    let blocks = violations.at("/chain", blocks(chain)).unwrap_or_default();
    let parsed = blocks.iter().zip(1..).map(|(block, place)| parse(block, place)).collect();
    let parsed: Vec<_> = violations.at("/chain", parsed).unwrap_or_default();
    if let Some(own) = parsed.first() {
        violations.at("/chain", check_dates(own, now));
        violations.at("/chain", check_own(own));
        if let Some(key) = key {
            violations.at("/key", key::check_match(&key, own));
        }
    }
    for (place, pair) in parsed.windows(2).enumerate() {
        violations.at("/chain", check_signed(&pair[0], &pair[1], place + 1));
    }
    let Some(own) = parsed.first() else { return Err(violations) };
    violations.or(facts(own, &blocks[0].contents))
}

/// Checks the authorities whose certificates clients are to show.
pub(super) fn check_client_authority(text: &str, now: i64) -> Result<(), Complaint> {
    for (block, place) in blocks(text)?.iter().zip(1..) {
        let certificate = parse(block, place)?;
        check_dates(&certificate, now)?;
        if !certificate.is_ca() {
            return Err(conflict(format!("certificate {place} may not sign others: it is no authority")));
        }
    }
    Ok(())
}

fn blocks(text: &str) -> Result<Vec<Pem>, Complaint> {
    if text.len() > PEM_BYTES_AT_MOST {
        let message = format!("it has {} bytes, but {PEM_BYTES_AT_MOST} are allowed", text.len());
        return Err(Complaint::range(message));
    }
    let no_pem = || Complaint::format("it is no certificate in PEM (`-----BEGIN CERTIFICATE-----`)");
    let blocks =
        Pem::iter_from_buffer(text.as_bytes()).collect::<Result<Vec<_>, _>>().map_err(|_| no_pem())?;
    if blocks.is_empty() || blocks.iter().any(|block| block.label != "CERTIFICATE") {
        return Err(no_pem());
    }
    if blocks.len() > CHAIN_AT_MOST {
        return Err(Complaint::range(format!(
            "{} certificates are too many: {CHAIN_AT_MOST} are allowed",
            blocks.len()
        )));
    }
    Ok(blocks)
}

fn parse(block: &Pem, place: usize) -> Result<X509Certificate<'_>, Complaint> {
    block.parse_x509().map_err(|_| Complaint::format(format!("certificate {place} cannot be read")))
}

fn check_dates(certificate: &X509Certificate<'_>, now: i64) -> Result<(), Complaint> {
    let validity = certificate.validity();
    let seconds = now / 1000;
    if seconds > validity.not_after.timestamp() {
        return Err(Complaint::range(format!("the certificate ended on {}", validity.not_after)));
    }
    if seconds < validity.not_before.timestamp() {
        return Err(Complaint::range(format!("the certificate is not valid before {}", validity.not_before)));
    }
    Ok(())
}

/// What clients ask of a server's certificate.
fn check_own(certificate: &X509Certificate<'_>) -> Result<(), Complaint> {
    if names(certificate).is_empty() {
        let message = "the certificate names no host (subjectAltName), so no client accepts it".to_owned();
        return Err(Complaint { rule: Rule::Required, message });
    }
    if let Ok(PublicKey::RSA(key)) = certificate.public_key().parsed()
        && key.key_size() < 2048
    {
        let message = format!("an RSA key of {} bits is too short: 2048 are the least", key.key_size());
        return Err(Complaint { rule: Rule::Unsupported, message });
    }
    Ok(())
}

fn check_signed(
    certificate: &X509Certificate<'_>,
    by: &X509Certificate<'_>,
    place: usize,
) -> Result<(), Complaint> {
    if certificate.verify_signature(Some(by.public_key())).is_ok() {
        return Ok(());
    }
    let next = place + 1;
    Err(conflict(format!(
        "certificate {place} is not signed by certificate {next}; the chain begins with the host's own and each is \
         signed by the one after it"
    )))
}

fn facts(certificate: &X509Certificate<'_>, der: &[u8]) -> CertificateFacts {
    let validity = certificate.validity();
    CertificateFacts {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        serial: certificate.raw_serial_as_string().replace(':', ""),
        names: names(certificate),
        not_before: validity.not_before.timestamp().saturating_mul(1000),
        not_after: validity.not_after.timestamp().saturating_mul(1000),
        algorithm: algorithm(certificate),
        fingerprint: fingerprint(der),
    }
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let extensions = certificate.extensions().iter().map(|extension| extension.parsed_extension());
    let names = extensions.filter_map(|extension| match extension {
        ParsedExtension::SubjectAlternativeName(names) => Some(&names.general_names),
        _ => None,
    });
    names.flatten().filter_map(name).collect()
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        GeneralName::IPAddress(bytes) => match *bytes {
            [a, b, c, d] => Some(std::net::Ipv4Addr::new(*a, *b, *c, *d).to_string()),
            bytes => {
                <[u8; 16]>::try_from(bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string())
            }
        },
        _ => None,
    }
}

fn algorithm(certificate: &X509Certificate<'_>) -> String {
    match certificate.public_key().parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", key.key_size()),
        Ok(PublicKey::EC(point)) => {
            format!("ECDSA P-{}", if point.key_size() == 528 { 521 } else { point.key_size() })
        }
        _ if certificate.public_key().algorithm.algorithm.to_id_string() == "1.3.101.112" => {
            "Ed25519".to_owned()
        }
        _ => "unknown".to_owned(),
    }
}

fn fingerprint(der: &[u8]) -> String {
    use std::fmt::Write as _;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, der);
    digest.as_ref().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn conflict(message: String) -> Complaint {
    Complaint { rule: Rule::Conflict, message }
}
