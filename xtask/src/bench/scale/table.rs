//! The figures of one run as a table.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::Record;
use crate::bench::stats::Sample;

/// The size that the targets are for.
const TARGET_SIZE: (u32, u32) = (10_000, 100_000);
const RESIDENT_TARGET_KIB: u64 = 150 * 1024;
const RESTART_TARGET_MS: f64 = 1000.0;
const PAGE_TARGET_MS: f64 = 20.0;
const SERVED_TARGET_MS: f64 = 50.0;

/// The newest run of each size, as a section of the report; empty when there is none.
pub(crate) fn latest() -> Result<String> {
    let folder = super::folder();
    let Ok(files) = std::fs::read_dir(&folder) else { return Ok(String::new()) };
    let mut records: Vec<Record> = Vec::new();
    for file in files {
        let path = file.with_context(|| format!("reading {}", folder.display()))?.path();
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        records
            .push(serde_json::from_str(&text).with_context(|| format!("{} is no record", path.display()))?);
    }
    records.sort_by_key(|record| (record.apis, record.apps, std::cmp::Reverse(record.at)));
    records.dedup_by_key(|record| (record.apis, record.apps));
    Ok(records.iter().map(|record| format!("\n{}", text(record))).collect())
}

/// One run.
pub(super) fn text(record: &Record) -> String {
    let Record { apis, apps, machine, .. } = record;
    let mut text =
        format!("## {apis} APIs and {apps} apps\n\n| what | figure | target | |\n|---|---|---|---|\n");
    let mut row = |what: &str, figure: String, target: Option<(String, bool)>| {
        let counts = (*apis, *apps) == TARGET_SIZE;
        let (target, verdict) = match target.filter(|_| counts) {
            Some((target, true)) => (target, "reached"),
            Some((target, false)) => (target, "missed"),
            None => (String::new(), ""),
        };
        let _ = writeln!(text, "| {what} | {figure} | {target} | {verdict} |");
    };
    let at_most = |value: f64, most: f64, unit: &str| Some((format!("≤ {most} {unit}"), value <= most));
    row("filled through REST", format!("{:.0} s", record.filled_s), None);
    let resident = |kib: u64| format!("{:.0} MB", kib as f64 / 1024.0);
    let fits = record.resident_kib <= RESIDENT_TARGET_KIB;
    row("resident after a start", resident(record.resident_kib), Some(("≤ 150 MB".to_owned(), fits)));
    row("resident after the load", resident(record.loaded_kib), None);
    if !record.restarts_ms.is_empty() {
        let median = record.restarts_ms.iter().copied().collect::<Sample>().median();
        let figure = format!("{median:.0} ms (median of {})", record.restarts_ms.len());
        row("start to first answer", figure, at_most(median, RESTART_TARGET_MS, "ms"));
    }
    for page in &record.pages {
        let figure = format!("{:.1} ms, slowest {:.1} ms", page.median_ms, page.slowest_ms);
        // What names a total or searches is not a first page.
        let is_first = !page.list.contains('&');
        let target = is_first.then(|| at_most(page.median_ms, PAGE_TARGET_MS, "ms")).flatten();
        row(&format!("`{}`", page.list), figure, target);
    }
    if let Some((median, low, high)) = record.code {
        row("`code` beside nginx", format!("{median:.2} ({low:.2}–{high:.2})"), None);
    }
    if let Some(change) = &record.change {
        let rate = format!("{} at {:.0}/s", change.publications, change.per_second);
        row("publications", rate, None);
        let figure = format!("p50 {:.1} ms, p99 {:.1} ms", change.served_p50_ms, change.served_p99_ms);
        row("publication sent → served", figure, at_most(change.served_p99_ms, SERVED_TARGET_MS, "ms"));
        row("of which until it was answered", format!("p50 {:.1} ms", change.answered_p50_ms), None);
        let calls = format!("{} of {} at {:.0}/s", change.failed, change.calls, change.calls_per_second);
        row("failed calls", calls, Some(("0".to_owned(), change.failed == 0)));
        let (p50, p99) = (change.bystanders_p50_us / 1000.0, change.bystanders_p99_us / 1000.0);
        let quiet = change.quiet_p99_us / 1000.0;
        row(
            "bystanders",
            format!("p50 {p50:.2} ms, p99 {p99:.2} ms (p99 without publications: {quiet:.2} ms)"),
            None,
        );
    }
    let when = record.at.strftime("%Y-%m-%d %H:%M UTC");
    let _ = writeln!(
        text,
        "\n{when}, revision {}, {} cores of {}.",
        machine.revision, machine.cores, machine.processor
    );
    text
}
