//! The last-good file: what was served last, so that a node starts and serves while its store is away.
//!
//! A thread of its own writes it, at most every half minute and at the end, so that nobody waits for a disk. What
//! changes is appended; when that outgrows the rest, the file is written anew beside its place and moved there. It is
//! sealed under a key that is made of the master key: what is in it includes the secrets of apps.
//!
//! It may be behind, and never wrong: it holds whole revisions, and what came after them is in the store's feed.

mod entry;
mod frames;
mod recorder;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::JoinHandle;

use paifang_model::Key;
use paifang_store::Cipher;
use tracing::{info, warn};

use super::item::Item;
use entry::Frame;
use frames::{Frames, Opened, Writer};
use recorder::{Command, Recorder};

/// Where it is kept, and what it is sealed with.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) cipher: Arc<Cipher>,
}

/// What was in the file.
pub(super) struct Restored {
    /// Everything that was there, with nothing twice.
    pub(super) items: Vec<Item>,
    /// As of this revision.
    pub(super) revision: u64,
}

/// What was in the file, and the file, open for what comes next; none when there is no file, or none that can be used,
/// which is said.
fn restore(place: &Place) -> Option<(Restored, Writer)> {
    let path = place.path.display();
    match read(place) {
        Ok(Some((restored, file))) => {
            let (documents, revision) = (restored.items.len(), restored.revision);
            info!(
                documents,
                revision, "Starting from `{path}`: {documents} documents at revision {revision}"
            );
            Some((restored, file))
        }
        Ok(None) => None,
        Err(error) => {
            warn!(%error, "`{path}` cannot be used: {error}");
            None
        }
    }
}

fn read(place: &Place) -> Result<Option<(Restored, Writer)>, frames::Trouble> {
    let Some(mut frames) = Frames::open(place)? else { return Ok(None) };
    let mut there = HashMap::new();
    let mut revision = None;
    // What is not closed by a revision is half of one.
    let mut open = Vec::new();
    while let Opened::Frame(bytes) = frames.next()? {
        let Frame { entries, through } = Frame::read(&bytes)?;
        open.extend(entries.iter().filter_map(entry::Entry::item));
        if let Some(through) = through {
            open.drain(..).for_each(|item| settle(&mut there, item));
            revision = Some(through);
        }
    }
    let Some(revision) = revision else { return Ok(None) };
    let restored = Restored { items: there.into_values().collect(), revision };
    Ok(Some((restored, frames.append(&place.path)?)))
}

fn settle(there: &mut HashMap<Key, Item>, item: Item) {
    match (item.key(), &item) {
        (Some(key), Item::There(_)) => drop(there.insert(key, item)),
        (Some(key), _) => drop(there.remove(&key)),
        (None, _) => {}
    }
}

/// The way to the thread that writes the file.
pub(super) struct LastGood {
    commands: Sender<Command>,
    thread: JoinHandle<()>,
}

impl LastGood {
    /// Reads what is in the file, and starts the thread that goes on with it; where there is none, everything has to come
    /// anew first.
    ///
    /// # Errors
    /// When there can be no further thread.
    pub(super) fn open(place: Place) -> std::io::Result<(Self, Option<Restored>)> {
        let (restored, file) = restore(&place).unzip();
        let (commands, inbox) = mpsc::channel();
        let recorder = Recorder::new(place, file, inbox);
        let thread =
            std::thread::Builder::new().name("last-good".to_owned()).spawn(move || recorder.run())?;
        Ok((Self { commands, thread }, restored))
    }

    /// Everything comes anew: what is in the file counts until it is complete.
    pub(super) fn begin(&self) {
        self.send(Command::Begin);
    }

    /// These happened; the revision that they are of comes later.
    pub(super) fn note(&self, items: &[Item]) {
        if !items.is_empty() {
            self.send(Command::Note(Frame::write(items, None)));
        }
    }

    /// With these, all is there up to a revision.
    pub(super) fn close(&self, items: &[Item], revision: u64) {
        self.send(Command::Close(Frame::write(items, Some(revision))));
    }

    /// Writes what is left, and ends.
    pub(super) fn end(self) {
        let Self { commands, thread } = self;
        drop(commands);
        if thread.join().is_err() {
            warn!("What was served last could not be written");
        }
    }

    fn send(&self, command: Command) {
        // It ends only when this goes, or when it panicked, which is said at the end.
        let _ = self.commands.send(command);
    }
}
