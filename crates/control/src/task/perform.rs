//! Does one errand: the same operation, with the same complaints, as when it is asked for alone.

use paifang_model::id::{ApiId, AppId, BackendAccessId, BackendServiceId, GrantId, StageId};
use paifang_model::{Deployment, Grant, Kind};
use paifang_store::Stored;

use super::Errand;
use crate::api::{Deploy, Deployed};
use crate::control::Context;
use crate::error::{Error, Refusal};
use crate::grant::GrantsDraft;

/// How an errand went, when nothing is wrong.
#[derive(Debug)]
pub enum Performed {
    /// The API is published.
    Deployed(Box<Deployed>),
    /// The API is offline.
    TakenOffline(Stored<Deployment>),
    /// The API follows its backend service, or its backend accesses.
    Followed(Stored<Deployment>),
    /// The API is gone.
    Deleted,
    /// The app may call the API.
    Granted(Stored<Grant>),
    /// The app may not call the API any more.
    Revoked,
    /// Nothing was done: there is such a grant, with the same end and remark.
    AlreadyGranted(Stored<Grant>),
    /// Nothing was done, for it is so already; this is what the operation says of it.
    AlreadySo(Error),
}

impl Context {
    /// Does one errand.
    ///
    /// # Errors
    /// As the operation that it comes down to. That something to be taken away is not there is no error.
    pub async fn perform(&self, errand: &Errand) -> Result<Performed, Error> {
        match *errand {
            Errand::Deploy { api, stage, ref remark } => {
                let deploy = Deploy { stage, remark: remark.clone() };
                Ok(Performed::Deployed(Box::new(self.deploy_api(api, &deploy, None).await?)))
            }
            Errand::TakeOffline { api, stage, service } => self.perform_offline(api, stage, service).await,
            Errand::Follow { api, stage } => self.perform_follow(api, stage).await,
            Errand::FollowAccess { api, stage, access } => {
                self.perform_follow_access(api, stage, access).await
            }
            Errand::Delete { api } => self.perform_delete(api).await,
            Errand::Grant { app, api, stage, until, ref remark } => {
                let draft =
                    GrantsDraft { apps: vec![app], apis: vec![api], stage, until, remark: remark.clone() };
                self.perform_grant(app, api, &draft).await
            }
            Errand::Revoke { grant } => self.perform_revoke(grant).await,
        }
    }

    async fn perform_offline(
        &self,
        api: ApiId,
        stage: StageId,
        using: Option<BackendServiceId>,
    ) -> Result<Performed, Error> {
        match self.take_offline(api, stage, using).await {
            Ok(deployment) => Ok(Performed::TakenOffline(deployment)),
            Err(error @ Error::Refused(Refusal::NotOnline | Refusal::UsesNoService)) => {
                Ok(Performed::AlreadySo(error))
            }
            Err(error) => Err(error),
        }
    }

    async fn perform_follow(&self, api: ApiId, stage: StageId) -> Result<Performed, Error> {
        match self.follow_backend_service(api, stage).await {
            Ok(deployment) => Ok(Performed::Followed(deployment)),
            Err(
                error @ Error::Refused(Refusal::NotOnline | Refusal::UsesNoService | Refusal::FollowsAlready),
            ) => Ok(Performed::AlreadySo(error)),
            Err(error) => Err(error),
        }
    }

    async fn perform_follow_access(
        &self,
        api: ApiId,
        stage: StageId,
        through: Option<BackendAccessId>,
    ) -> Result<Performed, Error> {
        match self.follow_backend_access(api, stage, through).await {
            Ok(deployment) => Ok(Performed::Followed(deployment)),
            Err(error @ Error::Refused(Refusal::NotOnline | Refusal::UsesNoAccess)) => {
                Ok(Performed::AlreadySo(error))
            }
            Err(error) => Err(error),
        }
    }

    async fn perform_delete(&self, api: ApiId) -> Result<Performed, Error> {
        match self.delete_api(api, None).await {
            Ok(()) => Ok(Performed::Deleted),
            Err(error @ Error::NotFound { kind: Kind::Api, .. }) => Ok(Performed::AlreadySo(error)),
            Err(error) => Err(error),
        }
    }

    async fn perform_grant(&self, app: AppId, api: ApiId, draft: &GrantsDraft) -> Result<Performed, Error> {
        let id = Grant::id_of(app, api, draft.stage);
        match self.read_grant(id).await {
            Ok(there) if there.value.until == draft.until && there.value.remark == draft.remark => {
                return Ok(Performed::AlreadyGranted(there));
            }
            Ok(_) | Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
        let made = self.create_grants(draft).await?.into_iter().next();
        made.map(Performed::Granted).ok_or(Error::Raced(Kind::Grant))
    }

    async fn perform_revoke(&self, grant: GrantId) -> Result<Performed, Error> {
        match self.read_grant(grant).await {
            Ok(_) => {}
            Err(error @ Error::NotFound { .. }) => return Ok(Performed::AlreadySo(error)),
            Err(error) => return Err(error),
        }
        self.revoke_grants(&[grant]).await?;
        Ok(Performed::Revoked)
    }
}
