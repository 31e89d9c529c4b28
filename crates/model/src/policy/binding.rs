//! A policy's application to an API in a stage.

use serde::{Deserialize, Serialize};

use super::{Policy, PolicyKind};
use crate::api::Api;
use crate::id::{ApiId, BindingId, GroupId, Id, PolicyId, StageId};
use crate::kind::Kind;
use crate::record::{Fields, Links, Record};
use crate::stage::Stage;

/// That a policy holds for an API in a stage. It does nothing while the API is offline there, and works again when
/// the API is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// Its id; see [`Binding::id_of`].
    pub id: BindingId,
    /// The policy.
    pub policy: PolicyId,
    /// What the policy does: an API has one binding of a kind in a stage.
    pub kind: PolicyKind,
    /// The API.
    pub api: ApiId,
    /// The API's group.
    pub group: GroupId,
    /// The stage.
    pub stage: StageId,
}

impl Binding {
    /// The id of a policy's binding to an API in a stage. Whoever unbinds by it what was bound to another policy
    /// since, finds nothing.
    #[must_use]
    pub fn id_of(policy: PolicyId, api: ApiId, stage: StageId) -> BindingId {
        BindingId(Id::derived("binding", &[policy.0.as_bytes(), api.0.as_bytes(), stage.0.as_bytes()]))
    }

    /// What no two bindings may share: the kind's place at an API in a stage.
    #[must_use]
    pub fn place(kind: PolicyKind, api: ApiId, stage: StageId) -> String {
        format!("{kind} {api} {stage}")
    }
}

impl Record for Binding {
    const KIND: Kind = Kind::Binding;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.policy.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields
            .unique("place", Self::place(self.kind, self.api, self.stage))
            .lookup("kind", self.kind.name())
            .lookup("api", self.api.0)
            .lookup("group", self.group.0)
            .lookup("stage", self.stage.0);
    }

    /// A policy is unbound before it is deleted; an API or a stage takes its bindings along.
    fn links(&self, links: &mut Links) {
        links
            .refuse::<Policy>("policy", self.policy)
            .drop::<Api>("api", self.api)
            .drop::<Stage>("stage", self.stage);
    }
}
