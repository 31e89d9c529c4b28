//! One call of a known caller: its parameters, control on the caller's behalf, and the look-ups that many share.

use paifang_control::{Context, Principal, StageFilter, Stored};
use paifang_model::id::{ApiId, AppId, GroupId};
use paifang_model::{Api, App, Dialect, Group, Stage};

use crate::asked::Asked;
use crate::fault::Fault;
use crate::listing::everything;
use crate::params::Params;
use crate::state::AlibabaState;

/// The dialect of every group that is seen here.
pub(crate) const DIALECT: Dialect = Dialect::Alibaba;

/// One call of a known caller.
pub(crate) struct Call<'a> {
    pub(crate) control: Context,
    pub(crate) params: &'a Params,
    /// The region this gateway says it is in.
    pub(crate) region: &'a str,
    /// The host as the client knows it.
    pub(crate) host: &'a str,
    /// Milliseconds since 1970.
    pub(crate) now: i64,
}

impl<'a> Call<'a> {
    pub(crate) fn new(state: &'a AlibabaState, asked: &'a Asked, principal: Principal) -> Self {
        Self {
            control: state.control().acting_as(principal),
            params: &asked.params,
            region: &state.control().settings().region,
            host: asked.host(),
            now: state.now(),
        }
    }

    /// A group of the dialect.
    pub(crate) async fn group_of(&self, id: GroupId) -> Result<Stored<Group>, Fault> {
        let group = self.control.read_group(id).await?;
        if group.value.dialect == DIALECT { Ok(group) } else { Err(Fault::not_found("ApiGroup")) }
    }

    /// The group that `GroupId` names.
    pub(crate) async fn group(&self) -> Result<Stored<Group>, Fault> {
        self.group_of(GroupId(self.params.required_id("GroupId", "ApiGroup")?)).await
    }

    /// The API that `ApiId` names, in the group that `GroupId` names when it names one.
    pub(crate) async fn api(&self) -> Result<(Stored<Api>, Stored<Group>), Fault> {
        self.api_in(ApiId(self.params.required_id("ApiId", "Api")?)).await
    }

    /// An API, in the group that `GroupId` names when it names one.
    pub(crate) async fn api_in(&self, id: ApiId) -> Result<(Stored<Api>, Stored<Group>), Fault> {
        let named = self.params.id("GroupId", "ApiGroup")?.map(GroupId);
        if let Some(named) = named {
            self.group_of(named).await?;
        }
        let api = self.control.read_api(id).await?;
        if named.is_some_and(|named| named != api.value.group) {
            return Err(Fault::not_found("Api"));
        }
        let group = self.control.read_group(api.value.group).await?;
        if group.value.dialect == DIALECT { Ok((api, group)) } else { Err(Fault::not_found("Api")) }
    }

    /// The APIs that `ApiIds` names, in the group that `GroupId` names when it names one.
    pub(crate) async fn apis(&self) -> Result<Vec<ApiId>, Fault> {
        let mut apis = Vec::new();
        for id in self.params.pieces("ApiIds")? {
            let id = id.parse().map_err(|_| Fault::not_found("Api"))?;
            apis.push(self.api_in(ApiId(id)).await?.0.value.id);
        }
        Ok(apis)
    }

    /// The stage that `StageName` names.
    pub(crate) async fn stage(&self) -> Result<Stored<Stage>, Fault> {
        self.stage_named(self.params.required("StageName")?).await
    }

    /// The stage that `StageName` names, when it names one.
    pub(crate) async fn stage_if_named(&self) -> Result<Option<Stored<Stage>>, Fault> {
        match self.params.text("StageName") {
            Some(name) => self.stage_named(name).await.map(Some),
            None => Ok(None),
        }
    }

    pub(crate) async fn stage_named(&self, name: &str) -> Result<Stored<Stage>, Fault> {
        Ok(self.control.find_stage(DIALECT, name).await?)
    }

    /// All stages of the dialect, those that exist from the start first.
    pub(crate) async fn stages(&self) -> Result<Vec<Stored<Stage>>, Fault> {
        let filter = StageFilter { dialect: Some(DIALECT), ..StageFilter::default() };
        let mut stages = everything(async |paging| self.control.list_stages(&filter, &paging).await).await?;
        let first = DIALECT.rules().built_in_stages;
        let place = |name: &str| first.iter().position(|known| *known == name).unwrap_or(first.len());
        stages.sort_by_key(|stage| place(&stage.value.name));
        Ok(stages)
    }

    /// The app that `AppId` names, by its number.
    pub(crate) async fn app(&self) -> Result<Stored<App>, Fault> {
        self.app_numbered(self.params.required("AppId")?).await
    }

    pub(crate) async fn app_numbered(&self, number: &str) -> Result<Stored<App>, Fault> {
        let number = number.parse().map_err(|_| Fault::not_found("App"))?;
        Ok(self.control.find_app(number).await?)
    }

    /// The app of an id, as grants hold it.
    pub(crate) async fn app_of(&self, id: AppId) -> Result<Stored<App>, Fault> {
        Ok(self.control.read_app(id).await?)
    }
}
