//! An HTTP service: attempts until one is answered, the deadline passes, or a further one could do harm.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{HOST, UPGRADE};
use http::{HeaderValue, StatusCode};
use paifang_wire::{Attempt, Head, OutgoingRequest, Reply, SendError, SendFailure, TimeoutPhase, WireError};

use super::attempts::Attempts;
use super::member::Member;
use super::place::Place;
use super::{Answered, circle, target, tunnel, way};
use crate::call::Call;
use crate::channel::Lease;
use crate::dialect;
use crate::exchange::ms_at;
use crate::parameters::Outgoing;
use crate::policy::Signed;
use crate::refusal::Refusal;
use crate::snapshot::{HttpPlan, Snapshot};
use crate::worker::Worker;

/// How much of a streaming body is kept so that it can be sent again.
const REPLAY_AT_MOST: usize = 64 * 1024;
/// How long the next piece of an answer's body may take, while the client waits for it.
const REPLY_IDLE_AT_MOST: Duration = Duration::from_secs(60);

/// Sends a call and waits for the head of the answer.
pub(super) async fn send(
    worker: &Worker,
    snapshot: &Snapshot,
    plan: &HttpPlan,
    call: &mut Call<'_>,
) -> Result<Answered, Refusal> {
    let started = Instant::now();
    let Some(mut outgoing) = call.take_outgoing() else {
        return Err(Refusal::Internal { reason: "a backend without a request".to_owned() });
    };
    circle::check(call.route.api, &call.client_head().headers)
        .inspect_err(|round| call.note("backend", || round.to_string()))?;
    let plan_of_body = std::mem::take(&mut outgoing.body);
    let whole = call.route.signer.as_ref().and_then(|_| call.whole_body(&plan_of_body));
    let (mut body, replay) = call.take_body(plan_of_body).replayable(REPLAY_AT_MOST);
    let mut attempts = Attempts::until(started + plan.timeout);
    loop {
        let place = place(worker, snapshot, plan, call, &mut attempts).await?;
        let is_at_once = attempts.number() == 1 && !place.is_named();
        let now = if is_at_once { started } else { Instant::now() };
        let mut head = head(call, &outgoing, &place.host);
        sign(call, &outgoing, &mut head, whole.as_ref(), now)?;
        call.note("backend", || format!("attempt {} to {}", attempts.number(), place.origin.address));
        let lease = place.member.as_ref().and_then(Member::lease);
        let timeouts = attempts.timeouts(now, place.member.as_ref());
        let sent = worker.pool.send(&place.origin, OutgoingRequest { head, body }, &timeouts).await;
        if let Some(member) = &place.member {
            member.note(worker, sent.as_ref().map(drop), timeouts.connect);
            attempts.tried.push(Arc::clone(&member.seat));
        }
        match sent {
            Ok(reply) => return answered(worker, call, reply, started, lease),
            Err(error) => {
                let refusal = refusal(&error);
                call.note("backend", || format!("no answer: {}", causes(&error.failure)));
                let again = attempts.may_repeat(plan.retries, &outgoing.method, error.attempt)
                    && (is_free(&place, error.attempt) || worker.retries.spend(place.name()));
                body = match replay.reset() {
                    Some(body) if again => body,
                    _ => return Err(refusal),
                };
            }
        }
    }
}

