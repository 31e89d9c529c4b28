//! App codes: a bare secret that an app shows instead of signing (spec: aliyun/calling.md §3, huawei/calling.md §3.2).

use std::borrow::Cow;

use paifang_model::definition::AppCodeMode;
use paifang_model::dialect::Dialect;
use paifang_model::id::AppId;
use paifang_sign::alibaba::app_code;
use paifang_wire::Head;

use crate::exchange::{ClientScheme, Exchange};
use crate::refusal::Refusal;
use crate::snapshot::{Auth, CodeDigest, Route, Snapshot};

/// The app whose code the call shows. None: it shows none, or the API does not accept codes.
pub(super) fn find(
    snapshot: &Snapshot,
    route: &Route,
    exchange: &Exchange,
) -> Result<Option<AppId>, Refusal> {
    let Auth::App { app_code, .. } = route.auth else { return Ok(None) };
    let Some(code) = shown(route.group.dialect, app_code, &exchange.head) else { return Ok(None) };
    if route.group.dialect == Dialect::Huawei && exchange.client.scheme != ClientScheme::Https {
        return Err(Refusal::AppCodeNeedsTls);
    }
    let app = snapshot.code(CodeDigest::of(code.as_bytes()));
    app.map(Some).ok_or(Refusal::AppCodeUnknown)
}

fn shown(dialect: Dialect, mode: AppCodeMode, head: &Head) -> Option<Cow<'_, str>> {
    let (header, query) = match mode {
        AppCodeMode::Disabled | AppCodeMode::Inherit => return None,
        AppCodeMode::Header => (true, false),
        AppCodeMode::HeaderOrQuery => (true, true),
    };
    let in_header = || match dialect {
        Dialect::Alibaba => {
            app_code::from_authorization(head.headers.get(http::header::AUTHORIZATION)?.as_bytes())
        }
        Dialect::Huawei => head.headers.text("x-apig-appcode").map(str::trim).filter(|code| !code.is_empty()),
    };
    let in_query = || app_code::from_query(head.target.query()?.as_bytes());
    let found = if header { in_header().map(Cow::Borrowed) } else { None };
    found.or_else(|| if query { in_query() } else { None })
}
