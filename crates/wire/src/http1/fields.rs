//! From spans to header fields.

use bytes::Bytes;

use super::{Field, HeadError, names};
use crate::{Headers, field_value};

/// The fields that were found in `block`, sharing its bytes.
///
/// # Errors
/// Never for what [`super::Scan`] found in the same bytes.
pub fn fields(block: &Bytes, found: &[Field]) -> Result<Headers, HeadError> {
    let mut headers = Headers::with_capacity(found.len());
    for field in found {
        let value = field_value(field.value.share(block)).ok_or(HeadError::FieldValue)?;
        headers.append(names::name(field.name.of(block))?, value);
    }
    Ok(headers)
}
