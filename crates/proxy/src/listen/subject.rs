//! The subject of a client's certificate, as backends are told it: RFC 4514, so that no name can look like another one.

use std::fmt::Write as _;

use http::HeaderValue;
use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::x509::AttributeTypeAndValue;

/// Longer ones are not told.
const AT_MOST: usize = 4 * 1024;

/// The subject of a certificate in DER; none when it cannot be read, which the handshake has ruled out.
pub(super) fn of(der: &[u8]) -> Option<HeaderValue> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let names: Vec<_> = certificate.subject().iter_rdn().collect();
    let mut text = String::new();
    // §2.1: the last comes first.
    for (index, name) in names.into_iter().rev().enumerate() {
        text.push_str(if index == 0 { "" } else { "," });
        for (index, attribute) in name.iter().enumerate() {
            text.push_str(if index == 0 { "" } else { "+" });
            write(&mut text, attribute);
        }
    }
    HeaderValue::from_bytes(text.as_bytes()).ok().filter(|value| value.len() <= AT_MOST)
}

fn write(text: &mut String, attribute: &AttributeTypeAndValue<'_>) {
    let oid = attribute.attr_type().to_id_string();
    text.push_str(short(&oid).unwrap_or(&oid));
    text.push('=');
    match attribute.as_str() {
        Ok(value) => escape(text, value),
        // §2.4: what is no text, in hexadecimal digits.
        Err(_) => {
            text.push('#');
            for byte in attribute.as_slice() {
                // Writing to a text cannot fail.
                let _ = write!(text, "{byte:02x}");
            }
        }
    }
}

/// RFC 4514 §3, and what certificates of machines have besides.
fn short(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "2.5.4.3" => "CN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return None,
    })
}

/// RFC 4514 §2.4; control characters as well, for no header carries them.
fn escape(text: &mut String, value: &str) {
    let last = value.chars().count().saturating_sub(1);
    for (index, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', character]),
            ' ' if index == 0 || index == last => text.push_str("\\ "),
            '#' if index == 0 => text.push_str("\\#"),
            character if character.is_ascii_control() => {
                let _ = write!(text, "\\{:02x}", u32::from(character));
            }
            character => text.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn no_value_looks_like_two() {
        for (value, escaped) in
            [("a, O=b", r"a\, O=b"), (" a ", r"\ a\ "), ("#a\n+", r"\#a\0a\+"), ("小明", "小明"), ("", "")]
        {
            let mut text = String::new();
            escape(&mut text, value);
            assert_eq!(text, escaped);
        }
    }
}
