//! Configuration files of `bench/`, with this run's addresses filled in.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::workspace;

/// Writes the file of that name into the folder, each placeholder replaced; gives its path.
pub(crate) fn render(name: &str, folder: &Path, placeholders: &[(&str, &str)]) -> Result<PathBuf> {
    let template = workspace::path("bench").join(name);
    let text =
        std::fs::read_to_string(&template).with_context(|| format!("reading {}", template.display()))?;
    let place = folder.display().to_string();
    let filled = placeholders
        .iter()
        .chain([&("@FOLDER@", place.as_str())])
        .fold(text, |text, (placeholder, value)| text.replace(placeholder, value));
    let path = folder.join(name);
    std::fs::write(&path, filled).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}
