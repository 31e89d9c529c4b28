//! File descriptors: a connection takes one, and what a process may have unless it asks for more is often a thousand.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tracing::{debug, warn};

/// Takes as many as the operating system allows this process.
pub(super) fn take_all() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum {
        return;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => debug!(?maximum, "The process may have {maximum:?} open files"),
        Err(error) => warn!(%error, "The process may have {current:?} open files and no more: {error}"),
    }
}
