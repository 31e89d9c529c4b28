//! Asks members whether they are well, on a thread of its own: no question waits for a call, and no call for a question.

mod probe;
mod rounds;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use paifang_model::id::ChannelId;
use tokio::sync::watch;
use tokio::task::LocalSet;
use tokio::time::interval;

use super::{ChannelEntry, Seat};
use crate::exchange::now_ms;
use crate::shared::Shared;
use crate::snapshot::Snapshot;
use probe::Prober;

/// How often it is looked for members that were left out long enough.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Starts the thread. It ends when no revision can follow any more.
///
/// # Errors
/// When the operating system gives no thread.
pub(crate) fn start(shared: Arc<Shared>, revision: watch::Receiver<u64>) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let run = move || LocalSet::new().block_on(&runtime, follow(shared, revision));
    std::thread::Builder::new().name("health".to_owned()).spawn(run).map(drop)
}

async fn follow(shared: Arc<Shared>, mut revision: watch::Receiver<u64>) {
    let prober = match Prober::new(Arc::clone(&shared)) {
        Ok(prober) => Rc::new(prober),
        Err(error) => {
            return tracing::error!(%error, "members of channels are not asked for their health: {error}");
        }
    };
    let mut asked = Asked { prober, channels: HashMap::new(), seen: None };
    let mut ticks = interval(LOOK_EVERY);
    loop {
        asked.follow(&shared.served.load_full());
        // What was found through a channel before an edit may have come after it was laid out anew.
        asked.look_after();
        tokio::select! {
            changed = revision.changed() => if changed.is_err() { return },
            () = shared.member_news.notified() => {}
            _ = ticks.tick() => {}
        }
    }
}

/// The channels, each with whoever asks its members.
struct Asked {
    prober: Rc<Prober>,
    channels: HashMap<ChannelId, watch::Sender<Arc<ChannelEntry>>>,
    seen: Option<Arc<Snapshot>>,
}

impl Asked {
    fn follow(&mut self, snapshot: &Arc<Snapshot>) {
        if self.seen.as_ref().is_some_and(|seen| seen.has_channels_of(snapshot)) {
            return;
        }
        let mut before = std::mem::take(&mut self.channels);
        for entry in snapshot.channels() {
            let known = before.remove(&entry.id).inspect(|known| tell(known, entry));
            let rounds = known.unwrap_or_else(|| rounds::begin(&self.prober, entry));
            self.channels.insert(entry.id, rounds);
        }
        self.seen = Some(Arc::clone(snapshot));
    }

    /// Lays out anew who may be picked, and knocks at members that are in doubt or were left out long enough: no call has to
    /// find out.
    fn look_after(&self) {
        let now_ms = now_ms();
        for entry in self.channels.values() {
            let entry = entry.borrow();
            entry.refresh();
            for seat in entry.seats.iter().filter(|seat| seat.known.take_knock(now_ms)) {
                let knock = knock(Rc::clone(&self.prober), Arc::clone(&entry), Arc::clone(seat));
                tokio::task::spawn_local(knock);
            }
        }
    }
}

async fn knock(prober: Rc<Prober>, entry: Arc<ChannelEntry>, seat: Arc<Seat>) {
    let failure = prober.knock(&seat.address).await.err();
    entry.note_knock(&seat, failure.as_deref());
    // The channel may be another by now.
    prober.shared.member_news.notify_one();
}

/// Tells of an edit, where there was one.
fn tell(known: &watch::Sender<Arc<ChannelEntry>>, entry: &Arc<ChannelEntry>) {
    known.send_if_modified(|known| {
        let is_edited = !Arc::ptr_eq(known, entry);
        if is_edited {
            *known = Arc::clone(entry);
        }
        is_edited
    });
}
