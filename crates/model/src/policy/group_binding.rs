//! A policy's application to every API of a group in a stage.

use serde::{Deserialize, Serialize};

use super::{Policy, PolicyKind};
use crate::group::Group;
use crate::id::{GroupBindingId, GroupId, Id, PolicyId, StageId};
use crate::kind::Kind;
use crate::record::{Fields, Links, Record};
use crate::stage::Stage;

/// That a policy holds for every API of a group in a stage, those that come later among them. Where an API has a policy
/// of the kind itself, that one holds for it (spec: aliyun/plugins.md §1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupBinding {
    /// Its id; see [`GroupBinding::id_of`].
    pub id: GroupBindingId,
    /// The policy.
    pub policy: PolicyId,
    /// What the policy does: a group has one binding of a kind in a stage.
    pub kind: PolicyKind,
    /// The group.
    pub group: GroupId,
    /// The stage.
    pub stage: StageId,
}

impl GroupBinding {
    /// The id of a policy's binding to a group in a stage. Whoever unbinds by it what was bound to another policy
    /// since, finds nothing.
    #[must_use]
    pub fn id_of(policy: PolicyId, group: GroupId, stage: StageId) -> GroupBindingId {
        let parts: [&[u8]; 3] = [policy.0.as_bytes(), group.0.as_bytes(), stage.0.as_bytes()];
        GroupBindingId(Id::derived("group_binding", &parts))
    }

    /// What no two bindings may share: the kind's place at a group in a stage.
    #[must_use]
    pub fn place(kind: PolicyKind, group: GroupId, stage: StageId) -> String {
        format!("{kind} {group} {stage}")
    }
}

impl Record for GroupBinding {
    const KIND: Kind = Kind::GroupBinding;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.policy.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields
            .unique("place", Self::place(self.kind, self.group, self.stage))
            .lookup("kind", self.kind.name())
            .lookup("group", self.group.0)
            .lookup("stage", self.stage.0);
    }

    /// A policy is unbound before it is deleted; a group or a stage takes its bindings along.
    fn links(&self, links: &mut Links) {
        links
            .refuse::<Policy>("policy", self.policy)
            .drop::<Group>("group", self.group)
            .drop::<Stage>("stage", self.stage);
    }
}
