//! Apps by name, their keys and codes, and their grants.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use paifang_model::{App, BlackList, Grant, Kind, Secret};
use serde::Deserialize;
use serde_json::{Value, json};

use super::view::{self, Seen};
use super::{Gateway, Made, ask_all, of_groups, quoted, text};
use crate::apply::noun;
use crate::apply::object::{Found, Identity};
use crate::management::Rest;

#[derive(Deserialize)]
pub(super) struct Checked {
    pub(super) matches: bool,
}

#[derive(Deserialize)]
struct FoundCode {
    id: Option<String>,
}

impl Gateway {
    /// Reads apps with these names.
    pub(crate) async fn read_apps(&mut self, rest: &Rest, apps: &BTreeSet<Identity>) -> Result<()> {
        let one = async |app: &Identity| {
            view::all::<App>(rest, &format!("/apps?name={}", quoted(app.name()))).await
        };
        for seen in ask_all(apps, one).await?.into_iter().flatten() {
            self.add_app(seen);
        }
        Ok(())
    }

    /// Reads every app.
    pub(crate) async fn read_all_apps(&mut self, rest: &Rest) -> Result<()> {
        for seen in view::all::<App>(rest, "/apps").await? {
            self.add_app(seen);
        }
        Ok(())
    }

    pub(super) fn add_app(&mut self, seen: Seen<App>) {
        let Seen { id, revision, noun } = seen;
        let quota = noun.quota.and_then(|quota| self.name(Kind::AppQuota, &quota.id.to_string()));
        let body = noun::app::canonical(&noun, quota.as_deref());
        self.add_number(Identity::app(&noun.name), &noun.number);
        self.add(Identity::app(&noun.name), Found { id, revision, body });
    }

    /// Reads every black list, and the apps on it.
    pub(super) async fn read_black_lists(&mut self, rest: &Rest) -> Result<()> {
        let lists = view::all::<BlackList>(rest, "/black-lists").await?;
        let listed = lists.iter().flat_map(|seen| noun::black_list::apps(&seen.noun));
        let apps: Made = listed.map(|id| (Kind::App, id)).collect();
        for view in self.missing(rest, &apps, Kind::App, "/apps").await? {
            self.add_app(view::read::<App>(view)?);
        }
        for Seen { id, revision, noun } in lists {
            let body = noun::black_list::canonical(&noun, |kind, id| self.name(kind, id));
            self.add(Identity::outermost(Kind::BlackList, &noun.name), Found { id, revision, body });
        }
        Ok(())
    }

    /// Reads the keys of some apps, and whether they have the secrets that they are wanted to have.
    pub(crate) async fn read_keys(
        &mut self,
        rest: &Rest,
        apps: &BTreeSet<Identity>,
        wanted: &BTreeMap<Identity, Secret>,
    ) -> Result<()> {
        let keys = self.below(rest, apps, "keys").await?;
        let check = async |(app, app_id, key): (Identity, String, Value)| {
            let identity = Identity::app_key(app.name(), &text(&key, "key"));
            let id = text(&key, "id");
            let matches = match wanted.get(&identity) {
                Some(secret) => matches(rest, &app_id, &id, secret).await?,
                None => true,
            };
            Ok((identity, Found { id, revision: 0, body: noun::app::key_body(matches) }))
        };
        for (identity, found) in ask_all(keys, check).await? {
            self.add(identity, found);
        }
        Ok(())
    }

    /// Reads the codes of some apps, and which of them are wanted.
    pub(crate) async fn read_codes(
        &mut self,
        rest: &Rest,
        apps: &BTreeSet<Identity>,
        wanted: &BTreeMap<Identity, Secret>,
    ) -> Result<()> {
        let codes = self.below(rest, apps, "codes").await?.into_iter();
        let mut names: BTreeMap<String, Identity> = codes
            .map(|(app, _, code)| (app, text(&code, "id")))
            .map(|(app, id)| (id.clone(), Identity::app_code(app.name(), &id)))
            .collect();
        let guesses = wanted.iter().filter(|(code, _)| code.kind == Kind::AppCode);
        let guesses = guesses.filter_map(|(code, secret)| Some((code, self.id(&code.app_of())?, secret)));
        let guess = async |(code, app, secret): (&Identity, &str, &Secret)| {
            Ok(find(rest, app, secret).await?.map(|id| (id, code.clone())))
        };
        names.extend(ask_all(guesses.collect::<Vec<_>>(), guess).await?.into_iter().flatten());
        for (id, identity) in names {
            self.add(identity, Found { id, revision: 0, body: json!({}) });
        }
        Ok(())
    }

    /// What some apps have of a sort, each with the app and its id.
    async fn below(
        &self,
        rest: &Rest,
        apps: &BTreeSet<Identity>,
        what: &str,
    ) -> Result<Vec<(Identity, String, Value)>> {
        let there = apps.iter().filter_map(|app| Some((app, self.id(app)?.to_owned())));
        let of_one = async |(app, id): (&Identity, String)| {
            let all: Vec<Value> = rest.all(&format!("/apps/{id}/{what}")).await?;
            Ok(all.into_iter().map(|one| (app.clone(), id.clone(), one)).collect::<Vec<_>>())
        };
        Ok(ask_all(there.collect::<Vec<_>>(), of_one).await?.into_iter().flatten().collect())
    }

    /// Reads the grants of some apps, for APIs that have been read.
    pub(crate) async fn read_grants(&mut self, rest: &Rest, apps: &BTreeSet<Identity>) -> Result<()> {
        let there: Vec<String> = apps.iter().filter_map(|app| self.id(app).map(str::to_owned)).collect();
        let of_one = async |id: String| view::all::<Grant>(rest, &format!("/apps/{id}/grants")).await;
        for seen in ask_all(there, of_one).await?.into_iter().flatten() {
            self.add_grant(seen);
        }
        Ok(())
    }

    /// Reads all grants, or those for APIs of some groups.
    pub(crate) async fn read_grants_for(
        &mut self,
        rest: &Rest,
        groups: Option<&BTreeSet<Identity>>,
    ) -> Result<()> {
        let of_one = async |path: String| view::all::<Grant>(rest, &path).await;
        for seen in ask_all(of_groups(self, "/grants", groups), of_one).await?.into_iter().flatten() {
            self.add_grant(seen);
        }
        Ok(())
    }

    pub(super) fn add_grant(&mut self, seen: Seen<Grant>) {
        let Seen { id, revision, noun } = seen;
        let app = self.named(Kind::App, &noun.app.to_string());
        let api = self.named(Kind::Api, &noun.api.to_string());
        let stage = self.named(Kind::Stage, &noun.stage.to_string());
        if let (Some(app), Some(api), Some(stage)) = (app, api, stage) {
            let body = noun::grant::canonical(noun.until, &noun.remark);
            self.add(api.grant(app, stage), Found { id, revision, body });
        }
    }
}

async fn matches(rest: &Rest, app: &str, key: &str, secret: &Secret) -> Result<bool> {
    let guess = json!({ "secret": secret.expose() });
    let checked: Checked = rest
        .post(&format!("/apps/{app}/keys/{key}/check"), &guess)
        .await
        .context("asking whether a key has the secret that the files give")?;
    Ok(checked.matches)
}

async fn find(rest: &Rest, app: &str, code: &Secret) -> Result<Option<String>> {
    let guess = json!({ "code": code.expose() });
    let found: FoundCode = rest
        .post(&format!("/apps/{app}/codes/find"), &guess)
        .await
        .context("asking whether an app has a code that the files give")?;
    Ok(found.id)
}
