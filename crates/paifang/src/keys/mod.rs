//! `paifang keys`: the keys that seal what is kept secret.

mod rewrap;

use anyhow::Result;
use clap::Subcommand;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::management::{Access, block_on};

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the keys of a running gateway: numbers, ages, how much each seals
    List(Access),
    /// Make a new data key; a running gateway seals everything anew with it in the background
    Rotate(Access),
    /// Wrap the keys by a new master key
    Rewrap(rewrap::Options),
}

/// The keys, as native REST tells of them.
#[derive(Deserialize)]
struct Keyring {
    master_key: String,
    data_keys: Vec<DataKey>,
}

#[derive(Deserialize)]
struct DataKey {
    number: u32,
    state: String,
    created_at: i64,
    documents: u64,
    changes: u64,
}

pub(crate) fn run(options: Options) -> Result<()> {
    let text = block_on(async {
        match options.command {
            Command::List(access) => list(&access).await,
            Command::Rotate(access) => rotate(&access).await,
            Command::Rewrap(options) => rewrap::run(options).await,
        }
    })??;
    Ok(std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())?)
}

async fn list(access: &Access) -> Result<String> {
    let keyring = access.rest()?.get::<Keyring>("/keyring").await?;
    Ok(keyring.as_ref().map(shown).unwrap_or_default())
}

async fn rotate(access: &Access) -> Result<String> {
    let keyring: Keyring = access.rest()?.post("/keyring/rotate", &json!({})).await?;
    let newest = keyring.data_keys.iter().map(|key| key.number).max().unwrap_or_default();
    let made = format!("Data key {newest} seals from now on; older ones go when nothing uses them.\n\n");
    Ok(made + &shown(&keyring))
}

fn shown(keyring: &Keyring) -> String {
    let mut text = format!("master key {}\n", keyring.master_key);
    text += "data key  state     made                  documents     changes\n";
    for DataKey { number, state, created_at, documents, changes } in &keyring.data_keys {
        let made = Timestamp::from_millisecond(*created_at).unwrap_or_default();
        let made = made.strftime("%Y-%m-%dT%H:%M:%SZ");
        text += &format!("{number:>8}  {state:<8}  {made:<20}  {documents:>9}  {changes:>10}\n");
    }
    text
}
