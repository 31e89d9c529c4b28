//! Tasks and their items, settled with the change they made; leases.

use paifang_model::Id;
use paifang_model::id::{TaskId, UserId};
use paifang_model::record::Key;
use paifang_store::{
    AuditQuery, BadQuery, Batch, Conflict, Cursor, Direction, Expectation, ItemState, Lease, ListError,
    NewTask, Settled, Settlement, Store, StoreExt as _, TaskCounts, TaskItemQuery, TaskQuery, TaskState,
    TaskWrite,
};
use serde_json::json;

use crate::nouns::{Group, id};
use crate::suite::{Home, NOW, commit, put, refused};

fn task(number: u16) -> TaskId {
    TaskId(id(number))
}

fn new(number: u16, items: usize) -> TaskWrite {
    let items = (0..items).map(|index| format!("{{\"n\":{index}}}").into_bytes()).collect();
    let (kind, actor) = ("paint".to_owned(), "ann".to_owned());
    TaskWrite::Create(NewTask { id: task(number), kind, made_by: UserId(id(9)), actor, items })
}

/// A change that makes a small task.
pub(crate) fn small() -> Batch {
    Batch::at(NOW).task(new(1, 2))
}

fn settle(number: u16, item: u32, how: Settled) -> TaskWrite {
    TaskWrite::Settle(Settlement { task: task(number), number: item, how })
}

async fn write(store: &dyn Store, at: i64, write: TaskWrite) {
    commit(store, Batch::at(at).task(write)).await;
}

async fn counts(store: &dyn Store, number: u16) -> (TaskState, TaskCounts) {
    let task = store.task(task(number)).await.unwrap().unwrap();
    (task.state, task.counts)
}

fn items(number: u16) -> TaskItemQuery {
    TaskItemQuery { task: task(number), state: None, after: None, limit: 500 }
}

fn tasks() -> TaskQuery {
    let (state, kinds) = (None, Vec::new());
    TaskQuery { state, kinds, direction: Direction::Ascending, after: None, limit: 500 }
}

