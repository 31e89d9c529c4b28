//! The writer.

use bytes::{Bytes, BytesMut};

use super::{Boundary, Part};

/// Writes parts, each under the name beside it. File names and content types stay as they are; further header fields of a part do not
/// exist any more.
pub fn write_multipart<'p>(
    parts: impl IntoIterator<Item = (&'p str, &'p Part)>,
    boundary: &Boundary,
) -> Bytes {
    let mut out = BytesMut::new();
    for (name, part) in parts {
        line(&mut out, &["--", boundary.as_str()]);
        out.extend_from_slice(b"Content-Disposition: form-data; name=\"");
        quote(&mut out, name);
        if let Some(file_name) = &part.file_name {
            out.extend_from_slice(b"\"; filename=\"");
            quote(&mut out, file_name);
        }
        out.extend_from_slice(b"\"\r\n");
        if let Some(content_type) = &part.content_type {
            out.extend_from_slice(b"Content-Type: ");
            out.extend_from_slice(content_type.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(&part.content);
        out.extend_from_slice(b"\r\n");
    }
    line(&mut out, &["--", boundary.as_str(), "--"]);
    out.freeze()
}

fn line(out: &mut BytesMut, pieces: &[&str]) {
    pieces.iter().for_each(|piece| out.extend_from_slice(piece.as_bytes()));
    out.extend_from_slice(b"\r\n");
}

/// Quotes and backslashes are escaped; control characters, which a part read here never has, are left out.
fn quote(out: &mut BytesMut, text: &str) {
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            out.extend_from_slice(b"\\");
        }
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}
