//! What a measurement leaves behind: every window, in a file of its own that nothing overwrites.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::machine::Machine;
use super::proxy::Competitor;
use crate::workspace;

/// One case, measured once.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) case: Case,
    pub(crate) at: jiff::Timestamp,
    pub(crate) rounds: usize,
    pub(crate) machine: Machine,
    pub(crate) windows: Vec<Window>,
    pub(crate) memory: Vec<Memory>,
    pub(crate) instructions: Vec<Instructions>,
}

/// One competitor, loaded for one window.
#[derive(Serialize, Deserialize)]
pub(crate) struct Window {
    pub(crate) competitor: Competitor,
    pub(crate) round: usize,
    pub(crate) requests: u64,
    pub(crate) duration_us: u64,
    /// User and system time of the proxy.
    pub(crate) cpu_ns: u64,
    pub(crate) p50_us: u64,
    pub(crate) p99_us: u64,
}

impl Window {
    /// CPU time per request.
    pub(crate) fn cost_us(&self) -> f64 {
        self.cpu_ns as f64 / 1000.0 / self.requests as f64
    }

    pub(crate) fn rps(&self) -> f64 {
        self.requests as f64 / (self.duration_us as f64 / 1e6)
    }
}

/// Resident memory of one competitor.
#[derive(Serialize, Deserialize)]
pub(crate) struct Memory {
    pub(crate) competitor: Competitor,
    /// Before the first request.
    pub(crate) idle_kib: u64,
    /// After the last.
    pub(crate) loaded_kib: u64,
}

/// User-space instructions of one competitor.
#[derive(Serialize, Deserialize)]
pub(crate) struct Instructions {
    pub(crate) competitor: Competitor,
    pub(crate) per_request: u64,
}

impl Record {
    /// Windows of one competitor, in the order of the rounds.
    pub(crate) fn of(&self, competitor: Competitor) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(move |window| window.competitor == competitor)
    }

    /// Keeps the record.
    pub(crate) fn save(&self) -> Result<PathBuf> {
        let folder = folder();
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let path = folder.join(format!("{}-{}.json", self.at.strftime("%Y%m%dT%H%M%SZ"), self.case.name()));
        let text = serde_json::to_string_pretty(self).context("writing a record as JSON")?;
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        Ok(path)
    }
}

/// The newest record of each case in which the gateway was measured over at least that many rounds.
pub(crate) fn latest(rounds: usize) -> Result<Vec<Record>> {
    let mut all = all()?;
    all.retain(|record| record.rounds >= rounds && record.of(Competitor::Paifang).next().is_some());
    all.sort_by_key(|record| std::cmp::Reverse(record.at));
    let newest = |case| all.iter().position(|record| record.case == case);
    let mut positions: Vec<usize> = Case::ALL.into_iter().filter_map(newest).collect();
    positions.sort_unstable_by(|a, b| b.cmp(a));
    let mut found: Vec<Record> = positions.into_iter().map(|position| all.swap_remove(position)).collect();
    found.sort_by_key(|record| Case::ALL.iter().position(|case| *case == record.case));
    Ok(found)
}

fn all() -> Result<Vec<Record>> {
    let folder = folder();
    let files = std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
    let paths = files.map(|file| file.map(|file| file.path())).collect::<std::io::Result<Vec<_>>>();
    let mut paths = paths.with_context(|| format!("reading {}", folder.display()))?;
    // Folders beside hold records of other sorts.
    paths.retain(|path| path.is_file());
    paths
        .into_iter()
        .map(|path| {
            let text =
                std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            serde_json::from_str(&text).with_context(|| format!("{} is no record; delete it", path.display()))
        })
        .collect()
}

fn folder() -> PathBuf {
    workspace::path("bench/results")
}
