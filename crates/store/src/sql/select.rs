//! The statements of a list: rows of the index in the order asked for, and only at the end the documents of a page.
//!
//! A page walks the rows of the field it is sorted by (the time of making is a field that every document has).
//! When a filter is met by few documents, it leads: those few are looked up and sorted. Otherwise
//! the walk follows the order and stops when the page is full. Which of both is decided by counting the few,
//! not by the database's statistics, so that plans do not change overnight.

use paifang_model::id::Id;

use crate::error::StoreError;
use crate::query::{Direction, Filter, Order, Query, Start};
use crate::sql::{CREATED, Session, Sql, filter};

/// A filter met by at most so many documents leads.
const FEW: u32 = 2000;

/// The row after which a page starts.
pub(super) struct Place {
    /// What it is sorted by.
    pub(super) value: String,
    /// Its document.
    pub(super) id: Id,
}

/// The filter that leads: the one met by the fewest documents, if these are few.
pub(super) async fn leader<'q, S: Session>(
    session: &mut S,
    query: &'q Query,
) -> Result<Option<&'q Filter>, StoreError> {
    let mut best: Option<(u64, &Filter)> = None;
    let candidates = query.filters.iter().filter(|filter| filter::can_lead(filter, order_field(query)));
    let (walks, looks): (Vec<_>, Vec<_>) =
        candidates.partition(|filter| matches!(filter, Filter::Contains(..)));
    for filter in looks {
        let met = count_few(session, query, filter).await?;
        if met <= FEW.into() && best.is_none_or(|(least, _)| met < least) {
            best = Some((met, filter));
        }
    }
    // Counting what contains a text walks all values of the field: only when nothing better leads.
    for filter in walks {
        if best.is_none() && count_few(session, query, filter).await? <= FEW.into() {
            best = Some((0, filter));
        }
    }
    Ok(best.map(|(_, filter)| filter))
}

async fn count_few<S: Session>(session: &mut S, query: &Query, filter: &Filter) -> Result<u64, StoreError> {
    let mut sql = Sql::new("measuring a filter", "SELECT count(*) FROM (");
    filter::select_ids::<S>(&mut sql, query, filter);
    sql.push(" LIMIT ").bind(FEW + 1).push(") few");
    session.number(sql).await
}

/// One page and a row more, which tells whether there is another.
pub(super) fn page<S: Session>(query: &Query, leader: Option<&Filter>, after: Option<Place>) -> Sql {
    let (comparison, direction) = match query.direction {
        Direction::Ascending => (">", ""),
        Direction::Descending => ("<", " DESC"),
    };
    let mut sql = Sql::new("listing documents", "SELECT page.value, page.id, documents.scope, ");
    sql.push("schema, revision, created_at, updated_at, body, data_key, sealed FROM (SELECT walk.value, walk.id FROM ");
    walk::<S>(&mut sql, query, leader, order_field(query));
    if let Some(Place { value, id }) = after {
        sql.push(" AND (walk.value, walk.id) ").push(comparison);
        sql.push(" (").bind(value).push(", ").bind(id).push(")");
    }
    sql.push(&format!(" ORDER BY walk.value{direction}, walk.id{direction} LIMIT ")).bind(query.limit + 1);
    if let Start::Offset(rows) = query.start {
        sql.push(" OFFSET ").bind(rows);
    }
    // An index row without its document is shown as such, hence the outer join.
    sql.push(") page LEFT JOIN documents ON documents.kind = ").bind(query.kind);
    sql.push(" AND documents.id = page.id");
    sql.push(&format!(" ORDER BY page.value{direction}, page.id{direction}"));
    sql
}

/// The number of documents that meet the filters. It needs no order, so any filter may lead; a single one is all
/// there is to count.
pub(super) fn total<S: Session>(query: &Query, leader: Option<&Filter>) -> Sql {
    let any = || query.filters.iter().find(|filter| filter::can_lead(filter, CREATED));
    let mut sql = Sql::new("counting documents", "SELECT count(*) FROM ");
    match leader.or_else(any) {
        Some(only) if query.filters.len() == 1 && filter::knows_scope(only, query) => {
            lead::<S>(&mut sql, query, only);
        }
        leader => walk::<S>(&mut sql, query, leader, CREATED),
    }
    sql
}

/// The ids that meet a filter, each once, as `leader`. A LIMIT fences them off: SQLite would mix the statement with
/// those around it, and look for all ids of the kind to have them sorted.
fn lead<S: Session>(sql: &mut Sql, query: &Query, leader: &Filter) {
    sql.push("(SELECT DISTINCT id FROM (");
    filter::select_ids::<S>(sql, query, leader);
    sql.push(" LIMIT ").bind(i64::MAX).push(") met) leader");
}

/// The rows of a field whose documents meet the filters, as `walk`.
fn walk<S: Session>(sql: &mut Sql, query: &Query, leader: Option<&Filter>, field: &str) {
    if let Some(leader) = leader {
        lead::<S>(sql, query, leader);
        sql.push(" CROSS JOIN ");
        S::looked_up(sql, query, field);
    } else {
        sql.push("fields walk");
    }
    sql.push(" WHERE walk.kind = ").bind(query.kind);
    if leader.is_some() {
        sql.push(" AND walk.id = leader.id");
    }
    if let Some(scope) = query.scope {
        // Behind a leader a row is looked up by its id; IS TRUE keeps SQLite from walking the scope instead.
        let (open, close) = if leader.is_some() { ("(", ") IS TRUE") } else { ("", "") };
        sql.push(" AND ").push(open).push("walk.scope = ").bind(scope).push(close);
    }
    sql.push(" AND walk.name = ").bind(field);
    for filter in &query.filters {
        if leader.is_none_or(|leader| !std::ptr::eq(leader, filter)) {
            filter::hold::<S>(sql, query, filter, field);
        }
    }
}

/// The field whose rows are walked.
pub(super) fn order_field(query: &Query) -> &'static str {
    match query.order {
        Order::Created => CREATED,
        Order::Field(name) => name,
    }
}
