//! What a manifest made. Of that, what has not been read for the files' sake is read by its id.

use std::collections::HashSet;

use anyhow::Result;
use paifang_model::{App, Binding, Grant, GroupBinding, Kind};
use serde::Deserialize;
use serde_json::Value;

use super::{Gateway, ask_all, view};
use crate::management::Rest;

/// Kinds and ids.
pub(crate) type Made = HashSet<(Kind, String)>;

#[derive(Deserialize)]
struct Entry {
    kind: Kind,
    object: String,
}

impl Gateway {
    /// What a manifest made; nothing when there is no such manifest. APIs, deployments and policies have been read, all of
    /// them.
    pub(crate) async fn read_made(&mut self, rest: &Rest, manifest: &str) -> Result<Made> {
        let path = format!("/manifests/{manifest}");
        if rest.get::<Value>(&path).await?.is_none() {
            return Ok(Made::new());
        }
        let entries: Vec<Entry> = rest.all(&format!("{path}/entries")).await?;
        let made: Made = entries.into_iter().map(|entry| (entry.kind, entry.object)).collect();
        for view in self.missing(rest, &made, Kind::App, "/apps").await? {
            self.add_app(view::read::<App>(view)?);
        }
        let grants = self.missing(rest, &made, Kind::Grant, "/grants").await?;
        let apps: Made = grants.iter().map(|grant| (Kind::App, super::text(grant, "app"))).collect();
        for view in self.missing(rest, &apps, Kind::App, "/apps").await? {
            self.add_app(view::read::<App>(view)?);
        }
        for view in grants {
            self.add_grant(view::read::<Grant>(view)?);
        }
        for view in self.missing(rest, &made, Kind::Binding, "/bindings").await? {
            self.add_binding(view::read::<Binding>(view)?);
        }
        for view in self.missing(rest, &made, Kind::GroupBinding, "/group-bindings").await? {
            self.add_group_binding(view::read::<GroupBinding>(view)?);
        }
        Ok(made)
    }

    /// Reads those of a kind that have not been read.
    pub(super) async fn missing(
        &self,
        rest: &Rest,
        made: &Made,
        kind: Kind,
        path: &str,
    ) -> Result<Vec<Value>> {
        let unread = made.iter().filter(|(of, id)| *of == kind && self.named(kind, id).is_none());
        let ask = async |(_, id): &(Kind, String)| rest.get::<Value>(&format!("{path}/{id}")).await;
        Ok(ask_all(unread, ask).await?.into_iter().flatten().collect())
    }
}
