//! Lets a call in or keeps it out, as the lists of the gateway, of the API's account, of its route and of its app say.

use std::borrow::Cow;
use std::net::IpAddr;

use crate::authenticate::Caller;
use crate::exchange::Exchange;
use crate::forwarded;
use crate::outsiders::Blacked;
use crate::policy::AddressRule;
use crate::refusal::Refusal;
use crate::snapshot::{AppFacts, Route, Snapshot};

/// Looks at the client's address before anything else, whatever is called.
///
/// # Errors
/// When a list of the gateway keeps it out.
pub(crate) fn at_gateway(snapshot: &Snapshot, exchange: &mut Exchange) -> Result<(), Refusal> {
    let Some(rules) = &snapshot.access_rules else { return Ok(()) };
    let address = exchange.client.address;
    let Some(rule) = rules.about(address) else { return Ok(()) };
    let admitted = rule.admits(address);
    exchange.note("access list", || {
        format!("{address} is {} by the access list `{}`", verdict(admitted), rule.name)
    });
    if admitted { Ok(()) } else { Err(Refusal::KeptOutOfGateway) }
}

/// Looks at the client's address, before it is asked who calls.
///
/// # Errors
/// When a list keeps it out, whoever calls.
pub(crate) fn before_auth(
    snapshot: &Snapshot,
    route: &Route,
    exchange: &mut Exchange,
) -> Result<(), Refusal> {
    let (client, blacked) = (exchange.client.address, snapshot.blacked(route.group.account));
    if let Some(list) = blacked.and_then(|blacked| blacked.address(client)) {
        exchange.note("black list", || format!("{client} is on the black list `{list}`"));
        return Err(Refusal::AddressKeptOut);
    }
    for rule in &route.lists.addresses {
        let address = address(rule, exchange);
        let admitted = address.is_some_and(|address| rule.may_admit(address));
        note_address(exchange, rule, address, admitted);
        if !admitted {
            return Err(Refusal::AddressKeptOut);
        }
    }
    Ok(())
}

/// Looks at who calls: whether a list has the address for this app, and at the account that the app belongs to.
///
/// # Errors
/// When a list keeps it out.
pub(crate) fn after_auth(
    snapshot: &Snapshot,
    route: &Route,
    caller: Option<&Caller>,
    exchange: &mut Exchange,
) -> Result<(), Refusal> {
    let app = caller.map(|caller| &*caller.app);
    if let (Some(app), Some(blacked)) = (app, snapshot.blacked(route.group.account)) {
        check_black_lists(app, blacked, exchange)?;
    }
    for rule in route.lists.addresses.iter().filter(|rule| rule.tells_apps_apart()) {
        let address = address(rule, exchange);
        let number = app.and_then(|app| u64::try_from(app.number).ok());
        let admitted = address.is_some_and(|address| rule.admits(address, number));
        note_address(exchange, rule, address, admitted);
        if !admitted {
            return Err(Refusal::AddressKeptOut);
        }
    }
    for rule in &route.lists.accounts {
        let admitted = rule.admits(app);
        exchange.note("account list", || {
            let account = app.and_then(|app| app.account.name.as_deref());
            let who = account.map_or(Cow::Borrowed("nobody"), |name| format!("the account `{name}`").into());
            format!("{who} is {} by the policy {}", verdict(admitted), rule.policy.told)
        });
        if !admitted {
            return Err(Refusal::AccountKeptOut);
        }
    }
    app.map_or(Ok(()), |app| check_app(app, exchange))
}

/// Whether the app or its account is kept out of all APIs of the account that this one belongs to.
fn check_black_lists(app: &AppFacts, blacked: &Blacked, exchange: &mut Exchange) -> Result<(), Refusal> {
    if let Some(list) = blacked.app(app.id) {
        exchange.note("black list", || format!("the app `{}` is on the black list `{list}`", app.name));
        return Err(Refusal::AppKeptOut);
    }
    if let Some(list) = blacked.user(app.account.id) {
        exchange
            .note("black list", || format!("the account of `{}` is on the black list `{list}`", app.name));
        return Err(Refusal::AccountKeptOut);
    }
    Ok(())
}

/// What is said of the app itself, for all of its calls.
fn check_app(app: &AppFacts, exchange: &mut Exchange) -> Result<(), Refusal> {
    if app.frozen {
        exchange.note("app", || format!("the app `{}` is frozen", app.name));
        return Err(Refusal::AppFrozen);
    }
    let Some((effect, addresses)) = app.addresses.as_deref() else { return Ok(()) };
    let address = exchange.client.address;
    let admitted = effect.admits(addresses.contains(address));
    exchange.note("app", || format!("{address} is {} by the app `{}`", verdict(admitted), app.name));
    if admitted { Ok(()) } else { Err(Refusal::AppAddressKeptOut) }
}

/// The address that a list looks at. Who does not come through the proxy that writes `X-Forwarded-For` has no such element,
/// and is where it seems to be; an element that is no address is nowhere: neither sort of list lets it in.
fn address(rule: &AddressRule, exchange: &Exchange) -> Option<IpAddr> {
    let named = rule.forwarded.and_then(|index| forwarded::element(&exchange.head.headers, index));
    named.map_or(Some(exchange.client.address), forwarded::address)
}

fn note_address(exchange: &mut Exchange, rule: &AddressRule, address: Option<IpAddr>, admitted: bool) {
    exchange.note("address list", || {
        let who = address.map_or(Cow::Borrowed("no address"), |address| address.to_string().into());
        format!("{who} is {} by the policy {}", verdict(admitted), rule.policy)
    });
}

const fn verdict(admitted: bool) -> &'static str {
    if admitted { "let in" } else { "kept out" }
}
