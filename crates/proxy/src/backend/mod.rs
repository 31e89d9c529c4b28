//! What answers a call: a closed family, each kind in the file of its name.

mod attempts;
mod budget;
pub(crate) mod circle;
mod condition;
mod forbidden;
mod http;
mod member;
mod mock;
mod place;
pub(crate) mod policy;
mod resolver;
mod target;
mod tunnel;
pub(crate) mod way;

use std::time::Duration;

use paifang_wire::Reply;

pub(crate) use resolver::Resolver;

pub(crate) use budget::RetryBudgets;
pub(crate) use policy::{Alternative, Choice};

use crate::call::Call;
use crate::channel::Lease;
use crate::refusal::Refusal;
use crate::snapshot::{BackendPlan, Snapshot};
use crate::worker::Worker;

/// A backend's answer.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The answer; its body may still be on its way.
    pub(crate) reply: Reply,
    /// From sending to the head of the answer; none when the gateway answered itself.
    pub(crate) took: Option<Duration>,
    /// Counts the call as under way at the member of a channel that answers, until the answer's last byte.
    pub(crate) lease: Option<Lease>,
}

/// Sends a call to its backend and waits for the head of the answer.
///
/// # Errors
/// Why there is no answer.
pub(crate) async fn send(
    worker: &Worker,
    snapshot: &Snapshot,
    call: &mut Call<'_>,
) -> Result<Answered, Refusal> {
    if let Some(service) = call.route.service {
        call.note("backend", || match snapshot.service_name(service) {
            Some(name) => format!("the backend service `{name}` says where"),
            None => format!("the backend service {service} says where"),
        });
    }
    match call.backend() {
        BackendPlan::Http(plan) => http::send(worker, snapshot, plan, call).await,
        BackendPlan::Unresolved(plan) => Err(Refusal::Unresolved { reason: plan.reason.to_string() }),
        BackendPlan::Mock(plan) => Ok(Answered { reply: mock::reply(plan), took: None, lease: None }),
    }
}
