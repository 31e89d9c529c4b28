//! The file: a header, then frames, each sealed for its place in this file. A frame can be neither changed nor moved nor
//! left out between others without that being seen; one that was half written at the end is as if it were not there.
//!
//! Header: `PFLG`, format (1 byte), 16 random bytes. Frame: length of what follows (4 bytes, little-endian), the content
//! sealed with the header and the frame's number as context.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use paifang_model::Id;
use paifang_store::Cipher;
use zeroize::Zeroizing;

use super::Place;

const MAGIC: &[u8; 4] = b"PFLG";
const FORMAT: u8 = 1;
const HEADER: usize = MAGIC.len() + 1 + 16;

/// A frame is never longer: a length beyond it is damage.
const LONGEST: u32 = 1 << 30;

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(in crate::publisher) enum Trouble {
    #[error(transparent)]
    File(#[from] io::Error),
    #[error("it is not a last-good file")]
    Foreign,
    #[error("it has format {0}, and this binary knows {FORMAT}")]
    Newer(u8),
    #[error("it was sealed under another master key, or is damaged")]
    Sealed,
    #[error("what is in it cannot be understood: {0}")]
    Frame(postcard::Error),
}

/// Reads a file's frames.
pub(super) struct Frames {
    file: BufReader<File>,
    seal: Seal,
    /// Where the next frame starts, in bytes.
    offset: u64,
}

/// What comes next in a file.
pub(super) enum Opened {
    Frame(Zeroizing<Vec<u8>>),
    /// There is no further whole frame.
    End,
}

impl Frames {
    /// Opens a file; none when there is none.
    pub(super) fn open(place: &Place) -> Result<Option<Self>, Trouble> {
        let file = match File::open(&place.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut file = BufReader::new(file);
        let mut header = [0; HEADER];
        file.read_exact(&mut header).map_err(|_| Trouble::Foreign)?;
        if !header.starts_with(MAGIC) {
            return Err(Trouble::Foreign);
        }
        if header[MAGIC.len()] != FORMAT {
            return Err(Trouble::Newer(header[MAGIC.len()]));
        }
        Ok(Some(Self { file, seal: Seal::new(&place.cipher, header), offset: HEADER as u64 }))
    }

    /// The next frame.
    pub(super) fn next(&mut self) -> Result<Opened, Trouble> {
        let mut length = [0; 4];
        if self.file.read_exact(&mut length).is_err() {
            return Ok(Opened::End);
        }
        let length = u32::from_le_bytes(length);
        let mut frame = Vec::new();
        let whole = length <= LONGEST
            && (&mut self.file).take(length.into()).read_to_end(&mut frame)? == length as usize;
        let opened = whole.then(|| self.seal.open(&frame)).flatten();
        match opened {
            Some(content) => {
                self.offset += 4 + u64::from(length);
                Ok(Opened::Frame(content))
            }
            None if self.seal.number == 0 && whole => Err(Trouble::Sealed),
            None => Ok(Opened::End),
        }
    }

    /// Where it is, after a whole frame.
    pub(super) fn mark(&self) -> Mark {
        Mark { length: self.offset, number: self.seal.number }
    }

    /// Goes on writing behind a frame that was read.
    pub(super) fn append(self, path: &Path, behind: &Mark) -> io::Result<Writer> {
        let file = OpenOptions::new().write(true).open(path)?;
        let mut writer = Writer { file, seal: self.seal, length: self.offset };
        // What was half written is in the way of what follows.
        writer.rewind(behind)?;
        Ok(writer)
    }
}

/// Writes frames.
pub(super) struct Writer {
    file: File,
    seal: Seal,
    /// Of the file, in bytes, as far as it is whole.
    pub(super) length: u64,
}

impl Writer {
    /// Makes a file, for its owner alone.
    pub(super) fn make(path: &Path, cipher: &Arc<Cipher>) -> io::Result<Self> {
        let mut header = [FORMAT; HEADER];
        header[..MAGIC.len()].copy_from_slice(MAGIC);
        header[MAGIC.len() + 1..].copy_from_slice(Id::random().as_bytes());
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(&header)?;
        Ok(Self { file, seal: Seal::new(cipher, header), length: HEADER as u64 })
    }

    /// Adds a frame.
    pub(super) fn write(&mut self, content: &[u8]) -> io::Result<()> {
        let sealed = self.seal.close(content)?;
        let length = u32::try_from(sealed.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| io::Error::other("a frame is too long"))?;
        let frame = [&length.to_le_bytes()[..], &sealed].concat();
        self.file.write_all(&frame)?;
        self.seal.number += 1;
        self.length += frame.len() as u64;
        Ok(())
    }

    /// Everything written is on disk when this returns.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Where it was after a whole frame: [`Writer::rewind`] goes back there.
    pub(super) fn mark(&self) -> Mark {
        Mark { length: self.length, number: self.seal.number }
    }

    /// Takes back what was written since.
    pub(super) fn rewind(&mut self, mark: &Mark) -> io::Result<()> {
        (self.length, self.seal.number) = (mark.length, mark.number);
        self.file.set_len(mark.length)?;
        self.file.seek(io::SeekFrom::End(0)).map(drop)
    }
}

/// A place between two frames.
pub(super) struct Mark {
    length: u64,
    number: u64,
}

impl Mark {
    /// How many frames are before it.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }
}

/// Seals and opens the frames of one file.
struct Seal {
    cipher: Arc<Cipher>,
    header: [u8; HEADER],
    /// Of the next frame.
    number: u64,
}

impl Seal {
    fn new(cipher: &Arc<Cipher>, header: [u8; HEADER]) -> Self {
        Self { cipher: Arc::clone(cipher), header, number: 0 }
    }

    fn close(&self, content: &[u8]) -> io::Result<Vec<u8>> {
        self.cipher.seal(&self.context(), content).map_err(io::Error::other)
    }

    /// None when it is not what was sealed at this place.
    fn open(&mut self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let opened = self.cipher.open(&self.context(), sealed)?;
        self.number += 1;
        Some(opened)
    }

    fn context(&self) -> [u8; HEADER + 8] {
        let mut context = [0; HEADER + 8];
        context[..HEADER].copy_from_slice(&self.header);
        context[HEADER..].copy_from_slice(&self.number.to_be_bytes());
        context
    }
}
