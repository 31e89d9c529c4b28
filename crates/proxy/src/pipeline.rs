//! The spine: what happens to a call, in order. Each step takes what the one before it proved.

use std::rc::Rc;

use http::HeaderValue;
use http::header::CONTENT_DISPOSITION;
use paifang_model::dialect::Dialect;
use paifang_wire::{Headers, Reply};

use crate::authenticate::{self, Caller};
use crate::backend::{self, Answered};
use crate::call::Call;
use crate::dialect::{self, DebugFacts, Origin};
use crate::edge;
use crate::exchange::Exchange;
use crate::explain::Decision;
use crate::find::{self, Found, Refused};
use crate::limit::{self, Places};
use crate::lists;
use crate::observe::{End, Record};
use crate::pages;
use crate::policy::Slot;
use crate::recorder::Recorder;
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;
use crate::worker::Worker;

/// Answers a call and writes its record when the reply is done.
pub(crate) async fn handle(worker: &Rc<Worker>, mut exchange: Box<Exchange>) -> Reply {
    let mut recorder = Recorder::begin(worker, &exchange);
    let mut passed = Passed::default();
    let mut result = run(worker, &mut exchange, &mut passed).await;
    recorder.lease = result.as_mut().ok().and_then(|answered| answered.lease.take());
    let mut reply = finish(worker, &exchange, passed, result, &mut recorder.record);
    reply.body = reply.body.watched(recorder);
    reply
}

/// Answers what is no request by the rules of HTTP, in the words of the group that it seems to be for.
pub(crate) fn refuse(worker: &Rc<Worker>, exchange: &Exchange, refusal: Refusal) -> Reply {
    let mut recorder = Recorder::begin(worker, exchange);
    let dialect = find::dialect(&worker.snapshot(), exchange, &worker.shared.settings);
    let result = Err((dialect, refusal));
    let mut reply = finish(worker, exchange, Passed::default(), result, &mut recorder.record);
    reply.body = reply.body.watched(recorder);
    reply
}

/// Answers a call and says how it was decided.
pub(crate) async fn explain(worker: &Rc<Worker>, mut exchange: Exchange) -> (Reply, Vec<Decision>) {
    let mut recorder = Recorder::begin(worker, &exchange);
    let mut passed = Passed::default();
    let result = run(worker, &mut exchange, &mut passed).await;
    let reply = finish(worker, &exchange, passed, result, &mut recorder.record);
    let decisions = std::mem::take(&mut exchange.explain).into_decisions();
    recorder.finish(End::Complete, reply.body.declared_length().unwrap_or_default());
    (reply, decisions)
}

/// What has become of a call.
#[derive(Default)]
struct Passed {
    found: Option<Found>,
    caller: Option<Caller>,
    places: Places,
}

async fn run(worker: &Rc<Worker>, exchange: &mut Exchange, passed: &mut Passed) -> Result<Answered, Refused> {
    let snapshot = worker.snapshot();
    let mut result = steps(worker, &snapshot, exchange, passed).await;
    if let (Err((_, refusal)), Some(found)) = (&mut result, &passed.found)
        && let Some(earlier) = passed.places.count(&worker.shared, found).await
    {
        *refusal = earlier;
    }
    if let Err((dialect, refusal)) = &result {
        exchange.note("refused", || {
            let answer = dialect::answer(*dialect, refusal);
            format!("{} {}: {}", answer.status.as_u16(), answer.code, answer.message)
        });
    }
    result
}

async fn steps(
    worker: &Rc<Worker>,
    snapshot: &Snapshot,
    exchange: &mut Exchange,
    passed: &mut Passed,
) -> Result<Answered, Refused> {
    let shared = &worker.shared;
    lists::at_gateway(snapshot, exchange)
        .map_err(|refusal| (find::dialect(snapshot, exchange, &shared.settings), refusal))?;
    let found = &*passed.found.insert(find::find(snapshot, exchange, &shared.settings)?);
    let route = &*found.route;
    let dialect = route.group.dialect;
    let in_dialect = move |refusal| (dialect, refusal);
    if shared.in_flight.is_crowded() {
        return Err(in_dialect(Refusal::Busy));
    }

    edge::check(route, exchange).map_err(in_dialect)?;
    if let Some(reply) = pages::check(route, exchange).map_err(in_dialect)? {
        return Ok(Answered { reply, took: None, lease: None });
    }
    lists::before_auth(snapshot, route, exchange).map_err(in_dialect)?;
    let taken = limit::take(shared, Slot::BeforeAuth, found, None, exchange, &mut passed.places);
    taken.await.map_err(in_dialect)?;
    let admitted = authenticate::admit(shared, snapshot, route, exchange, &mut passed.places);
    passed.caller = admitted.await.map_err(in_dialect)?;
    let caller = passed.caller.as_ref();
    lists::after_auth(snapshot, route, caller, exchange).map_err(in_dialect)?;
    let taken = limit::take(shared, Slot::AfterAuth, found, caller, exchange, &mut passed.places);
    taken.await.map_err(in_dialect)?;
    let mut call = Call::new(shared, snapshot, route, found, caller, exchange).await.map_err(in_dialect)?;
    limit::take_seen(&mut call, &mut passed.places).await.map_err(in_dialect)?;
    backend::send(worker, snapshot, &mut call).await.map_err(in_dialect)
}

