//! The store, as its callers see it: one suite for every home, and what is particular to each home.
#![allow(clippy::unwrap_used, reason = "tests")]

mod nouns;
mod postgres;
mod sqlite;
#[macro_use]
mod suite;

store_suite!(sqlite_file, crate::sqlite::File::open());
store_suite!(sqlite_memory, crate::sqlite::Memory::open());
damage_suite!(sqlite_damage, crate::sqlite::File::open());

store_suite!(postgres_database, crate::postgres::Shared::open());
damage_suite!(postgres_damage, crate::postgres::Shared::open());
