//! The settings by name: what each is called on the command line, in the settings file and in the environment.

macro_rules! keys {
    ($($(#[$doc:meta])* $variant:ident = $file:literal $(, $environment:literal)?;)*) => {
        /// A setting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Key {
            $($(#[$doc])* $variant),*
        }

        impl Key {
            /// All settings.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the settings file.
            pub(crate) const fn file_name(self) -> &'static str {
                match self { $(Self::$variant => $file),* }
            }

            /// Its variable in the environment, when it has one.
            pub(crate) const fn variable(self) -> Option<&'static str> {
                match self { $(Self::$variant => keys!(@optional $($environment)?)),* }
            }
        }
    };
    (@optional $environment:literal) => { Some($environment) };
    (@optional) => { None };
}

keys! {
    /// Where everything is kept.
    DataDir = "data_dir", "PAIFANG_DATA_DIR";
    /// Which store: the one in the data directory, or a PostgreSQL database.
    Store = "store", "PAIFANG_STORE";
    /// File with the master key.
    MasterKeyFile = "master_key_file", "PAIFANG_MASTER_KEY_FILE";
    /// Where limits are counted together with other gateways.
    Redis = "redis", "PAIFANG_REDIS";
    /// Address for calls.
    Http = "http", "PAIFANG_HTTP";
    /// Address for calls over TLS.
    Https = "https", "PAIFANG_HTTPS";
    /// Address for management.
    Management = "management", "PAIFANG_MANAGEMENT";
    /// Whether management may be reached from elsewhere without TLS.
    ManagementInsecure = "management_insecure";
    /// Whether management is over TLS.
    ManagementTls = "management_tls";
    /// Which part of the gateway this process is; only all of it so far.
    Role = "role", "PAIFANG_ROLE";
    /// Limits profile.
    Limits = "limits", "PAIFANG_LIMITS";
    /// Base domain of subdomains.
    BaseDomain = "base_domain", "PAIFANG_BASE_DOMAIN";
    /// Whether a domain is bound only where its DNS leads here.
    DomainCheck = "domain_check", "PAIFANG_DOMAIN_CHECK";
    /// Region.
    Region = "region", "PAIFANG_REGION";
    /// Project.
    Project = "project", "PAIFANG_PROJECT";
    /// Instance id.
    InstanceId = "instance_id", "PAIFANG_INSTANCE_ID";
    /// Worker threads.
    Workers = "workers";
    /// Where the access log goes.
    AccessLog = "access_log";
    /// How the gateway's own log looks.
    LogFormat = "log_format";
    /// Seconds between "not ready" and the end of accepting.
    DrainDelay = "drain_delay";
    /// Seconds that calls under way get at the end.
    DrainTimeout = "drain_timeout";
    /// Proxies whose `X-Forwarded-For` is believed.
    TrustedProxies = "trusted_proxies", "PAIFANG_TRUSTED_PROXIES";
    /// Load balancers whose connections begin with a PROXY header.
    ProxyProtocol = "proxy_protocol", "PAIFANG_PROXY_PROTOCOL";
    /// Whether backends may have link-local addresses.
    LinkLocalBackends = "link_local_backends";
    /// Where backends may be.
    BackendNetworks = "backend_networks";
    /// Connections of clients at once.
    Connections = "connections";
    /// The same from one address.
    ConnectionsPerAddress = "connections_per_address";
    /// Calls at once.
    Calls = "calls";
    /// Bytes of request bodies held at once.
    BodyMemory = "body_memory";
    /// Seconds for all of a head.
    HeadTimeout = "head_timeout";
    /// Seconds without a byte of a body.
    BodyIdle = "body_idle";
    /// Seconds without a byte of a reply being taken.
    WriteIdle = "write_idle";
    /// Seconds from a reply to the next request.
    KeepAlive = "keep_alive";
    /// Bytes per second that a body has to come with, and a reply to be taken with.
    LeastRate = "least_rate";
    /// Days for which figures of calls are kept.
    MetricsDays = "metrics_days";
    /// Fields of a request.
    Headers = "headers";
    /// Streams of an HTTP/2 connection at once.
    H2Streams = "h2_streams";
}

impl Key {
    /// Its flag on the command line.
    pub(crate) fn flag(self) -> String {
        format!("--{}", self.file_name().replace('_', "-"))
    }
}
