//! Where control's complaints point, in this interface's words.

/// What was sent to control, and so what pointers point into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Nothing that could be pointed into.
    Nothing,
    Group,
    Api,
    Deploy,
    Task,
    App,
    AppKey,
    AppCode,
    Grants,
    Domain,
    Certificate,
    Variable,
    Access,
    AccessList,
    Backend,
    BackendModel,
    Plugin,
    TrafficControl,
    /// A caller with a limit of its own.
    Special,
    IpControl,
    Signature,
    Attachment,
    GroupAttachment,
    Metrics,
}

/// Beginnings of pointers, and the parameters that they stand for; the first that fits counts.
type Names = &'static [(&'static str, &'static str)];

const GROUP: Names = &[
    ("/name", "GroupName"),
    ("/description", "Description"),
    ("/base_path", "BasePath"),
    ("/passthrough_headers", "PassthroughHeaders"),
    ("/app_code", "AuthAppCode"),
];
const API: Names = &[
    ("/name", "ApiName"),
    ("/description", "Description"),
    ("/request/protocols", "RequestProtocol"),
    ("/request/method", "RequestHttpMethod"),
    ("/request/path", "RequestPath"),
    ("/request/mode", "RequestMode"),
    ("/request/body_format", "BodyFormat"),
    ("/request", "RequestConfig"),
    ("/auth", "AllowSignatureMethod"),
    ("/parameters", "RequestParameters"),
    ("/backend/to/url", "ServiceAddress"),
    ("/backend/to", "VpcAccess"),
    ("/backend/service", "BackendId"),
    ("/backend/path", "ServicePath"),
    ("/backend/method", "ServiceHttpMethod"),
    ("/backend/timeout_ms", "ServiceTimeout"),
    ("/backend/content_type", "ContentTypeValue"),
    ("/backend/status", "MockStatusCode"),
    ("/backend/headers", "MockHeaders"),
    ("/backend/body", "MockResult"),
    ("/backend_parameters", "ServiceParameters"),
    ("/backend", "ServiceConfig"),
    ("/response/sample", "ResultSample"),
    ("/response/failure_sample", "FailResultSample"),
    ("/tags", "Tag"),
];
const DEPLOY: Names = &[("/stage", "Stage"), ("/remark", "Description")];
const TASK: Names = &[("/items", "Api"), ("/remark", "Description")];
const APP: Names =
    &[("/name", "AppName"), ("/description", "Description"), ("/key", "AppKey"), ("/secret", "AppSecret")];
const APP_KEY: Names = &[("/key", "AppKey"), ("/secret", "AppSecret")];
const APP_CODE: Names = &[("/code", "AppCode")];
const GRANTS: Names = &[
    ("/apps", "App"),
    ("/apis", "Api"),
    ("/stage", "Stage"),
    ("/until", "AuthValidTime"),
    ("/remark", "Description"),
    ("/", "Authorization"),
];
const DOMAIN: Names =
    &[("/host", "DomainName"), ("/stage", "Stage"), ("/patterns", "WildcardDomainPatterns")];
/// What is wrong with one domain of several is wrong with what they are given.
const CERTIFICATE: Names = &[
    ("/name", "CertificateName"),
    ("/chain", "CertificateBody"),
    ("/key", "CertificatePrivateKey"),
    ("/client_authority", "CaCertificateBody"),
    ("/tls/clients", "CaCertificateBody"),
    ("/domains/0/tls/clients", "CaCertificateBody"),
    ("/tls/certificate", "CertificateBody"),
    ("/domains", "CertificateName"),
];
const VARIABLE: Names = &[("/name", "VariableName"), ("/value", "VariableValue")];
const ACCESS: Names = &[
    ("/name", "Name"),
    ("/network", "VpcId"),
    ("/instance", "InstanceId"),
    ("/address", "InstanceId"),
    ("/port", "Port"),
    ("/host", "VpcTargetHostName"),
    ("/description", "Description"),
];
const ACCESS_LIST: Names = &[("/name", "AclName"), ("/entries", "AclEntrys"), ("/enforced", "AclId")];
const BACKEND: Names = &[("/name", "BackendName"), ("/description", "Description"), ("/kind", "BackendType")];
const BACKEND_MODEL: Names = &[
    ("/target/to/url", "ServiceAddress"),
    ("/target/to", "VpcAccess"),
    ("/target/host", "HttpTargetHostName"),
    ("/target/kind", "BackendType"),
    ("/target/status", "MockStatusCode"),
    ("/target/headers", "MockHeaders"),
    ("/target/body", "MockResult"),
    ("/description", "Description"),
];

