//! Objects as files know them: by kind, parent and name, with names in place of ids.

use std::fmt;
use std::sync::Arc;

use paifang_model::{Dialect, Id, Kind, PolicyKind, Secret, Stage};
use serde_json::Value;

use super::files::Document;

/// What distinguishes an object from all others: its kind, and the names from the outermost parent down to its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Identity {
    pub(crate) kind: Kind,
    pub(crate) path: Vec<String>,
}

impl Identity {
    fn new<const N: usize>(kind: Kind, path: [&str; N]) -> Self {
        Self { kind, path: path.map(str::to_owned).to_vec() }
    }

    pub(crate) fn group(dialect: Dialect, name: &str) -> Self {
        Self::new(Kind::Group, [dialect.name(), name])
    }

    /// A stage is known by its name as calls are matched with it.
    pub(crate) fn stage(dialect: Dialect, name: &str) -> Self {
        Self::new(Kind::Stage, [dialect.name(), &Stage::matched_name(dialect, name)])
    }

    pub(crate) fn backend_access(name: &str) -> Self {
        Self::new(Kind::BackendAccess, [name])
    }

    /// An instance is known by the cloud's id, in its network if it has one.
    pub(crate) fn backend_instance(network: Option<&str>, instance: &str) -> Self {
        let path = network.into_iter().chain([instance]).map(str::to_owned).collect();
        Self { kind: Kind::BackendInstance, path }
    }

    pub(crate) fn backend_service(name: &str) -> Self {
        Self::new(Kind::BackendService, [name])
    }

    pub(crate) fn channel(name: &str) -> Self {
        Self::new(Kind::Channel, [name])
    }

    pub(crate) fn app(name: &str) -> Self {
        Self::new(Kind::App, [name])
    }

    pub(crate) fn app_key(app: &str, key: &str) -> Self {
        Self::new(Kind::AppKey, [app, key])
    }

    /// A code that is not known by itself is known by its id.
    pub(crate) fn app_code(app: &str, id: &str) -> Self {
        Self::new(Kind::AppCode, [app, id])
    }

    /// A code is known by itself; here, by a digest that does not leave the process.
    pub(crate) fn known_app_code(app: &str, code: &Secret) -> Self {
        Self::app_code(app, &Id::derived("app_code", &[code.expose().as_bytes()]).to_string())
    }

    pub(crate) fn certificate(name: &str) -> Self {
        Self::new(Kind::Certificate, [name])
    }

    pub(crate) fn domain(host: &str) -> Self {
        Self::new(Kind::Domain, [host])
    }

    /// A policy is known by its name among those of its dialect and kind.
    pub(crate) fn policy(dialect: Dialect, kind: PolicyKind, name: &str) -> Self {
        Self::new(Kind::Policy, [dialect.name(), kind.name(), name])
    }

    pub(crate) fn app_quota(name: &str) -> Self {
        Self::new(Kind::AppQuota, [name])
    }

    /// An object that nothing else has to be named for.
    pub(crate) fn outermost(kind: Kind, name: &str) -> Self {
        Self::new(kind, [name])
    }

    /// An API of this group.
    pub(crate) fn api(&self, name: &str) -> Self {
        self.below(Kind::Api, name)
    }

    /// What serves this API in a stage.
    pub(crate) fn deployment(&self, stage: &Self) -> Self {
        self.below(Kind::Deployment, stage.name())
    }

    /// An app's permission to call this API in a stage.
    pub(crate) fn grant(&self, app: &Self, stage: &Self) -> Self {
        let names = app.path.iter().chain(&self.path).cloned().chain([stage.name().to_owned()]);
        Self { kind: Kind::Grant, path: names.collect() }
    }

    /// The place for one kind of policy at this API in a stage. Which policy is bound there is said by the body: another
    /// one takes the place at once.
    pub(crate) fn binding(&self, stage: &Self, kind: PolicyKind) -> Self {
        self.below(Kind::Binding, stage.name()).below(Kind::Binding, kind.name())
    }

    /// The place for one kind of policy at this group in a stage; the body says which policy.
    pub(crate) fn group_binding(&self, stage: &Self, kind: PolicyKind) -> Self {
        self.below(Kind::GroupBinding, stage.name()).below(Kind::GroupBinding, kind.name())
    }

    /// What stands for a name in the backends of this group's APIs in a stage.
    pub(crate) fn variable(&self, stage: &Self, name: &str) -> Self {
        self.below(Kind::Variable, stage.name()).below(Kind::Variable, name)
    }

    fn below(&self, kind: Kind, name: &str) -> Self {
        Self { kind, path: self.path.iter().cloned().chain([name.to_owned()]).collect() }
    }

    /// Its own name.
    pub(crate) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Of a group, of what is in it, of a stage and of a policy: whose conventions it follows.
    pub(crate) fn dialect(&self) -> Option<Dialect> {
        let first = self.path.first()?;
        Dialect::ALL.into_iter().find(|dialect| first == dialect.name())
    }

    /// The kind of a policy, or of the policy that is bound.
    pub(crate) fn policy_kind(&self) -> Option<PolicyKind> {
        let name = if self.kind == Kind::Policy { self.path.get(1) } else { self.path.last() }?;
        PolicyKind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The group that an API, a deployment, a binding of either sort or a variable is in.
    pub(crate) fn group_of(&self) -> Self {
        Self { kind: Kind::Group, path: self.path.iter().take(2).cloned().collect() }
    }

    /// The API that a deployment or a binding is of.
    pub(crate) fn api_of(&self) -> Self {
        Self { kind: Kind::Api, path: self.path.iter().take(3).cloned().collect() }
    }

    /// The app that a key, a code or a grant belongs to.
    pub(crate) fn app_of(&self) -> Self {
        Self { kind: Kind::App, path: self.path.iter().take(1).cloned().collect() }
    }

    /// The API of a grant.
    pub(crate) fn granted_api(&self) -> Self {
        Self { kind: Kind::Api, path: self.path.iter().skip(1).take(3).cloned().collect() }
    }

    /// The stage of a deployment, a grant, a binding of either sort or a variable.
    pub(crate) fn stage_of(&self) -> Self {
        let (group, stage) = match self.kind {
            Kind::Grant => (self.granted_api().group_of(), self.path.last()),
            Kind::Variable | Kind::GroupBinding => (self.group_of(), self.path.get(2)),
            Kind::Binding => (self.group_of(), self.path.get(3)),
            _ => (self.group_of(), self.path.last()),
        };
        let path = group.path.first().into_iter().chain(stage).cloned().collect();
        Self { kind: Kind::Stage, path }
    }

    /// Parent and name in one word, as files refer to it.
    pub(crate) fn shown(&self) -> String {
        match self.kind {
            // A digest of a code would help to guess it.
            Kind::AppCode => format!("{}/…", self.app_of().name()),
            _ => self.path.join("/"),
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.shown())
    }
}

/// An object as the files want it.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// What is compared and sent, without what makes the identity.
    pub(crate) body: Value,
    /// Of a key or a code; of a certificate, its key.
    pub(crate) secret: Option<Secret>,
    /// What it needs, with pointers to where the document says so.
    pub(crate) needs: Vec<(String, Identity)>,
    /// The document, and where in it.
    pub(crate) document: Arc<Document>,
    pub(crate) pointer: String,
}

/// An object as the gateway has it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) revision: u64,
    /// In the terms of [`Wanted::body`].
    pub(crate) body: Value,
}
