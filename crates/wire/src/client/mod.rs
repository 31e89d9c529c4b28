//! Requests to backends.

mod alarm;
mod connect;
mod error;
mod home;
mod http1;
mod http2;
mod io;
mod origin;
mod pool;
mod upload;

pub use error::{Attempt, SendError, SendFailure, TimeoutPhase};
pub(crate) use http1::ReplyBody;
pub(crate) use http2::StreamBody;
pub use origin::{Origin, Protocol};
pub use pool::{Pool, PoolSettings, Timeouts};
