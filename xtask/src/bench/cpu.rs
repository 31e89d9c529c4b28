//! What a process used, from `/proc`. Linux only.

use std::fs;

use anyhow::{Context as _, Result, bail};

/// CPU time in nanoseconds, user and system, of all threads of the process and its children.
///
/// `schedstat` counts nanoseconds; the ticks of `stat` are 10 ms, too coarse for windows of a second. A thread that
/// ends takes its time with it, which none of the measured programs' threads do.
pub(crate) fn time_ns(pid: u32) -> Result<u64> {
    let mut total = 0;
    for process in family(pid)? {
        for thread in threads(process)? {
            let path = format!("/proc/{process}/task/{thread}/schedstat");
            let text = fs::read_to_string(&path).with_context(|| format!("reading {path}"))?;
            total += field(&text, 0).with_context(|| format!("`{text}` in {path} starts with no number"))?;
        }
    }
    if total == 0 {
        bail!("the kernel does not account CPU time to process {pid}");
    }
    Ok(total)
}

/// Resident memory in KiB, of the process and its children. Pages that they share count for each.
pub(crate) fn resident_kib(pid: u32) -> Result<u64> {
    family(pid)?.into_iter().map(resident_of).sum()
}

fn resident_of(pid: u32) -> Result<u64> {
    let path = format!("/proc/{pid}/status");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {path}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| field(line, 0)).with_context(|| format!("no VmRSS in {path}"))
}

/// The process and its children, and theirs.
fn family(pid: u32) -> Result<Vec<u32>> {
    let mut family = vec![pid];
    for thread in threads(pid)? {
        let path = format!("/proc/{pid}/task/{thread}/children");
        let children = fs::read_to_string(&path).with_context(|| format!("reading {path}"))?;
        for child in children.split_whitespace() {
            family.extend(self::family(child.parse().context("reading a process id")?)?);
        }
    }
    Ok(family)
}

fn threads(pid: u32) -> Result<Vec<u32>> {
    let path = format!("/proc/{pid}/task");
    let entries = fs::read_dir(&path).with_context(|| format!("reading {path}"))?;
    entries
        .map(|entry| {
            let name = entry.with_context(|| format!("reading {path}"))?.file_name();
            name.to_string_lossy()
                .parse()
                .with_context(|| format!("{} in {path} is no thread id", name.display()))
        })
        .collect()
}

fn field(text: &str, index: usize) -> Option<u64> {
    text.split_whitespace().nth(index)?.parse().ok()
}
