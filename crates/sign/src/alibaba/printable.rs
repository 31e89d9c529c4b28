//! A string to sign made fit for a header of an answer.

/// Bytes of text that [`printable`] keeps at most: 4 KiB.
pub const PRINTABLE_LIMIT: usize = 4096;

/// The text with newlines and other control characters as `#`, bytes that are not UTF-8 replaced, cut at
/// [`PRINTABLE_LIMIT`] bytes on a character boundary. Spec: aliyun/errors.md §1.
#[must_use]
pub fn printable(string_to_sign: &[u8]) -> String {
    printable_with('#', string_to_sign)
}

pub(super) fn printable_with(mark: char, string_to_sign: &[u8]) -> String {
    let mut text = String::with_capacity(string_to_sign.len().min(PRINTABLE_LIMIT));
    for character in lossy_chars(string_to_sign) {
        let character = if character.is_control() { mark } else { character };
        if text.len() + character.len_utf8() > PRINTABLE_LIMIT {
            break;
        }
        text.push(character);
    }
    text
}

fn lossy_chars(bytes: &[u8]) -> impl Iterator<Item = char> {
    bytes.utf8_chunks().flat_map(|chunk| {
        let replacement = (!chunk.invalid().is_empty()).then_some(char::REPLACEMENT_CHARACTER);
        chunk.valid().chars().chain(replacement)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_control_characters() {
        assert_eq!(printable("GET\n\n\r\0\u{7f}\u{85}中 x".as_bytes()), "GET######中 x");
        assert_eq!(printable(b"a\xffb"), "a\u{fffd}b");
    }

    #[test]
    fn cuts_on_a_character_boundary() {
        let text = format!("{}中文", "a".repeat(PRINTABLE_LIMIT - 4));
        assert_eq!(printable(text.as_bytes()), format!("{}中", "a".repeat(PRINTABLE_LIMIT - 4)));
        assert_eq!(printable(&vec![b'a'; 3 * PRINTABLE_LIMIT]).len(), PRINTABLE_LIMIT);
        assert!(printable(&vec![0xff; PRINTABLE_LIMIT]).len() <= PRINTABLE_LIMIT);
    }
}
