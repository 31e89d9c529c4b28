//! The store's work, written once over SQL that every home understands.
//!
//! A [`Home`] opens connections; a [`Session`] is one of them. All else — what a commit checks, how a list finds its
//! rows, what the feed tells — is here and speaks to a session in [`Sql`] and [`Row`]s. Tables are laid out by
//! the home; their names and columns are the same everywhere.

mod apply;
mod audit;
pub(crate) mod backup;
mod check;
mod database;
mod delete;
mod digest;
mod feed;
mod filter;
mod home;
pub(crate) mod keys;
mod list;
mod node;
pub(crate) mod old;
mod over_home;
mod put;
mod read;
mod reseal;
mod row;
mod seal;
mod select;
mod soundness;
mod task;
mod telemetry;
mod text;
mod transaction;
mod writer;

pub(crate) use database::Database;
pub(crate) use feed::bounds;
pub(crate) use home::{Explain, Home, Session, Unfinished};
pub(crate) use over_home::OverHome;
pub(crate) use row::{Raw, Row, Value};
pub(crate) use text::Sql;

/// The field that every document has: when it was made. Lists walk its rows, quotas count them.
pub(crate) const CREATED: &str = "@created";