const PLUGIN: Names = &[
    ("/name", "PluginName"),
    ("/settings", "PluginData"),
    ("/secret", "PluginData"),
    ("/remark", "Description"),
];
/// What callers with limits of their own have to be below is the API's.
const TRAFFIC_CONTROL: Names = &[
    ("/name", "TrafficControlName"),
    ("/remark", "Description"),
    ("/settings/unit", "TrafficControlUnit"),
    ("/settings/apiDefault", "ApiDefault"),
    ("/settings/userDefault", "UserDefault"),
    ("/settings/appDefault", "AppDefault"),
    ("/settings/specials", "ApiDefault"),
];
const SPECIAL: Names = &[("/special", "SpecialKey"), ("/settings/specials", "SpecialKey")];
const IP_CONTROL: Names = &[
    ("/name", "IpControlName"),
    ("/remark", "Description"),
    ("/settings/type", "IpControlType"),
    ("/settings/items", "CidrIp"),
    ("/item", "PolicyItem"),
];
const SIGNATURE: Names =
    &[("/name", "SignatureName"), ("/settings/key", "SignatureKey"), ("/secret", "SignatureSecret")];
const METRICS: Names = &[("/since", "StartTime"), ("/until", "EndTime"), ("/step", "EndTime")];
const ATTACHMENT: Names = &[("/", "Api")];
const GROUP_ATTACHMENT: Names = &[("/", "ApiGroup")];

impl Sent {
    /// What a policy is called where it was sent.
    pub(super) const fn policy(self) -> &'static str {
        match self {
            Self::TrafficControl | Self::Special => "TrafficControl",
            Self::IpControl => "IpControl",
            Self::Signature => "Signature",
            _ => "Plugin",
        }
    }

    /// The parameter that a pointer stands for.
    pub(super) fn name_of(self, pointer: &str) -> &'static str {
        let names = match self {
            Self::Nothing => &[],
            Self::Group => GROUP,
            // A definition that is published may have been valid under older rules.
            Self::Deploy if !DEPLOY.iter().any(|(start, _)| pointer.starts_with(start)) => API,
            Self::Deploy => DEPLOY,
            Self::Api => API,
            Self::Task => TASK,
            Self::App => APP,
            Self::AppKey => APP_KEY,
            Self::AppCode => APP_CODE,
            Self::Grants => GRANTS,
            Self::Domain => DOMAIN,
            Self::Certificate => CERTIFICATE,
            Self::Variable => VARIABLE,
            Self::Access => ACCESS,
            Self::AccessList => ACCESS_LIST,
            Self::Backend => BACKEND,
            Self::BackendModel => BACKEND_MODEL,
            Self::Plugin => PLUGIN,
            Self::TrafficControl => TRAFFIC_CONTROL,
            Self::Special if pointer.ends_with("/value") => return "TrafficValue",
            Self::Special => SPECIAL,
            Self::IpControl => IP_CONTROL,
            Self::Signature => SIGNATURE,
            Self::Attachment => ATTACHMENT,
            Self::GroupAttachment => GROUP_ATTACHMENT,
            Self::Metrics => METRICS,
        };
        let found = names.iter().find(|(start, _)| pointer.starts_with(start));
        found.map_or("Parameter", |(_, name)| name)
    }
}
