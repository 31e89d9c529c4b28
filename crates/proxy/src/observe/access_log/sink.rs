//! Where lines end up. A destination that refuses lines loses those and no others: a torn line is ended
//! before the next one begins.

use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::handover::count_lines;

/// Where lines end up.
pub(super) struct Sink {
    out: Box<dyn Write + Send>,
    /// The file's path, when it is one.
    path: Option<PathBuf>,
    /// Whether the last line that was written is not whole.
    torn: bool,
    /// Whether the last write failed: only the first failure of a row is reported.
    failing: bool,
}

impl Sink {
    pub(super) fn stdout() -> Self {
        Self::new(Box::new(io::stdout()), None)
    }

    pub(super) fn file(path: PathBuf) -> io::Result<Self> {
        let file = open(&path)?;
        Ok(Self::new(Box::new(file), Some(path)))
    }

    pub(super) fn new(out: Box<dyn Write + Send>, path: Option<PathBuf>) -> Self {
        Self { out, path, torn: false, failing: false }
    }

    /// Opens the file anew; keeps the old one when that fails.
    pub(super) fn reopen(&mut self) {
        let Some(path) = &self.path else { return };
        match open(path) {
            Ok(file) => (self.out, self.torn) = (Box::new(file), false),
            Err(error) => tracing::error!(%error, "The old access log is written on: {error}"),
        }
    }

    /// Writes whole lines; says how many were lost.
    pub(super) fn write(&mut self, lines: &[u8]) -> u64 {
        let mut written = 0;
        let result = self.try_write(lines, &mut written);
        if let Some(last) = lines[..written].last() {
            self.torn = *last != b'\n';
        }
        self.report(result);
        count_lines(&lines[written..])
    }

    fn try_write(&mut self, lines: &[u8], written: &mut usize) -> io::Result<()> {
        if self.torn {
            self.out.write_all(b"\n")?;
            self.torn = false;
        }
        while *written < lines.len() {
            match self.out.write(&lines[*written..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(more) => *written += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.out.flush()
    }

    fn report(&mut self, result: io::Result<()>) {
        match result {
            Err(error) if !self.failing => {
                tracing::error!(%error, "Lines of the access log are being lost: {error}");
                self.failing = true;
            }
            Ok(()) if self.failing => {
                tracing::info!("The access log is written again");
                self.failing = false;
            }
            _ => {}
        }
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").field("path", &self.path).finish_non_exhaustive()
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options().append(true).create(true).open(path).map_err(|error| {
        io::Error::new(error.kind(), format!("cannot open the access log `{}`: {error}", path.display()))
    })
}
