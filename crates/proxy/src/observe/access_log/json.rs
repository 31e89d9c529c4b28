//! JSON by hand, straight into a buffer: no tree is built and nothing is allocated.

use std::fmt::Display;
use std::io::Write;
use std::time::Duration;

/// An object on one line, being written.
pub(super) struct Line<'o>(&'o mut Vec<u8>);

impl<'o> Line<'o> {
    /// Begins with a field whose value needs no escapes.
    pub(super) fn begin(out: &'o mut Vec<u8>, name: &'static str, value: impl FnOnce(&mut Vec<u8>)) -> Self {
        out.extend_from_slice(b"{\"");
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":\"");
        value(out);
        out.push(b'"');
        Self(out)
    }

    pub(super) fn end(self) {
        self.0.extend_from_slice(b"}\n");
    }

    /// Any text.
    pub(super) fn text(&mut self, name: &'static str, value: &str) {
        self.name(name);
        self.0.push(b'"');
        escape(self.0, value);
        self.0.push(b'"');
    }

    /// Something whose text needs no escapes.
    pub(super) fn plain(&mut self, name: &'static str, value: &impl Display) {
        self.name(name);
        // Writing to a `Vec` does not fail.
        let _ = write!(self.0, "\"{value}\"");
    }

    /// ASCII that needs no escapes.
    pub(super) fn ascii(&mut self, name: &'static str, value: &[u8]) {
        self.name(name);
        self.0.push(b'"');
        self.0.extend_from_slice(value);
        self.0.push(b'"');
    }

    pub(super) fn number(&mut self, name: &'static str, value: u64) {
        self.name(name);
        self.0.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Milliseconds with three decimals, rounded down.
    pub(super) fn millis(&mut self, name: &'static str, value: Duration) {
        let micros = value.as_micros();
        self.name(name);
        self.0.extend_from_slice(itoa::Buffer::new().format(micros / 1000).as_bytes());
        self.0.push(b'.');
        three_digits(self.0, (micros % 1000) as u64);
    }

    fn name(&mut self, name: &'static str) {
        self.0.extend_from_slice(b",\"");
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
    }
}

/// A number below 1000, with leading zeros.
pub(super) fn three_digits(out: &mut Vec<u8>, number: u64) {
    let digit = |weight: u64| b'0' + (number / weight % 10) as u8;
    out.extend_from_slice(&[digit(100), digit(10), digit(1)]);
}

fn escape(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(is_plain) {
        out.extend_from_slice(text.as_bytes());
    } else {
        text.chars().for_each(|char| escape_char(out, char));
    }
}

const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// Beyond what RFC 8259 §7 asks for, whatever some reader takes for the end of a line or a terminal for a
/// command is escaped too: DEL, the controls from U+0080 on, and the separators U+2028 and U+2029.
fn escape_char(out: &mut Vec<u8>, char: char) {
    match char {
        '"' | '\\' => out.extend_from_slice(&[b'\\', char as u8]),
        '\u{2028}' | '\u{2029}' => four_hex(out, char),
        _ if char.is_control() => four_hex(out, char),
        _ => out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

fn four_hex(out: &mut Vec<u8>, char: char) {
    // Writing to a `Vec` does not fail.
    let _ = write!(out, "\\u{:04x}", u32::from(char));
}
