//! Whether a text is a value of a parameter's type; used for defaults at write and for calls in the data plane.

use super::ParameterType;

impl ParameterType {
    /// Checks the form of a value.
    ///
    /// # Errors
    /// What is expected, as in "is not …".
    pub fn check(self, text: &str) -> Result<(), &'static str> {
        let (fits, expected) = match self {
            Self::String | Self::File => (true, ""),
            Self::Int => (text.parse::<i32>().is_ok(), "a whole number of 32 bits"),
            Self::Long => (text.parse::<i64>().is_ok(), "a whole number of 64 bits"),
            Self::Float => (
                is_decimal(text) && text.parse().is_ok_and(f32::is_finite),
                "a number of 32-bit floating point",
            ),
            Self::Double => (
                is_decimal(text) && text.parse().is_ok_and(f64::is_finite),
                "a number of 64-bit floating point",
            ),
            Self::Number => (is_decimal(text), "a decimal number"),
            Self::Boolean => (is_boolean(text), "`true` or `false`"),
            Self::Json => (is_json(text), "a JSON document"),
            Self::Array => (true, ""),
        };
        if fits { Ok(()) } else { Err(expected) }
    }
}

/// A decimal number of any size; `inf` and `nan`, which Rust would read, are not numbers on the wire.
fn is_decimal(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    plain && text.bytes().any(|byte| byte.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

fn is_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_held_to_their_size() {
        let fits = |kind: ParameterType, text| kind.check(text).is_ok();
        assert!(fits(ParameterType::Int, "2147483647") && !fits(ParameterType::Int, "2147483648"));
        assert!(fits(ParameterType::Long, "-9223372036854775808") && !fits(ParameterType::Long, "1.0"));
        assert!(fits(ParameterType::Float, "1e38") && !fits(ParameterType::Float, "1e39"));
        assert!(fits(ParameterType::Double, "1e308") && !fits(ParameterType::Double, "1e999"));
        assert!(fits(ParameterType::Number, "1e999") && !fits(ParameterType::Number, "inf"));
        for text in ["", "nan", "0x10", "1_000", " 1", "--1", "."] {
            assert!(!fits(ParameterType::Number, text), "{text:?}");
        }
    }

    #[test]
    fn booleans_and_documents() {
        assert!(ParameterType::Boolean.check("TRUE").is_ok() && ParameterType::Boolean.check("1").is_err());
        assert!(
            ParameterType::Json.check("{\"a\": [1]}").is_ok() && ParameterType::Json.check("{a}").is_err()
        );
    }
}
