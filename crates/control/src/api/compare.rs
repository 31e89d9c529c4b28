//! Compares two definitions of an API.

use paifang_model::id::{ApiId, VersionId};
use paifang_model::{Api, Definition, Version};

use crate::action::Action;
use crate::control::Context;
use crate::difference::{Difference, differences, value};
use crate::error::Error;

/// One of the two things compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The draft.
    Draft,
    /// A version.
    Version(VersionId),
}

impl Context {
    /// Where two definitions of an API differ.
    ///
    /// # Errors
    /// When the caller may not, or there is no such API or version of it.
    pub async fn compare_api(&self, id: ApiId, before: Side, after: Side) -> Result<Vec<Difference>, Error> {
        let api = self.documents().find::<Api>(id).await?.value;
        self.may(Action::CompareApi, &super::path_of(&api)).await?;
        let (before, after) = (self.side(&api, before).await?, self.side(&api, after).await?);
        Ok(differences(&value(&before), &value(&after)))
    }

    async fn side(&self, api: &Api, side: Side) -> Result<Definition, Error> {
        match side {
            Side::Draft => Ok(api.definition.clone()),
            Side::Version(id) => Ok(self.documents().find_in::<Version>(api.id, id).await?.value.definition),
        }
    }
}
