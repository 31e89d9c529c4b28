//! The project's one task runner, called as `cargo xtask`. Each task is a file of its name.

mod audit;
mod bench;
mod build;
mod command;
mod console;
mod fuzz;
mod gateway;
mod house;
mod lock;
mod process;
mod profile;
mod serve;
mod soak;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    about = "Builds, serves, tests and measures Paifang",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and serve; further arguments pass on to `paifang serve`
    Serve(serve::Options),
    /// Build the binary, and the console into it
    Build(build::Options),
    /// Install what the tests need, and run all of them
    Test(test::Options),
    /// Run the tests that grow with `PAIFANG_SOAK` at full scale
    Soak,
    /// Measure the cost of a request against nginx and HAProxy
    Bench(bench::Options),
    /// Watch the gateway while it answers the calls of all bench cases, for release builds to go by
    Profile,
    /// Feed a parser with inputs that a fuzzer makes up
    Fuzz(fuzz::Options),
    /// Check licences, sources and duplicates of all dependencies
    Audit,
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Serve(options) => serve::run(&options),
        Task::Build(options) => build::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Soak => soak::run(),
        Task::Bench(options) => bench::run(&options),
        Task::Profile => profile::run(),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Audit => audit::run(),
    }
}
