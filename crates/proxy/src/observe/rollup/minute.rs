//! What one worker counted in one minute, and what one call adds to it.

use paifang_model::id::GroupId;
use paifang_model::telemetry::{CallMethod, Figures};

use super::tables::{ApiKey, AppKey};
use crate::observe::{End, Record};

/// What one worker counted in one minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Minute {
    /// Minutes since 1970.
    pub(super) minute: i64,
    pub(super) apis: Vec<ApiRow>,
    pub(super) apps: Vec<(AppKey, Figures)>,
    pub(super) without_api: [Figures; CallMethod::ALL.len()],
    pub(super) other_apis: [Figures; CallMethod::ALL.len()],
    pub(super) other_apps: Figures,
}

/// An API's part of a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ApiRow {
    pub(super) key: ApiKey,
    pub(super) group: GroupId,
    pub(super) figures: Figures,
}

impl Minute {
    pub(super) fn is_empty(&self) -> bool {
        // An app calls nothing but APIs.
        let nothing = |figures: &[Figures]| figures.iter().all(|figures| figures.requests == 0);
        self.apis.is_empty() && nothing(&self.without_api) && nothing(&self.other_apis)
    }
}

/// What a call that is over adds.
pub(super) fn figures(record: &Record) -> Figures {
    let is_class = |hundreds| u64::from(record.status.as_u16() / 100 == hundreds);
    let total_us = micros(record.total);
    let backend_us = record.backend.map_or(0, micros);
    let (refused, failed) = went_wrong(record);
    Figures {
        requests: 1,
        status_2xx: is_class(2),
        status_4xx: is_class(4),
        status_5xx: is_class(5),
        refused: u64::from(refused),
        failed: u64::from(failed),
        bytes_in: record.bytes_in,
        bytes_out: record.bytes_out,
        total_us,
        total_max_us: total_us,
        backend_calls: u64::from(record.backend.is_some()),
        backend_us,
        backend_max_us: backend_us,
        gateway_max_us: total_us.saturating_sub(backend_us),
    }
}

/// Whether the gateway refused a call, and whether it failed: never both.
fn went_wrong(record: &Record) -> (bool, bool) {
    let is_answer_of_gateway = record.error.is_some();
    let is_refusal = is_answer_of_gateway && !record.status.is_server_error();
    (is_refusal, !is_refusal && (is_answer_of_gateway || record.end == End::BackendBroke))
}

fn micros(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
