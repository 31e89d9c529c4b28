//! A group with its APIs and apps, as the gateway is to serve them.

use std::sync::Arc;

use paifang_model::api::Version;
use paifang_model::backend_service::{FollowedService, HttpTarget, ServiceTarget};
use paifang_model::definition::{AppCodeMode, Backend, HttpBackend};
use paifang_model::id::{
    AccessListId, AccountId, ApiId, AppCodeId, AppId, AppQuotaId, BackendServiceId, BlackListId, GroupId,
    StageId, VersionId,
};
use paifang_model::limits::Profile;
use paifang_model::policy::{Effect, TimeUnit};
use paifang_model::quota::QuotaName;
use paifang_model::{
    AccessList, AccessListEntry, App, AppCode, AppKey, AppQuota, Authority, BlackList, BlackListEntries,
    Deployment, Dialect, Domain, DomainTls, Grant, Group, Id, IpVersion, Leaf, Policy, PolicyKind, Quota,
    Secret, Stage,
};
use paifang_proxy::config::{Change, Document, Update};
use paifang_proxy::limits::RedisUrl;
use paifang_proxy::{Begin, Gateway, GatewaySettings, Settings, observe};

use crate::api::Api;
use crate::caller::Caller;
use crate::gateway::TestGateway;
use crate::policy;
use crate::tls::TestAuthority;

/// What a test's gateway is to serve. Everything is for the one group and, unless said otherwise, for RELEASE.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The group; change it before [`Scene::start`].
    pub group: Group,
    /// Settings of the gateway.
    pub settings: Settings,
    /// Worker threads.
    pub workers: usize,
    /// Where its limits are counted together with other gateways of the test.
    pub redis: Option<RedisUrl>,
    changes: Vec<Change>,
    numbers: u64,
}

impl Scene {
    /// A group called by `api.example.com` or its subdomain `group.apis.test`.
    pub fn new(dialect: Dialect) -> Self {
        let group = Group {
            id: GroupId::random(),
            account: AccountId(Id::ROOT),
            dialect,
            name: "stories".to_owned(),
            description: String::new(),
            base_path: "/".to_owned(),
            subdomain: "group.apis.test".to_owned(),
            subdomain_enabled: true,
            app_code: AppCodeMode::Disabled,
            passthrough_headers: Vec::new(),
            calls_per_second: None,
            tls: paifang_model::domain::GroupTls::default(),
            extra: serde_json::Map::new(),
        };
        let stages = Dialect::ALL.into_iter().flat_map(Stage::built_in);
        let mut changes: Vec<_> = stages.map(|stage| Change::Put(Document::Stage(stage))).collect();
        let host = "api.example.com".to_owned();
        let domain = Domain {
            id: Domain::id_of(&host),
            group: group.id,
            host,
            stage: None,
            tls: DomainTls::default(),
            patterns: Vec::new(),
        };
        changes.push(Change::Put(Document::Domain(domain)));
        Self { group, settings: Settings::default(), workers: 1, redis: None, changes, numbers: 0 }
    }

    /// With the cloud's numbers as limits.
    #[must_use]
    pub fn with_cloud_limits(mut self) -> Self {
        self.settings.profile = Profile::Cloud;
        self
    }

    /// The id of the stage that exists from the start.
    pub fn stage(&self, name: &str) -> StageId {
        Stage::built_in_id(self.group.dialect, name)
    }

    /// Publishes an API to RELEASE.
    pub fn publish(&mut self, api: Api) -> ApiId {
        let id = ApiId::random();
        self.publish_to(id, "RELEASE", api);
        id
    }

    /// Publishes an API to a stage that exists from the start.
    pub fn publish_to(&mut self, id: ApiId, stage: &str, api: Api) {
        self.publish_to_stage(id, self.stage(stage), api);
    }

    /// Publishes an API to any stage.
    pub fn publish_to_stage(&mut self, id: ApiId, stage: StageId, api: Api) {
        self.numbers += 1;
        let change = deployment(&self.group, id, stage, self.numbers, api);
        self.changes.push(change);
    }

    /// Publishes an API to RELEASE whose backend is what a backend service says.
    pub fn publish_following(&mut self, service: BackendServiceId, api: Api) {
        let Backend::Http(HttpBackend { to, host, verify_certificate, .. }) = api.0.backend.clone() else {
            panic!("name the backend first")
        };
        let target = ServiceTarget::Http(HttpTarget { to, host, verify_certificate });
        self.publish(api);
        if let Some(Change::Put(Document::Deployment(deployment, _))) = self.changes.last_mut() {
            deployment.service = Some(FollowedService { service, target });
        }
    }

