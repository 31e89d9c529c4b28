//! What actions are done to: the words of resource paths. More than the store keeps, for some are made up as asked.

use std::fmt;

macro_rules! nouns {
    ($($variant:ident = $name:literal,)*) => {
        /// Something that actions are done to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Noun {
            $(#[doc = concat!("`", $name, "`")] $variant),*
        }

        impl Noun {
            /// Its word in resource paths.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

nouns! {
    Account = "account",
    User = "user",
    UserGroup = "user_group",
    AccessKey = "access_key",
    RolePolicy = "role_policy",
    Group = "group",
    Stage = "stage",
    Variable = "variable",
    GatewayResponse = "gateway_response",
    Model = "model",
    Domain = "domain",
    Certificate = "certificate",
    Authority = "authority",
    Api = "api",
    Deployment = "deployment",
    Version = "version",
    Document = "document",
    Sdk = "sdk",
    Tag = "tag",
    App = "app",
    AppKey = "app_key",
    AppCode = "app_code",
    Grant = "grant",
    AppQuota = "app_quota",
    AppAcl = "app_acl",
    Product = "product",
    Market = "market",
    BackendAccess = "backend_access",
    BackendInstance = "backend_instance",
    Channel = "channel",
    BackendService = "backend_service",
    Function = "function",
    Bucket = "bucket",
    Object = "object",
    EventBus = "event_bus",
    Policy = "policy",
    Plugin = "plugin",
    SignatureKey = "signature_key",
    Authorizer = "authorizer",
    AccessList = "access_list",
    BlackList = "black_list",
    Dataset = "dataset",
    Metrics = "metrics",
    Alarm = "alarm",
    Log = "log",
    Audit = "audit",
    Quota = "quota",
    Task = "task",
    Manifest = "manifest",
    Instance = "instance",
    Keyring = "keyring",
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
