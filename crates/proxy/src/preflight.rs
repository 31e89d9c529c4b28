//! Preflights: calls by which the browser of a page of another origin asks what the page may do. Which API answers one is not
//! said by its own method and path alone (spec: aliyun/calling.md §9, huawei/calling.md §8, huawei/plugins.md).

use std::sync::Arc;

use http::Method;
use http::header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};
use paifang_model::Dialect;
use paifang_wire::Head;

use crate::dialect;
use crate::routing::{Match, NoMatch, Place, Request};
use crate::snapshot::{Route, StageTable};

type Matched<'t> = Match<'t, Arc<Route>>;
type Placed<'t> = (Place<'t>, Matched<'t>);

/// The methods that an API may have beside OPTIONS.
static METHODS: [Method; 7] =
    [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::HEAD, Method::PATCH, Method::TRACE];

/// Whether a page of another origin asks what it may do.
pub(crate) fn is(head: &Head) -> bool {
    head.method == Method::OPTIONS
        && head.headers.contains(ORIGIN)
        && head.headers.contains(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The method that the page wants to call with, as it may appear in a message.
pub(crate) fn announced(head: &Head) -> String {
    paifang_model::name::shown(announced_method(head))
}

/// The API that answers a preflight, or for which the gateway does; with the path that it was found by.
///
/// # Errors
/// Why none was found.
pub(crate) fn find<'t>(
    dialect: Dialect,
    table: &'t StageTable,
    path: &'t str,
    head: &Head,
) -> Result<(&'t str, Matched<'t>), NoMatch> {
    let own = table.find_placed(&Request { path, method: &Method::OPTIONS, multipart: false });
    let asked = asked_about(table, path, announced_method(head));
    let found = match (own, asked) {
        (Ok(own), Some(asked)) if speaks_for_itself(&asked, &own) => Ok(asked.1),
        (Ok((_, own)), _) => Ok(own),
        (Err(_), Some((_, asked))) if dialect::answers_preflights(dialect) || asked.value.pages.is_some() => {
            Ok(asked)
        }
        (Err(none), _) => Err(none),
    };
    match found {
        Ok(found) => Ok((path, found)),
        Err(none) => for_all_paths(dialect, table).ok_or(none),
    }
}

fn announced_method(head: &Head) -> &str {
    head.headers.text(ACCESS_CONTROL_REQUEST_METHOD).unwrap_or_default()
}

/// The API that the page wants to call, or else any that has the path.
fn asked_about<'t>(table: &'t StageTable, path: &'t str, announced: &str) -> Option<Placed<'t>> {
    let mut methods = METHODS.iter().filter(|method| method.as_str() == announced).chain(&METHODS);
    methods.find_map(|method| table.find_placed(&Request { path, method, multipart: true }).ok())
}

/// Whether a policy says what pages may do with the API that is asked about, and the API that has the preflight by its method
/// is not the one of this path: one with OPTIONS at a prefix takes only what says nothing for itself.
fn speaks_for_itself((asked_at, asked): &Placed<'_>, (own_at, own): &Placed<'_>) -> bool {
    let answers_here = own.value.answers_options && asked_at.is_same_path(own_at);
    asked.value.pages.is_some() && !answers_here && asked_at.order(own_at).is_le()
}

/// The API with OPTIONS and `cors` at `/`, where the dialect lets it answer for every path that has no other.
fn for_all_paths(dialect: Dialect, table: &StageTable) -> Option<(&'static str, Matched<'_>)> {
    const ROOT: &str = "/";
    if !dialect::root_answers_preflights(dialect) {
        return None;
    }
    let found = table.find(&Request { path: ROOT, method: &Method::OPTIONS, multipart: false }).ok()?;
    (found.value.answers_options && found.value.cors).then_some((ROOT, found))
}
