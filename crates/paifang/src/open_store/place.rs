//! Where the documents are: in a file of the data directory, or in a PostgreSQL database that several gateways share.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use paifang_store::PostgresAddress;

use crate::master_key::Sharing;

/// Where the documents are.
#[derive(Debug, Clone)]
pub(crate) enum StoreAt {
    /// In the data directory.
    DataDir,
    /// In a PostgreSQL database.
    Postgres(Box<PostgresAddress>),
}

/// The store's file in a data directory.
pub(crate) fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("paifang.db")
}

impl StoreAt {
    /// Who uses it.
    pub(crate) fn sharing(&self) -> Sharing {
        match self {
            Self::DataDir => Sharing::Own,
            Self::Postgres(_) => Sharing::Shared,
        }
    }
}

impl FromStr for StoreAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "sqlite" {
            return Ok(Self::DataDir);
        }
        let address = text.parse();
        address
            .map(|address| Self::Postgres(Box::new(address)))
            .map_err(|error| format!("the store is neither `sqlite` nor in PostgreSQL: {error}"))
    }
}
