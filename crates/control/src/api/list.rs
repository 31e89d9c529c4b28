//! Lists APIs.

use paifang_model::id::{BackendAccessId, BackendServiceId, ChannelId, GroupId};
use paifang_model::{Api, BackendAccess, BackendService, Channel};
use paifang_store::{Filter, Page, Query, Stored};

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::paging::{By, Paging};
use crate::resource::ResourcePath;

/// Which APIs are wanted, by their drafts; all that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiFilter {
    /// Of this group.
    pub group: Option<GroupId>,
    /// With exactly this name.
    pub name: Option<String>,
    /// With this in their name, in upper or lower case.
    pub name_contains: Option<String>,
    /// With this in their path, in upper or lower case.
    pub path_contains: Option<String>,
    /// That call through this backend access.
    pub access: Option<BackendAccessId>,
    /// That call this channel.
    pub channel: Option<ChannelId>,
    /// That use this backend service.
    pub service: Option<BackendServiceId>,
}

impl Context {
    /// Drafts, by the time they were made or by name.
    ///
    /// # Errors
    /// When the caller may not, or the page cannot be given.
    pub async fn list_apis(
        &self,
        filter: &ApiFilter,
        paging: &Paging<impl By>,
    ) -> Result<Page<Stored<Api>>, Error> {
        let path = match filter.group {
            Some(group) => crate::group::path(group).then_all(Noun::Api),
            None => ResourcePath::all(Noun::Api),
        };
        self.may(Action::ListApis, &path).await?;
        self.documents().list(&paging.apply_named(filter.query(), "name")).await
    }
}

impl ApiFilter {
    fn query(&self) -> Query {
        let mut query = Query::of::<Api>();
        if let Some(group) = self.group {
            query = query.within(group);
        }
        if let Some(name) = &self.name {
            query = query.eq("name", name);
        }
        if let Some(part) = &self.name_contains {
            query = query.filter(Filter::Contains("name", part.clone()));
        }
        if let Some(part) = &self.path_contains {
            query = query.filter(Filter::Contains("path", part.clone()));
        }
        if let Some(access) = self.access {
            query = query.linked::<BackendAccess>("access", access);
        }
        if let Some(channel) = self.channel {
            query = query.linked::<Channel>("channel", channel);
        }
        if let Some(service) = self.service {
            query = query.linked::<BackendService>("service", service);
        }
        query
    }
}
