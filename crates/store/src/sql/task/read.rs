//! Tasks and their items, page by page; progress is counted from the rows of items.

use std::collections::HashMap;

use paifang_model::id::{TaskId, UserId};

use crate::cursor::Cursor;
use crate::document::Defect;
use crate::error::{BadQuery, ListError, StoreError};
use crate::query::{Direction, MAX_LIMIT};
use crate::sql::{Row, Session, Sql};
use crate::task::{
    ItemState, Task, TaskCounts, TaskItem, TaskItemPage, TaskItemQuery, TaskPage, TaskQuery, TaskState,
};

const COLUMNS: &str = "SELECT id, kind, made_by, actor, state, created_at, ended_at FROM tasks";
const ITEM_COLUMNS: &str = "SELECT number, body, state, reason, revision, settled_at FROM task_items";

/// One task.
pub(in crate::sql) async fn one<S: Session>(session: &mut S, id: TaskId) -> Result<Option<Task>, StoreError> {
    let doing = "reading a task";
    let mut sql = Sql::new(doing, COLUMNS);
    sql.push(" WHERE id = ").bind(id.0);
    let Some(row) = session.rows(sql).await?.into_iter().next() else { return Ok(None) };
    let mut tasks = [task(&row).map_err(|_| StoreError::Damaged { doing })?];
    count(session, &mut tasks).await?;
    let [task] = tasks;
    Ok(Some(task))
}

/// One page of tasks.
pub(in crate::sql) async fn page<S: Session>(
    session: &mut S,
    query: &TaskQuery,
) -> Result<TaskPage, ListError> {
    check_limit(query.limit)?;
    let mut rows = session.rows(select(query)?).await?;
    let more = cut(&mut rows, query.limit);
    let mut tasks = read(&rows, "listing tasks", task)?;
    count(session, &mut tasks).await?;
    let next = tasks.last().filter(|_| more).map(|task| {
        let place = [&task.created_at.to_be_bytes()[..], task.id.0.as_bytes()].concat();
        Cursor::seal(order(query), &place)
    });
    Ok(TaskPage { tasks, next })
}

/// One page of items.
pub(in crate::sql) async fn item_page<S: Session>(
    session: &mut S,
    query: &TaskItemQuery,
) -> Result<TaskItemPage, ListError> {
    const ORDER: &str = "task items";
    check_limit(query.limit)?;
    let mut sql = Sql::new("listing items", ITEM_COLUMNS);
    sql.push(" WHERE task = ").bind(query.task.0);
    if let Some(state) = query.state {
        sql.push(" AND state = ").bind(state.name());
    }
    if let Some(cursor) = &query.after {
        let place = cursor.open(ORDER).and_then(|place| place.try_into().ok());
        sql.push(" AND number > ").bind(u32::from_be_bytes(place.ok_or(BadQuery::Cursor)?));
    }
    sql.push(" ORDER BY number LIMIT ").bind(query.limit + 1);
    let mut rows = session.rows(sql).await?;
    let more = cut(&mut rows, query.limit);
    let items = read(&rows, "listing items", item)?;
    let next = items.last().filter(|_| more).map(|item| Cursor::seal(ORDER, &item.number.to_be_bytes()));
    Ok(TaskItemPage { items, next })
}

fn select(query: &TaskQuery) -> Result<Sql, BadQuery> {
    let (comparison, direction) = match query.direction {
        Direction::Ascending => (">", ""),
        Direction::Descending => ("<", " DESC"),
    };
    let mut sql = Sql::new("listing tasks", COLUMNS);
    sql.push(" WHERE created_at >= ").bind(i64::MIN);
    if let Some(state) = query.state {
        sql.push(" AND state = ").bind(state.name());
    }
    if !query.kinds.is_empty() {
        sql.push(" AND kind IN ").bind_list(query.kinds.iter().map(String::as_str));
    }
    if let Some(cursor) = &query.after {
        let (at, id) = place(cursor, order(query)).ok_or(BadQuery::Cursor)?;
        sql.push(" AND (created_at, id) ").push(comparison);
        sql.push(" (").bind(at).push(", ").bind(id.0).push(")");
    }
    sql.push(&format!(" ORDER BY created_at{direction}, id{direction} LIMIT ")).bind(query.limit + 1);
    Ok(sql)
}

