//! Does what tasks wait for: one runner works at a time, wherever it is.
//!
//! Several items are done at the same time, so that their commits share a transaction, but never so many that somebody
//! who commits meanwhile would wait for more than one of those. A runner that is cut off, or takes longer than its
//! lease, does no harm: an item that another one has settled refuses its change.

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use paifang_model::Id;
use paifang_store::{
    Direction, ItemState, Lease, Settled, Task, TaskItem, TaskItemQuery, TaskQuery, TaskState,
};
use tracing::{debug, info, warn};

use super::{Errand, ItemPlace, Performed, TaskKind, reason};
use crate::control::{Context, Control};
use crate::error::{Error, Refusal};

/// Errands done at the same time on behalf of one request or task; a quarter of the changes that share one transaction.
pub const ERRANDS_AT_ONCE: usize = 16;

/// Items looked up at once, and done before the lease is renewed.
const PAGE: u32 = 64;

/// How long others leave the work to a runner that they hear nothing of, in milliseconds.
const LEASE: i64 = 10_000;

/// How often it is looked whether another process made a task; those of this one are heard of at once.
const POLL: Duration = Duration::from_secs(2);

/// How long a store that fails is left alone.
const REST: Duration = Duration::from_secs(1);

/// How often an item is tried when what stopped it may have passed.
const TRIES: usize = 3;

/// How long it is waited between two tries.
const PAUSE: Duration = Duration::from_millis(50);

/// Does what tasks wait for.
pub struct TaskRunner {
    control: Control,
    /// Who holds the lease.
    holder: Id,
}

impl TaskRunner {
    /// For all tasks of a store. `holder` is who works, the same from one start to the next: whoever was killed and
    /// starts again takes its own lease back at once, where everybody else waits until it runs out. No two that live at
    /// a time may be the same.
    #[must_use]
    pub fn new(control: Control, holder: Id) -> Self {
        Self { control, holder }
    }

    /// Works until it is told to stop. What is under way then is done or not done as a whole, and the rest waits for
    /// whoever starts next.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        tokio::select! {
            () = self.work() => {}
            () = stop => {}
        }
        if let Err(error) = self.give_back().await {
            warn!(%error, "The lease on tasks runs out by itself");
        }
    }

    async fn work(&self) {
        loop {
            let wait = match self.work_off().await {
                Ok(()) => POLL,
                Err(error) => {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    warn!(%error, cause, "Tasks wait: the store cannot be used");
                    REST
                }
            };
            tokio::select! {
                () = self.control.task_made().notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Does everything that waits, unless another runner does.
    ///
    /// # Errors
    /// When the store is away; what waits then still waits.
    pub async fn work_off(&self) -> Result<(), Error> {
        let mut worked = false;
        while let Some(task) = self.next().await? {
            if !self.take_lease().await? {
                debug!("Another process does what tasks wait for");
                return Ok(());
            }
            worked = true;
            if !self.page(&task).await? {
                break;
            }
        }
        if worked { self.give_back().await } else { Ok(()) }
    }

    /// The oldest task with something to do that this version knows.
    async fn next(&self) -> Result<Option<Task>, Error> {
        let kinds = TaskKind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
        let (state, direction) = (Some(TaskState::Open), Direction::Ascending);
        let query = TaskQuery { state, kinds, direction, after: None, limit: 1 };
        Ok(self.control.documents().tasks(&query).await?.tasks.pop())
    }

    /// Does some items of a task; whether any waited.
    async fn page(&self, task: &Task) -> Result<bool, Error> {
        let state = Some(ItemState::Waiting);
        let query = TaskItemQuery { task: task.id, state, after: None, limit: PAGE };
        let items = self.control.documents().task_items(&query).await?.items;
        let found = !items.is_empty();
        let all = stream::iter(items).map(Ok::<_, Error>);
        all.try_for_each_concurrent(ERRANDS_AT_ONCE, |item| self.item(task, item)).await?;
        let counts = self.control.documents().find_task(task.id).await?.counts;
        info!(
            task.id = %task.id, waiting = counts.waiting, done = counts.done, skipped = counts.skipped,
            failed = counts.failed, "Task `{}`: {} of {} settled", task.kind, counts.items() - counts.waiting,
            counts.items()
        );
        Ok(found)
    }

    /// Does an item, and notes how it went; what is done has noted itself.
    async fn item(&self, task: &Task, item: TaskItem) -> Result<(), Error> {
        let place = ItemPlace { task: task.id, number: item.number };
        let how = match self.attempts(task, &item, place).await {
            Ok(Performed::AlreadyGranted(_)) => Settled::Skipped(None),
            Ok(Performed::AlreadySo(why)) => Settled::Skipped(Some(reason::written(&why))),
            Ok(_) | Err(Error::Refused(Refusal::ItemSettled)) => return Ok(()),
            Err(error) => Settled::Failed(reason::written(&error)),
        };
        match self.control.documents().settle(self.control.now(), place.settlement(how)).await {
            Err(Error::Refused(Refusal::ItemSettled)) => Ok(()),
            settled => settled,
        }
    }

    /// Tries an item, more than once when what stopped it may pass by itself.
    async fn attempts(&self, task: &Task, item: &TaskItem, place: ItemPlace) -> Result<Performed, Error> {
        for _ in 1..TRIES {
            match self.attempt(task, item, place).await {
                Err(Error::Unavailable(_) | Error::Raced(_) | Error::RevisionMismatch { .. }) => {
                    tokio::time::sleep(PAUSE).await;
                }
                settled => return settled,
            }
        }
        self.attempt(task, item, place).await
    }

    /// Tries an item once, with the authority that whoever made the task has by now.
    async fn attempt(&self, task: &Task, item: &TaskItem, place: ItemPlace) -> Result<Performed, Error> {
        let errand: Errand =
            serde_json::from_slice(&item.body).map_err(|error| Error::Unavailable(Box::new(error)))?;
        match self.control.principal(task.made_by).await? {
            Some(principal) => {
                let context =
                    Context { control: self.control.clone(), principal, item: Some(place), manifest: None };
                context.perform(&errand).await
            }
            None => {
                let (action, resource) = (errand.action(), errand.resource());
                Err(self.control.deny(&task.actor, action, &resource, Some(place)).await.into())
            }
        }
    }

    async fn take_lease(&self) -> Result<bool, Error> {
        let now = self.control.now();
        self.control.documents().take_lease(now, self.lease(now + LEASE)).await
    }

    async fn give_back(&self) -> Result<(), Error> {
        let now = self.control.now();
        self.control.documents().give_back(now, self.lease(now)).await
    }

    fn lease(&self, until: i64) -> Lease {
        Lease { name: "tasks", holder: self.holder, until }
    }
}