pub(crate) async fn a_task_is_made_with_its_items_in_their_order(home: impl Home) {
    let store = home.store();
    assert_eq!(store.task(task(1)).await.unwrap(), None);
    let line = paifang_store::AuditLine {
        at: NOW,
        actor: "ann".into(),
        action: "task:create".into(),
        resource: "task/1".into(),
        outcome: "done".into(),
        detail: json!({}),
    };
    commit(store, Batch::at(NOW).task(new(1, 300)).audit(line)).await;
    assert_eq!(store.head().await.unwrap(), 0, "a task makes no revision");
    assert_eq!(store.audit(&AuditQuery::default()).await.unwrap().lines.len(), 1);
    let made = store.task(task(1)).await.unwrap().unwrap();
    assert_eq!((made.kind.as_str(), made.actor.as_str(), made.made_by), ("paint", "ann", UserId(id(9))));
    assert_eq!((made.created_at, made.ended_at, made.state), (NOW, None, TaskState::Open));
    assert_eq!(made.counts, TaskCounts { waiting: 300, ..TaskCounts::default() });
    let page = store.task_items(&items(1)).await.unwrap();
    let numbers: Vec<_> = page.items.iter().map(|item| item.number).collect();
    assert_eq!(numbers, (0..300).collect::<Vec<_>>());
    assert_eq!(page.items[299].body, br#"{"n":299}"#);
}

pub(crate) async fn an_item_is_settled_with_its_change_and_once(home: impl Home) {
    let store = home.store();
    write(store, NOW, new(1, 2)).await;
    let change = |name| put(&Group::new(1, name)).task(settle(1, 0, Settled::Done));
    let revision = commit(store, change("pets")).await;
    let item = store.task_items(&items(1)).await.unwrap().items.swap_remove(0);
    assert_eq!((item.state, item.revision, item.settled_at), (ItemState::Done, Some(revision), Some(NOW)));
    let conflicts = refused(store, change("dogs")).await;
    assert!(matches!(conflicts[..], [Conflict::NotWaiting { number: 0, .. }]), "{conflicts:?}");
    let group = store.get_as::<Group>(id(1)).await.unwrap().unwrap();
    assert_eq!(group.value.name, "pets", "who comes second changes nothing");
    let nowhere = put(&Group::new(2, "cats")).task(settle(7, 0, Settled::Done));
    refused(store, nowhere).await;
    refused(store, Batch::at(NOW).task(settle(1, 2, Settled::Done))).await;
}

pub(crate) async fn a_refused_change_leaves_its_item_waiting(home: impl Home) {
    let store = home.store();
    write(store, NOW, new(1, 1)).await;
    let there = Expectation::Present(Key::of::<Group>(id(1)));
    refused(store, put(&Group::new(1, "pets")).expect(there).task(settle(1, 0, Settled::Done))).await;
    assert_eq!(counts(store, 1).await, (TaskState::Open, TaskCounts { waiting: 1, ..TaskCounts::default() }));
}

pub(crate) async fn the_last_item_ends_its_task(home: impl Home) {
    let store = home.store();
    write(store, NOW, new(1, 3)).await;
    write(store, NOW, settle(1, 1, Settled::Skipped(None))).await;
    write(store, NOW, settle(1, 2, Settled::Skipped(Some(b"\"so already\"".to_vec())))).await;
    assert_eq!(counts(store, 1).await.0, TaskState::Open);
    write(store, NOW + 5, settle(1, 0, Settled::Failed(b"\"no\"".to_vec()))).await;
    let ended = TaskCounts { skipped: 2, failed: 1, ..TaskCounts::default() };
    assert_eq!(counts(store, 1).await, (TaskState::Done, ended));
    assert_eq!(store.task(task(1)).await.unwrap().unwrap().ended_at, Some(NOW + 5));
    let page = store.task_items(&items(1)).await.unwrap();
    let reasons: Vec<_> = page.items.iter().map(|item| item.reason.as_deref()).collect();
    assert_eq!(reasons, [Some(&b"\"no\""[..]), None, Some(b"\"so already\"")]);
}

pub(crate) async fn what_is_canceled_is_settled(home: impl Home) {
    let store = home.store();
    write(store, NOW, new(1, 3)).await;
    write(store, NOW, settle(1, 1, Settled::Done)).await;
    write(store, NOW + 1, TaskWrite::Cancel(task(1))).await;
    let canceled = TaskCounts { done: 1, canceled: 2, ..TaskCounts::default() };
    assert_eq!(counts(store, 1).await, (TaskState::Canceled, canceled));
    for late in [settle(1, 0, Settled::Done), TaskWrite::Cancel(task(1)), TaskWrite::Cancel(task(2))] {
        refused(store, put(&Group::new(1, "pets")).task(late)).await;
    }
    assert!(store.get_as::<Group>(id(1)).await.unwrap().is_none());
    assert_eq!(counts(store, 1).await, (TaskState::Canceled, canceled));
}

pub(crate) async fn tasks_are_listed_either_way_by_state_and_kind(home: impl Home) {
    let store = home.store();
    for number in [3, 1, 2] {
        write(store, NOW + i64::from(number), new(number, 1)).await;
    }
    write(store, NOW, settle(2, 0, Settled::Done)).await;
    let found = async |query: TaskQuery| {
        let tasks = store.tasks(&query).await.unwrap().tasks;
        tasks.iter().map(|task| task.created_at - NOW).collect::<Vec<_>>()
    };
    let newest = TaskQuery { direction: Direction::Descending, ..tasks() };
    assert_eq!(found(tasks()).await, [1, 2, 3]);
    assert_eq!(found(newest.clone()).await, [3, 2, 1]);
    assert_eq!(found(TaskQuery { state: Some(TaskState::Open), ..tasks() }).await, [1, 3]);
    let kinds = |kind: &str| vec!["print".to_owned(), kind.to_owned()];
    assert_eq!(found(TaskQuery { kinds: kinds("paint"), ..tasks() }).await, [1, 2, 3]);
    assert_eq!(found(TaskQuery { kinds: kinds("wash"), ..tasks() }).await, [0; 0]);
    let page = store.tasks(&TaskQuery { limit: 2, ..newest.clone() }).await.unwrap();
    assert_eq!(page.tasks[1].counts, TaskCounts { done: 1, ..TaskCounts::default() });
    assert_eq!(found(TaskQuery { after: page.next.clone(), ..newest }).await, [1]);
    let other_way = store.tasks(&TaskQuery { after: page.next, ..tasks() }).await;
    assert!(matches!(other_way, Err(ListError::Query(BadQuery::Cursor))), "{other_way:?}");
    let large = store.tasks(&TaskQuery { limit: 501, ..tasks() }).await;
    assert!(matches!(large, Err(ListError::Query(BadQuery::Limit { given: 501 }))), "{large:?}");
}

pub(crate) async fn items_are_listed_by_state_in_pages(home: impl Home) {
    let store = home.store();
    write(store, NOW, new(1, 5)).await;
    write(store, NOW, new(2, 5)).await;
    write(store, NOW, settle(1, 2, Settled::Done)).await;
    let waiting = TaskItemQuery { state: Some(ItemState::Waiting), limit: 2, ..items(1) };
    let mut query = waiting.clone();
    let mut seen = Vec::new();
    loop {
        let page = store.task_items(&query).await.unwrap();
        seen.extend(page.items.iter().map(|item| item.number));
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, [0, 1, 3, 4]);
    let foreign = TaskItemQuery { after: Some(Cursor::new("00")), ..waiting };
    assert!(matches!(store.task_items(&foreign).await, Err(ListError::Query(BadQuery::Cursor))));
    let empty = TaskItemQuery { limit: 0, ..items(1) };
    assert!(matches!(store.task_items(&empty).await, Err(ListError::Query(BadQuery::Limit { given: 0 }))));
    assert_eq!(store.task_items(&items(7)).await.unwrap().items, []);
}

pub(crate) async fn tasks_that_ended_are_forgotten(home: impl Home) {
    let store = home.store();
    for number in [1, 2, 3] {
        write(store, NOW, new(number, 1)).await;
    }
    write(store, NOW, settle(1, 0, Settled::Done)).await;
    write(store, NOW + 10, TaskWrite::Cancel(task(2))).await;
    write(store, NOW + 20, TaskWrite::Forget { ended_before: NOW + 10 }).await;
    assert_eq!(store.task(task(1)).await.unwrap(), None);
    assert_eq!(store.task_items(&items(1)).await.unwrap().items, []);
    assert_eq!(counts(store, 2).await.0, TaskState::Canceled);
    write(store, NOW + 20, TaskWrite::Forget { ended_before: i64::MAX }).await;
    assert_eq!(store.task(task(2)).await.unwrap(), None);
    assert_eq!(counts(store, 3).await.0, TaskState::Open, "what is open stays");
}

pub(crate) async fn a_lease_has_one_holder(home: impl Home) {
    let store = home.store();
    let lease = |holder: u16, until| Lease { name: "tasks", holder: Id::from(task(holder)), until };
    let take = |holder, now, until| Batch::at(now).task(TaskWrite::Take(lease(holder, until)));
    commit(store, take(1, NOW, NOW + 10)).await;
    let conflicts = refused(store, take(2, NOW + 9, NOW + 19)).await;
    assert!(matches!(conflicts[..], [Conflict::Leased { name: "tasks" }]), "{conflicts:?}");
    commit(store, take(1, NOW + 9, NOW + 19)).await;
    refused(store, take(2, NOW + 10, NOW + 20)).await;
    let other = Lease { name: "upkeep", ..lease(2, NOW + 10) };
    commit(store, Batch::at(NOW).task(TaskWrite::Take(other))).await;
    commit(store, take(2, NOW + 19, NOW + 29)).await;
    write(store, NOW + 19, TaskWrite::GiveBack(lease(1, 0))).await;
    refused(store, take(1, NOW + 20, NOW + 30)).await;
    write(store, NOW + 20, TaskWrite::GiveBack(lease(2, 0))).await;
    commit(store, take(1, NOW + 20, NOW + 30)).await;
}
