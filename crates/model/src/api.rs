//! An API's draft, its frozen versions, and what is deployed where.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::backend_access::BackendAccess;
use crate::backend_service::{BackendService, FollowedService};
use crate::channel::Channel;
use crate::definition::Definition;
use crate::group::Group;
use crate::id::{
    ApiId, BackendAccessId, ChannelId, DeploymentId, GroupId, Id, StageId, VariableId, VersionId,
};
use crate::kind::Kind;
use crate::record::{Fields, Links, Record};
use crate::stage::Stage;
use crate::variable::Variable;

/// An API's draft: what the next deployment will publish.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Its id.
    pub id: ApiId,
    /// The group it belongs to.
    pub group: GroupId,
    /// What it is.
    pub definition: Definition,
}

impl Record for Api {
    const KIND: Kind = Kind::Api;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.group.0
    }

    fn fields(&self, fields: &mut Fields) {
        let request = &self.definition.request;
        fields
            .unique_in_scope("name", &self.definition.name)
            .unique_in_scope("route", self.definition.request.route())
            .lookup("path", request.path.as_str());
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Group>("group", self.group);
        let (accesses, channels) = (self.definition.accesses(), self.definition.channels());
        link_backends(accesses.map(|(_, access)| access), channels.map(|(_, channel)| channel), links);
        if let Some(service) = self.definition.service() {
            links.refuse::<BackendService>("service", service);
        }
    }
}

/// What several backends need is one link.
fn link_backends(
    accesses: impl Iterator<Item = BackendAccessId>,
    channels: impl Iterator<Item = ChannelId>,
    links: &mut Links,
) {
    for access in accesses.collect::<BTreeSet<_>>() {
        links.refuse::<BackendAccess>("access", access);
    }
    for channel in channels.collect::<BTreeSet<_>>() {
        links.refuse::<Channel>("channel", channel);
    }
}

/// A frozen definition of an API, numbered from 1 per API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// The API.
    pub api: ApiId,
    /// The API's group.
    pub group: GroupId,
    /// The stage it was made for.
    pub stage: StageId,
    /// Its number, from 1 per API.
    pub number: u64,
    /// When it was made, in milliseconds since 1970; unique per API.
    pub made_at: i64,
    /// What was said about it.
    #[serde(default)]
    pub remark: String,
    /// The definition.
    pub definition: Definition,
}

impl Record for Version {
    const KIND: Kind = Kind::Version;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.api.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields
            .unique_in_scope("number", self.number)
            .unique_in_scope("made_at", self.made_at)
            .lookup("stage", self.stage.0);
    }

    fn links(&self, links: &mut Links) {
        links.drop::<Api>("api", self.api);
    }
}

/// What serves an API in a stage. Offline, it sleeps with its grants and bindings until the API is published again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// Its id; see [`Deployment::id_of`].
    pub id: DeploymentId,
    /// The API.
    pub api: ApiId,
    /// The API's group.
    pub group: GroupId,
    /// The stage.
    pub stage: StageId,
    /// The version that serves, or served last.
    pub version: VersionId,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
    /// Whether it serves.
    pub online: bool,
    /// The requests that the version answers; see [`RequestDefinition::route`](crate::definition::RequestDefinition::route).
    pub route: String,
    /// The backend access that the version needs, or the service that it uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<BackendAccessId>,
    /// The channel that the version needs, or the service that it uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    /// Backend accesses that the version's backend policies need besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_accesses: Vec<BackendAccessId>,
    /// Channels that the version's backend policies need besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_channels: Vec<ChannelId>,
    /// The backend service that the version uses, with its definition for the stage as it is followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<FollowedService>,
    /// The variables that the version names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<VariableId>,
}

impl Deployment {
    /// The id of an API's deployment in a stage.
    #[must_use]
    pub fn id_of(api: ApiId, stage: StageId) -> DeploymentId {
        DeploymentId(Id::derived("deployment", &[api.0.as_bytes(), stage.0.as_bytes()]))
    }

    /// The shape of the path that it answers; see [`PathPattern::shape`](crate::path::PathPattern::shape).
    #[must_use]
    pub fn path(&self) -> &str {
        self.route.splitn(3, ' ').nth(2).unwrap_or_default()
    }
}

impl Deployment {
    /// The backend accesses that the version needs, or the service that it uses.
    pub fn accesses(&self) -> impl Iterator<Item = BackendAccessId> {
        self.access.iter().chain(&self.further_accesses).copied()
    }

    /// The same without one of the accesses, which is about to be gone.
    #[must_use]
    pub fn without_access(mut self, access: BackendAccessId) -> Self {
        self.access = self.access.filter(|needed| *needed != access);
        self.further_accesses.retain(|needed| *needed != access);
        self
    }
}

impl Record for Deployment {
    const KIND: Kind = Kind::Deployment;

    fn id(&self) -> Id {
        self.id.0
    }

    fn scope(&self) -> Id {
        self.group.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields
            .lookup("api", self.api.0)
            .lookup("stage", self.stage.0)
            .lookup("online", if self.online { "yes" } else { "no" })
            .lookup("since", self.since);
        if self.online {
            fields.unique_in_scope("route", format!("{} {}", self.stage, self.route));
        }
    }

    /// A deployment that serves keeps its API and stage; one that sleeps goes with them.
    fn links(&self, links: &mut Links) {
        links.refuse::<Version>("version", self.version);
        if self.online {
            links.refuse::<Api>("api", self.api).refuse::<Stage>("stage", self.stage);
            let accesses = self.accesses();
            let channels = self.channel.iter().chain(&self.further_channels).copied();
            link_backends(accesses, channels, links);
            if let Some(followed) = &self.service {
                links.refuse::<BackendService>("service", followed.service);
            }
            for variable in &self.variables {
                links.refuse::<Variable>("variable", *variable);
            }
        } else {
            links.drop::<Api>("api", self.api).drop::<Stage>("stage", self.stage);
        }
    }
}
