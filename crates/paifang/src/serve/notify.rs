//! Tells systemd how far the process is, where the unit says `Type=notify` (sd_notify(3)). Elsewhere nobody listens.

use sd_notify::NotifyState;
use tracing::warn;

/// It serves.
pub(super) fn ready() {
    tell(NotifyState::Ready);
}

/// It ends.
pub(super) fn stopping() {
    tell(NotifyState::Stopping);
}

/// Another process is the service from now on. Only the process that was it so far may say so.
pub(super) fn succeeded_by(pid: u32) {
    tell(NotifyState::MainPid(pid));
}

fn tell(state: NotifyState<'_>) {
    let told = state.to_string();
    if let Err(error) = sd_notify::notify(&[state]) {
        warn!(%error, "systemd was not told `{told}`: {error}");
    }
}
