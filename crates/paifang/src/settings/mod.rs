//! Settings: defaults, the settings file, the environment, flags; later ones win, and all that is wrong is
//! said at once.

mod edge;
mod file;
mod flags;
mod given;
mod key;
mod value;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use paifang_api_native::Transport;
use paifang_model::limits::Profile;
use paifang_proxy::limits::RedisUrl;
use paifang_proxy::observe::Destination;
use paifang_proxy::{EdgeSettings, Networks};

use crate::logging::Format;
use crate::open_store::{StoreAt, StorePlace};
use file::SettingsFile;
pub(crate) use flags::Flags;
use given::{Given, Place, Text};
use key::Key;

/// What the operator decided.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Where everything is kept.
    pub(crate) data_dir: PathBuf,
    /// Where the documents are.
    pub(crate) store: StoreAt,
    /// The file that has the master key; none: the operator named none.
    pub(crate) master_key_file: Option<PathBuf>,
    /// Where limits are counted together with other gateways; none: this one counts alone.
    pub(crate) redis: Option<RedisUrl>,
    /// Address for calls.
    pub(crate) http: SocketAddr,
    /// Address for calls over TLS; none: there are no such calls.
    pub(crate) https: Option<SocketAddr>,
    /// Address for management.
    pub(crate) management: SocketAddr,
    /// How it is managed.
    pub(crate) management_transport: Transport,
    /// Limits profile.
    pub(crate) limits: Profile,
    /// Domain below which groups have their subdomains, in lower case.
    pub(crate) base_domain: String,
    /// Whether a domain is bound only where its DNS leads here.
    pub(crate) domain_check: DomainCheck,
    /// Region.
    pub(crate) region: String,
    /// Instance id.
    pub(crate) instance_id: String,
    /// The project that callers name who expect one.
    pub(crate) project: String,
    /// Worker threads, at least 1.
    pub(crate) workers: usize,
    /// Where the access log goes.
    pub(crate) access_log: Destination,
    /// How the gateway's own log looks.
    pub(crate) log_format: Format,
    /// From "not ready" to the end of accepting.
    pub(crate) drain_delay: Duration,
    /// What calls under way get at the end.
    pub(crate) drain_timeout: Duration,
    /// Whom the edge believes, how many it lets in, and how slowly.
    pub(crate) edge: EdgeSettings,
    /// Days for which figures of calls are kept.
    pub(crate) metrics_days: u32,
    /// Bytes of request bodies held at once.
    pub(crate) body_memory: usize,
    /// Whether backends may have link-local addresses.
    pub(crate) link_local_backends: bool,
    /// Where backends may be; none: anywhere else.
    pub(crate) backend_networks: Option<Networks>,
}

/// Whether a domain is bound only where its DNS leads here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DomainCheck {
    /// Any is.
    Off,
    /// The system's name servers are asked.
    Dns,
}

impl Settings {
    /// Reads the settings; `environment` looks a variable up.
    pub(crate) fn read(
        flags: &Flags,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Complaints> {
        let mut complaints = Complaints::default();
        let given = gather(flags, environment, &mut complaints);
        let settings = Self::parse(&given, &mut complaints);
        if complaints.0.is_empty() { Ok(settings) } else { Err(complaints) }
    }

    /// Where the store is, and where its master key may be.
    pub(crate) fn store_place(&self) -> StorePlace {
        StorePlace {
            data_dir: self.data_dir.clone(),
            store: self.store.clone(),
            master_key_file: self.master_key_file.clone(),
        }
    }

    fn parse(given: &Given, complaints: &mut Complaints) -> Self {
        refuse_what_is_coming(given, complaints);
        let mut text = |key, default: &str, parse: fn(&str) -> Result<String, String>| {
            given.value(key, default.to_owned(), parse, complaints)
        };
        let base_domain = text(Key::BaseDomain, "apis.localhost", value::domain);
        let region = text(Key::Region, "local", value::name);
        let instance_id = text(Key::InstanceId, "default", value::name);
        let project = text(Key::Project, "default", value::name);
        let mut address = |key, default: SocketAddr| given.value(key, default, value::address, complaints);
        let http = address(Key::Http, (Ipv4Addr::UNSPECIFIED, 8080).into());
        let https = (Ipv4Addr::UNSPECIFIED, 8443).into();
        let management = address(Key::Management, (Ipv4Addr::LOCALHOST, 9000).into());
        let management_transport = management_transport(given, management, complaints);
        let https = given.value(Key::Https, Some(https), value::address_or_off, complaints);
        let mut seconds =
            |key, default| given.value(key, Duration::from_secs(default), value::seconds, complaints);
        let (drain_delay, drain_timeout) = (seconds(Key::DrainDelay, 0), seconds(Key::DrainTimeout, 30));
        Self {
            data_dir: given.value(Key::DataDir, DATA_DIR.into(), value::directory, complaints),
            store: given.value(Key::Store, StoreAt::DataDir, str::parse, complaints),
            master_key_file: given.value(Key::MasterKeyFile, None, value::file, complaints),
            redis: given.value(Key::Redis, None, value::redis, complaints),
            http,
            https,
            management,
            management_transport,
            limits: given.value(Key::Limits, Profile::Own, str::parse, complaints),
            base_domain,
            domain_check: given.value(Key::DomainCheck, DomainCheck::Off, value::domain_check, complaints),
            region,
            project,
            instance_id,
            workers: given.value(Key::Workers, cores(), value::workers, complaints),
            access_log: given.value(Key::AccessLog, Destination::Off, value::access_log, complaints),
            log_format: given.value(Key::LogFormat, Format::Human, str::parse, complaints),
            drain_delay,
            drain_timeout,
            edge: edge::parse(given, complaints),
            metrics_days: given.value(Key::MetricsDays, METRICS_DAYS, value::days, complaints),
            body_memory: given.value(Key::BodyMemory, BODY_MEMORY, value::memory, complaints),
            backend_networks: given.value(Key::BackendNetworks, None, value::some_networks, complaints),
            link_local_backends: given.value(Key::LinkLocalBackends, false, value::yes_or_no, complaints),
        }
    }
}

/// Where a gateway's data is, for commands that work beside it.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Beside {
    /// Settings file of the gateway [default: paifang.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Data directory of the gateway [env: PAIFANG_DATA_DIR] [default: ./data]
    #[arg(long, value_name = "DIRECTORY")]
    data_dir: Option<String>,
    /// Store of the gateway: `sqlite`, in the data directory, or `postgres://…` [env: PAIFANG_STORE] [default: sqlite]
    #[arg(long, value_name = "STORE")]
    store: Option<String>,
    /// File with the gateway's master key [env: PAIFANG_MASTER_KEY_FILE] [default: master.key in the data directory]
    #[arg(long, value_name = "FILE")]
    master_key_file: Option<String>,
}

