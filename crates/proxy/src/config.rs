//! What the data plane is given: the documents that calls need, as they change.
//!
//! Whoever reads the store makes [`Update`]s of it; the data plane knows neither the store nor what else is in it.

use std::sync::Arc;

use paifang_model::record::Key;
use paifang_model::{
    AccessList, Account, App, AppCode, AppKey, AppQuota, Authority, BackendAccess, BackendInstance,
    BackendService, Binding, BlackList, Certificate, Channel, Deployment, Domain, Grant, Group, GroupBinding,
    Policy, Quota, Stage, Variable, Version,
};

/// Whole revisions of changes, to be served from together.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// The revision that is served once the update is.
    pub revision: u64,
    /// The changes, oldest first.
    pub changes: Vec<Change>,
}

/// One change.
#[expect(clippy::large_enum_variant, reason = "most are puts")]
#[derive(Debug, Clone)]
pub enum Change {
    /// A document is there, or is there anew.
    Put(Document),
    /// A document is gone.
    Delete(Key),
}

/// A document that calls need.
#[derive(Debug, Clone)]
pub enum Document {
    /// A group.
    Group(Group),
    /// A stage.
    Stage(Stage),
    /// What stands for a name in the backends of a group's APIs in a stage.
    Variable(Variable),
    /// A host name.
    Domain(Domain),
    /// What serves an API in a stage, with the definition that it serves.
    Deployment(Deployment, Arc<Version>),
    /// An account; comes before its apps.
    Account(Account),
    /// An app.
    App(App),
    /// A key of an app.
    AppKey(AppKey),
    /// A code of an app.
    AppCode(AppCode),
    /// A grant.
    Grant(Grant),
    /// How many calls some apps may make.
    AppQuota(AppQuota),
    /// Addresses that the whole gateway lets in or keeps out.
    AccessList(AccessList),
    /// Who is kept out of all APIs of an account.
    BlackList(BlackList),
    /// A certificate for domains.
    Certificate(Certificate),
    /// The gateway's own certificate authority.
    Authority(Authority),
    /// A backend access.
    BackendAccess(BackendAccess),
    /// A backend service. What it says of where calls go stands in the deployments; it has their name for it.
    BackendService(BackendService),
    /// A backend instance.
    BackendInstance(BackendInstance),
    /// A channel.
    Channel(Channel),
    /// A policy.
    Policy(Policy),
    /// A policy's binding.
    Binding(Binding),
    /// A policy's binding to a whole group.
    GroupBinding(GroupBinding),
    /// A number that somebody changed.
    Quota(Quota),
}
