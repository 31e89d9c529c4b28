//! `paifang completions`: what shells complete by, made from the command line itself.

use anyhow::Result;
use clap::CommandFactory as _;

use crate::cli::Cli;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The shell
    shell: clap_complete::Shell,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "paifang", &mut text);
    // Not by `print!`, which panics when the reader has seen enough.
    Ok(std::io::Write::write_all(&mut std::io::stdout(), &text)?)
}
