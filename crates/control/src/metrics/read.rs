//! Reads figures of calls.

use paifang_model::id::{ApiId, AppId, GroupId, StageId};
use paifang_model::telemetry::{CallMethod, Figures, MINUTE_MS};
use paifang_model::{Api, App, Group, Rule, Violations};
use paifang_store::{CallsOf, TelemetryPoint, TelemetryQuery};

use super::range::{Range, Step};
use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

/// Which figures are wanted. Of all calls, unless a group, an API or an app is named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MetricsQuery {
    /// Of calls to this group.
    pub group: Option<GroupId>,
    /// Of calls to this API.
    pub api: Option<ApiId>,
    /// In this stage alone, of a group, an API or an app.
    pub stage: Option<StageId>,
    /// Of this app's calls; with an API, of its calls to that.
    pub app: Option<AppId>,
    /// Of calls with this method; not of an app's.
    pub method: Option<CallMethod>,
    /// From this time on, in milliseconds since 1970; none: for an hour.
    pub since: Option<i64>,
    /// Up to this time, in milliseconds since 1970; none: now.
    pub until: Option<i64>,
    /// How long each point is; none: as makes a chart.
    pub step: Option<Step>,
}

/// Figures of calls over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// From when on, in milliseconds since 1970: the beginning of a step.
    pub since: i64,
    /// Up to when: the end of a step, which may be in the future.
    pub until: i64,
    /// How long each point is.
    pub step: Step,
    /// Of the whole time.
    pub sum: Figures,
    /// Of each step, also of those in which there were no calls; oldest first.
    pub points: Vec<MetricsPoint>,
    /// Calls in this time that may be missing, because in their minute there were more groups, APIs or apps than are told
    /// apart.
    pub others: u64,
}

/// Figures of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricsPoint {
    /// When it begins, in milliseconds since 1970.
    pub at: i64,
    /// What was counted.
    pub figures: Figures,
}

impl Context {
    /// Figures of calls that ended within a time, of all nodes together. Those of other nodes come up to a minute late.
    ///
    /// # Errors
    /// When the caller may not, there is no such group, API or app, what is set does not go together, the time is none or
    /// too long, or the store is away.
    pub async fn read_metrics(&self, query: MetricsQuery) -> Result<Metrics, Error> {
        let (path, calls, others) = self.metered(query).await?;
        self.may(Action::ReadMetrics, &path).await?;
        let range = query.check(self.control.now())?;
        let asked = |calls| TelemetryQuery {
            calls,
            method: query.method,
            since: range.since,
            until: range.until,
            step: range.step.minutes(),
        };
        let Some(telemetry) = self.control.telemetry() else { return Ok(range.filled(&[], &[])) };
        let points = telemetry.read(&asked(calls)).await?;
        let others = match others {
            Some(others) => telemetry.read(&TelemetryQuery { method: None, ..asked(others) }).await?,
            None => Vec::new(),
        };
        Ok(range.filled(&points, &others))
    }

    /// Whose calls are asked for, and where calls are counted that are not told apart by that.
    async fn metered(&self, query: MetricsQuery) -> Result<(ResourcePath, CallsOf, Option<CallsOf>), Error> {
        let MetricsQuery { group, api, stage, app, .. } = query;
        let documents = self.documents();
        let api = match (api, group) {
            (Some(api), Some(group)) => Some(documents.find_in::<Api>(group, api).await?.value),
            (Some(api), None) => Some(documents.find::<Api>(api).await?.value),
            (None, _) => None,
        };
        Ok(match (app, &api, group) {
            (Some(app), api, _) => {
                documents.find::<App>(app).await?;
                let calls = CallsOf::App(app, api.as_ref().map(|api| api.id), stage);
                (crate::app::path(app).then_all(Noun::Metrics), calls, Some(CallsOf::OtherApps))
            }
            (None, Some(api), _) => {
                let path = crate::api::path_of(api).then_all(Noun::Metrics);
                (path, CallsOf::Api(api.id, stage), Some(CallsOf::OtherApis))
            }
            (None, None, Some(group)) => {
                documents.find::<Group>(group).await?;
                let path = crate::group::path(group).then_all(Noun::Metrics);
                (path, CallsOf::Group(group, stage), Some(CallsOf::OtherGroups))
            }
            (None, None, None) => (ResourcePath::all(Noun::Metrics), CallsOf::All, None),
        })
    }
}

impl MetricsQuery {
    /// All complaints about what does not go together, and about the time.
    fn check(&self, now: i64) -> Result<Range, Violations> {
        let mut violations = Violations::new();
        let mut conflict = |pointer, message: &str| violations.add(pointer, Rule::Conflict, message);
        if self.app.is_some() && self.method.is_some() {
            conflict("/method", "the calls of an app are not told apart by their method");
        }
        if self.app.is_some() && self.group.is_some() && self.api.is_none() {
            conflict("/group", "the calls of an app are told apart by API, not by group");
        }
        if self.stage.is_some() && self.app.is_none() && self.group.is_none() && self.api.is_none() {
            conflict("/stage", "a stage is one of a group, an API or an app: name one too");
        }
        match Range::of(self.since, self.until, self.step, now) {
            Ok(range) => violations.or(range),
            Err(more) => {
                violations.nest("", more);
                Err(violations)
            }
        }
    }
}

impl Range {
    /// With a point for every step.
    fn filled(self, points: &[TelemetryPoint], others: &[TelemetryPoint]) -> Metrics {
        let mut sum = Figures::default();
        points.iter().for_each(|point| sum += point.figures);
        let mut counted = points.iter().peekable();
        let begins = (self.since..self.until).step_by(self.step.minutes() as usize);
        let filled = begins.map(|minute| {
            let figures = counted.next_if(|point| point.minute == minute).map(|point| point.figures);
            MetricsPoint { at: minute * MINUTE_MS, figures: figures.unwrap_or_default() }
        });
        Metrics {
            since: self.since * MINUTE_MS,
            until: self.until * MINUTE_MS,
            step: self.step,
            sum,
            points: filled.collect(),
            others: others.iter().map(|point| point.figures.requests).sum(),
        }
    }
}
