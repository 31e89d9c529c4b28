//! `paifang export`: the files that would make what is there. Secrets are left out; files name the variables that are
//! to hold them.

mod bindings;
mod document;
mod grants;
mod names;
mod render;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use paifang_model::{Kind, Stage};
use serde_json::Value;

use super::gateway::{Gateway, Scope};
use super::object::Identity;
use super::{files, noun, output};
use crate::management::{Access, Rest, block_on};
use names::{FileNames, Variables};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Folder to write to; it must not hold YAML files yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only this group, and what it needs; may be given several times
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
    #[command(flatten)]
    access: Access,
}

/// `paifang export`.
pub(crate) fn run(options: &Options) -> Result<()> {
    let exported = block_on(export(options))??;
    write(&options.folder, &exported.files)?;
    output::print(&exported.report())
}

/// Files by their paths, and what is to be known about them.
#[derive(Default)]
struct Exported {
    files: BTreeMap<PathBuf, Vec<Value>>,
    variables: Variables,
    notes: Vec<String>,
}

async fn export(options: &Options) -> Result<Exported> {
    refuse_files(&options.folder)?;
    let rest = options.access.rest()?;
    let mut gateway = Gateway::read(&rest).await?;
    let groups = chosen(&gateway, &options.groups)?;
    gateway.read_apis(&rest, &Scope { groups: groups.clone(), deployments: None }).await?;
    let places = gateway.places(groups.as_ref());
    gateway.read_variables(&rest, &places).await?;
    gateway.read_all_apps(&rest).await?;
    gateway.read_grants_for(&rest, groups.as_ref()).await?;
    let policies = gateway.of_kind(Kind::Policy).map(|(policy, _)| policy.clone()).collect();
    gateway.read_settings(&rest, &policies, &BTreeMap::new()).await?;
    gateway.read_bindings(&rest, groups.as_ref()).await?;
    gateway.read_group_bindings(&rest, groups.as_ref()).await?;
    let selected = select(&gateway, groups.as_ref());
    read_secrets(&rest, &mut gateway, &selected).await?;
    Ok(Exported::of(&gateway, &selected))
}

/// The groups that were named.
fn chosen(gateway: &Gateway, names: &[String]) -> Result<Option<BTreeSet<Identity>>> {
    if names.is_empty() {
        return Ok(None);
    }
    let named = |name: &String| {
        let groups = gateway.of_kind(Kind::Group).map(|(group, _)| group);
        let found: Vec<_> =
            groups.filter(|group| group.name() == name || group.shown() == *name).cloned().collect();
        if found.is_empty() { bail!("there is no group `{name}`") } else { Ok(found) }
    };
    let found = names.iter().map(named).collect::<Result<Vec<_>>>()?;
    Ok(Some(found.into_iter().flatten().collect()))
}

/// What is written: everything, or some groups with all that hangs on them and all that they need.
fn select(gateway: &Gateway, groups: Option<&BTreeSet<Identity>>) -> BTreeSet<Identity> {
    let Some(groups) = groups else { return gateway.found.keys().cloned().collect() };
    let mut selected = groups.clone();
    for (identity, found) in &gateway.found {
        let group = match identity.kind {
            Kind::Api | Kind::Deployment | Kind::Binding | Kind::GroupBinding | Kind::Variable => {
                identity.group_of()
            }
            Kind::Grant => identity.granted_api().group_of(),
            Kind::Domain => document::group_of(&found.body),
            _ => continue,
        };
        if groups.contains(&group) {
            selected.insert(identity.clone());
            selected.extend(needs(identity, &group, &found.body));
        }
    }
    let services = selected.iter().filter(|one| one.kind == Kind::BackendService);
    let bodies = services.filter_map(|service| Some(&gateway.found.get(service)?.body));
    let named: Vec<_> = bodies.flat_map(noun::backend_service::named).collect();
    selected.extend(named);
    let policies = selected.iter().filter(|one| one.kind == Kind::Policy);
    let bodies = policies.filter_map(|policy| Some((policy, &gateway.found.get(policy)?.body)));
    let named: Vec<_> = bodies.flat_map(|(policy, body)| noun::policy::named(policy, body)).collect();
    selected.extend(named.into_iter().map(|(_, named)| named));
    let bodies = selected.iter().filter_map(|one| Some((one.kind, &gateway.found.get(one)?.body)));
    let named: BTreeSet<_> = bodies.flat_map(|(kind, body)| instances(kind, body)).collect();
    let instances = gateway.of_kind(Kind::BackendInstance).map(|(instance, _)| instance);
    let meant: Vec<_> = instances.filter(|instance| named.contains(instance.name())).cloned().collect();
    selected.extend(meant);
    let apps = selected.iter().filter(|one| one.kind == Kind::App);
    let bodies = apps.filter_map(|app| Some(&gateway.found.get(app)?.body));
    let quotas: Vec<_> = bodies.filter_map(noun::app::quota).collect();
    selected.extend(quotas);
    selected
}

