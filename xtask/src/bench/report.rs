//! The figures as tables.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::proxy::Competitor;
use super::record::{Record, Window};
use super::stats::Sample;
use super::{micro, scale};
use crate::workspace;

const ALL: [Competitor; 3] = [Competitor::Nginx, Competitor::Haproxy, Competitor::Paifang];

/// The most memory that the idle gateway may have resident.
const IDLE_TARGET_KIB: u64 = 30 * 1024;

/// `bench/REPORT.md`: the tables, what they were measured on, and what people wrote about them in `bench/notes/`.
pub(crate) fn page(records: &[Record]) -> Result<String> {
    let mut page = String::from(
        "# What a request costs\n\nWritten by `cargo xtask bench`; `bench/README.md` says how it measures.\n\n",
    );
    page += &tables(records);
    page += &provenance(records);
    page += &scale::latest()?;
    page += &micro::latest()?;
    page += &notes()?;
    Ok(page)
}

/// Every figure of these records.
pub(crate) fn tables(records: &[Record]) -> String {
    let mut text = String::from(
        "## CPU time per request\n\nRatios are medians over the rounds, with the middle half in brackets.\n\n",
    );
    text += "| case | nginx | HAProxy | paifang | target | |\n|---|---|---|---|---|---|\n";
    text.extend(records.iter().map(cost));
    text += "\n## Throughput and latency\n\nRequests per second, p50 and p99 with 64 connections that never pause.\n\n";
    text += "| case | nginx | HAProxy | paifang |\n|---|---|---|---|\n";
    text.extend(records.iter().map(|record| row(record, speed)));
    text += "\n## User-space instructions per request\n\n";
    text += "| case | nginx | HAProxy | paifang | target |\n|---|---|---|---|---|\n";
    text.extend(records.iter().filter(|record| !record.instructions.is_empty()).map(instructions));
    text += "\n## Resident memory\n\nIdle, and after the load.\n\n";
    let _ = writeln!(
        text,
        "| case | nginx | HAProxy | paifang (idle: ≤ {} MB) |\n|---|---|---|---|",
        IDLE_TARGET_KIB / 1024
    );
    text.extend(records.iter().map(|record| row(record, memory)));
    text
}

fn row(record: &Record, cell: fn(&Record, Competitor) -> Option<String>) -> String {
    let cells = ALL.map(|competitor| cell(record, competitor).unwrap_or_else(|| "–".to_owned()));
    format!("| {} | {} |\n", record.case.name(), cells.join(" | "))
}

fn cost(record: &Record) -> String {
    let nginx = median(record, Competitor::Nginx, Window::cost_us)
        .map_or_else(String::new, |us| format!("{us:.1} µs"));
    let [haproxy, paifang] =
        [Competitor::Haproxy, Competitor::Paifang].map(|competitor| ratio(record, competitor));
    let target = record.case.target();
    let verdict = match (&paifang, target) {
        (Some(ratio), Some(target)) if ratio.median() <= target => "reached",
        (Some(_), Some(_)) => "missed",
        _ => "",
    };
    let target = target.map_or_else(String::new, |target| format!("≤ {target}"));
    let [haproxy, paifang] =
        [haproxy, paifang].map(|ratio| ratio.as_ref().map_or_else(|| "–".to_owned(), spread));
    let (name, what) = (record.case.name(), record.case.what());
    format!("| **{name}**: {what} | {nginx} | {haproxy} | {paifang} | {target} | {verdict} |\n")
}

fn spread(ratio: &Sample) -> String {
    let (low, high) = ratio.middle_half();
    format!("{:.2} ({low:.2}–{high:.2})", ratio.median())
}

/// The cost as a multiple of nginx's in the same round.
fn ratio(record: &Record, competitor: Competitor) -> Option<Sample> {
    let pairs = record.of(Competitor::Nginx).zip(record.of(competitor));
    let ratios: Vec<f64> = pairs.map(|(nginx, other)| other.cost_us() / nginx.cost_us()).collect();
    (!ratios.is_empty()).then(|| ratios.into_iter().collect())
}

fn speed(record: &Record, competitor: Competitor) -> Option<String> {
    let rps = median(record, competitor, Window::rps)?;
    let p50 = median(record, competitor, |window| window.p50_us as f64)?;
    let p99 = median(record, competitor, |window| window.p99_us as f64)?;
    Some(format!("{rps:.0}/s, {:.1} ms, {:.1} ms", p50 / 1000.0, p99 / 1000.0))
}

fn median(record: &Record, competitor: Competitor, value: fn(&Window) -> f64) -> Option<f64> {
    record.of(competitor).next()?;
    Some(record.of(competitor).map(value).collect::<Sample>().median())
}

fn instructions(record: &Record) -> String {
    let cells = row(record, |record, competitor| {
        let found = record.instructions.iter().find(|each| each.competitor == competitor)?;
        Some(found.per_request.to_string())
    });
    let target = record.case.instructions_target().map_or_else(String::new, |target| format!("≤ {target}"));
    format!("{} {target} |\n", cells.trim_end())
}

fn memory(record: &Record, competitor: Competitor) -> Option<String> {
    let found = record.memory.iter().find(|each| each.competitor == competitor)?;
    Some(format!("{:.1} MB, {:.1} MB", found.idle_kib as f64 / 1024.0, found.loaded_kib as f64 / 1024.0))
}

fn provenance(records: &[Record]) -> String {
    let mut text = String::from(
        "\n## Measured\n\n| case | when | rounds | revision | built with | on |\n|---|---|---|---|---|---|\n",
    );
    for Record { case, at, rounds, machine, .. } in records {
        let on = format!(
            "{} cores of {}, Linux {}, nginx {}, HAProxy {}",
            machine.cores, machine.processor, machine.kernel, machine.nginx, machine.haproxy
        );
        let when = at.strftime("%Y-%m-%d %H:%M UTC");
        let (name, revision) = (case.name(), &machine.revision);
        let built = if machine.pgo { "a profile" } else { "no profile" };
        let _ = writeln!(text, "| {name} | {when} | {rounds} | {revision} | {built} | {on} |");
    }
    text
}

fn notes() -> Result<String> {
    let folder = workspace::path("bench/notes");
    let Ok(files) = std::fs::read_dir(&folder) else { return Ok(String::new()) };
    let paths = files.map(|file| file.map(|file| file.path())).collect::<std::io::Result<Vec<_>>>();
    let mut paths = paths.with_context(|| format!("reading {}", folder.display()))?;
    paths.sort();
    let mut text = String::new();
    for path in paths {
        let note = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let _ = write!(text, "\n{note}");
    }
    Ok(text)
}