/// The name of a list's order, to which its cursors are bound.
fn order(query: &TaskQuery) -> &'static str {
    match query.direction {
        Direction::Ascending => "tasks",
        Direction::Descending => "tasks descending",
    }
}

fn place(cursor: &Cursor, order: &str) -> Option<(i64, TaskId)> {
    let place = cursor.open(order)?;
    let (at, id) = place.split_first_chunk::<8>()?;
    Some((i64::from_be_bytes(*at), TaskId(paifang_model::Id::from_bytes(id.try_into().ok()?))))
}

/// Counts the items of tasks by their state.
async fn count<S: Session>(session: &mut S, tasks: &mut [Task]) -> Result<(), StoreError> {
    let doing = "counting items";
    if tasks.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(doing, "SELECT task, state, count(*) FROM task_items WHERE task IN ");
    sql.bind_list(tasks.iter().map(|task| task.id.0)).push(" GROUP BY task, state");
    let mut counts: HashMap<TaskId, TaskCounts> = HashMap::new();
    for row in session.rows(sql).await? {
        let counted = || -> Result<_, Defect> {
            Ok((TaskId(row.id(0, "task")?), state(&row, 1, ItemState::named)?, row.unsigned(2, "count")?))
        };
        let (task, state, number) = counted().map_err(|_| StoreError::Damaged { doing })?;
        counts.entry(task).or_default().set(state, number);
    }
    for task in tasks {
        task.counts = counts.remove(&task.id).unwrap_or_default();
    }
    Ok(())
}

fn check_limit(limit: u32) -> Result<(), BadQuery> {
    if limit == 0 || limit > MAX_LIMIT { Err(BadQuery::Limit { given: limit }) } else { Ok(()) }
}

/// Leaves off the row that only tells whether there is another page.
fn cut(rows: &mut Vec<Row>, limit: u32) -> bool {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    more
}

fn read<T>(
    rows: &[Row],
    doing: &'static str,
    one: impl Fn(&Row) -> Result<T, Defect>,
) -> Result<Vec<T>, StoreError> {
    rows.iter().map(one).collect::<Result<_, _>>().map_err(|_| StoreError::Damaged { doing })
}

fn task(row: &Row) -> Result<Task, Defect> {
    Ok(Task {
        id: TaskId(row.id(0, "id")?),
        kind: row.text(1, "kind")?.to_owned(),
        made_by: UserId(row.id(2, "made_by")?),
        actor: row.text(3, "actor")?.to_owned(),
        state: state(row, 4, TaskState::named)?,
        created_at: row.int(5, "created_at")?,
        ended_at: row.int(6, "ended_at").ok(),
        counts: TaskCounts::default(),
    })
}

fn item(row: &Row) -> Result<TaskItem, Defect> {
    let number = row.unsigned(0, "number")?;
    Ok(TaskItem {
        number: u32::try_from(number)
            .map_err(|_| Defect::Column { column: "number", expected: "an item's number" })?,
        body: row.bytes(1, "body")?.to_vec(),
        state: state(row, 2, ItemState::named)?,
        reason: row.bytes(3, "reason").ok().map(<[u8]>::to_vec),
        revision: row.unsigned(4, "revision").ok(),
        settled_at: row.int(5, "settled_at").ok(),
    })
}

fn state<T>(row: &Row, at: usize, named: impl Fn(&str) -> Option<T>) -> Result<T, Defect> {
    named(row.text(at, "state")?).ok_or(Defect::Column { column: "state", expected: "a state" })
}
