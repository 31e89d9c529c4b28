//! A call's line: which fields it has, in which order. `docs/access-log.md` describes them; a field that has
//! no value is left out.

use paifang_model::Dialect;

use super::clock::Clock;
use super::json::Line;
use crate::observe::{End, Record};
use crate::snapshot::{AppFacts, Route};

/// Adds a call's line, with its newline.
pub(super) fn write(out: &mut Vec<u8>, clock: &mut Clock, record: &Record) {
    let mut line = Line::begin(out, "time", |out| clock.write(out, record.at_ms));
    request(&mut line, record);
    if let Some(route) = &record.route {
        api(&mut line, route);
    }
    if let Some(app) = &record.app {
        self::app(&mut line, app);
    }
    answer(&mut line, record);
    line.end();
}

fn request(line: &mut Line<'_>, record: &Record) {
    match record.dialect {
        Dialect::Alibaba => line.ascii("request_id", &record.id.dashed()),
        Dialect::Huawei => line.ascii("request_id", &record.id.plain()),
    }
    if let Some(trace) = &record.trace {
        line.ascii("trace_id", trace);
    }
    line.plain("client", &record.client);
    line.text("method", record.method.as_str());
    line.text("host", record.host());
    line.text("path", record.path());
    line.text("dialect", record.dialect.name());
}

fn api(line: &mut Line<'_>, route: &Route) {
    line.plain("group", &route.group.id);
    line.plain("api", &route.api);
    line.text("api_name", &route.api_name);
    line.text("stage", &route.stage.name);
    line.number("version", route.version);
}

fn app(line: &mut Line<'_>, app: &AppFacts) {
    line.plain("app", &app.id);
    line.text("app_name", &app.name);
}

fn answer(line: &mut Line<'_>, record: &Record) {
    line.number("status", record.status.as_u16().into());
    if let Some(code) = record.error {
        line.text("error", code);
    }
    line.millis("total_ms", record.total);
    if let Some(backend) = record.backend {
        line.millis("backend_ms", backend);
    }
    line.number("bytes_in", record.bytes_in);
    line.number("bytes_out", record.bytes_out);
    line.text("end", end(record.end));
}

const fn end(end: End) -> &'static str {
    match end {
        End::Complete => "complete",
        End::ClientGone => "client_gone",
        End::BackendBroke => "backend_broke",
    }
}
