//! The store, for reading. Committing is seen by [`super::Permission`] alone.

use std::sync::Arc;

use paifang_model::id::TaskId;
use paifang_model::{Id, Key, Record};
use paifang_store::{
    AuditPage, AuditQuery, Batch, Commit, CommitError, Conflict, Filter, Keys, Lease, ListError, Page, Query,
    ReadError, Settlement, Store, StoreExt, Stored, Task, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery,
    TaskWrite,
};
use tracing::warn;

use super::refusal;
use crate::change::Places;
use crate::error::Error;

/// Every document there is.
#[derive(Clone)]
pub(crate) struct Documents(Arc<dyn Store>);

impl Documents {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }

    pub(super) async fn commit(&self, batch: Batch) -> Result<Commit, CommitError> {
        self.0.commit(batch).await
    }

    /// The document with this id, if there is one.
    pub(crate) async fn look<R: Record>(&self, id: impl Into<Id> + Send) -> Result<Option<Stored<R>>, Error> {
        Ok(self.0.get_as::<R>(id).await?)
    }

    /// The document with this id.
    pub(crate) async fn find<R: Record>(&self, id: impl Into<Id> + Send) -> Result<Stored<R>, Error> {
        let id = id.into();
        self.look(id).await?.ok_or_else(|| Error::not_found(R::KIND, id))
    }

    /// The document with this id, when it belongs to this other one.
    pub(crate) async fn find_in<R: Record>(
        &self,
        scope: impl Into<Id> + Send,
        id: impl Into<Id> + Send,
    ) -> Result<Stored<R>, Error> {
        let (scope, id) = (scope.into(), id.into());
        let found = self.look::<R>(id).await?.filter(|found| found.value.scope() == scope);
        found.ok_or_else(|| Error::not_found(R::KIND, id))
    }

    /// Whether there is a document, readable or not.
    pub(crate) async fn is_there(&self, key: Key) -> Result<bool, Error> {
        match self.0.get(key).await {
            Ok(found) => Ok(found.is_some()),
            Err(ReadError::Unreadable(_)) => Ok(true),
            Err(ReadError::Store(error)) => Err(error.into()),
        }
    }

    /// One page.
    pub(crate) async fn list<R: Record>(&self, query: &Query) -> Result<Page<Stored<R>>, Error> {
        Ok(self.0.list_as::<R>(query).await?)
    }

    /// All that match and can be read, page by page; for what is known to be few. The others are set aside, so that one
    /// damaged document does not stop work on its neighbours.
    pub(crate) async fn all<R: Record>(&self, query: Query) -> Result<Vec<Stored<R>>, Error> {
        let mut query = query.limit(paifang_store::MAX_LIMIT);
        let mut all = Vec::new();
        loop {
            let page = self.list::<R>(&query).await?;
            for item in page.items {
                match item {
                    Ok(item) => all.push(item),
                    Err(error) => warn!(%error, "Set aside a document of kind `{}`", query.kind),
                }
            }
            match page.next {
                Some(cursor) => query = query.after(cursor),
                None => return Ok(all),
            }
        }
    }

    /// How many match.
    pub(crate) async fn count(&self, query: Query) -> Result<u64, Error> {
        let page = self.0.list(&query.limit(1).counted()).await?;
        Ok(page.total.unwrap_or_default())
    }

    /// The only one with this value in a unique field.
    pub(crate) async fn find_by<R: Record>(
        &self,
        field: &'static str,
        value: String,
        shown: &str,
    ) -> Result<Stored<R>, Error> {
        let query = Query::of::<R>().filter(Filter::Eq(field, value)).limit(1);
        match self.list::<R>(&query).await?.items.into_iter().next() {
            Some(found) => Ok(found?),
            None => Err(Error::not_found(R::KIND, shown)),
        }
    }

    /// What may be told about the keys.
    pub(crate) async fn keys(&self) -> Result<Keys, Error> {
        Ok(self.0.keys().await?)
    }

    /// The newest revision.
    pub(crate) async fn head(&self) -> Result<u64, Error> {
        Ok(self.0.head().await?)
    }

    /// One page of audit lines, newest first.
    pub(crate) async fn audit(&self, query: &AuditQuery) -> Result<AuditPage, ListError> {
        self.0.audit(query).await
    }

    pub(crate) async fn find_task(&self, id: TaskId) -> Result<Task, Error> {
        self.0.task(id).await?.ok_or(Error::NoTask(id))
    }

    /// One page of tasks.
    pub(crate) async fn tasks(&self, query: &TaskQuery) -> Result<TaskPage, Error> {
        Ok(self.0.tasks(query).await?)
    }

    /// One page of the items of a task.
    pub(crate) async fn task_items(&self, query: &TaskItemQuery) -> Result<TaskItemPage, Error> {
        Ok(self.0.task_items(query).await?)
    }
}

/// Keeping the books of tasks, in which no document is written: it needs no permission.
impl Documents {
    /// Says that nothing was done for an item, and why.
    pub(crate) async fn settle(&self, now: i64, settlement: Settlement) -> Result<(), Error> {
        self.note(now, TaskWrite::Settle(settlement)).await.map_err(explain)
    }

    /// Takes a lease, or renews it; whether it is held now.
    pub(crate) async fn take_lease(&self, now: i64, lease: Lease) -> Result<bool, Error> {
        match self.note(now, TaskWrite::Take(lease)).await {
            Ok(()) => Ok(true),
            Err(CommitError::Refused(conflicts)) if matches!(conflicts.0[..], [Conflict::Leased { .. }]) => {
                Ok(false)
            }
            Err(error) => Err(explain(error)),
        }
    }

    /// Gives a lease back.
    pub(crate) async fn give_back(&self, now: i64, lease: Lease) -> Result<(), Error> {
        self.note(now, TaskWrite::GiveBack(lease)).await.map_err(explain)
    }

    /// Forgets tasks that ended before a time.
    pub(crate) async fn forget_tasks(&self, now: i64, ended_before: i64) -> Result<(), Error> {
        self.note(now, TaskWrite::Forget { ended_before }).await.map_err(explain)
    }

    async fn note(&self, now: i64, write: TaskWrite) -> Result<(), CommitError> {
        self.0.commit(Batch::at(now).task(write)).await.map(|_| ())
    }
}

fn explain(error: CommitError) -> Error {
    refusal::explain(error, &Places::default())
}
