//! Names to addresses, by their time to live. One task per process asks; workers read what it found.

use std::net::IpAddr;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use foldhash::HashMap;
use hickory_resolver::TokioResolver;
use tokio::sync::{mpsc, oneshot};

/// How long an answer is kept at least, whatever its time to live: a name of 0 s must not cost a question per call.
const KEPT_AT_LEAST: Duration = Duration::from_secs(1);
/// How long a failure is kept: a broken name must not cost a question per call.
const FAILURE_KEPT: Duration = Duration::from_secs(1);
/// The most names remembered.
const NAMES_AT_MOST: usize = 100_000;

type Addresses = Arc<[IpAddr]>;

/// Names to addresses.
#[derive(Debug, Clone)]
pub(crate) struct Resolver {
    known: Arc<RwLock<HashMap<Arc<str>, Known>>>,
    questions: mpsc::UnboundedSender<Question>,
}

#[derive(Debug, Clone)]
struct Known {
    /// Empty when the name could not be resolved.
    addresses: Addresses,
    until: Instant,
}

struct Question {
    name: Arc<str>,
    answer: oneshot::Sender<Addresses>,
}

impl Resolver {
    /// Starts the task on a thread of its own, with the system's name servers and hosts file.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub(crate) fn start() -> std::io::Result<Self> {
        let (questions, incoming) = mpsc::unbounded_channel();
        let known = Arc::default();
        let task = Task { known: Arc::clone(&known) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::Builder::new()
            .name("resolver".to_owned())
            .spawn(move || runtime.block_on(task.run(incoming)))?;
        Ok(Self { known, questions })
    }

    /// The addresses of a name; empty when it has none. An answer that is too old still serves when no newer
    /// one is to be had.
    pub(crate) async fn resolve(&self, name: &Arc<str>) -> Addresses {
        match self.remembered(name) {
            Some(addresses) => addresses,
            None => self.ask(name).await,
        }
    }

    /// What was found lately; none: it has to be asked for.
    pub(super) fn remembered(&self, name: &str) -> Option<Addresses> {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = known.get(name).filter(|known| known.until > Instant::now())?;
        Some(Arc::clone(&known.addresses))
    }

    /// Asks for the addresses of a name, as [`Resolver::resolve`] has them. Whoever gives up waiting finds the answer
    /// remembered the next time.
    pub(super) async fn ask(&self, name: &Arc<str>) -> Addresses {
        let (answer, answered) = oneshot::channel();
        if self.questions.send(Question { name: Arc::clone(name), answer }).is_err() {
            return Arc::default();
        }
        answered.await.unwrap_or_default()
    }
}

struct Task {
    known: Arc<RwLock<HashMap<Arc<str>, Known>>>,
}

impl Task {
    async fn run(self, mut incoming: mpsc::UnboundedReceiver<Question>) {
        let resolver = system_resolver();
        let task = Arc::new(self);
        while let Some(question) = incoming.recv().await {
            let (task, resolver) = (Arc::clone(&task), resolver.clone());
            tokio::spawn(async move { task.answer(resolver.as_ref(), question).await });
        }
    }

    async fn answer(&self, resolver: Option<&TokioResolver>, question: Question) {
        let (found, lifetime) = lookup(resolver, &question.name).await;
        let addresses = self.remember(question.name, found, lifetime);
        // Whoever asked may have given up; the answer is remembered all the same.
        let _ = question.answer.send(addresses);
    }

    /// Keeps an answer; a failure keeps the addresses known before.
    fn remember(&self, name: Arc<str>, found: Vec<IpAddr>, lifetime: Duration) -> Addresses {
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.len() >= NAMES_AT_MOST {
            let now = Instant::now();
            known.retain(|_, entry| entry.until > now);
        }
        let before = known.get(&name).map(|entry| Arc::clone(&entry.addresses)).unwrap_or_default();
        let addresses = if found.is_empty() { before } else { found.into() };
        known.insert(name, Known { addresses: Arc::clone(&addresses), until: Instant::now() + lifetime });
        addresses
    }
}

fn system_resolver() -> Option<TokioResolver> {
    let built = TokioResolver::builder_tokio().and_then(hickory_resolver::ResolverBuilder::build);
    built.inspect_err(|error| tracing::warn!(%error, "names cannot be resolved: {error}")).ok()
}

async fn lookup(resolver: Option<&TokioResolver>, name: &str) -> (Vec<IpAddr>, Duration) {
    // RFC 6761 §6.3: never asked of a name server.
    if name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost") {
        return (vec![IpAddr::from([127, 0, 0, 1])], Duration::from_secs(3600));
    }
    let Some(resolver) = resolver else { return (Vec::new(), FAILURE_KEPT) };
    match resolver.lookup_ip(name).await {
        Ok(answer) => {
            let lifetime = answer.valid_until().saturating_duration_since(Instant::now());
            (answer.iter().collect(), lifetime.max(KEPT_AT_LEAST))
        }
        Err(error) => {
            tracing::debug!(name, %error, "`{name}` was not resolved: {error}");
            (Vec::new(), FAILURE_KEPT)
        }
    }
}
