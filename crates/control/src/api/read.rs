//! Shows an API's draft, or one of its versions.

use paifang_model::id::{ApiId, VersionId};
use paifang_model::{Api, Version};
use paifang_store::{Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;

impl Context {
    /// The draft of an API.
    ///
    /// # Errors
    /// When the caller may not, or there is no such API.
    pub async fn read_api(&self, id: ApiId) -> Result<Stored<Api>, Error> {
        let api = self.documents().find::<Api>(id).await?;
        self.may(Action::ReadApi, &super::path_of(&api.value)).await?;
        Ok(api)
    }

    /// A version, whichever API it is of.
    ///
    /// # Errors
    /// When the caller may not, or there is no such version.
    pub async fn read_version(&self, id: VersionId) -> Result<Stored<Version>, Error> {
        let version = self.documents().find::<Version>(id).await?;
        let path = super::path(version.value.group, version.value.api).then(Noun::Version, id);
        self.may(Action::ReadVersion, &path).await?;
        Ok(version)
    }

    /// The version of an API that has this number.
    ///
    /// # Errors
    /// When the caller may not, or there is no such API or version.
    pub async fn find_version(&self, api: ApiId, number: u64) -> Result<Stored<Version>, Error> {
        let api = self.documents().find::<Api>(api).await?.value;
        self.may(Action::ReadVersion, &super::path_of(&api).then(Noun::Version, number)).await?;
        let query = Query::of::<Version>().within(api.id).eq("number", number);
        let found = self.documents().all::<Version>(query).await?.into_iter().next();
        found.ok_or_else(|| Error::not_found(paifang_model::Kind::Version, number))
    }
}
