//! From spans to header fields.

use bytes::Bytes;
use http::HeaderValue;

use super::{Field, HeadError, names};
use crate::Headers;

/// The fields that were found in `block`, sharing its bytes.
///
/// # Errors
/// Never for what [`super::Scan`] found in the same bytes.
pub fn fields(block: &Bytes, found: &[Field]) -> Result<Headers, HeadError> {
    let mut headers = Headers::with_capacity(found.len());
    for field in found {
        let value = HeaderValue::from_maybe_shared(field.value.share(block));
        headers.append(names::name(field.name.of(block))?, value.map_err(|_| HeadError::FieldValue)?);
    }
    Ok(headers)
}
