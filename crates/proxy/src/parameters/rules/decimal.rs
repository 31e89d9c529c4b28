//! Decimal texts compared exactly, whatever their size: a bound of 64 bits does not survive a detour over floating point.

use std::cmp::Ordering;

/// A decimal number as text: an optional sign, digits with an optional point, an optional exponent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal<'a> {
    negative: bool,
    /// From the first digit that is not zero; may hold the point.
    digits: &'a str,
    /// The decimal place of the first digit: 0 for units. Meaningless for zero.
    place: i64,
}

impl<'a> Decimal<'a> {
    /// Reads a text that is known to be a number.
    pub(crate) fn read(text: &'a str) -> Self {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)),
            None => (unsigned, 0),
        };
        let whole = mantissa.find('.').unwrap_or(mantissa.len());
        let first = mantissa.find(|c: char| c.is_ascii_digit() && c != '0').unwrap_or(mantissa.len());
        // Lengths of texts fit; the sum saturates because the exponent may be anything.
        let distance = whole as i64 - first as i64 - i64::from(first < whole);
        Self { negative, digits: &mantissa[first..], place: distance.saturating_add(exponent) }
    }

    fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                self.place.cmp(&other.place).then_with(|| compare_digits(self.digits, other.digits))
            }
        }
    }
}

/// An exponent too long for 64 bits is as large as any other of them.
fn read_exponent(text: &str) -> i64 {
    text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX })
}

/// Compares two rows of digits from the same place on; the shorter goes on with zeros.
fn compare_digits(one: &str, other: &str) -> Ordering {
    let mut one = one.bytes().filter(|byte| *byte != b'.');
    let mut other = other.bytes().filter(|byte| *byte != b'.');
    loop {
        match (one.next(), other.next()) {
            (None, None) => return Ordering::Equal,
            (left, right) => match left.unwrap_or(b'0').cmp(&right.unwrap_or(b'0')) {
                Ordering::Equal => {}
                different => return different,
            },
        }
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.is_zero(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        match sign(self).cmp(&sign(other)) {
            Ordering::Equal if self.negative && !self.is_zero() => other.compare_size(self),
            Ordering::Equal => self.compare_size(other),
            different => different,
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

#[cfg(test)]
mod tests {
    use super::Decimal;
    use proptest::prelude::*;

    #[test]
    fn one_number_is_written_in_many_ways() {
        let same = ["1", "1.0", "+01", "10e-1", "0.1e1", "1.000E+0", "001."];
        for (one, other) in same.iter().flat_map(|one| same.map(|other| (*one, other))) {
            assert_eq!(Decimal::read(one), Decimal::read(other), "{one} and {other}");
        }
        assert_eq!(Decimal::read("-0"), Decimal::read("0.00e7"));
    }

    #[test]
    fn sizes_beyond_any_float_are_told_apart() {
        let rising = [
            "-1e99999999999999999999",
            "-2",
            "-1.5",
            "0",
            "1e-400",
            "9223372036854775806.9",
            "9223372036854775807",
            "1e400",
        ];
        for pair in rising.windows(2) {
            assert!(Decimal::read(pair[0]) < Decimal::read(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_integers(a: i64, b: i64, scale in 0usize..30) {
            let scaled = |n: i64| format!("{n}{}e-{scale}", "0".repeat(scale));
            prop_assert_eq!(Decimal::read(&scaled(a)).cmp(&Decimal::read(&b.to_string())), a.cmp(&b));
        }

        #[test]
        fn reading_never_panics(text in ".*") {
            let _ = Decimal::read(&text) < Decimal::read("1");
        }
    }
}