/// Where the next attempt goes. A member of a channel to which there is no way is passed over: that was an attempt, too.
async fn place<'p>(
    worker: &Worker,
    snapshot: &Snapshot,
    plan: &'p HttpPlan,
    call: &mut Call<'_>,
    attempts: &mut Attempts,
) -> Result<Place<'p>, Refusal> {
    loop {
        let picked = target::pick(snapshot, plan, call, &attempts.tried);
        target::tell(snapshot, plan, call, picked.as_ref().ok(), &attempts.tried);
        let target = picked?;
        let patience = || attempts.patience(Instant::now(), target.member.as_ref());
        let no_way = match way::find(worker, &target.address, patience).await {
            Ok(socket) => {
                let place = Place::new(worker, plan, call, target, socket)?;
                if attempts.is_first() {
                    worker.retries.earn(place.name());
                }
                return Ok(place);
            }
            Err(no_way) => no_way,
        };
        call.note("backend", || format!("attempt {} goes nowhere: {no_way}", attempts.number()));
        let Some(member) = target.member else { return Err(no_way.into()) };
        member.note_no_way(worker, &no_way);
        if !(attempts.may_pass_over() && member.has_others) {
            return Err(no_way.into());
        }
        attempts.tried.push(member.seat);
    }
}

/// The budget guards a backend from more calls than were made. A call that reached none and goes to another member is none
/// in addition, neither here nor there.
fn is_free(place: &Place<'_>, attempt: Attempt) -> bool {
    attempt == Attempt::NotSent && place.has_others()
}

fn head(call: &Call<'_>, outgoing: &Outgoing<'_>, host: &HeaderValue) -> Head {
    let mut head = call.backend_head(outgoing);
    if !outgoing.headers.sets(&HOST) {
        head.headers.insert(HOST, host.clone());
    }
    head
}

/// Signs the call, where a policy says so; an attempt later has a signature of its own.
fn sign(
    call: &mut Call<'_>,
    outgoing: &Outgoing<'_>,
    head: &mut Head,
    body: Option<&Bytes>,
    now: Instant,
) -> Result<(), Refusal> {
    let Some(signer) = &call.route.signer else { return Ok(()) };
    let debug = dialect::wants_debug(call.route.group.dialect, &call.client_head().headers);
    let now_s = ms_at(now).div_euclid(1000);
    signer.sign(head, &Signed { body, edits: &outgoing.headers, debug, now_s })?;
    let policy = &signer.policy;
    call.note("signature", || format!("signed by the policy {policy}"));
    Ok(())
}

fn refusal(error: &SendError) -> Refusal {
    match &error.failure {
        SendFailure::Connect(source) => Refusal::ConnectFailed { reason: source.to_string() },
        SendFailure::Tls(source) => Refusal::TlsFailed { reason: causes(source) },
        SendFailure::Timeout { phase: TimeoutPhase::Connect } => {
            Refusal::ConnectFailed { reason: "connecting took too long".to_owned() }
        }
        SendFailure::Timeout { phase: TimeoutPhase::Handshake } => {
            Refusal::TlsFailed { reason: "the handshake took too long".to_owned() }
        }
        SendFailure::Timeout { .. } => Refusal::BackendTimeout,
        SendFailure::BodyFromClient(WireError::TooLarge { .. }) => Refusal::BodyTooLarge,
        SendFailure::BodyFromClient(_) => Refusal::ClientBroken,
        SendFailure::Closed(_) | SendFailure::Protocol(_) => {
            Refusal::BackendBroken { reason: error.failure.to_string() }
        }
    }
}

/// An error with what caused it, on one line.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

fn answered(
    worker: &Worker,
    call: &mut Call<'_>,
    mut reply: Reply,
    started: Instant,
    lease: Option<Lease>,
) -> Result<Answered, Refusal> {
    let took = started.elapsed();
    call.note("backend", || format!("answered {}", reply.head.status));
    let switched = reply.head.status == StatusCode::SWITCHING_PROTOCOLS;
    let protocol = reply.head.headers.get(UPGRADE).cloned();
    paifang_wire::strip_hop_by_hop(&mut reply.head.headers);
    if switched {
        let unasked = || Refusal::BackendBroken { reason: "it switched protocols unasked".to_owned() };
        tunnel::start(worker, call.take_upgrade().ok_or_else(unasked)?, &mut reply, protocol);
    }
    reply.body = reply.body.stalls_after(REPLY_IDLE_AT_MOST);
    Ok(Answered { reply, took: Some(took), lease })
}
