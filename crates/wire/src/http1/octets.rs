//! Which octets may stand where.

/// `tchar` of RFC 9110 §5.6.2.
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let octet = byte as u8;
        table[byte] = octet.is_ascii_alphanumeric();
        byte += 1;
    }
    let others = b"!#$%&'*+-.^_`|~";
    let mut index = 0;
    while index < others.len() {
        table[others[index] as usize] = true;
        index += 1;
    }
    table
};

#[inline]
pub(super) fn is_token(byte: u8) -> bool {
    TOKEN[byte as usize]
}

/// How many octets of `bytes` from its beginning can be a token.
pub(super) fn token_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !is_token(*byte)).unwrap_or(bytes.len())
}

/// Whether all of it is text that may stand in a field's value or a reason phrase (RFC 9110 §5.5): no control but the tab. Without a branch
/// per octet, so that the compiler makes wide instructions of it.
#[inline]
pub(super) fn is_text(bytes: &[u8]) -> bool {
    !bytes.iter().fold(false, |bad, &byte| bad | (byte < 0x20 && byte != b'\t') | (byte == 0x7f))
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
