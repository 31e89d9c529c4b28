//! Figures of calls, minute by minute: what is counted, and of which calls. They are no documents: nothing refers to
//! them, and up to a minute of them may be lost.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::id::{ApiId, AppId, GroupId, StageId};

/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;

/// Figures of calls that ended within some time. Those of two times, or of two nodes, are added up.
///
/// Times are in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls.
    pub requests: u64,
    /// Of these, those answered with a status from 200 to 299.
    pub status_2xx: u64,
    /// With a status from 400 to 499; also calls whose client went away before there was an answer.
    pub status_4xx: u64,
    /// With a status from 500 to 599.
    pub status_5xx: u64,
    /// That the gateway refused: the caller could not prove who it is, a limit was reached, and the like.
    pub refused: u64,
    /// That failed: at the gateway, on the way to the backend, or because its answer broke off.
    pub failed: u64,
    /// Data bytes of bodies from clients.
    pub bytes_in: u64,
    /// Data bytes of bodies to clients.
    pub bytes_out: u64,
    /// From arrival to the end of the reply, of all calls together.
    pub total_us: u64,
    /// The longest of them.
    pub total_max_us: u64,
    /// Calls that a backend answered.
    pub backend_calls: u64,
    /// From sending to the head of the backend's answer, of these together.
    pub backend_us: u64,
    /// The longest of them.
    pub backend_max_us: u64,
    /// The longest time of a call without that of its backend.
    pub gateway_max_us: u64,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        let Self { requests, status_2xx, status_4xx, status_5xx, refused, failed, .. } = self;
        let sums = [
            (requests, other.requests),
            (status_2xx, other.status_2xx),
            (status_4xx, other.status_4xx),
            (status_5xx, other.status_5xx),
            (refused, other.refused),
            (failed, other.failed),
            (&mut self.bytes_in, other.bytes_in),
            (&mut self.bytes_out, other.bytes_out),
            (&mut self.total_us, other.total_us),
            (&mut self.backend_calls, other.backend_calls),
            (&mut self.backend_us, other.backend_us),
        ];
        for (sum, more) in sums {
            *sum = sum.saturating_add(more);
        }
        self.total_max_us = self.total_max_us.max(other.total_max_us);
        self.backend_max_us = self.backend_max_us.max(other.backend_max_us);
        self.gateway_max_us = self.gateway_max_us.max(other.gateway_max_us);
    }
}

/// Of which calls figures are. The same call is counted in a series of each kind that it belongs to, so that each is
/// read without adding up the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Series {
    /// Every call, those that found no API among them.
    All(CallMethod),
    /// Those of a group.
    Group(GroupId, StageId, CallMethod),
    /// Those of an API.
    Api(ApiId, StageId, CallMethod),
    /// Those of an app.
    App(AppId, ApiId, StageId),
    /// Those whose group found no room among the groups of its minute.
    OtherGroups,
    /// Those whose API found no room among the APIs of its minute.
    OtherApis,
    /// Those whose app found no room among the apps of its minute.
    OtherApps,
}

/// Figures of the calls of a series that ended in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinuteRow {
    /// The minute: minutes since 1970.
    pub minute: i64,
    /// Of which calls.
    pub series: Series,
    /// The figures.
    pub figures: Figures,
}

/// The method of a call, of those that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum CallMethod {
    /// GET.
    Get,
    /// HEAD.
    Head,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
    /// OPTIONS.
    Options,
    /// Any other.
    Other,
}

impl CallMethod {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Head, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Options, Self::Other];

    /// The method as on the request line.
    #[must_use]
    pub fn of(method: &str) -> Self {
        Self::ALL.into_iter().find(|known| known.name() == method).unwrap_or(Self::Other)
    }

    /// Its name in the database and in answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Other => "OTHER",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_added_and_the_longer_time_stays() {
        let mut sum = Figures { requests: 1, total_us: 5, total_max_us: 5, ..Figures::default() };
        sum += Figures { requests: 2, total_us: 4, total_max_us: 3, backend_max_us: 2, ..Figures::default() };
        let expected =
            Figures { requests: 3, total_us: 9, total_max_us: 5, backend_max_us: 2, ..Figures::default() };
        assert_eq!(sum, expected);
    }

    #[test]
    fn a_method_is_one_of_those_told_apart() {
        assert_eq!(CallMethod::of("PATCH"), CallMethod::Patch);
        assert_eq!(CallMethod::of("TRACE"), CallMethod::Other);
        assert_eq!(CallMethod::of("get"), CallMethod::Other);
    }
}
