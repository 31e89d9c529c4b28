//! Status codes that count as well, as they are written: `200,201` or `200-299`, or both.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::name::shown;
use crate::violation::Complaint;

/// The most ranges of one text.
const RANGES_AT_MOST: usize = 32;

/// A set of status codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusCodes(Vec<RangeInclusive<u16>>);

impl StatusCodes {
    /// Whether a code is in the set.
    #[must_use]
    pub fn contains(&self, code: u16) -> bool {
        self.0.iter().any(|range| range.contains(&code))
    }
}

impl FromStr for StatusCodes {
    type Err = Complaint;

    fn from_str(text: &str) -> Result<Self, Complaint> {
        let wrong = || {
            let example = "write codes from 100 to 599 and ranges of them, as `200,201,300-399`";
            Complaint::format(format!("`{}` is no set of status codes: {example}", shown(text)))
        };
        let parts = text.split(',').map(str::trim).map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let range = code(first)?..=code(last)?;
            (!range.is_empty()).then_some(range)
        });
        let ranges = parts.collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
        if ranges.len() > RANGES_AT_MOST { Err(wrong()) } else { Ok(Self(ranges)) }
    }
}

fn code(text: &str) -> Option<u16> {
    let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|code| digits && (100..=599).contains(code))
}

impl fmt::Display for StatusCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, range) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            match (range.start(), range.end()) {
                (first, last) if first == last => write!(f, "{separator}{first}")?,
                (first, last) => write!(f, "{separator}{first}-{last}")?,
            }
        }
        Ok(())
    }
}
