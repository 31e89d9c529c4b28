//! Backend services: where calls go in each stage, kept beside the APIs that use it.
//!
//! An API names a service in place of an address of its own, with [`Backend::Service`](crate::definition::Backend). What
//! is published to a stage follows the service's definition for that stage: the [`Deployment`](crate::Deployment) holds
//! it as it last followed it. Spec: aliyun/functions-oss-eventbridge.md §7.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::address::{check_authority, check_url};
use crate::backend_access::{ACCESS_NAME, BackendAccess};
use crate::channel::Channel;
use crate::definition::{Destination, MockBackend};
use crate::id::{BackendAccessId, BackendServiceId, ChannelId, Id, StageId};
use crate::kind::Kind;
use crate::name::{NameRule, check_length};
use crate::record::{Fields, Links, Record};
use crate::stage::Stage;
use crate::violation::{Rule, Violations};

/// What a backend service may be called.
pub const SERVICE_NAME: NameRule = ACCESS_NAME;

/// The longest description of a service or of a definition, in characters.
pub const DESCRIPTION_AT_MOST: usize = 180;

/// Where calls go, stage by stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackendService {
    /// Its id.
    pub id: BackendServiceId,
    /// Its name, unique.
    pub name: String,
    /// What all its definitions are; never changed.
    pub kind: ServiceKind,
    /// What it is for: at most 180 characters.
    #[serde(default)]
    pub description: String,
    /// Where it is, at most once for each stage.
    #[serde(default)]
    pub definitions: Vec<ServiceDefinition>,
}

/// What the definitions of a service are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// An HTTP service at an address.
    Http,
    /// An HTTP service behind a backend access.
    Access,
    /// The members of a channel.
    Channel,
    /// The gateway itself, with a fixed answer.
    Mock,
}

impl ServiceKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Http, Self::Access, Self::Channel, Self::Mock];

    /// Its name in documents and in sentences.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Access => "access",
            Self::Channel => "channel",
            Self::Mock => "mock",
        }
    }
}

/// Where a service is in one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ServiceDefinition {
    /// The stage.
    pub stage: StageId,
    /// Where calls go.
    pub target: ServiceTarget,
    /// What is said about it: at most 180 characters.
    #[serde(default)]
    pub description: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// When it was last changed, in milliseconds since 1970.
    pub changed_at: i64,
}

/// Where calls go: what of a backend differs from stage to stage. Path, method and timeout stay with the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ServiceTarget {
    /// An HTTP service.
    Http(HttpTarget),
    /// The gateway itself, with a fixed answer.
    Mock(MockBackend),
}

/// An HTTP service, without what each API says about its calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HttpTarget {
    /// Where it is; without variables, for there is a definition per stage.
    pub to: Destination,
    /// The host it is told, as `host[:port]`; absent: that of its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Whether its certificate is checked when it speaks TLS.
    #[serde(default = "yes")]
    pub verify_certificate: bool,
}

fn yes() -> bool {
    true
}

/// The service that a deployment follows, with the definition it follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowedService {
    /// Which.
    pub service: BackendServiceId,
    /// Where calls go.
    pub target: ServiceTarget,
}

impl BackendService {
    /// Its definition for a stage.
    #[must_use]
    pub fn definition(&self, stage: StageId) -> Option<&ServiceDefinition> {
        self.definitions.iter().find(|definition| definition.stage == stage)
    }

    /// The id by which a definition is spoken of where it is looked at by itself.
    #[must_use]
    pub fn definition_id(&self, stage: StageId) -> Id {
        Id::derived("backend_service_definition", &[self.id.0.as_bytes(), stage.0.as_bytes()])
    }

    /// Checks what its owner may choose. Whether the stages, accesses and channels exist is not looked at.
    ///
    /// # Errors
    /// All complaints.
    pub fn check(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.at("/name", SERVICE_NAME.check(&self.name));
        violations.at("/description", check_length(&self.description, 0, DESCRIPTION_AT_MOST));
        let mut stages = HashSet::new();
        for (index, definition) in self.definitions.iter().enumerate() {
            let pointer = format!("/definitions/{index}");
            if !stages.insert(definition.stage) {
                let message = format!("the stage `{}` has a definition already", definition.stage);
                violations.add(format!("{pointer}/stage"), Rule::Duplicate, message);
            }
            violations.nest(&pointer, definition.check(self.kind));
        }
        violations.or(())
    }
}

impl ServiceDefinition {
    /// All complaints about one definition of a service of a kind, with pointers into the definition.
    #[must_use]
    pub fn check(&self, kind: ServiceKind) -> Violations {
        let mut violations = Violations::new();
        violations.at("/description", check_length(&self.description, 0, DESCRIPTION_AT_MOST));
        let given = self.target.kind();
        if given == kind {
            violations.nest("/target", self.target.check());
        } else {
            let message = format!("it is `{}`, and the service is `{}`", given.name(), kind.name());
            violations.add("/target/kind", Rule::Conflict, message);
        }
        violations
    }
}

impl ServiceTarget {
    /// What a service is whose definition it is.
    #[must_use]
    pub fn kind(&self) -> ServiceKind {
        match self {
            Self::Http(HttpTarget { to: Destination::Address { .. }, .. }) => ServiceKind::Http,
            Self::Http(HttpTarget {
                to: Destination::Access { .. } | Destination::NamedAccess { .. },
                ..
            }) => ServiceKind::Access,
            Self::Http(HttpTarget { to: Destination::Channel { .. }, .. }) => ServiceKind::Channel,
            Self::Mock(_) => ServiceKind::Mock,
        }
    }

    /// The backend access that calls go through, when they do.
    #[must_use]
    pub fn access(&self) -> Option<BackendAccessId> {
        match self {
            Self::Http(HttpTarget { to: Destination::Access { access, .. }, .. }) => Some(*access),
            _ => None,
        }
    }

    /// The channel that calls go to, when they do.
    #[must_use]
    pub fn channel(&self) -> Option<ChannelId> {
        match self {
            Self::Http(HttpTarget { to: Destination::Channel { channel, .. }, .. }) => Some(*channel),
            _ => None,
        }
    }

    fn check(&self) -> Violations {
        match self {
            Self::Http(target) => target.check(),
            Self::Mock(mock) => mock.check(),
        }
    }
}

impl HttpTarget {
    fn check(&self) -> Violations {
        let mut violations = Violations::new();
        if let Destination::NamedAccess { .. } = &self.to {
            let message = "a service names an access by its id; it has no variables";
            violations.add("/to/kind", Rule::Conflict, message);
        }
        if let Destination::Address { url } = &self.to {
            violations.at("/to/url", check_url(url));
        }
        if let Some(host) = &self.host {
            violations.at("/host", check_authority(host));
        }
        violations
    }
}

impl Record for BackendService {
    const KIND: Kind = Kind::BackendService;

    fn id(&self) -> Id {
        self.id.0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name).lookup("kind", self.kind.name());
    }

    fn links(&self, links: &mut Links) {
        for ServiceDefinition { stage, target, .. } in &self.definitions {
            links.refuse::<Stage>("stage", *stage);
            if let Some(access) = target.access() {
                links.refuse::<BackendAccess>("access", access);
            }
            if let Some(channel) = target.channel() {
                links.refuse::<Channel>("channel", channel);
            }
        }
    }
}
