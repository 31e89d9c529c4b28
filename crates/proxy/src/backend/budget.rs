//! The retry budget: a struggling backend sees at most a fifth more calls than were made.

use std::cell::RefCell;
use std::sync::Arc;

use foldhash::HashMap;

/// Retries allowed per call, in hundredths.
const PER_CALL: u32 = 20;
/// A retry costs a whole.
const RETRY: u32 = 100;
/// What a backend starts with and can save up: ten retries.
const SAVED_AT_MOST: u32 = 10 * RETRY;
/// The most backends told apart; beyond, all start anew.
const BACKENDS_AT_MOST: usize = 10_000;

/// Retry budgets of one worker, by the backend's host.
#[derive(Debug, Default)]
pub(crate) struct RetryBudgets(RefCell<HashMap<Arc<str>, u32>>);

impl RetryBudgets {
    /// A call was made to a backend.
    pub(crate) fn earn(&self, host: &Arc<str>) {
        let mut budgets = self.0.borrow_mut();
        if let Some(saved) = budgets.get_mut(host) {
            *saved = (*saved + PER_CALL).min(SAVED_AT_MOST);
            return;
        }
        if budgets.len() >= BACKENDS_AT_MOST {
            budgets.clear();
        }
        budgets.insert(Arc::clone(host), SAVED_AT_MOST);
    }

    /// Whether a retry may be made; it is paid for then.
    pub(crate) fn spend(&self, host: &str) -> bool {
        let mut budgets = self.0.borrow_mut();
        let Some(saved) = budgets.get_mut(host) else { return false };
        let paid = saved.checked_sub(RETRY);
        *saved = paid.unwrap_or(*saved);
        paid.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_of_the_calls_may_be_retried() {
        let budgets = RetryBudgets::default();
        let host: Arc<str> = "backend".into();
        budgets.earn(&host);
        let saved = (0..100).filter(|_| budgets.spend(&host)).count();
        assert_eq!(saved, 10);
        (0..50).for_each(|_| budgets.earn(&host));
        assert_eq!((0..100).filter(|_| budgets.spend(&host)).count(), 10);
    }

    #[test]
    fn an_unknown_backend_has_nothing() {
        assert!(!RetryBudgets::default().spend("nobody"));
    }
}
