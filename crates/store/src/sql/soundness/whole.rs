//! What no document shows by itself: targets that are not there, rows without documents, and a feed that disagrees.

use super::place;
use crate::error::StoreError;
use crate::finding::{Finding, Problem};
use crate::sql::{Row, Session, Sql, feed};

const NO_TARGET: &str = "SELECT kind, id, target_kind, target_id, edge FROM links WHERE NOT EXISTS (
        SELECT 1 FROM documents WHERE documents.kind = target_kind AND documents.id = target_id)
    ORDER BY kind, id, edge";

const LOST: &str = "SELECT DISTINCT kind, id FROM fields WHERE NOT EXISTS (
        SELECT 1 FROM documents WHERE documents.kind = fields.kind AND documents.id = fields.id)
    UNION SELECT DISTINCT kind, id FROM links WHERE NOT EXISTS (
        SELECT 1 FROM documents WHERE documents.kind = links.kind AND documents.id = links.id)
    ORDER BY kind, id";

/// Of documents whose last change is still kept.
const UNTOLD: &str = "SELECT kind, id, revision FROM documents
    WHERE revision > (SELECT floor FROM head) AND NOT EXISTS (
        SELECT 1 FROM changes WHERE changes.revision = documents.revision AND changes.kind = documents.kind
            AND changes.id = documents.id AND changes.body IS NOT NULL)
    ORDER BY kind, id";

/// The newest entry about each document: that it is deleted, or its revision.
const MISTOLD: &str = "SELECT newest.kind, newest.id, newest.revision
    FROM (SELECT kind, id, max(revision) AS revision FROM changes GROUP BY kind, id) newest
    JOIN changes ON changes.revision = newest.revision AND changes.kind = newest.kind
        AND changes.id = newest.id
    LEFT JOIN documents ON documents.kind = newest.kind AND documents.id = newest.id
    WHERE (changes.body IS NULL) <> (documents.id IS NULL) OR documents.revision < newest.revision
    ORDER BY newest.kind, newest.id";

/// The newest revision in each table that has them.
const NEWEST: &str = "SELECT 'documents', max(revision) FROM documents
    UNION ALL SELECT 'changes', max(revision) FROM changes
    UNION ALL SELECT 'audit', max(revision) FROM audit";

pub(super) async fn check<S: Session>(
    session: &mut S,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    for row in session.rows(Sql::new("looking for links without targets", NO_TARGET)).await? {
        let edge = row.text(4, "edge").unwrap_or_default().to_owned();
        let problem = Problem::NoTarget { edge, target: place(&row, 2) };
        findings.push(Finding { place: place(&row, 0), problem });
    }
    for row in session.rows(Sql::new("looking for rows without documents", LOST)).await? {
        findings.push(Finding { place: place(&row, 0), problem: Problem::Lost });
    }
    for row in session.rows(Sql::new("comparing documents with the feed", UNTOLD)).await? {
        findings.push(Finding { place: place(&row, 0), problem: Problem::Untold(revision(&row, 2)) });
    }
    for row in session.rows(Sql::new("comparing the feed with documents", MISTOLD)).await? {
        findings.push(Finding { place: place(&row, 0), problem: Problem::Mistold(revision(&row, 2)) });
    }
    let head = feed::bounds(session).await?.head;
    for row in session.rows(Sql::new("looking for the newest revision", NEWEST)).await? {
        let found = revision(&row, 1);
        if found > head {
            let place = row.text(0, "table").unwrap_or_default().to_owned();
            findings.push(Finding { place, problem: Problem::Ahead { found, head } });
        }
    }
    Ok(())
}

fn revision(row: &Row, at: usize) -> u64 {
    row.unsigned(at, "revision").unwrap_or_default()
}
