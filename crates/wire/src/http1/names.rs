//! Field names as they occur again and again: recognised without hashing all of them, and without an allocation for unusual ones.

use std::cell::RefCell;

use http::HeaderName;

use super::HeadError;

const SLOTS: usize = 256;
/// Longer names are made anew each time.
const KEPT_AT_MOST: usize = 64;

thread_local! {
    static SEEN: RefCell<[Option<HeaderName>; SLOTS]> = const { RefCell::new([const { None }; SLOTS]) };
}

/// `name`, which is a token, in lower case.
pub(super) fn name(name: &[u8]) -> Result<HeaderName, HeadError> {
    let make = || HeaderName::from_bytes(name).map_err(|_| HeadError::FieldName);
    if name.is_empty() || name.len() > KEPT_AT_MOST {
        return make();
    }
    SEEN.with_borrow_mut(|seen| {
        let slot = &mut seen[slot(name)];
        match slot {
            Some(known) if known.as_str().as_bytes().eq_ignore_ascii_case(name) => Ok(known.clone()),
            _ => Ok(slot.insert(make()?).clone()),
        }
    })
}

/// The same for both cases of letters.
fn slot(name: &[u8]) -> usize {
    let at = |index: usize| usize::from(name[index] | 0x20);
    let last = name.len() - 1;
    (name.len().wrapping_mul(7)
        ^ at(0).wrapping_mul(31)
        ^ at(last).wrapping_mul(5)
        ^ at(last / 2).wrapping_mul(67))
        % SLOTS
}