    /// Makes a stage.
    pub fn add_stage(&mut self, name: &str) -> StageId {
        let id = StageId::random();
        let (dialect, name) = (self.group.dialect, name.to_owned());
        self.put(Document::Stage(Stage { id, dialect, name, description: String::new() }));
        id
    }

    /// Binds a host name to the group, for one stage or all.
    pub fn domain(&mut self, host: &str, stage: Option<StageId>) {
        let domain = self.bound(host);
        self.put(Document::Domain(Domain { stage, ..domain }));
    }

    /// Binds a wildcard host name with patterns to the group.
    pub fn patterned_domain(&mut self, host: &str, patterns: &[&str]) {
        let patterns = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let domain = self.bound(host);
        self.put(Document::Domain(Domain { patterns, ..domain }));
    }

    fn bound(&self, host: &str) -> Domain {
        Domain {
            id: Domain::id_of(host),
            group: self.group.id,
            host: host.to_owned(),
            stage: None,
            tls: DomainTls::default(),
            patterns: Vec::new(),
        }
    }

    /// Makes an app with a key and a code.
    pub fn app(&mut self, name: &str) -> Caller {
        let caller = Caller::new(name);
        self.enroll(&caller);
        caller
    }

    /// Makes an app of another account.
    pub fn app_of(&mut self, account: AccountId, name: &str) -> Caller {
        let caller = Caller::new(name);
        self.enroll_with(account, &caller);
        caller
    }

    /// Makes known an app with the key and the code that the caller has; a further key and code, if it is known.
    pub fn enroll(&mut self, caller: &Caller) {
        self.enroll_with(self.group.account, caller);
    }

    fn enroll_with(&mut self, account: AccountId, caller: &Caller) {
        self.numbers += 1;
        let id = caller.app;
        let number = i64::try_from(self.numbers).unwrap() + 110_000_000;
        let (name, description) = (caller.name.clone(), String::new());
        let app = App { id, number, account, name, description, access: None, frozen: false, quota: None };
        let key = AppKey {
            id: AppKey::id_of(&caller.key),
            app: id,
            key: caller.key.clone(),
            secret: Secret::new(caller.secret.clone()),
        };
        let code = AppCode { id: AppCodeId::random(), app: id, code: Secret::new(caller.code.clone()) };
        self.put(Document::App(app));
        self.put(Document::AppKey(key));
        self.put(Document::AppCode(code));
    }

    /// The number of an app that was made here.
    pub fn number_of(&self, caller: &Caller) -> i64 {
        self.app_document(caller).number
    }

    /// Changes an app that was made here.
    pub fn change_app(&mut self, caller: &Caller, change: impl FnOnce(&mut App)) {
        let mut app = self.app_document(caller).clone();
        change(&mut app);
        self.put(Document::App(app));
    }

    fn app_document(&self, caller: &Caller) -> &App {
        let mut apps = self.changes.iter().filter_map(|change| match change {
            Change::Put(Document::App(app)) => Some(app),
            _ => None,
        });
        apps.rfind(|app| app.id == caller.app).unwrap()
    }

    /// Grants an API in RELEASE to an app, for ever.
    pub fn grant(&mut self, caller: &Caller, api: ApiId) {
        let grant = self.grant_until(caller.app, api, None);
        self.put(Document::Grant(grant));
    }

    /// A grant in RELEASE.
    pub fn grant_until(&self, app: AppId, api: ApiId, until: Option<i64>) -> Grant {
        let stage = self.stage("RELEASE");
        let id = Grant::id_of(app, api, stage);
        Grant { id, app, api, group: self.group.id, stage, until, remark: String::new() }
    }

    /// Binds a new throttling policy to an API in RELEASE.
    pub fn throttle(&mut self, api: ApiId, settings: serde_json::Value) -> Policy {
        self.policy(api, PolicyKind::Throttle, settings)
    }

    /// Binds a new policy to an API in RELEASE.
    pub fn policy(&mut self, api: ApiId, kind: PolicyKind, settings: serde_json::Value) -> Policy {
        let policy = policy::of_kind(&self.group, kind, settings);
        self.bind(&policy, api);
        policy
    }

    /// Binds a new signature key to an API in RELEASE.
    pub fn sign(&mut self, api: ApiId, settings: serde_json::Value, secret: &str) {
        let mut policy = policy::of_kind(&self.group, PolicyKind::SignatureKey, settings);
        policy.secret = Some(Secret::new(secret));
        self.bind(&policy, api);
    }

