//! Publishes a draft to a stage: freezes it into a version and puts that online.

use paifang_model::id::{ApiId, StageId, VersionId};
use paifang_model::name::check_length;
use paifang_model::quota::Item;
use paifang_model::{Api, Deployment, Key, Version, Violations};
use paifang_store::{Expectation, Query};
use serde::Deserialize;
use serde_json::json;

use super::publication::{Deployed, Place, overtakes};
use crate::action::Action;
use crate::attempt::{TRIES, settled};
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;

/// Where to publish, and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Deploy {
    /// The stage.
    pub stage: StageId,
    /// A remark kept with the version.
    #[serde(default)]
    pub remark: String,
}

impl Context {
    /// Publishes the draft of an API; with `expected`, only as it was at that revision. Of the versions made for the
    /// stage, as many as the quota says stay; of the others, those that serve somewhere stay too.
    ///
    /// # Errors
    /// When the caller may not, there is no such API or stage, the definition breaks rules, what it needs is gone, a
    /// variable that it names has no value in the stage, its backend service has no definition there, or someone else
    /// changed the draft.
    pub async fn deploy_api(
        &self,
        id: ApiId,
        deploy: &Deploy,
        expected: Option<u64>,
    ) -> Result<Deployed, Error> {
        settled(TRIES, overtakes, || self.try_to_deploy(id, deploy, expected)).await
    }

    async fn try_to_deploy(
        &self,
        id: ApiId,
        deploy: &Deploy,
        expected: Option<u64>,
    ) -> Result<Deployed, Error> {
        let api = self.documents().find::<Api>(id).await?;
        let permission = self.authorize(Action::DeployApi, &super::path_of(&api.value)).await?;
        let service = api.value.definition.service();
        let place = self.place(api, deploy.stage, service).await?;
        self.control.check_published(&place.api.value.definition, &place).await?;
        check_remark(&place, &deploy.remark)?;
        let version = self.freeze(&place, deploy.remark.clone()).await?;
        let deployment = place.online(&version, self.control.now());
        // What was looked at is what is frozen.
        let looked_at = Expectation::Revision(Key::of::<Api>(id), expected.unwrap_or(place.api.revision));
        let mut change = Change::new()
            .create(&version)
            .put(&deployment)
            .expect(looked_at)
            .expect(place.service_as_seen())
            .drawn("number")
            .drawn("made_at")
            .detail(json!({ "stage": place.stage, "version": version.id, "number": version.number }));
        if !self.is_online(id, place.stage).await? {
            change = change.made(Key::of::<Deployment>(deployment.id));
        }
        for surplus in self.surplus(&place, &version).await? {
            change = change.drop(Key::of::<Version>(surplus));
        }
        let change = super::edit::placed(change, &place.api.value);
        let revision = permission.commit(&self.control, change).await?.revision;
        Ok(Deployed { deployment, version, revision })
    }

    /// The draft as its next version.
    async fn freeze(&self, place: &Place, remark: String) -> Result<Version, Error> {
        let Api { id, group, definition } = place.api.value.clone();
        let query = Query::of::<Version>().within(id).by("number").descending().limit(1);
        let newest = self.documents().list::<Version>(&query).await?.items.into_iter().next().transpose()?;
        let (number, made_at) = newest.map_or((0, 0), |newest| (newest.value.number, newest.value.made_at));
        Ok(Version {
            id: VersionId::random(),
            api: id,
            group,
            stage: place.stage,
            number: number + 1,
            made_at: self.control.now().max(made_at + 1),
            remark,
            definition,
        })
    }

    /// Versions made for the stage that are too many once there is a new one: the oldest that serve nowhere.
    async fn surplus(&self, place: &Place, new: &Version) -> Result<Vec<VersionId>, Error> {
        let query = Query::of::<Version>().within(new.api).eq("stage", place.stage.0).by("number");
        let versions = self.documents().all::<Version>(query).await?;
        let kept = self.control.number(Item::VersionsPerStage, Some(place.dialect)).await?;
        let kept = kept.and_then(|kept| usize::try_from(kept).ok()).unwrap_or(usize::MAX);
        let too_many = (versions.len() + 1).saturating_sub(kept);
        if too_many == 0 {
            return Ok(Vec::new());
        }
        let mut serving = self.deployments_of(new.api).await?;
        serving.retain(|deployment| deployment.value.stage != place.stage);
        let serves =
            |version: VersionId| serving.iter().any(|deployment| deployment.value.version == version);
        let oldest = versions.into_iter().map(|version| version.value.id);
        Ok(oldest.filter(|version| !serves(*version)).take(too_many).collect())
    }
}

fn check_remark(place: &Place, remark: &str) -> Result<(), Error> {
    let mut violations = Violations::new();
    violations.at("/remark", check_length(remark, 0, place.dialect.rules().texts.remark));
    Ok(violations.or(())?)
}
