//! What a backup says about itself and its tables.

use serde_json::{Value, json};

use crate::backup::BadBackup;

/// What a backup is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupHeader {
    /// The revision at which the store was read.
    pub revision: u64,
    /// The revision up to which the feed's changes were forgotten.
    pub floor: u64,
    /// The layout of the store's tables.
    pub layout: u64,
    /// When it was made: Unix milliseconds.
    pub made_at: i64,
    /// The fingerprint of the master key that opens what is sealed in it.
    pub master_key: String,
}

impl BackupHeader {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let Self { revision, floor, layout, made_at, master_key } = self;
        let header = json!({
            "revision": revision, "floor": floor, "layout": layout, "made_at": made_at, "master_key": master_key,
        });
        header.to_string().into_bytes()
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, BadBackup> {
        let read = || {
            let header: Value = serde_json::from_slice(bytes).ok()?;
            Some(Self {
                revision: header["revision"].as_u64()?,
                floor: header["floor"].as_u64()?,
                layout: header["layout"].as_u64()?,
                made_at: header["made_at"].as_i64()?,
                master_key: header["master_key"].as_str()?.to_owned(),
            })
        };
        read().ok_or(BadBackup::Damaged("it does not say what it is"))
    }
}

/// The table of the rows that follow.
pub(crate) struct TableHead {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

impl TableHead {
    pub(crate) fn to_bytes(name: &str, columns: &[&str]) -> Vec<u8> {
        json!({ "table": name, "columns": columns }).to_string().into_bytes()
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, BadBackup> {
        let read = || {
            let head: Value = serde_json::from_slice(bytes).ok()?;
            let columns = head["columns"].as_array()?.iter().map(|column| column.as_str().map(str::to_owned));
            Some(Self { name: head["table"].as_str()?.to_owned(), columns: columns.collect::<Option<_>>()? })
        };
        read().ok_or(BadBackup::Damaged("it does not say what a table is"))
    }
}
