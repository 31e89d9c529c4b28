//! `application/x-www-form-urlencoded` (WHATWG URL §5).

use crate::parameters::error::ParameterError;

const FIELDS_AT_MOST: usize = 1_000;

/// Counts the fields.
///
/// # Errors
/// When there are more than 1,000.
pub(super) fn check(body: &[u8]) -> Result<(), ParameterError> {
    let fields = memchr::memchr_iter(b'&', body).count() + 1;
    if fields > FIELDS_AT_MOST {
        let reason = format!("the form has {fields} fields, at most {FIELDS_AT_MOST} are read");
        return Err(ParameterError::body(reason));
    }
    Ok(())
}

/// One `name=value` piece of a query or form, still encoded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    pub(crate) raw: &'a [u8],
    pub(crate) name: &'a [u8],
    pub(crate) value: &'a [u8],
}

/// The pieces of a query or form, in order. Empty ones are left out; one without `=` has an empty value.
pub(crate) fn fields(text: &[u8]) -> impl Iterator<Item = Field<'_>> {
    text.split(|byte| *byte == b'&').filter(|raw| !raw.is_empty()).map(|raw| {
        let at = memchr::memchr(b'=', raw);
        let (name, value) = at.map_or((raw, &[][..]), |at| (&raw[..at], &raw[at + 1..]));
        Field { raw, name, value }
    })
}
