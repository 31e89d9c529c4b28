//! Which octets may stand where.

/// `tchar` of RFC 9110 §5.6.2.
static TOKEN: [bool; 256] = alphanumeric_and(b"!#$%&'*+-.^_`|~");
/// `unreserved / sub-delims` of RFC 3986 §2.
static REG_NAME: [bool; 256] = alphanumeric_and(b"-._~!$&'()*+,;=");

const fn alphanumeric_and(others: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let octet = byte as u8;
        table[byte] = octet.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut index = 0;
    while index < others.len() {
        table[others[index] as usize] = true;
        index += 1;
    }
    table
}

#[inline]
pub(super) fn is_token(byte: u8) -> bool {
    TOKEN[byte as usize]
}

/// Whether it may stand in a registered name unescaped.
#[inline]
pub(super) fn is_reg_name(byte: u8) -> bool {
    REG_NAME[byte as usize]
}

/// How many octets of `bytes` from its beginning can be a token.
pub(super) fn token_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !is_token(*byte)).unwrap_or(bytes.len())
}

/// Whether all of it is text that may stand in a field's value or a reason phrase (RFC 9110 §5.5): no control but the tab.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    // Tabs are rare, and so is what is no text: both are looked at one by one.
    has_no_control(bytes) || bytes.iter().all(|&byte| (byte >= 0x20 || byte == b'\t') && byte != 0x7f)
}

/// Eight octets at a time, the last eight perhaps twice: most values are shorter than the compiler's wide instructions.
fn has_no_control(bytes: &[u8]) -> bool {
    let (eights, rest) = bytes.as_chunks::<8>();
    let last = match bytes.last_chunk::<8>() {
        _ if rest.is_empty() => 0,
        Some(last) => controls(u64::from_le_bytes(*last)),
        None => u64::from(rest.iter().any(|byte| byte.is_ascii_control())),
    };
    eights.iter().fold(last, |found, eight| found | controls(u64::from_le_bytes(*eight))) == 0
}

/// Not 0 exactly where one of eight octets is below 0x20 or is 0x7f.
const fn controls(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = ONES << 7;
    let is_delete = eight ^ (ONES * 0x7f);
    let below = eight.wrapping_sub(ONES * 0x20) & !eight;
    let delete = is_delete.wrapping_sub(ONES) & !is_delete;
    (below | delete) & HIGH
}

/// Whether all of it may stand in a request target (RFC 9112 §3.2): visible ASCII without `#`, which a target never has. RFC 3986 knows
/// neither `"<>\^`{|}` there, but browsers send some of them unescaped in queries (WHATWG URL, query percent-encode set).
pub(super) fn is_target(bytes: &[u8]) -> bool {
    !bytes.iter().fold(false, |bad, &byte| bad | (byte <= b' ') | (byte >= 0x7f) | (byte == b'#'))
}

/// Without spaces and tabs around it (`OWS`, RFC 9110 §5.6.3). How many octets were taken off the front comes first.
pub(super) fn trim(bytes: &[u8]) -> (usize, &[u8]) {
    // Nearly every value has one space before it and nothing behind.
    if let [b' ', value @ ..] = bytes
        && let (Some(b'!'..), Some(b'!'..)) = (value.first(), value.last())
    {
        return (1, value);
    }
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let front = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !blank(byte)).map_or(front, |last| last + 1);
    (front, &bytes[front..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_at_a_time_is_the_same_as_one_by_one(
            mut text in "[ -~\t\u{80}-\u{ff}]{0,40}".prop_map(String::into_bytes),
            at in 0..40_usize,
            byte: u8,
        ) {
            prop_assert!(super::is_text(&text));
            if let Some(place) = text.get_mut(at) {
                *place = byte;
                let is_text = (byte >= 0x20 || byte == b'\t') && byte != 0x7f;
                prop_assert_eq!(super::is_text(&text), is_text);
            }
        }
    }
}
