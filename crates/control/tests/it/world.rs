//! A gateway with an owner and somebody who may only look.

use std::sync::Arc;

use paifang_control::{
    AcceptAll, AppDraft, AuditEntry, AuditQuery, BackendAccessDraft, Checker, Context, Control, Credentials,
    Error, FirstOwner, FirstStart, FrozenClock, GroupDraft, PasswordCost, Settings, Stored, UserDraft,
};
use paifang_model::definition::{
    Authentication, Backend, HttpBackend, MatchMode, MethodRule, Protocol, RequestDefinition, RequestMode,
    ResponseDefinition, Scheme, Visibility,
};
use paifang_model::id::StageId;
use paifang_model::limits::Profile;
use paifang_model::{Api, App, Definition, Dialect, Group, Role, Stage};
use paifang_store::SqliteStore;

use crate::explained::Explained;

/// 2026-01-01 00:00 UTC.
pub(crate) const NOW: i64 = 1_767_225_600_000;

pub(crate) struct World {
    pub(crate) control: Control,
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) credentials: Credentials,
    /// May do everything.
    pub(crate) owner: Context,
    /// May look.
    pub(crate) viewer: Context,
}

pub(crate) fn settings(profile: Profile) -> Settings {
    Settings { profile, password_cost: PasswordCost::LEAST, ..Settings::default() }
}

/// A gateway that was never started.
pub(crate) async fn empty(clock: &Arc<FrozenClock>, checker: Arc<dyn Checker>, profile: Profile) -> Control {
    let store = Arc::new(Explained(SqliteStore::open_in_memory().await.unwrap()));
    Control::new(store, clock.clone(), checker, settings(profile))
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::of(Profile::Own, Arc::new(AcceptAll)).await
    }

    pub(crate) async fn of(profile: Profile, checker: Arc<dyn Checker>) -> Self {
        let clock = Arc::new(FrozenClock::at(NOW));
        let control = empty(&clock, checker, profile).await;
        let FirstStart::Made(credentials) = control.first_start(FirstOwner::default()).await.unwrap() else {
            panic!("the store was not empty");
        };
        let (_, owner) = control.access_key(&credentials.access_key).await.unwrap().unwrap();
        let owner = control.acting_as(owner);
        let draft = UserDraft { name: "viewer".to_owned(), role: Role::ReadOnly, password: None };
        let viewer = owner.create_user(draft).await.unwrap().value.id;
        let viewer = control.acting_as(control.principal(viewer).await.unwrap().unwrap());
        Self { control, clock, credentials, owner, viewer }
    }

    pub(crate) async fn group(&self, dialect: Dialect, name: &str) -> Stored<Group> {
        self.owner.create_group(GroupDraft::new(dialect, name)).await.unwrap()
    }

    /// A group of the first cloud, with one API in it.
    pub(crate) async fn pets(&self) -> (Stored<Group>, Stored<Api>) {
        let group = self.group(Dialect::Alibaba, "pets").await;
        let api = self.owner.create_api(group.value.id, get("/pets")).await.unwrap();
        (group, api)
    }

    pub(crate) async fn app(&self, name: &str) -> Stored<App> {
        let draft = AppDraft { name: name.to_owned(), ..AppDraft::default() };
        self.owner.create_app(&draft).await.unwrap().app
    }

    /// The audit trail, oldest first.
    pub(crate) async fn trail(&self) -> Vec<AuditEntry> {
        let query = AuditQuery { limit: 500, ..AuditQuery::default() };
        let mut lines = self.owner.audit(&query).await.unwrap().lines;
        lines.reverse();
        lines
    }
}

/// `GET` on a path, answered by a service, open to all.
pub(crate) fn get(path: &str) -> Definition {
    Definition {
        name: format!("get_{}", path.trim_matches('/').replace(['/', '[', ']', '{', '}'], "_")),
        description: String::new(),
        visibility: Visibility::Private,
        request: RequestDefinition {
            protocols: vec![Protocol::Http],
            method: MethodRule::Get,
            path: path.parse().unwrap(),
            match_mode: MatchMode::Exact,
            mode: RequestMode::Passthrough,
            body_format: None,
            cors: false,
            intranet_only: false,
        },
        auth: Authentication::None,
        parameters: Vec::new(),
        backend: Backend::Http(HttpBackend::at("http://127.0.0.1:9")),
        backend_parameters: Vec::new(),
        backend_policies: Vec::new(),
        response: ResponseDefinition::default(),
        tags: Vec::new(),
        extra: serde_json::Map::new(),
    }
}

/// A backend access to an instance, or an address, in the network `vpc-1`.
pub(crate) fn access(name: &str, instance: &str) -> BackendAccessDraft {
    BackendAccessDraft {
        name: name.to_owned(),
        network: "vpc-1".to_owned(),
        instance: instance.to_owned(),
        port: 80,
        address: None,
        scheme: Scheme::Http,
        host: None,
        description: String::new(),
    }
}

pub(crate) fn stage(dialect: Dialect, name: &str) -> StageId {
    Stage::built_in_id(dialect, name)
}

pub(crate) fn release() -> StageId {
    stage(Dialect::Alibaba, "RELEASE")
}

/// What an error complains about: pointers and rules.
pub(crate) fn complaints<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    match result.unwrap_err() {
        Error::Invalid(violations) => {
            violations.iter().map(|violation| format!("{} {:?}", violation.pointer, violation.rule)).collect()
        }
        other => panic!("not a complaint: {other}"),
    }
}

/// The readable values of a page.
pub(crate) fn values<T>(page: paifang_control::Page<Stored<T>>) -> Vec<T> {
    page.items.into_iter().map(|item| item.unwrap().value).collect()
}

macro_rules! refused {
    ($result:expr, $($pattern:tt)+) => {
        let error = $result.unwrap_err();
        assert!(matches!(error, $($pattern)+), "not what was expected: {error:?}");
    };
}
pub(crate) use refused;
