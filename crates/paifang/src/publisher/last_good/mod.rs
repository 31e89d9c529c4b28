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

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::JoinHandle;

use paifang_store::Cipher;
use tracing::warn;

use super::item::Item;
use entry::{Entry, Frame};
use frames::{Frames, Opened, Writer};
use recorder::{Command, Recorder};

/// Where it is kept, and what it is sealed with.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) cipher: Arc<Cipher>,
}

/// What is in the file, and can be read from it.
pub(super) struct Kept {
    /// As of this revision.
    pub(super) revision: u64,
    /// From the beginning of the file: nobody can take it away.
    frames: Frames,
    /// How many frames are whole revisions.
    whole: u64,
}

impl Kept {
    /// Passes on what happened, frame by frame and oldest first, until told that it is enough: what is out of date comes
    /// before what replaces it. No more than one frame is in memory.
    pub(super) fn read(mut self, mut pass_on: impl FnMut(Vec<Item>) -> bool) -> Result<(), frames::Trouble> {
        for _ in 0..self.whole {
            // It was there a moment ago.
            let Opened::Frame(bytes) = self.frames.next()? else { return Err(frames::Trouble::Sealed) };
            let items = Frame::read(&bytes)?.entries.iter().filter_map(Entry::item).collect();
            drop(bytes);
            if !pass_on(items) {
                break;
            }
        }
        Ok(())
    }
}

/// What is in the file, and the file, open for what comes next; none when there is no file, or none that can be used,
/// which is said.
fn restore(place: &Place) -> Option<(Kept, Writer)> {
    let path = place.path.display();
    let kept = find(place);
    kept.inspect_err(|error| warn!(%error, "`{path}` cannot be used: {error}")).ok().flatten()
}

/// Goes through the whole file once: what is not closed by a revision is half of one, and does not count.
fn find(place: &Place) -> Result<Option<(Kept, Writer)>, frames::Trouble> {
    let Some(mut frames) = Frames::open(place)? else { return Ok(None) };
    let mut closed = None;
    while let Opened::Frame(bytes) = frames.next()? {
        if let Some(through) = Frame::read(&bytes)?.through {
            closed = Some((through, frames.mark()));
        }
    }
    let Some((revision, mark)) = closed else { return Ok(None) };
    let whole = mark.number();
    let file = frames.append(&place.path, &mark)?;
    let Some(frames) = Frames::open(place)? else { return Ok(None) };
    Ok(Some((Kept { revision, frames, whole }, file)))
}

/// The way to the thread that writes the file.
pub(super) struct LastGood {
    commands: Sender<Command>,
    thread: JoinHandle<()>,
}

impl LastGood {
    /// Finds what is in the file, and starts the thread that goes on with it; where there is none, everything has to come
    /// anew first.
    ///
    /// # Errors
    /// When there can be no further thread.
    pub(super) fn open(place: Place) -> std::io::Result<(Self, Option<Kept>)> {
        let (kept, file) = restore(&place).unzip();
        let (commands, inbox) = mpsc::channel();
        let recorder = Recorder::new(place, file, inbox);
        let thread =
            std::thread::Builder::new().name("last-good".to_owned()).spawn(move || recorder.run())?;
        Ok((Self { commands, thread }, kept))
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
