//! Filters in SQL: as the ids that meet one, and as a condition on a row of the walk.

use crate::query::{Filter, Query};
use crate::sql::{Session, Sql};

/// Whether a filter may lead: not when it narrows the walk itself, nor when it says what is not there.
pub(super) fn can_lead(filter: &Filter, order_field: &str) -> bool {
    match filter {
        Filter::Eq(field, _)
        | Filter::Secret(field, _)
        | Filter::Prefix(field, _)
        | Filter::Contains(field, _)
        | Filter::In(field, _) => *field != order_field,
        Filter::Linked(..) => true,
        Filter::NotLinked(..) => false,
    }
}

/// Whether the rows that a filter looks at tell the scope of their documents, where it matters.
pub(super) fn knows_scope(filter: &Filter, query: &Query) -> bool {
    query.scope.is_none() || !matches!(filter, Filter::Linked(..) | Filter::NotLinked(..))
}

/// Selects the ids of documents that meet a filter, some perhaps several times.
pub(super) fn select_ids<S: Session>(sql: &mut Sql, query: &Query, filter: &Filter) {
    match filter {
        Filter::Linked(edge, target) | Filter::NotLinked(edge, target) => {
            sql.push("SELECT id FROM links WHERE target_kind = ").bind(target.kind);
            sql.push(" AND target_id = ").bind(target.id);
            sql.push(" AND kind = ").bind(query.kind).push(" AND edge = ").bind(*edge);
        }
        Filter::Eq(field, _)
        | Filter::Secret(field, _)
        | Filter::Prefix(field, _)
        | Filter::Contains(field, _)
        | Filter::In(field, _) => {
            sql.push("SELECT id FROM fields WHERE kind = ").bind(query.kind);
            if let Some(scope) = query.scope {
                sql.push(" AND scope = ").bind(scope);
            }
            sql.push(" AND name = ").bind(*field);
            compare::<S>(sql, "value", filter);
        }
    }
}

/// Adds the condition that the document of a row of the walk meets a filter.
pub(super) fn hold<S: Session>(sql: &mut Sql, query: &Query, filter: &Filter, order_field: &str) {
    match filter {
        Filter::Linked(edge, target) | Filter::NotLinked(edge, target) => {
            let not = if matches!(filter, Filter::NotLinked(..)) { "NOT " } else { "" };
            sql.push(" AND ").push(not).push("EXISTS (SELECT 1 FROM links WHERE links.kind = ");
            sql.bind(query.kind).push(" AND links.id = walk.id AND links.edge = ").bind(*edge);
            sql.push(" AND links.target_kind = ").bind(target.kind);
            sql.push(" AND links.target_id = ").bind(target.id).push(S::FENCE).push(")");
        }
        Filter::Eq(field, _)
        | Filter::Secret(field, _)
        | Filter::Prefix(field, _)
        | Filter::Contains(field, _)
        | Filter::In(field, _) => {
            if *field == order_field {
                return compare::<S>(sql, "walk.value", filter);
            }
            sql.push(" AND EXISTS (SELECT 1 FROM fields WHERE fields.kind = ").bind(query.kind);
            sql.push(" AND fields.id = walk.id AND fields.name = ").bind(*field);
            compare::<S>(sql, "fields.value", filter);
            sql.push(S::FENCE).push(")");
        }
    }
}

/// Adds the comparison of a column with a filter's value.
fn compare<S: Session>(sql: &mut Sql, column: &str, filter: &Filter) {
    sql.push(" AND ").push(column);
    match filter {
        Filter::Eq(_, value) => sql.push(" = ").bind(value.as_str()),
        // The keyring put a digest in its place. No row holds a secret.
        Filter::Secret(..) => sql.push(" IS NULL"),
        Filter::Prefix(_, prefix) => {
            sql.push(" >= ").bind(prefix.as_str());
            match first_beyond(prefix) {
                Some(beyond) => sql.push(" AND ").push(column).push(" < ").bind(beyond),
                None => sql,
            }
        }
        Filter::Contains(_, part) => {
            sql.push(" ").push(S::LIKE).push(" ").bind(containing(part)).push(" ESCAPE '!'")
        }
        // Of no values none matches: the padding is one NULL, which equals nothing.
        Filter::In(_, values) => sql.push(" IN ").bind_list(values.iter().map(String::as_str)),
        Filter::Linked(..) | Filter::NotLinked(..) => sql.push(" IS NOT NULL"),
    };
}

/// The first text, in the order of code points, that is beyond all texts with a prefix.
fn first_beyond(prefix: &str) -> Option<String> {
    let mut beyond = prefix.to_owned();
    while let Some(last) = beyond.pop() {
        let next = (last..=char::MAX).nth(1);
        if let Some(next) = next {
            beyond.push(next);
            return Some(beyond);
        }
    }
    None
}

/// The pattern that matches what contains a text.
fn containing(part: &str) -> String {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for letter in part.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_before_the_next_text() {
        assert_eq!(first_beyond("pets").as_deref(), Some("pett"));
        assert_eq!(first_beyond("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(first_beyond("\u{d7ff}").as_deref(), Some("\u{e000}"), "surrogates are no characters");
        assert_eq!(first_beyond("\u{10ffff}"), None);
        assert_eq!(first_beyond(""), None);
    }

    #[test]
    fn a_pattern_means_its_text() {
        assert_eq!(containing("100%_!"), "%100!%!_!!%");
    }
}
