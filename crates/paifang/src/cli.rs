//! The command line: one line per command.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{apply, backup, check, completions, explain, keys, password, restore, serve, sign, upgrade};

/// The version, with the commit where whoever built it said which: `PAIFANG_COMMIT=… cargo build`.
fn version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    match option_env!("PAIFANG_COMMIT") {
        Some(commit) => format!("{version} ({commit})"),
        None => version.to_owned(),
    }
}

#[derive(Parser)]
#[command(name = "paifang", version = version(), about = "An API gateway that you run yourself", disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the gateway
    Serve(Box<serve::Options>),
    /// Replace a running gateway by this binary, or another, without losing a call
    Upgrade(upgrade::Options),
    /// Sign a request as a client would, and print its headers or a curl line
    Sign(Box<sign::Options>),
    /// Say how a running gateway decides a call, step by step
    Explain(Box<explain::Options>),
    /// Make a running gateway as a folder of YAML files wants it
    Apply(Box<apply::Options>),
    /// Say what `apply` would do: exit code 0 for nothing, 2 for something, 1 for an error
    Diff(Box<apply::DiffOptions>),
    /// Write what a running gateway has to a folder of YAML files, without secrets
    Export(Box<apply::ExportOptions>),
    /// List, rotate or wrap anew the keys that seal what is kept secret
    Keys(keys::Options),
    /// Back everything up into one file, while the gateway runs or not
    Backup(backup::Options),
    /// Restore a backup into an empty store
    Restore(restore::Options),
    /// Look whether everything in the store fits together, while the gateway runs or not
    Check(check::Options),
    /// Give a user a new password, on the gateway's own machine
    ResetPassword(password::Options),
    /// Print completions for a shell
    Completions(completions::Options),
}

/// Runs a command. How it ends is its own to say only where an end is more than success or failure.
pub(crate) fn run() -> Result<ExitCode> {
    match Cli::parse().command {
        Command::Check(options) => return check::run(options),
        Command::Serve(options) => serve::run(&options),
        Command::Upgrade(options) => upgrade::run(&options),
        Command::Sign(options) => sign::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Apply(options) => return apply::run(&options),
        Command::Diff(options) => return apply::diff(&options),
        Command::Export(options) => apply::export(&options),
        Command::Keys(options) => keys::run(options),
        Command::Backup(options) => backup::run(options),
        Command::Restore(options) => restore::run(options),
        Command::ResetPassword(options) => password::run(options),
        Command::Completions(options) => completions::run(&options),
    }
    .map(|()| ExitCode::SUCCESS)
}
