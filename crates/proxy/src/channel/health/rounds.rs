//! The questions to the members of one channel, for as long as there is the channel: an edit neither interrupts them nor puts
//! them off.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use paifang_model::channel::HealthCheck;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::super::known::Standing;
use super::super::{ChannelEntry, Seat};
use super::probe::Prober;
use crate::exchange::now_ms;

/// Asks again and again. It ends when what it returns is dropped, which takes the channel as it is edited.
pub(super) fn begin(prober: &Rc<Prober>, entry: &Arc<ChannelEntry>) -> watch::Sender<Arc<ChannelEntry>> {
    let (edit, edited) = watch::channel(Arc::clone(entry));
    let rounds = Rounds {
        prober: Rc::clone(prober),
        entry: Arc::clone(entry),
        questions: JoinSet::new(),
        asked: HashSet::new(),
        due: Instant::now(),
    };
    tokio::task::spawn_local(rounds.run(edited));
    edit
}

struct Rounds {
    prober: Rc<Prober>,
    entry: Arc<ChannelEntry>,
    questions: JoinSet<Answered>,
    /// Whose answers are waited for.
    asked: HashSet<Box<str>>,
    /// When all are asked next.
    due: Instant,
}

/// Who was asked, and the answer.
type Answered = (Box<str>, Result<(), Box<str>>);

impl Rounds {
    async fn run(mut self, mut edited: watch::Receiver<Arc<ChannelEntry>>) {
        loop {
            tokio::select! {
                changed = edited.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    let entry = Arc::clone(&edited.borrow_and_update());
                    self.edit(&entry);
                }
                () = sleep_until(self.due), if self.entry.check.is_some() => self.round(),
                Some(Ok(answered)) = self.questions.join_next() => self.note(answered),
            }
        }
    }

    fn round(&mut self) {
        let entry = Arc::clone(&self.entry);
        let Some(check) = &entry.check else { return };
        self.due = Instant::now() + interval(check);
        entry.seats.iter().for_each(|seat| self.ask(seat, check));
    }

    /// Members that come are asked at once, the others when it is their time.
    fn edit(&mut self, entry: &Arc<ChannelEntry>) {
        let before = std::mem::replace(&mut self.entry, Arc::clone(entry));
        let Some(check) = &entry.check else { return self.forget() };
        if before.check.is_none() {
            return self.round();
        }
        self.due = self.due.min(Instant::now() + interval(check));
        let was_there = |seat: &Seat| before.seats.iter().any(|before| before.name == seat.name);
        entry.seats.iter().filter(|seat| !was_there(seat)).for_each(|seat| self.ask(seat, check));
    }

    /// Nobody is asked any more: neither verdicts nor answers that are on their way hold.
    fn forget(&mut self) {
        self.questions = JoinSet::new();
        self.asked.clear();
        self.entry.seats.iter().for_each(|seat| seat.known.forget_answers());
    }

    fn ask(&mut self, seat: &Arc<Seat>, check: &HealthCheck) {
        if !self.asked.insert(seat.name.clone()) {
            return;
        }
        let (prober, seat, check) = (Rc::clone(&self.prober), Arc::clone(seat), check.clone());
        self.questions.spawn_local(async move {
            let answer = prober.ask(&seat, &check).await;
            (seat.name.clone(), answer)
        });
    }

    fn note(&mut self, (name, answer): Answered) {
        self.asked.remove(&name);
        let entry = &self.entry;
        let Some(check) = &entry.check else { return };
        // It may have left meanwhile.
        let Some(seat) = entry.seats.iter().find(|seat| seat.name == name) else { return };
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
}

fn interval(check: &HealthCheck) -> Duration {
    Duration::from_secs(check.interval_s.into())
}
