//! THE list of everything that can be done, by whichever face: one line each.
//!
//! A line stands here before its operation exists, so that roles are decided once. The role matrix
//! (`tests/it/snapshots`) prints what follows from it.

use std::fmt;
use std::str::FromStr;

use crate::noun::Noun;

/// What an action does to what it is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Looks, and sees no secret.
    Read,
    /// Looks at what may be used against its owner: a key's secret, a code, data of its own.
    Secret,
    /// Changes something, or makes the gateway act.
    Write,
}

macro_rules! actions {
    ($($variant:ident = $name:literal, $noun:ident, $access:ident;)*) => {
        /// Something that can be done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = concat!("`", $name, "`")] $variant),*
        }

        impl Action {
            /// Every action, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in audit lines and policies: `noun:verb`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it is done to.
            #[must_use]
            pub const fn noun(self) -> Noun {
                match self { $(Self::$variant => Noun::$noun),* }
            }

            /// What it does to it.
            #[must_use]
            pub const fn access(self) -> Access {
                match self { $(Self::$variant => Access::$access),* }
            }
        }
    };
}

#[rustfmt::skip]
actions! {
    // Accounts, users and what they may do.
    ReadAccount = "account:read", Account, Read;
    UpdateAccount = "account:update", Account, Write;
    CreateUser = "user:create", User, Write;
    ReadUser = "user:read", User, Read;
    ListUsers = "user:list", User, Read;
    UpdateUser = "user:update", User, Write;
    DeleteUser = "user:delete", User, Write;
    SetPassword = "user:set_password", User, Write;
    SignIn = "user:sign_in", User, Read;
    CreateUserGroup = "user_group:create", UserGroup, Write;
    ReadUserGroup = "user_group:read", UserGroup, Read;
    ListUserGroups = "user_group:list", UserGroup, Read;
    UpdateUserGroup = "user_group:update", UserGroup, Write;
    DeleteUserGroup = "user_group:delete", UserGroup, Write;
    AddUserToGroup = "user_group:add_user", UserGroup, Write;
    RemoveUserFromGroup = "user_group:remove_user", UserGroup, Write;
    CreateAccessKey = "access_key:create", AccessKey, Write;
    ListAccessKeys = "access_key:list", AccessKey, Read;
    UpdateAccessKey = "access_key:update", AccessKey, Write;
    DeleteAccessKey = "access_key:delete", AccessKey, Write;
    CreateRolePolicy = "role_policy:create", RolePolicy, Write;
    ReadRolePolicy = "role_policy:read", RolePolicy, Read;
    ListRolePolicies = "role_policy:list", RolePolicy, Read;
    UpdateRolePolicy = "role_policy:update", RolePolicy, Write;
    DeleteRolePolicy = "role_policy:delete", RolePolicy, Write;
    AttachRolePolicy = "role_policy:attach", RolePolicy, Write;
    DetachRolePolicy = "role_policy:detach", RolePolicy, Write;
    // Groups and stages.
    CreateGroup = "group:create", Group, Write;
    ReadGroup = "group:read", Group, Read;
    ListGroups = "group:list", Group, Read;
    UpdateGroup = "group:update", Group, Write;
    DeleteGroup = "group:delete", Group, Write;
    SetGroupNetwork = "group:set_network", Group, Write;
    SetGroupLog = "group:set_log", Group, Write;
    CreateStage = "stage:create", Stage, Write;
    ReadStage = "stage:read", Stage, Read;
    ListStages = "stage:list", Stage, Read;
    UpdateStage = "stage:update", Stage, Write;
    DeleteStage = "stage:delete", Stage, Write;
    CreateVariable = "variable:create", Variable, Write;
    ReadVariable = "variable:read", Variable, Read;
    ListVariables = "variable:list", Variable, Read;
    UpdateVariable = "variable:update", Variable, Write;
    DeleteVariable = "variable:delete", Variable, Write;
    CreateGatewayResponse = "gateway_response:create", GatewayResponse, Write;
    ReadGatewayResponse = "gateway_response:read", GatewayResponse, Read;
    ListGatewayResponses = "gateway_response:list", GatewayResponse, Read;
    UpdateGatewayResponse = "gateway_response:update", GatewayResponse, Write;
    DeleteGatewayResponse = "gateway_response:delete", GatewayResponse, Write;
    CreateModel = "model:create", Model, Write;
    ReadModel = "model:read", Model, Read;
    ListModels = "model:list", Model, Read;
    UpdateModel = "model:update", Model, Write;
    DeleteModel = "model:delete", Model, Write;
    // Domains and certificates.
    BindDomain = "domain:bind", Domain, Write;
    ReadDomain = "domain:read", Domain, Read;
    ListDomains = "domain:list", Domain, Read;
    UpdateDomain = "domain:update", Domain, Write;
    VerifyDomain = "domain:verify", Domain, Write;
    UnbindDomain = "domain:unbind", Domain, Write;
    CreateCertificate = "certificate:create", Certificate, Write;
    ReadCertificate = "certificate:read", Certificate, Read;
    ListCertificates = "certificate:list", Certificate, Read;
    UpdateCertificate = "certificate:update", Certificate, Write;
    DeleteCertificate = "certificate:delete", Certificate, Write;
    AttachCertificate = "certificate:attach", Certificate, Write;
    DetachCertificate = "certificate:detach", Certificate, Write;
    IssueCertificate = "certificate:issue", Certificate, Write;
    ReadAuthority = "authority:read", Authority, Read;
    ReplaceAuthority = "authority:replace", Authority, Write;
    // APIs and their life.
    CreateApi = "api:create", Api, Write;
    ReadApi = "api:read", Api, Read;
    ListApis = "api:list", Api, Read;
    EditApi = "api:edit", Api, Write;
    DeleteApi = "api:delete", Api, Write;
    DeployApi = "api:deploy", Api, Write;
    SwitchApi = "api:switch", Api, Write;
    TakeApiOffline = "api:offline", Api, Write;
    ListDeployments = "deployment:list", Deployment, Read;
    ReadDeployment = "deployment:read", Deployment, Read;
    ReadHistory = "api:history", Api, Read;
    ReadVersion = "version:read", Version, Read;
    CompareApi = "api:compare", Api, Read;
    RestoreDraft = "api:restore_draft", Api, Write;
    DebugApi = "api:debug", Api, Write;
    ExplainRequest = "api:explain", Api, Write;
    RehearseDeployment = "api:rehearse", Api, Write;
    DiagnoseSignature = "api:diagnose_signature", Api, Write;
    ReadExposure = "api:exposure", Api, Read;
    ImportApis = "api:import", Api, Write;
    PreviewImport = "api:preview_import", Api, Read;
    ExportApis = "api:export", Api, Read;
    ReadDocument = "document:read", Document, Read;
    GenerateSdk = "sdk:generate", Sdk, Read;
    ListTags = "tag:list", Tag, Read;
    TagResource = "tag:add", Tag, Write;
    UntagResource = "tag:remove", Tag, Write;
    // Apps and what they may call.
    CreateApp = "app:create", App, Write;
    ReadApp = "app:read", App, Read;
    ListApps = "app:list", App, Read;
    UpdateApp = "app:update", App, Write;
    DeleteApp = "app:delete", App, Write;
    FreezeApp = "app:freeze", App, Write;
    AddAppKey = "app_key:add", AppKey, Write;
    ListAppKeys = "app_key:list", AppKey, Read;
    RevealAppKey = "app_key:reveal", AppKey, Secret;
    CheckAppSecret = "app_key:check_secret", AppKey, Secret;
    ResetAppSecret = "app_key:reset_secret", AppKey, Write;
    DeleteAppKey = "app_key:delete", AppKey, Write;
    CreateAppCode = "app_code:create", AppCode, Write;
    ListAppCodes = "app_code:list", AppCode, Read;
    RevealAppCode = "app_code:reveal", AppCode, Secret;
    DeleteAppCode = "app_code:delete", AppCode, Write;
    CreateGrants = "grant:create", Grant, Write;
    ListGrants = "grant:list", Grant, Read;
    ExtendGrant = "grant:extend", Grant, Write;
    RevokeGrants = "grant:revoke", Grant, Write;
    CreateAppQuota = "app_quota:create", AppQuota, Write;
    ReadAppQuota = "app_quota:read", AppQuota, Read;
    ListAppQuotas = "app_quota:list", AppQuota, Read;
    UpdateAppQuota = "app_quota:update", AppQuota, Write;
    DeleteAppQuota = "app_quota:delete", AppQuota, Write;
    BindAppQuota = "app_quota:bind", AppQuota, Write;
    UnbindAppQuota = "app_quota:unbind", AppQuota, Write;
    ReadAppAcl = "app_acl:read", AppAcl, Read;
    SetAppAcl = "app_acl:set", AppAcl, Write;
    DeleteAppAcl = "app_acl:delete", AppAcl, Write;
    CreateProduct = "product:create", Product, Write;
    ReadProduct = "product:read", Product, Read;
    ListProducts = "product:list", Product, Read;
    UpdateProduct = "product:update", Product, Write;
    DeleteProduct = "product:delete", Product, Write;
    AttachProduct = "product:attach", Product, Write;
    DetachProduct = "product:detach", Product, Write;
    OfferApi = "market:offer", Market, Write;
    WithdrawApi = "market:withdraw", Market, Write;
    ListOffers = "market:list", Market, Read;
    Subscribe = "market:subscribe", Market, Write;
    Unsubscribe = "market:unsubscribe", Market, Write;
    ReadUsage = "market:usage", Market, Read;
    // Where calls go.
    CreateBackendAccess = "backend_access:create", BackendAccess, Write;
    ReadBackendAccess = "backend_access:read", BackendAccess, Read;
    ListBackendAccesses = "backend_access:list", BackendAccess, Read;
    UpdateBackendAccess = "backend_access:update", BackendAccess, Write;
    DeleteBackendAccess = "backend_access:delete", BackendAccess, Write;
    RetireBackendAccess = "backend_access:retire", BackendAccess, Write;
    KnockAtBackendAccess = "backend_access:knock", BackendAccess, Write;
    FollowBackendAccess = "api:follow_backend_access", Api, Write;
    CreateBackendInstance = "backend_instance:create", BackendInstance, Write;
    ReadBackendInstance = "backend_instance:read", BackendInstance, Read;
    ListBackendInstances = "backend_instance:list", BackendInstance, Read;
    UpdateBackendInstance = "backend_instance:update", BackendInstance, Write;
    DeleteBackendInstance = "backend_instance:delete", BackendInstance, Write;
    CreateChannel = "channel:create", Channel, Write;
    ReadChannel = "channel:read", Channel, Read;
    ListChannels = "channel:list", Channel, Read;
    UpdateChannel = "channel:update", Channel, Write;
    DeleteChannel = "channel:delete", Channel, Write;
    SetMembers = "channel:set_members", Channel, Write;
    ReadHealth = "channel:health", Channel, Read;
    CreateBackendService = "backend_service:create", BackendService, Write;
    ReadBackendService = "backend_service:read", BackendService, Read;
    ListBackendServices = "backend_service:list", BackendService, Read;
    UpdateBackendService = "backend_service:update", BackendService, Write;
    DeleteBackendService = "backend_service:delete", BackendService, Write;
    DefineBackendService = "backend_service:define", BackendService, Write;
    UndefineBackendService = "backend_service:undefine", BackendService, Write;
    FollowBackendService = "api:follow_backend_service", Api, Write;
    CreateFunction = "function:create", Function, Write;
    ReadFunction = "function:read", Function, Read;
    ListFunctions = "function:list", Function, Read;
    UpdateFunction = "function:update", Function, Write;
    DeleteFunction = "function:delete", Function, Write;
    InvokeFunction = "function:invoke", Function, Write;
    ReadFunctionCode = "function:code", Function, Secret;
    PublishFunction = "function:publish", Function, Write;
    CreateBucket = "bucket:create", Bucket, Write;
    ReadBucket = "bucket:read", Bucket, Read;
    ListBuckets = "bucket:list", Bucket, Read;
    UpdateBucket = "bucket:update", Bucket, Write;
    DeleteBucket = "bucket:delete", Bucket, Write;
    GrantBucket = "bucket:grant", Bucket, Write;
    RevokeBucket = "bucket:revoke", Bucket, Write;
    PutObject = "object:put", Object, Write;
    ReadObject = "object:read", Object, Secret;
    ListObjects = "object:list", Object, Read;
    DeleteObject = "object:delete", Object, Write;
    CreateEventBus = "event_bus:create", EventBus, Write;
    ReadEventBus = "event_bus:read", EventBus, Read;
    ListEventBuses = "event_bus:list", EventBus, Read;
    UpdateEventBus = "event_bus:update", EventBus, Write;
    DeleteEventBus = "event_bus:delete", EventBus, Write;
    FindEvent = "event_bus:find_event", EventBus, Read;
    // Policies.
    CreatePolicy = "policy:create", Policy, Write;
    ReadPolicy = "policy:read", Policy, Read;
    ListPolicies = "policy:list", Policy, Read;
    UpdatePolicy = "policy:update", Policy, Write;
    DeletePolicy = "policy:delete", Policy, Write;
    BindPolicy = "policy:bind", Policy, Write;
    UnbindPolicy = "policy:unbind", Policy, Write;
    ListBindings = "policy:list_bindings", Policy, Read;
    CreatePlugin = "plugin:create", Plugin, Write;
    ReadPlugin = "plugin:read", Plugin, Read;
    ListPlugins = "plugin:list", Plugin, Read;
    UpdatePlugin = "plugin:update", Plugin, Write;
    DeletePlugin = "plugin:delete", Plugin, Write;
    BindPlugin = "plugin:bind", Plugin, Write;
    UnbindPlugin = "plugin:unbind", Plugin, Write;
    CreateSignatureKey = "signature_key:create", SignatureKey, Write;
    ReadSignatureKey = "signature_key:read", SignatureKey, Read;
    ListSignatureKeys = "signature_key:list", SignatureKey, Read;
    UpdateSignatureKey = "signature_key:update", SignatureKey, Write;
    DeleteSignatureKey = "signature_key:delete", SignatureKey, Write;
    RevealSignatureKey = "signature_key:reveal", SignatureKey, Secret;
    CheckSignatureKey = "signature_key:check_secret", SignatureKey, Secret;
    BindSignatureKey = "signature_key:bind", SignatureKey, Write;
    UnbindSignatureKey = "signature_key:unbind", SignatureKey, Write;
    CreateAuthorizer = "authorizer:create", Authorizer, Write;
    ReadAuthorizer = "authorizer:read", Authorizer, Read;
    ListAuthorizers = "authorizer:list", Authorizer, Read;
    UpdateAuthorizer = "authorizer:update", Authorizer, Write;
    DeleteAuthorizer = "authorizer:delete", Authorizer, Write;
    CreateAccessList = "access_list:create", AccessList, Write;
    ReadAccessList = "access_list:read", AccessList, Read;
    ListAccessLists = "access_list:list", AccessList, Read;
    UpdateAccessList = "access_list:update", AccessList, Write;
    DeleteAccessList = "access_list:delete", AccessList, Write;
    CreateBlackList = "black_list:create", BlackList, Write;
    ReadBlackList = "black_list:read", BlackList, Read;
    ListBlackLists = "black_list:list", BlackList, Read;
    UpdateBlackList = "black_list:update", BlackList, Write;
    DeleteBlackList = "black_list:delete", BlackList, Write;
    CreateDataset = "dataset:create", Dataset, Write;
    ReadDataset = "dataset:read", Dataset, Read;
    ListDatasets = "dataset:list", Dataset, Read;
    UpdateDataset = "dataset:update", Dataset, Write;
    DeleteDataset = "dataset:delete", Dataset, Write;
    SetDatasetItems = "dataset:set_items", Dataset, Write;
    // Seeing.
    ReadMetrics = "metrics:read", Metrics, Read;
    ExportMetrics = "metrics:export", Metrics, Write;
    CreateAlarm = "alarm:create", Alarm, Write;
    ReadAlarm = "alarm:read", Alarm, Read;
    ListAlarms = "alarm:list", Alarm, Read;
    UpdateAlarm = "alarm:update", Alarm, Write;
    DeleteAlarm = "alarm:delete", Alarm, Write;
    ReadAlarmHistory = "alarm:history", Alarm, Read;
    ReadLogs = "log:read", Log, Read;
    ConfigureLogs = "log:configure", Log, Write;
    ReadAudit = "audit:read", Audit, Read;
    ConfigureAudit = "audit:configure", Audit, Write;
    ExportAudit = "audit:export", Audit, Write;
    // The gateway itself.
    ReadQuotas = "quota:read", Quota, Read;
    SetQuota = "quota:set", Quota, Write;
    CreateTask = "task:create", Task, Write;
    ResetQuota = "quota:reset", Quota, Write;
    ReadTask = "task:read", Task, Read;
    ListTasks = "task:list", Task, Read;
    CancelTask = "task:cancel", Task, Write;
    CreateManifest = "manifest:create", Manifest, Write;
    ReadManifest = "manifest:read", Manifest, Read;
    ListManifests = "manifest:list", Manifest, Read;
    DeleteManifest = "manifest:delete", Manifest, Write;
    ReadInstance = "instance:read", Instance, Read;
    UpdateInstance = "instance:update", Instance, Write;
    ListNodes = "instance:nodes", Instance, Read;
    DrainNode = "instance:drain", Instance, Write;
    ReadSetAside = "instance:set_aside", Instance, Read;
    ReadKeyring = "keyring:read", Keyring, Read;
    RotateKeyring = "keyring:rotate", Keyring, Write;
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no action has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no action is called `{0}`")]
pub struct UnknownAction(pub String);

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(name: &str) -> Result<Self, UnknownAction> {
        let found = Self::ALL.iter().copied().find(|action| action.name() == name);
        found.ok_or_else(|| UnknownAction(name.to_owned()))
    }
}
