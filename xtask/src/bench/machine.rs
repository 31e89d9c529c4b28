//! What the figures were measured on.

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::command::{self, program};
use crate::profile;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) kernel: String,
    pub(crate) nginx: String,
    pub(crate) haproxy: String,
    /// The revision of this project, with a mark when files differ from it.
    pub(crate) revision: String,
    /// Whether the gateway was built by a profile.
    #[serde(default)]
    pub(crate) pgo: bool,
}

impl Machine {
    pub(crate) fn look() -> Result<Self> {
        Ok(Self {
            processor: processor().unwrap_or_else(|| "unknown processor".to_owned()),
            cores: std::thread::available_parallelism().map_or(1, Into::into),
            kernel: command::output(program("uname").arg("-r"))?.trim().to_owned(),
            nginx: version("nginx", "-v").context("asking nginx for its version")?,
            haproxy: version("haproxy", "-v").unwrap_or_default(),
            revision: revision(),
            pgo: profile::kept()?.is_some(),
        })
    }
}

fn processor() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("model name"))?;
    Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
}

/// The first word with a digit in what the program says about itself, on either stream.
fn version(name: &str, flag: &str) -> Option<String> {
    let path = crate::tools::find(name)?;
    let output = program(path).arg(flag).output().ok()?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let word = said.split_whitespace().find(|word| word.contains(|c: char| c.is_ascii_digit()))?;
    Some(word.trim_start_matches("nginx/").to_owned())
}

/// A tree without history, such as an unpacked archive, has none.
fn revision() -> String {
    let described = program("git").args(["describe", "--always", "--dirty"]).output();
    described
        .map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
