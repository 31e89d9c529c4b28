//! Frames: a tag, a length and bytes, all of them counted into one checksum.

use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};

use crate::backup::{BadBackup, FORMAT};

/// What every backup of whichever format starts with; the number of its format follows.
const MAGIC: &[u8; 16] = b"paifang backup\r\n";

/// The most bytes of a frame: a row holds one document, whose body is a sixteenth of this.
const MAX: usize = 64 << 20;

const HEADER: u8 = b'H';
const TABLE: u8 = b'T';
const ROW: u8 = b'R';
const END: u8 = b'E';

/// A part of a backup.
pub(crate) enum Frame {
    /// What it is; the first.
    Header(Vec<u8>),
    /// The table of the rows that follow.
    Table(Vec<u8>),
    /// A row.
    Row(Vec<u8>),
}

impl Frame {
    fn parts(&self) -> (u8, &[u8]) {
        match self {
            Self::Header(bytes) => (HEADER, bytes),
            Self::Table(bytes) => (TABLE, bytes),
            Self::Row(bytes) => (ROW, bytes),
        }
    }
}

/// Writes frames.
pub(crate) struct FrameWriter<W> {
    into: W,
    sum: Sha256,
}

impl<W: Write> FrameWriter<W> {
    pub(crate) fn start(into: W) -> io::Result<Self> {
        let mut writer = Self { into, sum: Sha256::new() };
        writer.put(MAGIC)?;
        writer.put(&FORMAT.to_be_bytes())?;
        Ok(writer)
    }

    pub(crate) fn write(&mut self, frame: &Frame) -> io::Result<()> {
        let (tag, bytes) = frame.parts();
        let length = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= MAX);
        let length =
            length.ok_or_else(|| io::Error::new(io::ErrorKind::FileTooLarge, "a row is too large"))?;
        self.put(&[tag])?;
        self.put(&length.to_be_bytes())?;
        self.put(bytes)
    }

    /// Writes the checksum.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.put(&[END])?;
        let sum = self.sum.finalize();
        self.into.write_all(&sum)?;
        self.into.flush()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.update(bytes);
        self.into.write_all(bytes)
    }
}

/// Reads frames.
pub(crate) struct FrameReader<R> {
    from: R,
    sum: Sha256,
}

impl<R: Read> FrameReader<R> {
    pub(crate) fn start(from: R) -> Result<Self, BadBackup> {
        let mut reader = Self { from, sum: Sha256::new() };
        let magic: [u8; MAGIC.len()] = reader.take().map_err(|bad| match bad {
            // Shorter than any backup.
            BadBackup::Cut => BadBackup::Foreign,
            other => other,
        })?;
        if magic != *MAGIC {
            return Err(BadBackup::Foreign);
        }
        let found = u32::from_be_bytes(reader.take()?);
        if found > FORMAT {
            return Err(BadBackup::NewerFormat { found, known: FORMAT });
        }
        Ok(reader)
    }

    /// The next frame; none at the end, when the checksum is right and nothing follows it.
    pub(crate) fn next(&mut self) -> Result<Option<Frame>, BadBackup> {
        let [tag] = self.take()?;
        if tag == END {
            return self.end().map(|()| None);
        }
        let length = u32::from_be_bytes(self.take()?) as usize;
        if length > MAX {
            return Err(BadBackup::Damaged("a part of it is larger than any is"));
        }
        let mut bytes = Vec::new();
        // What is not there is not made room for.
        (&mut self.from).take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(BadBackup::Cut);
        }
        self.sum.update(&bytes);
        match tag {
            HEADER => Ok(Some(Frame::Header(bytes))),
            TABLE => Ok(Some(Frame::Table(bytes))),
            ROW => Ok(Some(Frame::Row(bytes))),
            _ => Err(BadBackup::Damaged("it has parts of an unknown sort")),
        }
    }

    fn end(&mut self) -> Result<(), BadBackup> {
        let sum = self.sum.clone().finalize();
        let written: [u8; 32] = self.take()?;
        if sum[..] != written {
            return Err(BadBackup::Damaged("its checksum is wrong"));
        }
        match self.from.read(&mut [0])? {
            0 => Ok(()),
            _ => Err(BadBackup::Damaged("something follows its end")),
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], BadBackup> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => BadBackup::Cut,
            _ => BadBackup::Io(error),
        })?;
        self.sum.update(bytes);
        Ok(bytes)
    }
}
