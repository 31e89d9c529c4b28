//! Asks members whether they are well, on a thread of its own: no question waits for a call, and no call for a question.

mod probe;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use paifang_model::channel::HealthCheck;
use paifang_model::id::ChannelId;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet, LocalSet};
use tokio::time::{Instant, MissedTickBehavior, interval, interval_at};

use super::known::Standing;
use super::{ChannelEntry, Seat};
use crate::exchange::now_ms;
use crate::shared::Shared;
use crate::snapshot::Snapshot;
use probe::Prober;

/// How often it is looked for members that were left out long enough.
const LET_IN_EVERY: Duration = Duration::from_secs(1);

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
    let mut ticks = interval(LET_IN_EVERY);
    loop {
        asked.follow(&shared.served.load_full());
        tokio::select! {
            changed = revision.changed() => if changed.is_err() { return },
            _ = ticks.tick() => asked.let_in(),
        }
    }
}

/// The channels, and the tasks that ask their members.
struct Asked {
    prober: Rc<Prober>,
    channels: HashMap<ChannelId, Channel>,
    seen: Option<Arc<Snapshot>>,
}

struct Channel {
    entry: Arc<ChannelEntry>,
    task: Option<AbortHandle>,
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

impl Asked {
    fn follow(&mut self, snapshot: &Arc<Snapshot>) {
        if self.seen.as_ref().is_some_and(|seen| seen.has_channels_of(snapshot)) {
            return;
        }
        let mut before = std::mem::take(&mut self.channels);
        for entry in snapshot.channels() {
            let known = before.remove(&entry.id);
            let is_new = known.is_none();
            let channel = known.filter(|known| Arc::ptr_eq(&known.entry, entry));
            let channel = channel.unwrap_or_else(|| self.ask(entry, is_new));
            self.channels.insert(entry.id, channel);
            if entry.check.is_none() {
                entry.seats.iter().for_each(|seat| seat.known.forget_answers());
            }
            // What was found through the entry before it may have come after this one was laid out.
            entry.refresh();
        }
        self.seen = Some(Arc::clone(snapshot));
    }

    fn ask(&self, entry: &Arc<ChannelEntry>, is_new: bool) -> Channel {
        let task = entry.check.clone().map(|check| {
            let (prober, entry) = (Rc::clone(&self.prober), Arc::clone(entry));
            tokio::task::spawn_local(ask_again_and_again(prober, entry, check, is_new)).abort_handle()
        });
        Channel { entry: Arc::clone(entry), task }
    }

    fn let_in(&self) {
        let now_ms = now_ms();
        for Channel { entry, .. } in self.channels.values() {
            let let_in = entry.seats.iter().filter(|seat| seat.known.let_in(now_ms)).count();
            if let_in > 0 {
                entry.refresh();
            }
        }
    }
}

/// A channel that was changed is asked after one interval: it may be changed many times a second.
async fn ask_again_and_again(prober: Rc<Prober>, entry: Arc<ChannelEntry>, check: HealthCheck, is_new: bool) {
    let every = Duration::from_secs(check.interval_s.into());
    let mut ticks = interval_at(if is_new { Instant::now() } else { Instant::now() + every }, every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (entry, check) = (entry, Rc::new(check));
    loop {
        ticks.tick().await;
        let mut questions = JoinSet::new();
        for seat in &entry.seats {
            let (prober, seat, check) = (Rc::clone(&prober), Arc::clone(seat), Rc::clone(&check));
            questions.spawn_local(async move {
                let answer = prober.ask(&seat, &check).await;
                (seat, answer)
            });
        }
        while let Some(Ok((seat, answer))) = questions.join_next().await {
            note(&entry, &check, &seat, answer);
        }
    }
}

fn note(entry: &ChannelEntry, check: &HealthCheck, seat: &Seat, answer: Result<(), Box<str>>) {
    if !seat.known.note_answer(answer, check, now_ms()) {
        return;
    }
    if seat.standing() & Standing::UNWELL == Standing::GOOD {
        tracing::info!(channel.id = %entry.id, member = %seat.name, "`{}` of channel `{}` is well", seat.name, entry.name);
    } else {
        let reason = seat.known.reason().unwrap_or_default();
        tracing::warn!(channel.id = %entry.id, member = %seat.name, %reason,
            "`{}` of channel `{}` is unwell: {reason}", seat.name, entry.name);
    }
    entry.refresh();
}