impl Beside {
    /// The data directory; what else is wrong with the settings is not looked at.
    pub(crate) fn data_dir(&self) -> Result<PathBuf, Complaints> {
        self.store_place().map(|place| place.data_dir)
    }

    /// Where the store is, and where its master key may be.
    pub(crate) fn store_place(&self) -> Result<StorePlace, Complaints> {
        let Self { config, data_dir, store, master_key_file } = self;
        let flags = Flags::beside(config.clone(), data_dir.clone(), store.clone(), master_key_file.clone());
        let mut complaints = Complaints::default();
        let given = gather(&flags, environment, &mut complaints);
        let place = StorePlace {
            data_dir: given.value(Key::DataDir, DATA_DIR.into(), value::directory, &mut complaints),
            store: given.value(Key::Store, StoreAt::DataDir, str::parse, &mut complaints),
            master_key_file: given.value(Key::MasterKeyFile, None, value::file, &mut complaints),
        };
        if complaints.0.is_empty() { Ok(place) } else { Err(complaints) }
    }
}

/// A variable of the process's environment. What is empty or not text is no setting.
pub(crate) fn environment(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|text| !text.is_empty())
}

/// Bytes of request bodies held at once, where nothing else is said.
const BODY_MEMORY: usize = 256 << 20;

/// Days for which figures of calls are kept, where nothing else is said: as in the clouds.
const METRICS_DAYS: u32 = 2;

const DATA_DIR: &str = "data";

fn gather(flags: &Flags, environment: impl Fn(&str) -> Option<String>, complaints: &mut Complaints) -> Given {
    let mut given = Given::default();
    if let Some(file) = SettingsFile::find(flags.config.as_deref(), complaints) {
        file.read(&mut given, complaints);
    }
    for key in Key::ALL {
        if let Some(variable) = key.variable()
            && let Some(text) = environment(variable)
        {
            given.set(*key, Text { text, place: Place::Environment(variable) });
        }
        if let Some(text) = flags.text(*key) {
            given.set(*key, Text { text: text.to_owned(), place: Place::Flag(key.flag()) });
        }
    }
    given
}

fn refuse_what_is_coming(given: &Given, complaints: &mut Complaints) {
    let sentence = "only `all` is there so far; gateways without management are coming";
    given.value(Key::Role, (), |text| value::nothing_but("all", text, sentence), complaints);
}

/// Beyond loopback, over TLS, unless the operator accepts that anybody on the way can read it.
fn management_transport(given: &Given, management: SocketAddr, complaints: &mut Complaints) -> Transport {
    let insecure = given.value(Key::ManagementInsecure, false, value::yes_or_no, complaints);
    let tls = given.value(
        Key::ManagementTls,
        !insecure && !management.ip().is_loopback(),
        value::yes_or_no,
        complaints,
    );
    if tls && insecure {
        complaints.add("--management-tls and --management-insecure contradict each other".to_owned());
    }
    if !tls && !insecure && !management.ip().is_loopback() {
        complaints.add(format!(
            "management at {management} would be reached from elsewhere without TLS: \
             leave --management-tls on, keep it on 127.0.0.1, or accept that with --management-insecure"
        ));
    }
    if tls { Transport::Tls } else { Transport::Plain }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// All that is wrong with the settings.
#[derive(Debug, Default)]
pub(crate) struct Complaints(Vec<String>);

impl Complaints {
    fn add(&mut self, complaint: String) {
        self.0.push(complaint);
    }
}

impl fmt::Display for Complaints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings cannot be used:")?;
        self.0.iter().try_for_each(|complaint| write!(f, "\n  {complaint}"))
    }
}

impl std::error::Error for Complaints {}
