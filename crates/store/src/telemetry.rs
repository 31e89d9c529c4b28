//! Figures of calls, minute by minute, as the nodes counted them. They are no documents: they have a table of their own,
//! beside the feed, and writing them neither is a revision nor queues with changes.

use async_trait::async_trait;
use paifang_model::Id;
use paifang_model::id::{ApiId, AppId, GroupId, StageId};
use paifang_model::telemetry::{CallMethod, Figures, MinuteRow};

use crate::error::StoreError;

/// Where nodes keep the figures of their calls.
#[async_trait]
pub trait TelemetryTable: Send + Sync {
    /// Adds to what a node counted. Each minute and series is at most once among the rows. Not all of it or nothing: what
    /// fails in the middle has added the first of them, and says how many.
    ///
    /// # Errors
    /// When the database fails, with the number of rows that were added.
    async fn add_telemetry(&self, node: Id, rows: &[MinuteRow]) -> Result<(), TelemetryNotAdded>;

    /// The figures of all nodes together, a point for each step in which there were calls; oldest first.
    ///
    /// # Errors
    /// When the database fails, or holds a row that is none of ours.
    async fn read_telemetry(&self, query: &TelemetryQuery) -> Result<Vec<TelemetryPoint>, StoreError>;

    /// Forgets the minutes before one, a few at a time, so that nobody who writes waits long.
    ///
    /// # Errors
    /// When the database fails.
    async fn forget_telemetry(&self, before: i64) -> Result<(), StoreError>;
}

/// Not all rows were added.
#[derive(Debug, thiserror::Error)]
#[error("{added} rows were added before it failed")]
pub struct TelemetryNotAdded {
    /// How many were, from the first on.
    pub added: usize,
    /// Why not the others.
    #[source]
    pub source: StoreError,
}

/// Which figures are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TelemetryQuery {
    /// Of these calls.
    pub calls: CallsOf,
    /// With this method alone; an app's calls are not told apart by it.
    pub method: Option<CallMethod>,
    /// Not before this minute: minutes since 1970.
    pub since: i64,
    /// Before this minute.
    pub until: i64,
    /// Minutes that make a point, at least 1; points begin where the minute is divisible by it.
    pub step: u32,
}

/// Whose calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallsOf {
    /// Everybody's.
    All,
    /// Those to a group, in one stage or in all of them.
    Group(GroupId, Option<StageId>),
    /// Those to an API, in one stage or in all of them.
    Api(ApiId, Option<StageId>),
    /// Those of an app, to one API or to all, in one stage or in all.
    App(AppId, Option<ApiId>, Option<StageId>),
    /// Those that were not counted for their group, because there were too many groups in a minute.
    OtherGroups,
    /// The same for APIs.
    OtherApis,
    /// The same for apps.
    OtherApps,
}

/// The figures of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TelemetryPoint {
    /// The minute in which it begins: minutes since 1970.
    pub minute: i64,
    /// What was counted in it.
    pub figures: Figures,
}
