//! `paifang reset-password`: for whoever may write to the data directory, while the gateway runs or not.

use std::sync::Arc;

use anyhow::Result;
use paifang_control::{AcceptAll, Control, SystemClock};
use paifang_model::Secret;

use crate::open_store::WithoutKey;
use crate::serve::FirstCredentials;
use crate::settings::{Beside, environment};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Name of the user
    #[arg(long, default_value = "admin")]
    user: String,
    #[command(flatten)]
    beside: Beside,
}

pub(crate) fn run(options: Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(reset(options))
}

/// Sets the password that the environment gives, or makes one and prints it.
async fn reset(options: Options) -> Result<()> {
    let place = options.beside.store_place()?;
    place.expect_data()?;
    let store = place.open(WithoutKey::GiveUp).await?.store;
    let data_dir = place.data_dir;
    let settings = paifang_control::Settings::default();
    let control = Control::new(store, Arc::new(SystemClock), Arc::new(AcceptAll), settings);
    let given = environment("PAIFANG_ADMIN_PASSWORD").map(Secret::new);
    let is_given = given.is_some();
    let password = control.reset_password(&options.user, given).await?;
    FirstCredentials::forget_password(&data_dir, &options.user)?;
    if is_given {
        println!("`{}` has the password of PAIFANG_ADMIN_PASSWORD now.", options.user);
    } else {
        println!("`{}` has a new password: {}", options.user, password.expose());
    }
    Ok(())
}
