//! Who calls, and whether it was granted the API.
//!
//! What can refuse without the body refuses first. A signature that covers the body is therefore checked
//! after the grant, and only then is the body collected; no byte of it goes on before it is verified.

mod app_code;
mod ca;
mod credential;
mod digest;
mod sdk;
mod signed;

use std::sync::Arc;

use paifang_model::id::AppId;
use paifang_wire::{Body, CollectError};

pub(crate) use self::ca::Nonce;
use self::credential::Claim;
pub(crate) use self::digest::Digest;
pub(crate) use self::signed::SignedHead;
use crate::exchange::{Aim, Exchange, Source};
use crate::limit::Places;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::snapshot::{AppFacts, Auth, Route, Snapshot};

/// Who calls.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The app.
    pub(crate) app: Arc<AppFacts>,
    /// The key that it signed with; none when it showed a code.
    pub(crate) key: Option<String>,
}

/// Finds out who calls and whether it may. None: the API asks nobody. Whether other nodes have seen the call's nonce is asked
/// with its limits.
///
/// # Errors
/// The first check that fails, in the dialect's order.
pub(crate) async fn admit(
    shared: &Shared,
    snapshot: &Snapshot,
    route: &Route,
    exchange: &mut Exchange,
    places: &mut Places,
) -> Result<Option<Caller>, Refusal> {
    let asks_nobody = matches!(&exchange.source, Source::Debugger(Some(Aim { asks_nobody: true, .. })));
    if route.auth == Auth::None || asks_nobody {
        exchange.note("authenticate", || "nobody is asked who calls");
        return Ok(None);
    }
    let claim = credential::claim(snapshot, route, exchange)?;
    let caller = caller(snapshot, claim.app(), claim.key())?;
    if claim.needs_body() {
        let wanted = claim.digest();
        drop(claim);
        authorize(snapshot, route, &caller, exchange.started_ms)?;
        collect(shared, route, exchange).await?;
        if let (Some(wanted), Some(body)) = (wanted, exchange.body.bytes().filter(|body| !body.is_empty())) {
            exchange.digest = Some(digest::of(body.clone(), wanted).await);
        }
        let nonce = prove(shared, route, exchange, &credential::claim(snapshot, route, exchange)?)?;
        places.remember(shared, nonce);
    } else {
        places.remember(shared, prove(shared, route, exchange, &claim)?);
        drop(claim);
        authorize(snapshot, route, &caller, exchange.started_ms)?;
    }
    exchange.note("authorize", || format!("the app `{}` was granted the API", caller.app.name));
    Ok(Some(caller))
}

fn caller(snapshot: &Snapshot, app: AppId, key: Option<&str>) -> Result<Caller, Refusal> {
    let missing = || Refusal::Internal { reason: format!("the app {app} of a key is not there") };
    let app = snapshot.app(app).ok_or_else(missing)?;
    Ok(Caller { app: Arc::clone(app), key: key.map(str::to_owned) })
}

/// What is proved once has a nonce, which this node has not seen.
fn prove(
    shared: &Shared,
    route: &Route,
    exchange: &Exchange,
    claim: &Claim<'_>,
) -> Result<Option<Nonce>, Refusal> {
    match claim {
        Claim::Code { .. } => Ok(None),
        Claim::Ca(claim) => ca::prove(shared, route, exchange, claim),
        Claim::Sdk(claim) => sdk::prove(exchange, claim).map(|()| None),
    }
}

fn authorize(snapshot: &Snapshot, route: &Route, caller: &Caller, now_ms: i64) -> Result<(), Refusal> {
    match snapshot.grant(caller.app.id, route.api, route.stage.id) {
        None => Err(Refusal::NotGranted),
        Some(Some(until)) if until <= now_ms => Err(Refusal::GrantExpired),
        Some(_) => Ok(()),
    }
}

/// Reads the body into memory, within the route's limit and the process' budget.
///
/// # Errors
/// When it is too large, does not arrive, or there is no room for it.
pub(crate) async fn collect(shared: &Shared, route: &Route, exchange: &mut Exchange) -> Result<(), Refusal> {
    let limit = usize::try_from(route.group.limits.request_body).unwrap_or(usize::MAX);
    let collected = std::mem::take(&mut exchange.body).collect(limit, &shared.body_budget).await;
    let collected = collected.map_err(|error| match error {
        CollectError::TooLarge { .. } => Refusal::BodyTooLarge,
        CollectError::BudgetExhausted { .. } => Refusal::Busy,
        CollectError::Wire(_) => Refusal::ClientBroken,
    })?;
    if let Some(bytes_in) = &exchange.bytes_in {
        bytes_in.set(collected.bytes.len() as u64);
    }
    exchange.body = Body::full(collected.bytes);
    exchange.permit = Some(collected.permit);
    Ok(())
}
