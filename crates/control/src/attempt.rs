//! A change that others may overtake is attempted again.

use crate::error::Error;

/// How often a change is attempted where nothing speaks for another number.
pub(crate) const TRIES: usize = 8;

/// The outcome of the first attempt that was not overtaken, or of the last one.
pub(crate) async fn settled<T, A>(
    tries: usize,
    overtaken: impl Fn(&Error) -> bool,
    attempt: impl Fn() -> A,
) -> Result<T, Error>
where
    A: Future<Output = Result<T, Error>>,
{
    for _ in 1..tries {
        match attempt().await {
            Err(error) if overtaken(&error) => {}
            settled => return settled,
        }
    }
    attempt().await
}

/// Somebody took a place, a number or a name that was free when it was looked at.
pub(crate) const fn raced(error: &Error) -> bool {
    matches!(error, Error::Raced(_))
}

/// Somebody changed what was read.
pub(crate) const fn outdated(error: &Error) -> bool {
    matches!(error, Error::RevisionMismatch { .. })
}
