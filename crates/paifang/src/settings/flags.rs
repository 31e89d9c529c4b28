//! Settings given on the command line. All are taken as text, so that every wrong one is complained about at once.

use super::key::Key;

#[derive(clap::Args, Debug, Default)]
pub(crate) struct Flags {
    /// Settings file [default: paifang.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<std::path::PathBuf>,
    /// Data directory [env: PAIFANG_DATA_DIR] [default: ./data]
    #[arg(long, value_name = "DIRECTORY")]
    data_dir: Option<String>,
    /// Store: `sqlite`, in the data directory, or `postgres://…`, for several gateways [env: PAIFANG_STORE] [default: sqlite]
    #[arg(long, value_name = "STORE")]
    store: Option<String>,
    /// File with the master key, which opens what is sealed in the store [env: PAIFANG_MASTER_KEY_FILE, or the key
    /// itself in PAIFANG_MASTER_KEY] [default: master.key in the data directory, made at the first start]
    #[arg(long, value_name = "FILE")]
    master_key_file: Option<String>,
    /// Redis, as `redis://host:6379/0`, in which several gateways count limits together [env: PAIFANG_REDIS] [default: each
    /// counts for itself]
    #[arg(long, value_name = "URL")]
    redis: Option<String>,
    /// Address for calls, plain HTTP [env: PAIFANG_HTTP] [default: 0.0.0.0:8080]
    #[arg(long, value_name = "ADDRESS")]
    http: Option<String>,
    /// Address for calls over TLS, or `off` [env: PAIFANG_HTTPS] [default: 0.0.0.0:8443]
    #[arg(long, value_name = "ADDRESS")]
    https: Option<String>,
    /// Address for management [env: PAIFANG_MANAGEMENT] [default: 127.0.0.1:9000]
    #[arg(long, value_name = "ADDRESS")]
    management: Option<String>,
    /// Allow management beyond loopback without TLS
    #[arg(long)]
    management_insecure: bool,
    /// Management over TLS, with certificates of the gateway's own authority [default: beyond loopback]
    #[arg(long)]
    management_tls: bool,
    /// What this process does: `all` [env: PAIFANG_ROLE]
    #[arg(long)]
    role: Option<String>,
    /// Limits profile: `own` or `cloud` [env: PAIFANG_LIMITS] [default: own]
    #[arg(long, value_name = "PROFILE")]
    limits: Option<String>,
    /// Domain below which groups have their subdomains [env: PAIFANG_BASE_DOMAIN] [default: apis.localhost]
    #[arg(long, value_name = "DOMAIN")]
    base_domain: Option<String>,
    /// Whether a domain is bound only where its DNS leads here: `off` or `dns` [env: PAIFANG_DOMAIN_CHECK] [default: off]
    #[arg(long, value_name = "CHECK")]
    domain_check: Option<String>,
    /// Region [env: PAIFANG_REGION] [default: local]
    #[arg(long)]
    region: Option<String>,
    /// Project [env: PAIFANG_PROJECT] [default: default]
    #[arg(long)]
    project: Option<String>,
    /// Instance id [env: PAIFANG_INSTANCE_ID] [default: default]
    #[arg(long, value_name = "ID")]
    instance_id: Option<String>,
    /// Worker threads [default: one per core]
    #[arg(long, value_name = "NUMBER")]
    workers: Option<String>,
    /// Access log: `off`, `-` for standard output, or a file [default: off]
    #[arg(long, value_name = "WHERE")]
    access_log: Option<String>,
    /// The gateway's own log on stderr: `human` or `json` [default: human]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    /// Seconds between answering "not ready" and accepting no more [default: 0]
    #[arg(long, value_name = "SECONDS")]
    drain_delay: Option<String>,
    /// Seconds that calls under way get when the gateway ends [default: 30]
    #[arg(long, value_name = "SECONDS")]
    drain_timeout: Option<String>,
    /// Proxies whose X-Forwarded-For is believed, as in `10.0.0.0/8, 192.0.2.7` [env: PAIFANG_TRUSTED_PROXIES]
    #[arg(long, value_name = "ADDRESSES")]
    trusted_proxies: Option<String>,
    /// Load balancers whose connections begin with a PROXY header, version 1 or 2 [env: PAIFANG_PROXY_PROTOCOL]
    #[arg(long, value_name = "ADDRESSES")]
    proxy_protocol: Option<String>,
}

impl Flags {
    /// Those that say where the data is.
    pub(super) fn beside(
        config: Option<std::path::PathBuf>,
        data_dir: Option<String>,
        store: Option<String>,
        master_key_file: Option<String>,
    ) -> Self {
        Self { config, data_dir, store, master_key_file, ..Self::default() }
    }

    /// What was given for a setting.
    pub(super) fn text(&self, key: Key) -> Option<&str> {
        match key {
            Key::DataDir => &self.data_dir,
            Key::Store => &self.store,
            Key::MasterKeyFile => &self.master_key_file,
            Key::Redis => &self.redis,
            Key::Http => &self.http,
            Key::Https => &self.https,
            Key::Management => &self.management,
            Key::ManagementInsecure => return self.management_insecure.then_some("true"),
            Key::ManagementTls => return self.management_tls.then_some("true"),
            Key::Role => &self.role,
            Key::Limits => &self.limits,
            Key::BaseDomain => &self.base_domain,
            Key::DomainCheck => &self.domain_check,
            Key::Region => &self.region,
            Key::Project => &self.project,
            Key::InstanceId => &self.instance_id,
            Key::Workers => &self.workers,
            Key::AccessLog => &self.access_log,
            Key::LogFormat => &self.log_format,
            Key::DrainDelay => &self.drain_delay,
            Key::DrainTimeout => &self.drain_timeout,
            Key::TrustedProxies => &self.trusted_proxies,
            Key::ProxyProtocol => &self.proxy_protocol,
            // In the settings file alone: nobody changes them from one start to the next.
            Key::LinkLocalBackends
            | Key::BackendNetworks
            | Key::Connections
            | Key::ConnectionsPerAddress
            | Key::Calls
            | Key::BodyMemory
            | Key::HeadTimeout
            | Key::BodyIdle
            | Key::WriteIdle
            | Key::KeepAlive
            | Key::LeastRate
            | Key::MetricsDays
            | Key::Headers
            | Key::H2Streams => return None,
        }
        .as_deref()
    }
}
