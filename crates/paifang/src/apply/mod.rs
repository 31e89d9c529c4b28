//! `paifang apply`, `paifang diff` and `paifang export`: a gateway's objects as YAML files.
//!
//! All three are clients of native REST like any other. Applying reads the files, reads what is there, plans, checks
//! all of it, and only then writes: [`files`] → [`reader`] and [`gateway`] → [`plan`] → [`carry_out`]. What was made is
//! remembered by a manifest on the gateway, in the transaction that makes it; nothing else is ever deleted.

mod carry_out;
mod export;
mod files;
mod gateway;
mod live;
mod minimal;
mod noun;
mod object;
mod output;
mod place;
mod plan;
mod read;
mod reader;
mod schema;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use http::Method;
use paifang_model::Manifest;
use serde_json::Value;

use crate::management::{Access, Rest, block_on};
use output::{Output, Report};
use plan::Change;
use read::{Asked, Compared, compare};

pub(crate) use export::{Options as ExportOptions, run as export};

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    folder: Folder,
    /// Wait until every live node serves it
    #[arg(long)]
    wait: bool,
    /// How long to wait
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "wait")]
    wait_timeout: u64,
    /// Print the JSON Schema of the files and do nothing
    #[arg(long, conflicts_with_all = ["files", "wait", "prune"])]
    schema: bool,
}

#[derive(clap::Args)]
pub(crate) struct DiffOptions {
    #[command(flatten)]
    folder: Folder,
}

/// What `apply` and `diff` have in common.
#[derive(clap::Args)]
struct Folder {
    /// Folder of YAML files; those below it too
    #[arg(short = 'f', long, value_name = "DIR")]
    files: Option<PathBuf>,
    /// Delete what an earlier run made and the files do not name any more
    #[arg(long)]
    prune: bool,
    /// Name of the manifest that remembers what was made [default: the folder's name]
    #[arg(long = "set", value_name = "NAME")]
    manifest: Option<String>,
    /// How to say what is done
    #[arg(long, value_enum, default_value_t = Output::Text)]
    output: Output,
    #[command(flatten)]
    access: Access,
}

/// `paifang apply`.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    if options.schema {
        return output::print(&format!("{:#}\n", schema::schema())).map(|()| ExitCode::SUCCESS);
    }
    block_on(apply(options))??;
    Ok(ExitCode::SUCCESS)
}

/// `paifang diff`: 0 where nothing differs, 2 where something does.
pub(crate) fn diff(options: &DiffOptions) -> Result<ExitCode> {
    let compared = block_on(async {
        let (folder, rest) = (&options.folder, options.folder.access.rest()?);
        compare(&rest, &folder.asked(&folder.manifest()?)?).await
    })??;
    options.folder.output.say(&Report { compared: &compared, applied: false, live: None })?;
    Ok(if compared.plan.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

async fn apply(options: &Options) -> Result<()> {
    let folder = &options.folder;
    let manifest = folder.manifest()?;
    let rest = folder.access.rest()?.for_manifest(&manifest);
    let compared = compare(&rest, &folder.asked(&manifest)?).await?;
    folder.output.say_plan(&compared)?;
    write(&rest, &manifest, &compared).await?;
    let live = match options.wait {
        true => Some(live::wait(&rest, Duration::from_secs(options.wait_timeout)).await?),
        false => None,
    };
    folder.output.say(&Report { compared: &compared, applied: true, live })
}

async fn write(rest: &Rest, manifest: &str, compared: &Compared) -> Result<()> {
    let Compared { desired, gateway, plan } = compared;
    if plan.iter().any(|step| !matches!(step.change, Change::Delete)) {
        rest.change(Method::PUT, &format!("/manifests/{manifest}"), None, None).await?;
    }
    carry_out::carry_out(rest, desired, gateway, plan).await
}

impl Folder {
    fn files(&self) -> Result<&Path> {
        self.files.as_deref().context("name a folder with -f")
    }

    /// The name of the manifest.
    fn manifest(&self) -> Result<String> {
        let name = match &self.manifest {
            Some(name) => name.clone(),
            None => {
                let whole = self.files()?.canonicalize().context("reading the folder")?;
                whole.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
        };
        match Manifest::named(name.as_str()).check() {
            Ok(()) => Ok(name),
            Err(violations) => bail!("the manifest needs another name, by --set: {violations}"),
        }
    }

    fn asked<'a>(&'a self, manifest: &'a str) -> Result<Asked<'a>> {
        Ok(Asked { folder: self.files()?, prune: self.prune.then_some(manifest) })
    }
}

/// A member that is an object; what serde makes of nouns always is one.
fn members(value: Value) -> serde_json::Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => serde_json::Map::new(),
    }
}
