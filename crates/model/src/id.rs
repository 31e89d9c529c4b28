//! Ids: 128 bits, written as 32 lower-case hex digits, one type per noun.
//!
//! An id is drawn at random, or derived when a document is a pure join of others: then two joins of the
//! same parts are the same document, and uniqueness needs no check.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// 128 bits that name one document within its kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9a-f]{32}$"))]
pub struct Id([u8; 16]);

impl Id {
    /// The scope of documents that belong to nothing.
    pub const ROOT: Self = Self([0; 16]);

    /// Draws a new id.
    ///
    /// # Panics
    /// When the operating system has no randomness to give.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system provides randomness");
        Self(bytes)
    }

    /// The id of a join: the first 16 bytes of SHA-256 over the kind and its parts, each with its length before it.
    #[must_use]
    pub fn derived(kind: &str, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in std::iter::once(kind.as_bytes()).chain(parts.iter().copied()) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(bytes)
    }

    /// The id with exactly these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Text that is not 32 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 hexadecimal digits")]
pub struct ParseIdError;

impl FromStr for Id {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| ParseIdError)?;
        Ok(Self(bytes))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 32];
        hex::encode_to_slice(self.0, &mut digits).map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Makes a type of its own for the id of each noun.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9a-f]{32}$"))]
        #[serde(transparent)]
        pub struct $name(pub Id);

        impl $name {
            /// Draws a new id.
            #[must_use]
            pub fn random() -> Self {
                Self(Id::random())
            }
        }

        impl From<$name> for Id {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<Id> for $name {
            fn from(id: Id) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )*};
}

ids! {
    /// Names an account.
    AccountId,
    /// Names a user.
    UserId,
    /// Names an access key (not the key's public text).
    AccessKeyId,
    /// Names an API group.
    GroupId,
    /// Names a stage (environment).
    StageId,
    /// Names a variable; derived from group, stage and name.
    VariableId,
    /// Names an API.
    ApiId,
    /// Names an immutable version of an API.
    VersionId,
    /// Names a deployment; derived from API and stage.
    DeploymentId,
    /// Names an app.
    AppId,
    /// Names an app key (not the key's public text).
    AppKeyId,
    /// Names an app code.
    AppCodeId,
    /// Names a grant; derived from app, API and stage.
    GrantId,
    /// Names an app quota.
    AppQuotaId,
    /// Names a domain binding; derived from the host name.
    DomainId,
    /// Names a certificate.
    CertificateId,
    /// Names the certificate authority, of which there is one.
    AuthorityId,
    /// Names a backend access.
    BackendAccessId,
    /// Names a backend instance (not the cloud's id of it).
    BackendInstanceId,
    /// Of a backend service.
    BackendServiceId,
    /// Names a channel.
    ChannelId,
    /// Names a channel's member.
    MemberId,
    /// Names a task.
    TaskId,
    /// Names a policy.
    PolicyId,
    /// Names a policy's binding; derived from policy, API and stage.
    BindingId,
    /// Names a policy's binding to a group; derived from policy, group and stage.
    GroupBindingId,
    /// Names an access list.
    AccessListId,
    /// Names a black list.
    BlackListId,
    /// Names a manifest; derived from its name.
    ManifestId,
    /// Names an entry of a manifest; derived from the object.
    ManifestEntryId,
    /// Names a node: a data directory, whatever process works in it.
    NodeId,
    /// Names the change of a quota; derived from its name.
    QuotaId,
}
