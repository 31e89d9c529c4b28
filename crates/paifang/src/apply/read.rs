//! From a folder and a gateway to a plan: everything is read and judged before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use paifang_model::Kind;

use super::files;
use super::gateway::{Gateway, Scope};
use super::object::Identity;
use super::plan::{Plan, check, plan};
use super::reader::{Desired, desired};
use crate::management::Rest;

/// What the files want, what there is, and what has to be done.
pub(super) struct Compared {
    pub(super) desired: Desired,
    pub(super) gateway: Gateway,
    pub(super) plan: Plan,
}

/// What is compared.
pub(super) struct Asked<'a> {
    pub(super) folder: &'a Path,
    /// The manifest whose objects may be deleted, if any may.
    pub(super) prune: Option<&'a str>,
}

/// Compares a folder with a gateway.
///
/// # Errors
/// Complaints about the files, all at once; or that the gateway cannot be asked.
pub(super) async fn compare(rest: &Rest, asked: &Asked<'_>) -> Result<Compared> {
    let documents = files::read(asked.folder)?;
    let mut gateway = Gateway::read(rest).await?;
    let known: Vec<Identity> = gateway.found.keys().cloned().collect();
    let (desired, complaints) = desired(&documents, &gateway.rules, known.into_iter())?;
    read_the_rest(rest, &mut gateway, &desired, asked.prune.is_some()).await?;
    let made = match asked.prune {
        Some(manifest) => Some(gateway.read_made(rest, manifest).await?),
        None => None,
    };
    let plan = plan(&desired, &gateway.found, made.as_ref());
    let now = jiff::Timestamp::now().as_millisecond();
    check(&desired, &gateway, &plan, now, complaints)?;
    Ok(Compared { desired, gateway, plan })
}

/// Reads what the files are about; all APIs where some may have to go.
async fn read_the_rest(rest: &Rest, gateway: &mut Gateway, desired: &Desired, prune: bool) -> Result<()> {
    let deployments = of_kind(desired, Kind::Deployment);
    let groups = (!prune).then(|| groups(desired));
    gateway.read_apis(rest, &Scope { groups, deployments: Some(deployments) }).await?;
    let places = if prune { gateway.places(None) } else { places_of_variables(desired) };
    gateway.read_variables(rest, &places).await?;
    let apps_of = |kind| of_kind(desired, kind).iter().map(Identity::app_of).collect::<BTreeSet<_>>();
    let with_grants = apps_of(Kind::Grant);
    let mut apps: BTreeSet<Identity> = of_kind(desired, Kind::App).union(&with_grants).cloned().collect();
    apps.extend(needed_apps(desired));
    gateway.read_apps(rest, &apps).await?;
    let secrets = desired.iter().filter_map(|(key, wanted)| Some((key.clone(), wanted.secret.clone()?)));
    let secrets = secrets.collect::<BTreeMap<_, _>>();
    gateway.read_keys(rest, &apps_of(Kind::AppKey), &secrets).await?;
    gateway.read_codes(rest, &apps_of(Kind::AppCode), &secrets).await?;
    gateway.read_grants(rest, &with_grants).await?;
    gateway.read_settings(rest, &of_kind(desired, Kind::Policy), &secrets).await?;
    let bound = of_kind(desired, Kind::Binding).iter().map(Identity::group_of).collect();
    gateway.read_bindings(rest, Some(&bound)).await?;
    let bound = of_kind(desired, Kind::GroupBinding).iter().map(Identity::group_of).collect();
    gateway.read_group_bindings(rest, Some(&bound)).await
}

/// Apps that are named, in the files or not.
fn needed_apps(desired: &Desired) -> impl Iterator<Item = Identity> {
    let needed = desired.values().flat_map(|wanted| wanted.needs.iter().map(|(_, need)| need));
    needed.filter(|identity| identity.kind == Kind::App).cloned()
}

/// Where variables are wanted, or needed by what is to be deployed.
fn places_of_variables(desired: &Desired) -> BTreeSet<(Identity, Identity)> {
    let needed = desired.values().flat_map(|wanted| wanted.needs.iter().map(|(_, need)| need));
    let variables = desired.keys().chain(needed).filter(|identity| identity.kind == Kind::Variable);
    variables.map(|variable| (variable.group_of(), variable.stage_of())).collect()
}

/// The groups whose APIs the files name.
fn groups(desired: &Desired) -> BTreeSet<Identity> {
    let named = desired.keys().filter_map(|identity| match identity.kind {
        Kind::Api | Kind::Binding => Some(identity.group_of()),
        Kind::Grant => Some(identity.granted_api().group_of()),
        _ => None,
    });
    named.collect()
}

fn of_kind(desired: &Desired, kind: Kind) -> BTreeSet<Identity> {
    desired.keys().filter(|identity| identity.kind == kind).cloned().collect()
}
