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
            Self::Float => (is_finite::<f32>(text), "a number of 32-bit floating point"),
            Self::Double => (is_finite::<f64>(text), "a number of 64-bit floating point"),
            Self::Number => (is_finite::<f64>(text), "a decimal number"),
            Self::Boolean => (is_boolean(text), "`true` or `false`"),
            Self::Json => (is_json(text), "a JSON document"),
            Self::Array => (true, ""),
        };
        if fits { Ok(()) } else { Err(expected) }
    }
}

/// A decimal number; `inf` and `nan`, which Rust would read, are not numbers on the wire.
fn is_finite<F: std::str::FromStr>(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    plain && text.bytes().any(|byte| byte.is_ascii_digit()) && text.parse::<F>().is_ok()
}

fn is_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
