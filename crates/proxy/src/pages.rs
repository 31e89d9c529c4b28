//! Pages of other origins: what they may do with an API, and what answers tell them (spec: aliyun/calling.md §9,
//! aliyun/plugins.md §3.6, huawei/calling.md §8).

use http::HeaderValue;
use http::header::{HOST, ORIGIN};
use paifang_model::Dialect;
use paifang_wire::{Headers, Reply};

use crate::dialect;
use crate::exchange::Exchange;
use crate::policy::Pages;
use crate::preflight;
use crate::refusal::Refusal;
use crate::snapshot::Route;

/// The answer to a page that asks what it may do, where the gateway gives it; none: the call goes on.
///
/// # Errors
/// When a policy does not let pages of that origin in.
pub(crate) fn check(route: &Route, exchange: &mut Exchange) -> Result<Option<Reply>, Refusal> {
    if let Some(pages) = &route.pages {
        admit(route.group.dialect, pages, exchange)?;
    }
    if route.answers_options || !preflight::is(&exchange.head) {
        return Ok(None);
    }
    let dialect = route.group.dialect;
    let Some(pages) = &route.pages else { return Ok(dialect::preflight(dialect, exchange.id)) };
    let mut reply = dialect::preflight(dialect, exchange.id)
        .unwrap_or_else(|| dialect::empty_reply(dialect, exchange.id));
    let told = |origin: &&HeaderValue| dialect::keeps_pages_out(dialect) || pages.admits_value(origin);
    if let Some(origin) = exchange.head.headers.get(ORIGIN).filter(told) {
        pages.add_preflight(&mut reply.head.headers, origin);
    }
    Ok(Some(reply))
}

/// A call without an origin comes from no page of another one, and so does one of the API's own host. Where the dialect
/// keeps no pages out, one that may not call is told nothing, and its browser keeps the answer from it.
fn admit(dialect: Dialect, pages: &Pages, exchange: &mut Exchange) -> Result<(), Refusal> {
    let Some(origin) = exchange.head.headers.get(ORIGIN) else { return Ok(()) };
    let origin = String::from_utf8_lossy(origin.as_bytes()).into_owned();
    let head = &exchange.head;
    let own = head.target.authority().or_else(|| head.headers.text(HOST)).unwrap_or_default();
    let is_own = origin.split_once("://").is_some_and(|(_, of)| of.eq_ignore_ascii_case(own));
    let admitted = is_own || pages.admits(&origin);
    exchange.note("cors", || {
        let verdict = if admitted { "may call" } else { "may not call" };
        format!("pages of `{origin}` {verdict} by the policy {}", pages.policy)
    });
    if admitted || !dialect::keeps_pages_out(dialect) {
        return Ok(());
    }
    Err(Refusal::OriginKeptOut { origin })
}

/// Tells a page whether it may read an answer. Where a policy says so, the backend does not.
pub(crate) fn tell(route: &Route, exchange: &Exchange, headers: &mut Headers) {
    let origin: Option<&HeaderValue> = exchange.head.headers.get(ORIGIN);
    if let Some(pages) = &route.pages {
        return pages.tell(headers, origin);
    }
    if route.cors || dialect::is_open_to_pages(route.group.dialect) && origin.is_some() {
        dialect::add_cors(route.group.dialect, headers, &exchange.head.method);
    }
}
