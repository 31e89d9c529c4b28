//! What one worker counts in the minute that goes on.

use std::collections::VecDeque;

use foldhash::HashMap;
use paifang_model::id::{ApiId, AppId, GroupId, StageId};
use paifang_model::telemetry::{CallMethod, Figures, MINUTE_MS};

use super::minute::{ApiRow, Minute, figures};
use crate::observe::Record;

/// APIs that a worker tells apart within a minute, each stage and method on its own; and as many apps, each with the API
/// and the stage that it called. Calls of more than these are counted together.
pub const KEYS_AT_MOST: usize = 4096;

/// Minutes that wait at a worker for whoever collects them; older ones are let go.
const WAITING_AT_MOST: usize = 10;

pub(super) type ApiKey = (ApiId, StageId, CallMethod);
pub(super) type AppKey = (AppId, ApiId, StageId);

/// What one worker counts.
#[derive(Debug, Default)]
pub struct Rollup {
    /// The minute that goes on: minutes since 1970.
    minute: i64,
    apis: HashMap<ApiKey, (GroupId, Figures)>,
    apps: HashMap<AppKey, Figures>,
    /// Calls of no API, by method, and those of APIs without a row.
    without_api: [Figures; CallMethod::ALL.len()],
    other_apis: [Figures; CallMethod::ALL.len()],
    other_apps: Figures,
    /// Minutes that are over.
    waiting: VecDeque<Minute>,
}

impl Rollup {
    /// Counts a call that is over, in the minute in which it ended.
    pub(in crate::observe) fn count(&mut self, record: &Record) {
        let took_ms = i64::try_from(record.total.as_millis()).unwrap_or(i64::MAX);
        self.turn(record.at_ms.saturating_add(took_ms) / MINUTE_MS);
        let (figures, method) = (figures(record), CallMethod::of(record.method.as_str()));
        let Some(route) = &record.route else {
            self.without_api[method as usize] += figures;
            return;
        };
        let key = (route.api, route.stage.id, method);
        match row(&mut self.apis, key, || (route.group.id, Figures::default())) {
            Some((_, row)) => *row += figures,
            None => self.other_apis[method as usize] += figures,
        }
        if let Some(app) = &record.app {
            let row = row(&mut self.apps, (app.id, route.api, route.stage.id), Figures::default);
            *row.unwrap_or(&mut self.other_apps) += figures;
        }
    }

    /// What was counted in the minutes that are over by `minute`, oldest first.
    pub(crate) fn ended(&mut self, minute: i64) -> VecDeque<Minute> {
        self.turn(minute);
        std::mem::take(&mut self.waiting)
    }

    /// What was counted, all of it.
    pub(crate) fn all(&mut self) -> VecDeque<Minute> {
        self.set_aside();
        std::mem::take(&mut self.waiting)
    }

    /// Takes back what nobody took.
    pub(crate) fn give_back(&mut self, mut minutes: VecDeque<Minute>) {
        minutes.append(&mut self.waiting);
        self.waiting = minutes;
        self.let_go();
    }

    /// A minute goes on: another one than before is over. Clocks are set back too.
    fn turn(&mut self, minute: i64) {
        if self.minute != minute {
            self.set_aside();
            self.minute = minute;
        }
    }

    /// Lets what was counted wait. The tables keep their size: the next minute needs about as much.
    fn set_aside(&mut self) {
        let minute = Minute {
            minute: self.minute,
            apis: self.apis.drain().map(|(key, (group, figures))| ApiRow { key, group, figures }).collect(),
            apps: self.apps.drain().collect(),
            without_api: std::mem::take(&mut self.without_api),
            other_apis: std::mem::take(&mut self.other_apis),
            other_apps: std::mem::take(&mut self.other_apps),
        };
        if !minute.is_empty() {
            self.waiting.push_back(minute);
            self.let_go();
        }
    }

    fn let_go(&mut self) {
        let too_many = self.waiting.len().saturating_sub(WAITING_AT_MOST);
        self.waiting.drain(..too_many);
    }
}

/// The row of a key, while there is room for it.
fn row<K: Eq + std::hash::Hash, V>(
    table: &mut HashMap<K, V>,
    key: K,
    begin: impl FnOnce() -> V,
) -> Option<&mut V> {
    if table.len() >= KEYS_AT_MOST {
        return table.get_mut(&key);
    }
    Some(table.entry(key).or_insert_with(begin))
}
