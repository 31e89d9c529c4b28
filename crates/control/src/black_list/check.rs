//! Whether those that a black list names are there.

use paifang_model::{Account, App, BlackList, BlackListEntries, Id, Record, Rule, Violations};

use crate::control::Context;
use crate::error::Error;

impl Context {
    /// Checks that the apps or users on a black list are there.
    pub(super) async fn check_listed(&self, list: &BlackList) -> Result<(), Error> {
        match &list.entries {
            BlackListEntries::Address(_) => Ok(()),
            BlackListEntries::App(apps) => self.check_known::<App>("/entries/app", apps).await,
            BlackListEntries::User(users) => self.check_known::<Account>("/entries/user", users).await,
        }
    }

    async fn check_known<R: Record>(
        &self,
        pointer: &str,
        ids: &[impl Into<Id> + Copy + Sync],
    ) -> Result<(), Error> {
        let mut violations = Violations::new();
        for (index, id) in ids.iter().enumerate() {
            let id: Id = (*id).into();
            if self.documents().look::<R>(id).await?.is_none() {
                let message = format!("there is no {} `{id}`", R::KIND);
                violations.add(format!("{pointer}/{index}"), Rule::Unknown, message);
            }
        }
        Ok(violations.or(())?)
    }
}
