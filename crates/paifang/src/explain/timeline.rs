//! A report as people read it: where the call went, each decision with its time, and the answer.

use std::fmt::Write as _;

use super::Options;
use super::call::Report;
use super::place::Place;

/// Characters of an answer's body that are shown.
const BODY_AT_MOST: usize = 2_000;

/// The report as text.
pub(super) fn show(options: &Options, place: &Place, report: &Report) -> String {
    let group = &place.group;
    let mut text = format!("{} {}\n", options.method(), options.url);
    let _ = writeln!(text, "leads to the group `{}` ({}, {})\n", group.name, group.dialect, group.id);
    let widest = report.decisions.iter().map(|decision| decision.stage.len()).max().unwrap_or_default();
    for decision in &report.decisions {
        let (time, stage) = (time(decision.at_us), &decision.stage);
        let _ = writeln!(text, "{time:>10}  {stage:<widest$}  {}", decision.what);
    }
    let _ = writeln!(text, "\nanswered {} in {} ms", report.status, report.latency_ms);
    for header in &report.headers {
        let _ = writeln!(text, "{}: {}", header.name, header.value);
    }
    text + "\n" + &body(report)
}

fn time(at_us: u64) -> String {
    match at_us {
        ..1_000 => format!("{at_us} µs"),
        1_000..1_000_000 => format!("{}.{} ms", at_us / 1_000, at_us % 1_000 / 100),
        _ => format!("{}.{} s", at_us / 1_000_000, at_us % 1_000_000 / 100_000),
    }
}

fn body(report: &Report) -> String {
    if report.body_encoding != "text" {
        return "(a body that is not text)\n".to_owned();
    }
    let shown: String = report.body.chars().take(BODY_AT_MOST).collect();
    let more = if report.body_truncated || shown.len() < report.body.len() { "…" } else { "" };
    format!("{shown}{more}\n")
}
