//! `/audit`: who did what to what, and how it went.

use paifang_control::{AuditEntry, AuditLine, AuditQuery, Cursor};
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, Item, List};
use crate::ask::{self, Asked, FromParams, Params};
use crate::caller::Caller;
use crate::state::NativeState;

type AuditRowList = List<AuditRow>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_audit))
}

/// Which lines are wanted; all that is set must hold.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditParams {
    /// Not before this time, in milliseconds since 1970.
    since: Option<i64>,
    /// Before this time, in milliseconds since 1970.
    until: Option<i64>,
    /// By exactly this user's name.
    actor: Option<String>,
    /// Of exactly this action, as in `api:deploy`.
    action: Option<String>,
    /// To exactly this resource, as in `group/…/api/…`.
    resource: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many lines: 1 to 500; 100 when absent.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

impl FromParams for AuditParams {
    fn from_params(params: &mut Params) -> Self {
        Self {
            since: params.parsed("since"),
            until: params.parsed("until"),
            actor: params.text("actor"),
            action: params.text("action"),
            resource: params.text("resource"),
            cursor: params.text("cursor"),
            limit: ask::limit(params),
        }
    }
}

/// A line of the audit trail.
#[derive(Serialize, ToSchema)]
struct AuditRow {
    /// Its place in the trail.
    number: u64,
    /// The revision that was made; null when nothing was written.
    revision: Option<u64>,
    /// When, in milliseconds since 1970.
    at: i64,
    /// Who: a user's name, or `system`.
    actor: String,
    /// What.
    action: String,
    /// To what.
    resource: String,
    /// How it went: `done`, `denied` or `failed`.
    outcome: String,
    /// The rest, without secrets.
    detail: Value,
}

impl From<AuditEntry> for AuditRow {
    fn from(entry: AuditEntry) -> Self {
        let AuditEntry { number, revision, line } = entry;
        let AuditLine { at, actor, action, resource, outcome, detail } = line;
        Self { number, revision, at, actor, action, resource, outcome, detail }
    }
}

/// Lines of the audit trail, newest first
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditParams),
    responses((status = 200, body = AuditRowList)))]
async fn list_audit(Caller(control): Caller, Asked(params): Asked<AuditParams>) -> Answer {
    let AuditParams { since, until, actor, action, resource, cursor, limit } = params;
    let (after, limit) = (cursor.map(Cursor::new), limit.unwrap_or(ask::LIMIT));
    let page = control.audit(&AuditQuery { since, until, actor, action, resource, after, limit }).await?;
    let items = page.lines.into_iter().map(AuditRow::from).map(Item::Readable).collect();
    answer::plain(List { items, next: page.next.map(|next| next.to_string()), total: None })
}
