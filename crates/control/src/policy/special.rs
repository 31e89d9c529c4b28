//! Callers with numbers of their own, one at a time: they are part of a policy's settings, and several people may add
//! theirs at once.

use paifang_model::id::{Id, PolicyId};
use paifang_model::policy::{Special, SpecialObject};
use paifang_model::{Policy, Rule, Violations};
use paifang_store::Stored;
use serde::Deserialize;

use super::PolicyPatch;
use crate::control::Context;
use crate::error::Error;

/// A caller and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SpecialDraft {
    /// Who.
    pub object: SpecialObject,
    /// Calls allowed in the policy's period, in place of the number for all others.
    pub limit: u32,
}

impl Context {
    /// Gives a caller a number of its own.
    ///
    /// # Errors
    /// As [`Context::update_policy`]; and when it has one already.
    pub async fn add_special(&self, id: PolicyId, draft: SpecialDraft) -> Result<Stored<Policy>, Error> {
        let special = self.special(draft);
        self.edit_specials(id, |specials| {
            if specials.iter().any(|there| there.object == special.object) {
                let message = format!("`{}` has a number of its own already", special.object.id());
                return Err(Violations::one("/object", Rule::Duplicate, message));
            }
            specials.push(special);
            Ok(())
        })
        .await
    }

    /// Gives a caller a number of its own, or another one.
    ///
    /// # Errors
    /// As [`Context::update_policy`].
    pub async fn set_special(&self, id: PolicyId, draft: SpecialDraft) -> Result<Stored<Policy>, Error> {
        let special = self.special(draft);
        self.edit_specials(id, |specials| {
            match specials.iter_mut().find(|there| there.object == special.object) {
                Some(there) => *there = special,
                None => specials.push(special),
            }
            Ok(())
        })
        .await
    }

    /// Takes a caller's own number away; `object` is the id of the app or the account.
    ///
    /// # Errors
    /// As [`Context::update_policy`]; and when it has none.
    pub async fn remove_special(&self, id: PolicyId, object: Id) -> Result<Stored<Policy>, Error> {
        self.edit_specials(id, |specials| {
            let before = specials.len();
            specials.retain(|there| there.object.id() != object);
            if specials.len() == before {
                let message = format!("`{object}` has no number of its own");
                return Err(Violations::one("/object", Rule::Unknown, message));
            }
            Ok(())
        })
        .await
    }

    fn special(&self, draft: SpecialDraft) -> Special {
        Special { object: draft.object, limit: draft.limit, applied_at: Some(self.control.now()) }
    }

    async fn edit_specials(
        &self,
        id: PolicyId,
        edit: impl Fn(&mut Vec<Special>) -> Result<(), Violations> + Send + Sync,
    ) -> Result<Stored<Policy>, Error> {
        self.edit_policy(id, |policy| {
            let settings = policy.read()?;
            let mut specials = settings.specials().map(<[_]>::to_vec).ok_or_else(|| {
                let message = "callers with numbers of their own stand in the settings themselves";
                Violations::one("/object", Rule::Unsupported, message)
            })?;
            edit(&mut specials)?;
            let settings = settings.with_specials(&policy.settings, &specials);
            Ok(PolicyPatch { settings: Some(settings), ..PolicyPatch::default() })
        })
        .await
    }
}
