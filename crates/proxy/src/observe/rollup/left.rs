//! What workers counted that have ended.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::minute::Minute;

/// The last minutes of workers that have ended, until somebody collects them.
#[derive(Debug, Default)]
pub(crate) struct LeftMinutes(Mutex<Vec<Minute>>);

impl LeftMinutes {
    /// Leaves a worker's.
    pub(crate) fn leave(&self, minutes: VecDeque<Minute>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(minutes);
    }

    /// Takes those of all.
    pub(crate) fn take(&self) -> Vec<Minute> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
