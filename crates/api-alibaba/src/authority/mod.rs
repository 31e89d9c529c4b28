//! Authorizations: which app may call which API in which stage, and until when.

mod list;
mod remove;
mod set;

pub(crate) use list::{apis, apps};
pub(crate) use remove::{of_apis as remove_apis, of_apps as remove_apps};
pub(crate) use set::{to_apis as set_apis, to_apps as set_apps};

use paifang_model::id::AppId;

use crate::call::Call;
use crate::fault::Fault;

/// The apps that `AppIds` names.
async fn named_apps(call: &Call<'_>) -> Result<Vec<AppId>, Fault> {
    let mut apps = Vec::new();
    for number in call.params.pieces("AppIds")? {
        apps.push(call.app_numbered(number).await?.value.id);
    }
    Ok(apps)
}