    /// Binds a policy to an API in RELEASE.
    pub fn bind(&mut self, policy: &Policy, api: ApiId) {
        let binding = policy::binding(&self.group, policy, api, self.stage("RELEASE"));
        self.changes.extend(policy::bound(policy, &binding));
    }

    /// Makes a quota for apps; of an app that has it, a period begins with the first call.
    pub fn app_quota(&mut self, name: &str, calls: u32, unit: TimeUnit) -> AppQuotaId {
        let (id, account, name) = (AppQuotaId::random(), self.group.account, name.to_owned());
        let (interval, first_reset, description) = (1, None, String::new());
        let quota = AppQuota { id, account, name, calls, interval, unit, first_reset, description };
        self.put(Document::AppQuota(quota));
        id
    }

    /// Changes a number, as `alibaba.subdomain_calls_per_day`.
    pub fn number(&mut self, name: &str, value: u64) {
        let name: QuotaName = name.parse().unwrap();
        let (id, by) = (Quota::id_of(name), "owner".to_owned());
        self.put(Document::Quota(Quota { id, name, value: Some(value), by }));
    }

    /// Puts somebody on a new black list of the group's account.
    pub fn black_list(&mut self, entries: BlackListEntries) -> BlackList {
        let (id, account) = (BlackListId::random(), self.group.account);
        let (name, description) = (entries.kind().to_owned(), String::new());
        let list = BlackList { id, account, name, entries, description };
        self.put(Document::BlackList(list.clone()));
        list
    }

    /// Lets nobody in from these IPv4 addresses, whatever is called.
    pub fn keep_out_of_gateway(&mut self, address: &str) -> AccessList {
        let (id, name, ip_version) = (AccessListId::random(), "outside".to_owned(), IpVersion::Ipv4);
        let entries = vec![AccessListEntry { address: address.to_owned(), comment: String::new() }];
        let list = AccessList { id, name, ip_version, entries, enforced: Some(Effect::Deny) };
        self.put(Document::AccessList(list.clone()));
        list
    }

    /// Anything else that is served.
    pub fn put(&mut self, document: Document) {
        self.changes.push(Change::Put(document));
    }

    /// The gateway's own authority, with a certificate for these names.
    pub fn secured_by(&mut self, own: &TestAuthority, names: &[&str]) {
        self.put(Document::Authority(gateways_authority(own, names)));
    }

    /// Starts a gateway that serves it, and returns when it does.
    pub async fn start(self) -> TestGateway {
        let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let tls_socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let tls_address = tls_socket.local_addr().unwrap();
        let gateway = Gateway::start(GatewaySettings {
            sockets: vec![socket],
            tls_sockets: vec![tls_socket],
            begin: Begin::Served,
            workers: self.workers,
            access_log: observe::AccessLog::start(observe::Destination::Off).unwrap(),
            counting_secret: None,
            redis: self.redis,
            settings: self.settings,
        });
        let mut changes = vec![Change::Put(Document::Group(self.group.clone()))];
        changes.extend(self.changes);
        let gateway = TestGateway::new(gateway.unwrap(), address, tls_address, self.group);
        gateway.serve(Update { revision: 1, changes }).await;
        gateway
    }
}

/// An authority as the gateway's own, with a new certificate for these names.
pub fn gateways_authority(own: &TestAuthority, names: &[&str]) -> Authority {
    let (chain, key) = own.server(names);
    let leaf = Leaf { names: Vec::new(), not_after: 0, chain, key: Secret::new(key) };
    let (certificate, key) = (own.certificate.clone(), Secret::new(own.key.clone()));
    Authority { id: Authority::ID, certificate, key, leaf }
}

/// What puts an API online in a stage.
pub fn deployment(group: &Group, api: ApiId, stage: StageId, number: u64, definition: Api) -> Change {
    let version = Version {
        id: VersionId::random(),
        api,
        group: group.id,
        stage,
        number,
        made_at: i64::try_from(number).unwrap(),
        remark: String::new(),
        definition: definition.0.in_dialect(group.dialect),
    };
    if let Err(violations) = version.definition.check(group.dialect) {
        panic!("the story's API is not valid: {violations}");
    }
    let deployment = Deployment {
        id: Deployment::id_of(api, stage),
        api,
        group: group.id,
        stage,
        version: version.id,
        since: 0,
        online: true,
        route: version.definition.request.route(),
        access: None,
        channel: None,
        further_accesses: Vec::new(),
        further_channels: Vec::new(),
        service: None,
        variables: Vec::new(),
    };
    Change::Put(Document::Deployment(deployment, Arc::new(version)))
}
