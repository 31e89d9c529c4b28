//! A statement: its text, its values, and what it is for.

use std::borrow::Cow;
use std::fmt;

use crate::sql::Value;

/// A statement. Its text holds only what this crate wrote; whatever comes from a caller is a bound value.
pub(crate) struct Sql {
    doing: &'static str,
    text: Cow<'static, str>,
    values: Vec<Value>,
}

impl fmt::Debug for Sql {
    // Values may be what must not be logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sql({}, {} values)", self.text, self.values.len())
    }
}

impl Sql {
    /// A statement with its text; `doing` says in errors what was attempted ("the database failed when …").
    pub(crate) fn new(doing: &'static str, text: &'static str) -> Self {
        Self { doing, text: Cow::Borrowed(text), values: Vec::new() }
    }

    /// With the value of the next `$n` of its text.
    pub(crate) fn with(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds text.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Adds a value: its `$n` goes into the text.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        let placeholder = format!("${}", self.values.len());
        self.push(&placeholder)
    }

    /// Adds values in parentheses. The last one is repeated up to the next power of two, so that there are few
    /// different texts to prepare.
    pub(crate) fn bind_list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
        let padding = values.last().cloned().unwrap_or(Value::Null);
        values.resize(values.len().max(1).next_power_of_two(), padding);
        let mut before = "(";
        for value in values {
            self.push(before).bind(value);
            before = ", ";
        }
        self.push(")")
    }

    /// The same statement, asking for its plan; `before` is what asks.
    pub(crate) fn explained(mut self, before: &str) -> Self {
        self.text = Cow::Owned(format!("{before}{}", self.text));
        self
    }

    /// What it is for.
    pub(crate) fn doing(&self) -> &'static str {
        self.doing
    }

    /// Its text and values.
    pub(crate) fn into_parts(self) -> (Cow<'static, str>, Vec<Value>) {
        (self.text, self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_padded_to_powers_of_two() {
        let mut sql = Sql::new("testing", "x IN ");
        sql.bind_list(["a", "b", "c"]);
        let (text, values) = sql.into_parts();
        assert_eq!(text, "x IN ($1, $2, $3, $4)");
        assert_eq!(values[2..], [Value::from("c"), Value::from("c")]);
    }
}
