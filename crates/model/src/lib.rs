//! The nouns of the gateway and what makes each valid: no I/O, no async, no vendor outside [`dialect`].

pub mod account;
mod address;
pub mod api;
pub mod app;
pub mod backend_access;
pub mod channel;
pub mod definition;
pub mod dialect;
pub mod domain;
pub mod group;
pub mod id;
pub mod kind;
pub mod limits;
pub mod name;
pub mod path;
pub mod record;
pub mod secret;
pub mod stage;
pub mod violation;

pub use account::{AccessKey, Account, Role, User};
pub use api::{Api, Deployment, Version};
pub use app::{App, AppCode, AppKey, Grant};
pub use backend_access::BackendAccess;
pub use channel::{Channel, Member};
pub use definition::Definition;
pub use dialect::Dialect;
pub use domain::Domain;
pub use group::Group;
pub use id::Id;
pub use kind::Kind;
pub use record::{Key, Record};
pub use secret::Secret;
pub use stage::Stage;
pub use violation::{Complaint, Rule, Violation, Violations};
