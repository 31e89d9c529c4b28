//! The APIG v2 management interface, `/v2/{project_id}/apigw/…`, over [`paifang_control`].
//!
//! A request goes the same way for every operation: a row of `routes` is found, the caller is known by the signature
//! of an access key, what was sent is read with all complaints at once (`ask`), the noun's handler calls control, and
//! its answer is built as JSON (`answer`) or the `fault` is told in the interface's error codes. What this gateway does
//! not do has a row too, and answers with the reason.
//!
//! Groups, APIs and environments of the other dialect do not exist here (`scope`). An API's definition is read and
//! written in `definition`; what the data plane does not read comes back as it was given.
//!
//! [`router`] is all that the binary mounts; [`Debugger`] is the only thing it must provide.

mod acl;
mod acl_binding;
mod answer;
mod api;
mod app;
mod app_acl;
mod app_code;
mod app_quota;
mod ask;
mod authorization;
mod call;
mod caller;
mod certificate;
mod channel;
mod config;
mod debug;
mod definition;
mod domain;
mod environment;
mod fault;
mod group;
mod instance;
mod metrics;
mod operations;
mod outline;
mod plugin;
mod policies;
mod port;
mod publication;
mod published;
mod route;
mod router;
mod routes;
mod scope;
mod sign;
mod sign_binding;
mod state;
mod throttle;
mod throttle_binding;
mod time;
mod variable;

pub use operations::{Offer, Operation, operations};
pub use port::{DebugAnswer, DebugCaller, DebugRefused, DebugRequest, DebugTarget, Debugger, Health};
pub use router::router;
pub use state::{HuaweiSettings, HuaweiState};

/// The largest body of a request: 4 MiB, twice the body of a call that can be debugged.
pub const BODY_AT_MOST: usize = 4 * 1024 * 1024;

/// The dialect whose groups this interface sees.
const DIALECT: paifang_model::Dialect = paifang_model::Dialect::Huawei;