/// The clouds' ids of instances that an access or a channel names.
fn instances(kind: Kind, body: &Value) -> Vec<&str> {
    match kind {
        Kind::BackendAccess => body["instance"].as_str().into_iter().collect(),
        Kind::Channel => {
            let members = body["members"].as_array().into_iter().flatten();
            members.filter_map(|member| member["instance"].as_str()).collect()
        }
        _ => Vec::new(),
    }
}

fn needs(identity: &Identity, group: &Identity, body: &Value) -> Vec<Identity> {
    match identity.kind {
        Kind::Api => noun::api::named(body),
        Kind::Deployment | Kind::Variable => vec![identity.stage_of()],
        Kind::Grant => vec![identity.app_of(), identity.stage_of()],
        Kind::Binding | Kind::GroupBinding => {
            vec![noun::binding::policy(identity, body), identity.stage_of()]
        }
        Kind::Domain => {
            let stage = body["stage"].as_str().zip(group.dialect());
            let stage = stage.map(|(stage, dialect)| Identity::stage(dialect, stage));
            stage.into_iter().chain(noun::domain::certificate(body)).collect()
        }
        _ => Vec::new(),
    }
}

async fn read_secrets(rest: &Rest, gateway: &mut Gateway, selected: &BTreeSet<Identity>) -> Result<()> {
    let apps = selected.iter().filter(|identity| identity.kind == Kind::App).cloned().collect();
    gateway.read_keys(rest, &apps, &BTreeMap::new()).await?;
    gateway.read_codes(rest, &apps, &BTreeMap::new()).await
}

impl Exported {
    fn of(gateway: &Gateway, selected: &BTreeSet<Identity>) -> Self {
        let mut exported = Self::default();
        let mut names = FileNames::default();
        for identity in selected {
            let Some(found) = gateway.found.get(identity) else { continue };
            let (path, document) = match identity.kind {
                Kind::Group => {
                    (folder(identity, &mut names).join("group.yaml"), document::group(identity, found))
                }
                Kind::Stage if is_built_in(identity) => continue,
                Kind::Stage => ("stages.yaml".into(), document::stage(identity, found)),
                Kind::BackendAccess => ("backend-accesses.yaml".into(), document::backend_access(found)),
                Kind::BackendInstance => ("backend-instances.yaml".into(), document::backend_instance(found)),
                Kind::Channel => ("channels.yaml".into(), document::channel(found)),
                Kind::BackendService => {
                    ("backend-services.yaml".into(), document::backend_service(identity, found))
                }
                Kind::Api => {
                    exported.note_unpublished(gateway, identity);
                    let file = names.file(identity, identity.name());
                    let folder = folder(&identity.group_of(), &mut names);
                    (folder.join(file), document::api(gateway, identity, found))
                }
                Kind::Certificate => {
                    let document = document::certificate(identity, found, &mut exported.variables);
                    ("certificates.yaml".into(), document)
                }
                Kind::Domain => {
                    let group = document::group_of(&found.body);
                    (folder(&group, &mut names).join("group.yaml"), document::domain(identity, found))
                }
                Kind::Variable => (
                    folder(&identity.group_of(), &mut names).join("variables.yaml"),
                    document::variable(identity, found),
                ),
                Kind::Policy => {
                    let (document, gone) =
                        document::policy(gateway, identity, found, &mut exported.variables);
                    let note = |name| format!("{identity}: `{name}`, which it names, is gone and left out");
                    exported.notes.extend(gone.into_iter().map(note));
                    ("policies.yaml".into(), document)
                }
                Kind::AppQuota => ("app-quotas.yaml".into(), document::app_quota(found)),
                Kind::AccessList => ("access-lists.yaml".into(), document::access_list(found)),
                Kind::BlackList => ("black-lists.yaml".into(), document::black_list(found)),
                Kind::App => {
                    ("apps.yaml".into(), document::app(gateway, identity, found, &mut exported.variables))
                }
                _ => continue,
            };
            exported.files.entry(path).or_default().push(document);
        }
        exported.add_grants(gateway, selected);
        exported.add_bindings(gateway, selected);
        exported
    }

