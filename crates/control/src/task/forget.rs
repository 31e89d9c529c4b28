//! Forgets tasks that ended long ago; what they did is in the audit trail.

use crate::control::Control;
use crate::error::Error;

/// How long a task that ended can be looked at: 30 days, in milliseconds.
const KEPT: i64 = 30 * 24 * 60 * 60 * 1000;

impl Control {
    /// Forgets tasks that ended more than 30 days ago.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn forget_old_tasks(&self) -> Result<(), Error> {
        let now = self.now();
        self.documents().forget_tasks(now, now - KEPT).await
    }
}
