//! Lists: one page of documents, and where the next one starts.

use paifang_model::id::Id;
use paifang_model::record::Key;

use crate::cursor::Cursor;
use crate::document::{Defect, Document, Unreadable};
use crate::error::{BadQuery, ListError, StoreError};
use crate::keyring::Keyring;
use crate::query::{Filter, MAX_FILTERS, MAX_LIMIT, MAX_VALUES, Page, Query, Start};
use crate::sql::select::{self, Place};
use crate::sql::{Raw, Row, Session, feed};

/// One page.
pub(super) async fn page<S: Session>(
    session: &mut S,
    keyring: &Keyring,
    query: &Query,
) -> Result<Page<Document>, ListError> {
    check(query)?;
    let after = place(query)?;
    let leader = select::leader(session, query).await?;
    let mut rows = session.rows(select::page::<S>(query, leader, after)).await?;
    let more = rows.len() > query.limit as usize;
    rows.truncate(query.limit as usize);
    let next = rows.last().filter(|_| more).and_then(|row| cursor_after(query, row));
    let total =
        if query.count { Some(session.number(select::total::<S>(query, leader)).await?) } else { None };
    let revision = feed::bounds(session).await?.head;
    let items: Vec<_> = rows.into_iter().map(|row| item(query, row)).collect();
    let numbers = items.iter().flatten().filter_map(|raw| raw.document.data_key);
    let ring = keyring.covering(session, numbers).await?;
    let items = items.into_iter().map(|item| item.and_then(|raw| ring.open(raw))).collect();
    Ok(Page { items, next, total, revision })
}

/// The database's plan for a page, a step per line, and for its total where that is asked for.
pub(super) async fn explain<S: Session>(session: &mut S, query: &Query) -> Result<Vec<String>, ListError> {
    check(query)?;
    let after = place(query)?;
    let leader = select::leader(session, query).await?;
    let mut statements = vec![select::page::<S>(query, leader, after)];
    if query.count {
        statements.push(select::total::<S>(query, leader));
    }
    let mut steps = Vec::new();
    for statement in statements {
        for row in session.rows(statement.explained(S::EXPLAIN.before)).await? {
            let step = row.text(S::EXPLAIN.column, "step");
            let step = step.map_err(|_| StoreError::Damaged { doing: "explaining a list" })?;
            steps.push(step.to_owned());
        }
    }
    Ok(steps)
}

fn check(query: &Query) -> Result<(), BadQuery> {
    if query.limit == 0 || query.limit > MAX_LIMIT {
        return Err(BadQuery::Limit { given: query.limit });
    }
    if query.filters.len() > MAX_FILTERS {
        return Err(BadQuery::Filters { given: query.filters.len() });
    }
    for filter in &query.filters {
        if let Filter::In(field, values) = filter
            && values.len() > MAX_VALUES
        {
            return Err(BadQuery::Values { field, given: values.len() });
        }
    }
    Ok(())
}

/// The name of the list's order, to which its cursors are bound.
fn order_name(query: &Query) -> String {
    format!("{} {} {:?}", query.kind, select::order_field(query), query.direction)
}

fn cursor_after(query: &Query, row: &Row) -> Option<Cursor> {
    let value = row.text(0, "value").ok()?;
    let id = row.bytes(1, "id").ok()?;
    Some(Cursor::seal(&order_name(query), &[id, value.as_bytes()].concat()))
}

/// The row after which the page starts, where the query names one.
fn place(query: &Query) -> Result<Option<Place>, BadQuery> {
    let Start::After(cursor) = &query.start else { return Ok(None) };
    let place = cursor.open(&order_name(query)).and_then(|place| {
        let (id, value) = place.split_first_chunk::<16>()?;
        Some(Place { value: String::from_utf8(value.to_vec()).ok()?, id: Id::from_bytes(*id) })
    });
    place.ok_or(BadQuery::Cursor).map(Some)
}

fn item(query: &Query, mut row: Row) -> Result<Raw, Unreadable> {
    let id = row.id(1, "id").map_err(|defect| Unreadable { key: None, defect })?;
    let key = Key { kind: query.kind, id };
    if row.is_null(2) {
        return Err(Unreadable { key: Some(key), defect: Defect::Lost });
    }
    row.document(key, 2)
}
