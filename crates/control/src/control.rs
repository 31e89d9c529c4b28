//! The way in: [`Control`] holds what all operations need, [`Context`] adds who asks.

use std::sync::Arc;

use paifang_model::Dialect;
use paifang_model::limits::Limits;
use paifang_store::Store;
use tokio::sync::Semaphore;
use tracing::error;

use crate::action::Action;
use crate::checker::Checker;
use crate::clock::Clock;
use crate::error::Denied;
use crate::permission::{Documents, Outcome, Permission};
use crate::principal::{self, Principal};
use crate::resource::ResourcePath;
use crate::settings::Settings;
use crate::user::Lockout;

/// Passwords hashed at the same time; each takes its memory and a whole core.
const HASHING_AT_ONCE: usize = 2;

/// What people do, over one store. Cheap to clone.
#[derive(Clone)]
pub struct Control(Arc<Inner>);

struct Inner {
    documents: Documents,
    clock: Arc<dyn Clock>,
    checker: Arc<dyn Checker>,
    settings: Settings,
    lockout: Lockout,
    hashing: Semaphore,
}

impl Control {
    /// Over a store, which from now on is committed to through permissions only.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        checker: Arc<dyn Checker>,
        settings: Settings,
    ) -> Self {
        let documents = Documents::new(store);
        let (lockout, hashing) = (Lockout::default(), Semaphore::new(HASHING_AT_ONCE));
        Self(Arc::new(Inner { documents, clock, checker, settings, lockout, hashing }))
    }

    /// The operator's decisions.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The same, on behalf of somebody.
    #[must_use]
    pub fn acting_as(&self, principal: Principal) -> Context {
        Context { control: self.clone(), principal }
    }

    /// Whether somebody may do something. That they may not is remembered in the audit trail.
    ///
    /// # Errors
    /// When the role does not cover it.
    pub async fn authorize(
        &self,
        principal: &Principal,
        action: Action,
        resource: &ResourcePath,
    ) -> Result<Permission, Denied> {
        let permission = Permission::granted(principal, action, resource);
        if principal::may(principal.role, action) {
            return Ok(permission);
        }
        // Whoever may not do it is told so, even when that cannot be remembered.
        if let Err(error) = permission.note_failed(self, Outcome::Denied).await {
            error!(%action, %resource, %error, "A denied attempt is missing in the audit trail");
        }
        Err(Denied { actor: principal.name.clone(), action, resource: resource.to_string() })
    }

    pub(crate) fn documents(&self) -> &Documents {
        &self.0.documents
    }

    pub(crate) fn now(&self) -> i64 {
        self.0.clock.now()
    }

    pub(crate) fn checker(&self) -> &dyn Checker {
        &*self.0.checker
    }

    pub(crate) fn limits(&self, dialect: Dialect) -> Limits {
        Limits::of(self.0.settings.profile, dialect)
    }

    pub(crate) fn lockout(&self) -> &Lockout {
        &self.0.lockout
    }

    pub(crate) fn hashing(&self) -> &Semaphore {
        &self.0.hashing
    }
}

/// What people do, on behalf of one of them: every operation is a method here, in `<noun>/<verb>.rs`.
#[derive(Clone)]
pub struct Context {
    pub(crate) control: Control,
    pub(crate) principal: Principal,
}

impl Context {
    /// On whose behalf.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// See [`Control::authorize`].
    pub(crate) async fn authorize(
        &self,
        action: Action,
        resource: &ResourcePath,
    ) -> Result<Permission, Denied> {
        self.control.authorize(&self.principal, action, resource).await
    }

    /// For what only looks: the permission is not spent.
    pub(crate) async fn may(&self, action: Action, resource: &ResourcePath) -> Result<(), Denied> {
        self.authorize(action, resource).await.map(drop)
    }

    pub(crate) fn documents(&self) -> &Documents {
        self.control.documents()
    }
}
