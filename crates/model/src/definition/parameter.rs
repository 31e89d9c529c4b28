//! Parameters: what a request carries, and what the backend receives instead.

use serde::{Deserialize, Serialize};

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a form body (or a part of a multipart body).
    Body,
}

/// A parameter that a request carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name, unique in the API.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// What its value is.
    #[serde(rename = "type", default)]
    pub kind: ParameterType,
    /// What the items of an array are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_type: Option<ParameterType>,
    /// Whether a request without it is refused.
    #[serde(default)]
    pub required: bool,
    /// What stands in when an optional one is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The smallest number, as decimal text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<String>,
    /// The largest number, as decimal text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<String>,
    /// The fewest characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// The most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// A regular expression that matches somewhere in the value (anchor it to match the whole); no look-around.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// A JSON Schema for the value, as text; references to other documents are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json_schema: Option<String>,
    /// The only values allowed; empty allows all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enumeration: Vec<String>,
    /// Whether type and bounds are checked; presence always is.
    #[serde(default = "yes")]
    pub validate: bool,
    /// Whether it goes to the backend unchanged when nothing maps it.
    #[serde(default)]
    pub pass_through: bool,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// An example.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub example: String,
}

impl Parameter {
    /// An optional text at this place, without further rules.
    #[must_use]
    pub fn new(name: impl Into<String>, location: Location) -> Self {
        Self {
            name: name.into(),
            location,
            kind: ParameterType::String,
            item_type: None,
            required: location == Location::Path,
            default: None,
            minimum: None,
            maximum: None,
            min_length: None,
            max_length: None,
            pattern: None,
            json_schema: None,
            enumeration: Vec::new(),
            validate: true,
            pass_through: false,
            description: String::new(),
            example: String::new(),
        }
    }
}

fn yes() -> bool {
    true
}

/// What a parameter's value is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParameterType {
    /// Text.
    #[default]
    String,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Long,
    /// A number of 32-bit floating point.
    Float,
    /// A number of 64-bit floating point.
    Double,
    /// A decimal number of any size.
    Number,
    /// `true` or `false`, in any case.
    Boolean,
    /// A JSON document.
    Json,
    /// A file: a part of a multipart body.
    File,
    /// Several values: a JSON array or a repeated parameter.
    Array,
}

impl ParameterType {
    /// Whether bounds on its size make sense.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Long | Self::Float | Self::Double | Self::Number)
    }
}

/// A parameter that the backend receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendParameter {
    /// Its name at the backend.
    pub name: String,
    /// Where it stands there.
    pub location: Location,
    /// Where its value comes from.
    pub origin: Origin,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// Where a backend parameter's value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// A parameter of the request.
    Parameter {
        /// Its name there.
        name: String,
    },
    /// A fixed value that callers do not see.
    Constant {
        /// The value.
        value: String,
    },
    /// A fact about the call that the gateway knows, by its name in the group's dialect.
    System {
        /// The fact's name.
        name: String,
    },
}
