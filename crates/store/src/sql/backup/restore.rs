//! Restoring a backup into an empty store: the file is looked through first, then all of it is one transaction.

use std::io::{self, Seek};
use std::sync::Arc;

use crate::backup::{BackupHeader, BadBackup, Frame, FrameReader, RestoreError, TableHead, decode};
use crate::error::StoreError;
use crate::keyring::MasterKey;
use crate::sql::backup::tables::{KEYRING, LAYOUT, TABLES, Table};
use crate::sql::{Home, Row, Session, Sql, Value, feed, keys, transaction};

/// Rows of one insert.
const ROWS: usize = 64;

/// What a backup is read from.
pub(crate) trait Source: io::Read + Seek + Send {}

impl<T: io::Read + Seek + Send> Source for T {}

/// Restores all of it or nothing.
pub(crate) async fn restore<H: Home>(
    home: &H,
    master: &MasterKey,
    from: &mut dyn Source,
) -> Result<BackupHeader, RestoreError> {
    look_through(master, from)?;
    from.rewind().map_err(BadBackup::from)?;
    let mut session = home.transaction().await?;
    let outcome = fill(&mut session, from).await;
    transaction::end(&mut session, outcome).await
}

/// Reads everything once, so that what is wrong with it is known before anything is written.
fn look_through(master: &MasterKey, from: &mut dyn Source) -> Result<(), RestoreError> {
    let (_, mut rows) = Rows::start(from)?;
    let mut keyring = Vec::new();
    while let Some((place, values)) = rows.next()? {
        if place.table.name == KEYRING {
            keyring.push(arranged(&place, values));
        }
    }
    Ok(keys::opens(&keyring, master)?)
}

/// The values in the order of the table's own columns.
fn arranged(place: &Place, mut values: Vec<Value>) -> Row {
    let place_of = |column: &&str| place.columns.iter().position(|given| given == column);
    let taken = place.table.columns.iter().map(|column| match place_of(column) {
        Some(place) => std::mem::replace(&mut values[place], Value::Null),
        None => Value::Null,
    });
    Row(taken.collect())
}

async fn fill<S: Session>(session: &mut S, from: &mut dyn Source) -> Result<BackupHeader, RestoreError> {
    expect_empty(session).await?;
    // An empty store may have one of its own, which seals nothing.
    session.run(Sql::new("making room for the keyring", "DELETE FROM keyring")).await?;
    let (header, mut rows) = Rows::start(from)?;
    let mut waiting: Option<(Arc<Place>, Vec<Vec<Value>>)> = None;
    while let Some((place, values)) = rows.next()? {
        match &mut waiting {
            Some((at, rows)) if Arc::ptr_eq(at, &place) && rows.len() < ROWS => rows.push(values),
            _ => {
                let full = waiting.replace((place, vec![values]));
                insert(session, full).await?;
            }
        }
    }
    insert(session, waiting).await?;
    let head = Sql::new("setting the newest revision", "UPDATE head SET revision = $1, floor = $2");
    session.run(head.with(header.revision).with(header.floor)).await?;
    Ok(header)
}

async fn expect_empty<S: Session>(session: &mut S) -> Result<(), RestoreError> {
    if feed::bounds(session).await?.head > 0 {
        return Err(RestoreError::NotEmpty { table: "head" });
    }
    for table in TABLES.iter().filter(|table| table.name != KEYRING) {
        let mut sql = Sql::new("looking whether the store is empty", "SELECT count(*) FROM (SELECT 1 FROM ");
        sql.push(table.name).push(" LIMIT 1) found");
        if session.number(sql).await? > 0 {
            return Err(RestoreError::NotEmpty { table: table.name });
        }
    }
    Ok(())
}

async fn insert<S: Session>(
    session: &mut S,
    rows: Option<(Arc<Place>, Vec<Vec<Value>>)>,
) -> Result<(), StoreError> {
    let Some((place, rows)) = rows else { return Ok(()) };
    // Their names are the table's own: others are refused when they are read.
    let mut sql = Sql::new("restoring rows", "INSERT INTO ");
    sql.push(place.table.name).push(" (").push(&place.columns.join(", ")).push(") VALUES ");
    for (index, row) in rows.into_iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" });
        for (index, value) in row.into_iter().enumerate() {
            sql.push(if index == 0 { "" } else { ", " }).bind(value);
        }
        sql.push(")");
    }
    session.run(sql).await
}

/// Where rows belong.
struct Place {
    table: &'static Table,
    columns: Vec<String>,
}

/// A row, and where it belongs.
type PlacedRow = (Arc<Place>, Vec<Value>);

/// The rows of a backup, each with where it belongs.
struct Rows<'f> {
    frames: FrameReader<io::BufReader<&'f mut dyn Source>>,
    place: Option<Arc<Place>>,
}

impl<'f> Rows<'f> {
    fn start(from: &'f mut dyn Source) -> Result<(BackupHeader, Self), BadBackup> {
        let mut frames = FrameReader::start(io::BufReader::new(from))?;
        let Some(Frame::Header(bytes)) = frames.next()? else {
            return Err(BadBackup::Damaged("it does not begin with what it is"));
        };
        let header = BackupHeader::parse(&bytes)?;
        if header.layout > LAYOUT {
            return Err(BadBackup::NewerLayout { found: header.layout, known: LAYOUT });
        }
        Ok((header, Self { frames, place: None }))
    }

    fn next(&mut self) -> Result<Option<PlacedRow>, BadBackup> {
        loop {
            match self.frames.next()? {
                None => return Ok(None),
                Some(Frame::Table(bytes)) => self.place = Some(Arc::new(known(TableHead::parse(&bytes)?)?)),
                Some(Frame::Row(bytes)) => {
                    let place =
                        self.place.as_ref().ok_or(BadBackup::Damaged("a row of it is of no table"))?;
                    let values = decode(&bytes, place.columns.len())?;
                    return Ok(Some((Arc::clone(place), values)));
                }
                Some(Frame::Header(_)) => return Err(BadBackup::Damaged("it says twice what it is")),
            }
        }
    }
}

/// The table of this name, when it has all of these columns.
fn known(TableHead { name, columns }: TableHead) -> Result<Place, BadBackup> {
    let table = TABLES.iter().find(|table| table.name == name);
    let table = table.ok_or(BadBackup::Damaged("it has a table that no store has"))?;
    if columns.iter().all(|column| table.columns.contains(&column.as_str())) {
        return Ok(Place { table, columns });
    }
    Err(BadBackup::Damaged("it has a column that no store has"))
}