    fn add_grants(&mut self, gateway: &Gateway, selected: &BTreeSet<Identity>) {
        let (grants, ended) = grants::documents(gateway, selected);
        if !grants.is_empty() {
            self.files.insert("grants.yaml".into(), grants);
        }
        self.notes.extend(ended.iter().map(|grant| format!("{grant} has ended and is left out")));
    }

    fn add_bindings(&mut self, gateway: &Gateway, selected: &BTreeSet<Identity>) {
        let (bindings, asleep) = bindings::documents(gateway, selected);
        let of_groups = bindings::group_documents(gateway, selected);
        if !bindings.is_empty() || !of_groups.is_empty() {
            self.files.insert("bindings.yaml".into(), [bindings, of_groups].concat());
        }
        let note = |binding| format!("{binding} sleeps, for the API is not deployed there, and is left out");
        self.notes.extend(asleep.iter().map(note));
    }

    fn note_unpublished(&mut self, gateway: &Gateway, api: &Identity) {
        let draft = gateway.found.get(api).map(|found| &found.body);
        for (deployment, found) in gateway.of_kind(Kind::Deployment).filter(|(one, _)| one.api_of() == *api) {
            if Some(&found.body) != draft {
                let stage = deployment.name();
                self.notes
                    .push(format!("{api}: the draft, which is written, is not what is deployed to {stage}"));
            }
        }
    }

    fn report(&self) -> String {
        let documents: usize = self.files.values().map(Vec::len).sum();
        let mut lines = vec![format!("{documents} documents in {} files", self.files.len())];
        lines.extend(self.notes.iter().map(|note| format!("note: {note}")));
        if !self.variables.is_empty() {
            lines.push("the files take these secrets from the environment:".to_owned());
            lines.extend(self.variables.lines());
        }
        lines.join("\n") + "\n"
    }
}

fn folder(group: &Identity, names: &mut FileNames) -> PathBuf {
    let dialect = group.path.first().map_or("", String::as_str);
    Path::new(dialect).join(names.folder(group, group.name()))
}

fn is_built_in(stage: &Identity) -> bool {
    stage
        .dialect()
        .is_some_and(|dialect| Stage::built_in(dialect).any(|built_in| built_in.name == stage.name()))
}

/// What is there already would be mixed up with what is written.
fn refuse_files(folder: &Path) -> Result<()> {
    if folder.exists() && !files::yaml_files(folder)?.is_empty() {
        bail!("`{}` holds YAML files already: name a folder that does not", folder.display());
    }
    Ok(())
}

fn write(folder: &Path, files: &BTreeMap<PathBuf, Vec<Value>>) -> Result<()> {
    for (path, documents) in files {
        let path = folder.join(path);
        let writing = || format!("writing `{}`", path.display());
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(writing)?;
        std::fs::write(&path, render::documents(documents)?).with_context(writing)?;
    }
    Ok(())
}
