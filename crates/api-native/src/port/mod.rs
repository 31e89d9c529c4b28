//! What only the data plane knows, as ports that the binary fills.

mod debugger;
mod observer;

pub use debugger::{
    DebugAnswer, DebugCaller, DebugDecision, DebugRefused, DebugRequest, DebugTarget, Debugger, SentRequest,
};
pub use observer::{MemberHealth, MemberState, Observer, Readiness, SetAside};
