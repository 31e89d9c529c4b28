//! Times as ISO 8601 in UTC with milliseconds. Calls come in bursts within a second, whose text is kept.

use super::json;

/// Writes times.
#[derive(Debug)]
pub(super) struct Clock {
    second: i64,
    /// The second's text up to where the fraction stands.
    text: String,
}

impl Default for Clock {
    fn default() -> Self {
        Self { second: 0, text: text(0) }
    }
}

impl Clock {
    /// Writes a time, in milliseconds since 1970. What is not in the calendar is written as 1970.
    pub(super) fn write(&mut self, out: &mut Vec<u8>, at_ms: i64) {
        let second = at_ms.div_euclid(1000);
        if second != self.second {
            (self.second, self.text) = (second, text(second));
        }
        out.extend_from_slice(self.text.as_bytes());
        out.push(b'.');
        json::three_digits(out, at_ms.rem_euclid(1000).unsigned_abs());
        out.push(b'Z');
    }
}

fn text(second: i64) -> String {
    let mut text = jiff::Timestamp::from_second(second).unwrap_or_default().to_string();
    text.pop();
    text
}
