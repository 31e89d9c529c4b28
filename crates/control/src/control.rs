//! The way in: [`Control`] holds what all operations need, [`Context`] adds who asks.

use std::sync::{Arc, OnceLock};

use paifang_store::Store;
use tokio::sync::{Notify, Semaphore};
use tracing::error;

use crate::action::Action;
use crate::backend_access::Knocker;
use crate::checker::Checker;
use crate::clock::Clock;
use crate::domain::DomainCheck;
use crate::error::Denied;
use crate::metrics::Telemetry;
use crate::node::Nodes;
use crate::permission::{Documents, Outcome, Permission};
use crate::principal::{self, Principal};
use crate::resource::ResourcePath;
use crate::settings::Settings;
use crate::task::ItemPlace;
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
    task_made: Notify,
    nodes: OnceLock<Arc<dyn Nodes>>,
    telemetry: OnceLock<Arc<dyn Telemetry>>,
    domain_check: OnceLock<Arc<dyn DomainCheck>>,
    knocker: OnceLock<Arc<dyn Knocker>>,
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
        let (task_made, nodes, domain_check) = (Notify::new(), OnceLock::new(), OnceLock::new());
        let (telemetry, knocker) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner {
            documents,
            clock,
            checker,
            settings,
            lockout,
            hashing,
            task_made,
            nodes,
            telemetry,
            domain_check,
            knocker,
        }))
    }

    /// From now on it is known which nodes serve. Not from the start, for the first owner is made before anything
    /// serves; said twice, the first holds.
    pub fn connect(&self, nodes: Arc<dyn Nodes>) {
        let _ = self.0.nodes.set(nodes);
    }

    /// From now on it is known where figures of calls are found; said twice, the first holds.
    pub fn connect_telemetry(&self, telemetry: Arc<dyn Telemetry>) {
        let _ = self.0.telemetry.set(telemetry);
    }

    /// From now on a domain is bound only where its DNS leads here; said twice, the first holds.
    pub fn check_domains(&self, check: Arc<dyn DomainCheck>) {
        let _ = self.0.domain_check.set(check);
    }

    /// From now on it is known what makes connections as calls do; said twice, the first holds.
    pub fn connect_knocker(&self, knocker: Arc<dyn Knocker>) {
        let _ = self.0.knocker.set(knocker);
    }

    /// The operator's decisions.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The same, on behalf of somebody.
    #[must_use]
    pub fn acting_as(&self, principal: Principal) -> Context {
        Context { control: self.clone(), principal, item: None, manifest: None }
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
        if principal::may(principal.role, action) {
            return Ok(Permission::granted(principal, action, resource));
        }
        Err(self.deny(&principal.name, action, resource, None).await)
    }

    /// Says no, and remembers it.
    pub(crate) async fn deny(
        &self,
        actor: &str,
        action: Action,
        resource: &ResourcePath,
        item: Option<ItemPlace>,
    ) -> Denied {
        let attempt = Permission::of(actor, action, resource).for_item(item);
        // Whoever may not do it is told so, even when that cannot be remembered.
        if let Err(error) = attempt.note_failed(self, Outcome::Denied).await {
            error!(%action, %resource, %error, "A denied attempt is missing in the audit trail");
        }
        Denied { actor: actor.to_owned(), action, resource: resource.to_string() }
    }

    pub(crate) fn documents(&self) -> &Documents {
        &self.0.documents
    }

    /// What is asked before a domain is bound; none: nothing is.
    pub(crate) fn domain_check(&self) -> Option<&dyn DomainCheck> {
        self.0.domain_check.get().map(|check| &**check)
    }

    pub(crate) fn nodes(&self) -> Option<&dyn Nodes> {
        self.0.nodes.get().map(|nodes| &**nodes)
    }

    pub(crate) fn telemetry(&self) -> Option<&dyn Telemetry> {
        self.0.telemetry.get().map(|telemetry| &**telemetry)
    }

    pub(crate) fn knocker(&self) -> Option<&dyn Knocker> {
        self.0.knocker.get().map(|knocker| &**knocker)
    }

    pub(crate) fn now(&self) -> i64 {
        self.0.clock.now()
    }

    pub(crate) fn checker(&self) -> &dyn Checker {
        &*self.0.checker
    }

    pub(crate) fn lockout(&self) -> &Lockout {
        &self.0.lockout
    }

    /// That a task was made here: its runner need not wait until it looks.
    pub(crate) fn task_made(&self) -> &Notify {
        &self.0.task_made
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
    /// The item of a task for which this is done.
    pub(crate) item: Option<ItemPlace>,
    /// The manifest for which it is done.
    pub(crate) manifest: Option<String>,
}

impl Context {
    /// On whose behalf.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The same, for a manifest: what is made is remembered as made by it, in the same transaction. A manifest that
    /// does not exist is an error of whatever makes something.
    #[must_use]
    pub fn for_manifest(self, name: impl Into<String>) -> Self {
        Self { manifest: Some(name.into()), ..self }
    }

    /// See [`Control::authorize`].
    pub(crate) async fn authorize(
        &self,
        action: Action,
        resource: &ResourcePath,
    ) -> Result<Permission, Denied> {
        if principal::may(self.principal.role, action) {
            let permission = Permission::granted(&self.principal, action, resource).for_item(self.item);
            return Ok(permission.within(self.manifest.clone()));
        }
        Err(self.control.deny(&self.principal.name, action, resource, self.item).await)
    }

    /// For what only looks: the permission is not spent.
    pub(crate) async fn may(&self, action: Action, resource: &ResourcePath) -> Result<(), Denied> {
        self.authorize(action, resource).await.map(drop)
    }

    pub(crate) fn documents(&self) -> &Documents {
        self.control.documents()
    }
}
