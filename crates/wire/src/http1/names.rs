//! Field names as they occur again and again: each spelling is recognised by comparing bytes, without folding its letters, and without an
//! allocation for names that the `http` crate does not know.

use std::cell::RefCell;

use http::HeaderName;

use super::HeadError;

const SLOTS: usize = 256;
/// Longer names are made anew each time.
const KEPT_AT_MOST: usize = 64;

thread_local! {
    static SEEN: RefCell<[Option<Seen>; SLOTS]> = const { RefCell::new([const { None }; SLOTS]) };
}

struct Seen {
    spelling: Box<[u8]>,
    name: HeaderName,
}

/// `spelling`, which is a token, as a name in lower case.
pub(super) fn name(spelling: &[u8]) -> Result<HeaderName, HeadError> {
    let make = || HeaderName::from_bytes(spelling).map_err(|_| HeadError::FieldName);
    if spelling.is_empty() || spelling.len() > KEPT_AT_MOST {
        return make();
    }
    SEEN.with_borrow_mut(|seen| {
        let slot = &mut seen[slot(spelling)];
        if let Some(known) = slot
            && *known.spelling == *spelling
        {
            return Ok(known.name.clone());
        }
        let name = make()?;
        *slot = Some(Seen { spelling: spelling.into(), name: name.clone() });
        Ok(name)
    })
}

fn slot(name: &[u8]) -> usize {
    let at = |index: usize| usize::from(name[index]);
    let last = name.len() - 1;
    (name.len() * 7 + at(0) * 31 + at(last) * 5 + at(last / 2) * 67) % SLOTS
}
