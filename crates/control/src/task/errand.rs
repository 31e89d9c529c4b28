//! What one item of a task is about.

use paifang_model::id::{ApiId, AppId, BackendAccessId, BackendServiceId, GrantId, StageId};
use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::noun::Noun;
use crate::resource::ResourcePath;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What all items of a task are about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum TaskKind {
            $($(#[$doc])* #[serde(rename = $name)] $variant),*
        }

        impl TaskKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name, in the store and wherever it is shown.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

kinds! {
    /// Publishing APIs.
    DeployApis = "deploy_apis",
    /// Letting published APIs follow their backend services.
    FollowBackendServices = "follow_backend_services",
    /// Noting that published APIs follow their backend accesses.
    FollowBackendAccesses = "follow_backend_accesses",
    /// Taking APIs offline.
    TakeApisOffline = "take_apis_offline",
    /// Deleting APIs.
    DeleteApis = "delete_apis",
    /// Granting APIs to apps.
    CreateGrants = "create_grants",
    /// Revoking grants.
    RevokeGrants = "revoke_grants",
}

/// One thing to do: an operation with all it needs to know. This is how items are kept, so what is here stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Errand {
    /// [`Context::deploy_api`](crate::Context::deploy_api), as the draft is by then.
    Deploy {
        /// The API.
        api: ApiId,
        /// Where.
        stage: StageId,
        /// Kept with the version.
        #[serde(default)]
        remark: String,
    },
    /// [`Context::take_api_offline`](crate::Context::take_api_offline).
    TakeOffline {
        /// The API.
        api: ApiId,
        /// Where.
        stage: StageId,
        /// Only while what serves there uses this backend service.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<BackendServiceId>,
    },
    /// [`Context::follow_backend_service`](crate::Context::follow_backend_service).
    Follow {
        /// The API.
        api: ApiId,
        /// Where.
        stage: StageId,
    },
    /// [`Context::follow_backend_access`](crate::Context::follow_backend_access).
    FollowAccess {
        /// The API.
        api: ApiId,
        /// Where.
        stage: StageId,
        /// Only while what serves there goes through this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        access: Option<BackendAccessId>,
    },
    /// [`Context::delete_api`](crate::Context::delete_api).
    Delete {
        /// The API.
        api: ApiId,
    },
    /// [`Context::create_grants`](crate::Context::create_grants), for one pair.
    Grant {
        /// The app.
        app: AppId,
        /// The API.
        api: ApiId,
        /// Where.
        stage: StageId,
        /// When it ends, in milliseconds since 1970; none: never.
        #[serde(default)]
        until: Option<i64>,
        /// Kept with the grant.
        #[serde(default)]
        remark: String,
    },
    /// [`Context::revoke_grants`](crate::Context::revoke_grants), for one of them.
    Revoke {
        /// The grant.
        grant: GrantId,
    },
}

impl Errand {
    /// The action that it comes down to.
    pub(super) fn action(&self) -> Action {
        match self {
            Self::Deploy { .. } => Action::DeployApi,
            Self::TakeOffline { .. } => Action::TakeApiOffline,
            Self::Follow { .. } => Action::FollowBackendService,
            Self::FollowAccess { .. } => Action::FollowBackendAccess,
            Self::Delete { .. } => Action::DeleteApi,
            Self::Grant { .. } => Action::CreateGrants,
            Self::Revoke { .. } => Action::RevokeGrants,
        }
    }

    /// What it is done to, as far as that is known without looking.
    pub(super) fn resource(&self) -> ResourcePath {
        match self {
            Self::Deploy { api, .. }
            | Self::TakeOffline { api, .. }
            | Self::Follow { api, .. }
            | Self::FollowAccess { api, .. }
            | Self::Delete { api } => ResourcePath::of(Noun::Api, api),
            Self::Grant { app, .. } => crate::app::path(*app).then_all(Noun::Grant),
            Self::Revoke { grant } => ResourcePath::of(Noun::Grant, grant),
        }
    }
}
