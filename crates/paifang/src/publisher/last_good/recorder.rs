//! The thread that writes the file: what comes waits half a minute for more, then is appended in one go.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use paifang_model::Key;
use tracing::{debug, warn};

use super::Place;
use super::entry::{Entry, Frame};
use super::frames::{Frames, Opened, Trouble, Writer};

/// The least time between two times that the file is written.
const EVERY: Duration = Duration::from_secs(30);

/// What may wait while the file cannot be written, in bytes. Beyond it the file stays as it is: behind.
const WAITING_AT_MOST: usize = 64 << 20;

/// What may be appended, however small the rest is, before the file is written anew, in bytes.
const APPENDED_AT_LEAST: u64 = 4 << 20;

/// What the thread is told; frames come as bytes.
pub(super) enum Command {
    /// Everything comes anew.
    Begin,
    /// A frame whose revision comes later.
    Note(Vec<u8>),
    /// A frame that makes all before it whole.
    Close(Vec<u8>),
}

/// Writes the file.
pub(super) struct Recorder {
    place: Place,
    inbox: Receiver<Command>,
    /// The file in its place, open for more.
    file: Option<Writer>,
    /// Its length when it was written anew, in bytes.
    base: u64,
    /// The one that is written anew beside it.
    fresh: Option<Writer>,
    /// What waits.
    waiting: Vec<Vec<u8>>,
    /// How many of these are whole revisions.
    whole: usize,
    due: Instant,
}

impl Recorder {
    /// For a file that is there and open for more, or none.
    pub(super) fn new(place: Place, file: Option<Writer>, inbox: Receiver<Command>) -> Self {
        let base = file.as_ref().map(|file| file.length).unwrap_or_default();
        let (waiting, due) = (Vec::new(), Instant::now() + EVERY);
        Self { place, inbox, file, base, fresh: None, waiting, whole: 0, due }
    }

    /// Works until nobody can tell it anything.
    pub(super) fn run(mut self) {
        loop {
            match self.inbox.recv_timeout(self.due.saturating_duration_since(Instant::now())) {
                Ok(command) => self.take(command),
                Err(RecvTimeoutError::Timeout) => self.flush(),
                Err(RecvTimeoutError::Disconnected) => return self.flush(),
            }
        }
    }

    fn take(&mut self, command: Command) {
        let written = match command {
            Command::Begin => self.begin(),
            Command::Note(frame) => self.add(frame),
            Command::Close(frame) => self.add(frame).and_then(|()| self.close()),
        };
        if let Err(error) = written {
            warn!(%error, "What is served cannot be written beside `{}`: {error}", self.place.path.display());
            self.fresh = None;
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        self.waiting.clear();
        self.whole = 0;
        self.fresh = Some(Writer::make(&self.beside(), &self.place.cipher)?);
        Ok(())
    }

    fn add(&mut self, frame: Vec<u8>) -> io::Result<()> {
        match &mut self.fresh {
            Some(fresh) => fresh.write(&frame)?,
            None if self.file.is_some() => self.waiting.push(frame),
            // Without the rest it is of no use.
            None => {}
        }
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        self.whole = self.waiting.len();
        let Some(fresh) = self.fresh.take() else { return Ok(()) };
        self.put_in_place(fresh)
    }

    fn put_in_place(&mut self, fresh: Writer) -> io::Result<()> {
        fresh.sync()?;
        std::fs::rename(self.beside(), &self.place.path)?;
        if let Some(folder) = self.place.path.parent() {
            std::fs::File::open(folder)?.sync_all()?;
        }
        self.base = fresh.length;
        self.file = Some(fresh);
        self.due = Instant::now() + EVERY;
        Ok(())
    }

    /// Appends what waits, as far as it is whole.
    fn flush(&mut self) {
        self.due = Instant::now() + EVERY;
        let Some(file) = self.file.as_mut().filter(|_| self.whole > 0) else { return };
        let mark = file.mark();
        let written = self.waiting[..self.whole].iter().try_for_each(|frame| file.write(frame));
        match written.and_then(|()| file.sync()) {
            Ok(()) => {
                drop(self.waiting.drain(..self.whole));
                self.whole = 0;
                self.make_smaller();
            }
            Err(error) => {
                warn!(%error, "What is served cannot be appended to `{}`: {error}", self.place.path.display());
                let waits = self.waiting.iter().map(Vec::len).sum::<usize>();
                if file.rewind(&mark).is_err() || waits > WAITING_AT_MOST {
                    (self.file, self.whole) = (None, 0);
                    self.waiting = Vec::new();
                }
            }
        }
    }

    /// Writes the file anew when most of what is in it is out of date.
    fn make_smaller(&mut self) {
        let length = self.file.as_ref().map(|file| file.length).unwrap_or_default();
        if length - self.base <= self.base.max(APPENDED_AT_LEAST) {
            return;
        }
        let made = self.newest_only().and_then(|fresh| Ok(self.put_in_place(fresh)?));
        match made {
            Ok(()) => {
                debug!(before = length, after = self.base, "Wrote `{}` anew", self.place.path.display())
            }
            Err(error) => warn!(%error, "`{}` cannot be written anew: {error}", self.place.path.display()),
        }
    }

    /// The file with the last that happened to each document only. Read twice, so that it is never in memory whole.
    fn newest_only(&self) -> Result<Writer, Trouble> {
        let mut newest: HashMap<Key, (usize, usize)> = HashMap::new();
        let mut frames = Frames::open(&self.place)?.ok_or(Trouble::Foreign)?;
        let mut number = 0;
        while let Opened::Frame(bytes) = frames.next()? {
            let keys = Frame::read(&bytes)?.entries.into_iter().map(|entry| entry.key());
            let places = keys.enumerate().filter_map(|(index, key)| Some((key?, (number, index))));
            newest.extend(places);
            number += 1;
        }
        let mut fresh = Writer::make(&self.beside(), &self.place.cipher)?;
        let mut frames = Frames::open(&self.place)?.ok_or(Trouble::Foreign)?;
        let (mut number, mut whole) = (0, None);
        while let Opened::Frame(bytes) = frames.next()? {
            let Frame { entries, through } = Frame::read(&bytes)?;
            let places = entries.into_iter().enumerate();
            let kept = places.filter(|(index, entry)| {
                let place = entry.key().and_then(|key| newest.get(&key));
                place == Some(&(number, *index)) && matches!(entry, Entry::There(..))
            });
            let entries: Vec<_> = kept.map(|(_, entry)| entry).collect();
            if !entries.is_empty() {
                fresh.write(&Frame { entries, through: None }.to_bytes())?;
            }
            (number, whole) = (number + 1, through.or(whole));
        }
        fresh.write(&Frame { entries: Vec::new(), through: whole }.to_bytes())?;
        Ok(fresh)
    }

    fn beside(&self) -> PathBuf {
        self.place.path.with_extension("new")
    }
}
