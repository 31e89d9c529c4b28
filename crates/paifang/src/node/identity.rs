//! Who this node is: an id that stays with the data directory, and its machine's name.

use anyhow::{Context as _, Result};
use paifang_model::id::NodeId;

use crate::serve::DataDir;

/// Who this node is.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) id: NodeId,
    pub(crate) name: String,
}

impl Identity {
    /// As the data directory says, which is told the first time. A copy of a data directory must not keep it: two nodes
    /// of one id would speak over each other.
    ///
    /// # Errors
    /// When the file can be neither read nor made, or holds no id.
    pub(crate) fn of(data_dir: &DataDir) -> Result<Self> {
        let id = match data_dir.read(FILE)? {
            Some(text) => text.trim().parse().with_context(|| format!("reading `{FILE}`"))?,
            None => {
                let id = NodeId::random();
                data_dir.write(FILE, &format!("{id}\n"))?;
                id
            }
        };
        Ok(Self { id, name: machine().unwrap_or_else(|| id.to_string()) })
    }
}

const FILE: &str = "node-id";

/// What the machine is called; none where it does not say so in one of these places.
fn machine() -> Option<String> {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let name = kernel.or_else(|| std::env::var("HOSTNAME").ok())?;
    let name = name.trim();
    (!name.is_empty()).then(|| paifang_model::name::shown(name))
}