/// Makes the reply complete, and the record of the call as far as it is known.
fn finish(
    worker: &Worker,
    exchange: &Exchange,
    passed: Passed,
    result: Result<Answered, Refused>,
    record: &mut Record,
) -> Reply {
    let reply = match (result, &passed.found) {
        (Ok(answered), Some(found)) => {
            record.dialect = found.route.group.dialect;
            record.backend = answered.took;
            on_reply(worker, exchange, found, passed.caller.as_ref(), answered)
        }
        // An answer without a route does not happen; it would be this gateway's fault.
        (Ok(Answered { reply, .. }), None) => reply,
        (Err((dialect, refusal)), _) => {
            if let Refusal::Internal { reason } = &refusal {
                tracing::error!(reason, "a call failed: {reason}");
            }
            record.dialect = dialect;
            record.error = Some(dialect::answer(dialect, &refusal).code);
            refused(worker, exchange, &passed, dialect, &refusal)
        }
    };
    record.status = reply.head.status;
    record.route = passed.found.map(|found| found.route);
    record.app = passed.caller.map(|caller| caller.app);
    reply
}

fn refused(
    worker: &Worker,
    exchange: &Exchange,
    passed: &Passed,
    dialect: Dialect,
    refusal: &Refusal,
) -> Reply {
    let mut reply = dialect::refuse(dialect, refusal, exchange.id);
    let headers = &mut reply.head.headers;
    if let Some(found) = &passed.found {
        pages::tell(&found.route, exchange, headers);
    }
    if dialect::wants_debug(dialect, &exchange.head.headers) {
        let caller = passed.caller.as_ref();
        let facts = |found| limit::facts(&worker.shared, found, caller, exchange);
        let limits = passed.found.as_ref().map(facts).unwrap_or_default();
        dialect::add_debug(
            dialect,
            headers,
            &DebugFacts { total: exchange.started.elapsed(), backend: None, limits },
        );
    }
    reply
}

/// What is done to an answer on its way out.
fn on_reply(
    worker: &Worker,
    exchange: &Exchange,
    found: &Found,
    caller: Option<&Caller>,
    answered: Answered,
) -> Reply {
    let Answered { mut reply, took, .. } = answered;
    let route = &found.route;
    let dialect = route.group.dialect;
    let headers = &mut reply.head.headers;
    let origin = if took.is_some() { Origin::Backend } else { Origin::Gateway };
    dialect::stamp(dialect, headers, exchange.id, origin);
    pages::tell(route, exchange, headers);
    if found.through_subdomain && route.group.limits.subdomain_answers_as_download {
        mark_as_download(headers);
    }
    if dialect::wants_debug(dialect, &exchange.head.headers) {
        let facts = DebugFacts {
            total: exchange.started.elapsed(),
            backend: took,
            limits: limit::facts(&worker.shared, found, caller, exchange),
        };
        dialect::add_debug(dialect, headers, &facts);
    }
    reply
}

/// So that browsers do not show pages from a host that is lent (spec: aliyun/calling.md §6).
fn mark_as_download(headers: &mut Headers) {
    let value = HeaderValue::from_static("attachment; filename=ApiResponseForInnerDomain");
    headers.insert(CONTENT_DISPOSITION, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of_answer<A, F: Future>(_: impl FnOnce(A) -> F) -> usize {
        size_of::<F>()
    }

    /// Every call under way costs this much; what is rarely needed belongs on the heap.
    #[test]
    fn the_future_of_a_call_is_small() {
        type Asked = (&'static Rc<Worker>, Box<Exchange>);
        let size = size_of_answer(|(worker, exchange): Asked| handle(worker, exchange));
        assert!(size <= 2640, "{size} bytes");
    }
}
