//! The `paifang` command: everything is wired together here, and nothing is decided.

mod apply;
mod backup;
mod check;
mod cli;
mod completions;
mod demo;
mod explain;
mod keys;
mod logging;
mod management;
mod master_key;
mod node;
mod open_store;
mod password;
mod publisher;
mod restore;
mod serve;
mod settings;
mod sign;
mod telemetry;
mod upgrade;

use std::process::ExitCode;

/// Its memory stays flat under many short allocations on many threads.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("paifang: {error:#}");
            ExitCode::FAILURE
        }
    }
}
