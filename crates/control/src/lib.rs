//! What people do: authorize, change, audit.
//!
//! [`Control`] holds what all operations need; [`Control::acting_as`] gives a [`Context`], whose methods are the
//! operations, one per line of [`Action`] that exists so far. Each of them asks whether the caller may
//! ([`Control::authorize`]), judges what was sent as a whole (all complaints at once, as
//! [`Violations`](paifang_model::Violations)), and spends its [`Permission`] on one commit, in which the audit line
//! is. Reads leave no line; showing a secret does, and so does being denied.
//!
//! Nothing here knows a vendor's interface, the data plane ([`Checker`] is how it is asked), or an HTTP status.

mod access_key;
mod access_list;
mod account;
mod action;
mod api;
mod app;
mod app_code;
mod app_key;
mod app_quota;
mod attempt;
mod audit;
mod authority;
mod backend_access;
mod backend_instance;
mod backend_service;
mod black_list;
mod certificate;
mod change;
mod channel;
mod checker;
mod clock;
mod control;
mod difference;
mod domain;
mod error;
mod first_start;
mod grant;
mod group;
mod keyring;
mod manifest;
mod metrics;
mod node;
mod noun;
mod paging;
mod patch;
mod permission;
mod policy;
mod principal;
mod quota;
mod random;
mod resource;
mod settings;
mod stage;
mod task;
mod user;
mod variable;

pub use access_key::{AccessKeyInfo, NewAccessKey};
pub use access_list::{AccessListDraft, AccessListFilter, AccessListPatch};
pub use action::{Access, Action, UnknownAction};
pub use api::{ApiFilter, Deploy, Deployed, DeploymentFilter, HistoryEntry, HistoryFilter, Side};
pub use app::{AppDraft, AppFilter, AppPatch, NewApp};
pub use app_code::AppCodeInfo;
pub use app_key::{AppKeyDraft, AppKeyInfo, NewAppKey};
pub use app_quota::AppQuotaDraft;
pub use authority::{AuthorityDraft, AuthorityInfo, Issued};
pub use backend_access::{BackendAccessDraft, BackendAccessFilter, Knocker, Relocated, Retired};
pub use backend_instance::{BackendInstanceDraft, BackendInstanceFilter};
pub use backend_service::{
    BackendServiceDraft, BackendServiceFilter, BackendServicePatch, Defined, ServiceDefinitionDraft,
};
pub use black_list::{BlackListDraft, BlackListFilter, BlackListPatch};
pub use certificate::{
    Attachment, CertificateDetails, CertificateDraft, CertificateFilter, CertificateInfo, CertificatePatch,
    DistinguishedName, KeyFamily, Unused,
};
pub use channel::{ChannelDraft, ChannelPatch, MemberPatch};
pub use checker::{AcceptAll, Checker};
pub use clock::{Clock, FrozenClock, SystemClock};
pub use control::{Context, Control};
pub use difference::{Difference, differences};
pub use domain::{
    CertificateOfDomain, DomainCheck, DomainDraft, DomainFilter, DomainPatch, check_domain_tls,
};
pub use error::{Denied, Error, Refusal};
pub use first_start::{Credentials, FirstOwner, FirstStart};
pub use grant::{GrantFilter, GrantsDraft};
pub use group::{GroupDraft, GroupFilter, GroupPatch};
pub use metrics::{
    METRICS_DAYS_AT_MOST, METRICS_POINTS_AT_MOST, Metrics, MetricsPoint, MetricsQuery, Step, Telemetry,
};
pub use node::{LIVE_WITHIN, Live, LiveNode, Nodes, is_live};
pub use noun::Noun;
pub use paging::{By, Created, CreatedOrName, Paging};
pub use permission::Permission;
pub use policy::{
    BindTarget, BindingFilter, GroupBindingFilter, GroupTarget, PolicyDraft, PolicyFilter, PolicyPatch,
    SpecialDraft,
};
pub use principal::{Principal, may};
pub use quota::{QuotaFilter, QuotaSource, QuotaState};
pub use resource::ResourcePath;
pub use settings::{PasswordCost, Settings};
pub use stage::{StageDraft, StageFilter, StagePatch};
pub use task::{
    ERRANDS_AT_ONCE, Errand, Performed, TaskDraft, TaskFilter, TaskItemDraft, TaskItemInfo, TaskItems,
    TaskKind, TaskRunner,
};
pub use user::{UserDraft, UserInfo, UserPatch};
pub use variable::{VariableDraft, VariableFilter};

// What operations take and give, so that a face needs no store of its own.
pub use paifang_store::{
    AuditEntry, AuditLine, AuditPage, AuditQuery, Cursor, DataKey, DataKeyState, Direction, ItemState, Keys,
    Node, NodeReport, NodeState, Page, Start, Stored, Task, TaskCounts, TaskPage, TaskState, TelemetryPoint,
    TelemetryQuery, Unreadable,
};
