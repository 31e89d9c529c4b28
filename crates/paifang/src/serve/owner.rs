//! The first owner: made at the first start, and found again at later ones.

use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use paifang_control::{Context, Control, Error, FirstOwner, FirstStart, Principal};
use paifang_model::{Role, Secret, User};
use paifang_store::{Query, Store, StoreExt as _};
use tracing::info;

use super::{FirstCredentials, first_credentials};
use crate::settings::environment;

/// Makes the owner at the first start; what was not given goes into a file, and onto the terminal if there is one.
///
/// The file comes first: credentials that were committed and then lost with the process could not be told to anybody.
pub(super) async fn make(control: &Control, store: &dyn Store, data_dir: &Path) -> Result<()> {
    let is_first = store.head().await.context("reading the newest revision")? == 0;
    // Later starts do not look at the variables, right or wrong.
    let given = if is_first { given()? } else { FirstOwner::default() };
    let owner = given.clone().drawn();
    let made = FirstCredentials::made(&owner, &given).filter(|_| is_first);
    if let Some(made) = &made {
        made.write(data_dir)?;
    }
    let started = control.first_start(owner).await;
    if matches!(started, Err(Error::Invalid(_)) | Ok(FirstStart::NotFirst)) && made.is_some() {
        // They are nobody's.
        FirstCredentials::remove(data_dir)?;
    }
    match (started.context("making the first owner")?, made) {
        (FirstStart::Made(_), Some(made)) => tell(&made, data_dir),
        _ => Ok(()),
    }
}

fn tell(made: &FirstCredentials, data_dir: &Path) -> Result<()> {
    let (user, path) = (FirstOwner::NAME, first_credentials::path(data_dir));
    let path = path.display();
    info!(%user, file = %path, "Made the owner `{user}`; its credentials are in `{path}`");
    if std::io::stdout().is_terminal() {
        crate::serve::print(&format!("\n{}\n", made.text()))?;
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
