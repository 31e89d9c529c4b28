//! The families of documents, with the names they have in the store, in paths and in audit lines.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// A family of documents.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $($(#[$doc])* $variant),*
        }

        impl Kind {
            /// Every family.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the store.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

kinds! {
    /// Whose gateway resources are.
    Account = "account",
    /// A person or program that manages.
    User = "user",
    /// A user's key for signed management calls.
    AccessKey = "access_key",
    /// An API group.
    Group = "group",
    /// A stage (environment).
    Stage = "stage",
    /// What stands for a name in the backends of a group's APIs in a stage.
    Variable = "variable",
    /// An API's draft.
    Api = "api",
    /// A frozen definition of an API.
    Version = "version",
    /// What serves an API in a stage.
    Deployment = "deployment",
    /// A caller.
    App = "app",
    /// An app's key and secret.
    AppKey = "app_key",
    /// An app's code.
    AppCode = "app_code",
    /// A permission of an app to call an API in a stage.
    Grant = "grant",
    /// How many calls each of some apps may make.
    AppQuota = "app_quota",
    /// A host name bound to a group.
    Domain = "domain",
    /// A certificate for domains.
    Certificate = "certificate",
    /// The gateway's own certificate authority.
    Authority = "authority",
    /// A named way to an address in a private network.
    BackendAccess = "backend_access",
    /// An instance that a cloud knows by an id, and its address.
    BackendInstance = "backend_instance",
    /// Where calls go in each stage, for the APIs that use it.
    BackendService = "backend_service",
    /// A set of members to balance over.
    Channel = "channel",
    /// What is done to calls beside their definition.
    Policy = "policy",
    /// That a policy holds for an API in a stage.
    Binding = "binding",
    /// That a policy holds for every API of a group in a stage.
    GroupBinding = "group_binding",
    /// Addresses that the whole gateway lets in or keeps out.
    AccessList = "access_list",
    /// Who is kept out of all APIs of an account.
    BlackList = "black_list",
    /// A set of files that is applied as a whole.
    Manifest = "manifest",
    /// That a manifest made an object.
    ManifestEntry = "manifest_entry",
    /// A quota or limit that somebody changed.
    Quota = "quota",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no kind has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no kind of document is called `{0}`")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name).ok_or_else(|| UnknownKind(name.to_owned()))
    }
}
