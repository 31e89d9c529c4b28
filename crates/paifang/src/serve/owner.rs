//! The first owner: made at the first start, and found again at later ones.

use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use paifang_control::{Context, Control, FirstOwner, FirstStart, Principal};
use paifang_model::{Role, Secret, User};
use paifang_store::{Query, Store, StoreExt as _};
use tracing::info;

use super::FirstCredentials;
use crate::settings::environment;

/// Makes the owner at the first start; what was not given goes into a file, and onto the terminal if there is one.
pub(super) async fn make(control: &Control, store: &dyn Store, data_dir: &Path) -> Result<()> {
    let is_first = store.head().await.context("reading the newest revision")? == 0;
    // Later starts do not look at the variables, right or wrong.
    let given = if is_first { given()? } else { FirstOwner::default() };
    let started = control.first_start(given.clone()).await;
    let FirstStart::Made(credentials) = started.context("making the first owner")? else { return Ok(()) };
    let user = credentials.user.clone();
    let Some(made) = FirstCredentials::made(credentials, &given) else { return Ok(()) };
    let path = made.write(data_dir)?;
    let path = path.display();
    info!(%user, file = %path, "Made the owner `{user}`; its credentials are in `{path}`");
    if std::io::stdout().is_terminal() {
        println!("\n{}", made.text());
    }
    Ok(())
}

fn given() -> Result<FirstOwner> {
    let key = environment("PAIFANG_ACCESS_KEY_ID");
    let secret = environment("PAIFANG_ACCESS_KEY_SECRET");
    let access_key = match (key, secret) {
        (Some(key), Some(secret)) => Some((key, Secret::new(secret))),
        (None, None) => None,
        _ => bail!("PAIFANG_ACCESS_KEY_ID and PAIFANG_ACCESS_KEY_SECRET are given together or not at all"),
    };
    Ok(FirstOwner { password: environment("PAIFANG_ADMIN_PASSWORD").map(Secret::new), access_key })
}

/// An owner to act as, for what the gateway was told to do at its start.
pub(super) async fn find(control: &Control, store: &dyn Store) -> Result<Context> {
    let users =
        store.list_as::<User>(&Query::of::<User>().limit(500)).await.context("looking for an owner")?;
    let owner = users.items.into_iter().flatten().map(|user| user.value);
    let owner = owner.filter(|user| user.enabled).find(|user| user.role == Role::Owner);
    let owner = owner.context("there is no enabled owner")?;
    let User { id, account, name, role, .. } = owner;
    Ok(control.acting_as(Principal { user: id, name, role, account }))
}
