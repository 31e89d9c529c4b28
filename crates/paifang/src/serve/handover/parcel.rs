//! What one process gives another to hold: open files, over a stream between the two (`SCM_RIGHTS`, unix(7)). Once sent, they
//! live as long as either has them.

use std::fs::File;
use std::io::{IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::net::TcpListener;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

use anyhow::{Context as _, Result, bail, ensure};
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags, recvmsg, sendmsg,
};
use serde::{Deserialize, Serialize};

/// Which turns are taken. Versions that differ in it cannot hand over to each other.
const PROTOCOL: u32 = 1;

/// More sockets than a gateway has.
const FILES_AT_MOST: usize = 16;

/// Bytes of the list of what is in it.
const LIST_AT_MOST: usize = 1024;

/// What is handed over.
#[derive(Debug)]
pub(in crate::serve) struct Parcel {
    /// The lock of the data directory.
    pub(in crate::serve) lock: File,
    /// Sockets that listen, by name.
    pub(in crate::serve) sockets: Vec<(String, TcpListener)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct List {
    protocol: u32,
    /// In the order of the files, of which the lock is the first.
    sockets: Vec<String>,
}

/// Sends it; it waits in the stream until it is received.
pub(super) fn send(
    stream: &UnixStream,
    lock: BorrowedFd<'_>,
    sockets: &[(&str, BorrowedFd<'_>)],
) -> Result<()> {
    let names = sockets.iter().map(|(name, _)| (*name).to_owned()).collect();
    let list = serde_json::to_vec(&List { protocol: PROTOCOL, sockets: names })?;
    let files: Vec<_> = std::iter::once(lock).chain(sockets.iter().map(|(_, socket)| *socket)).collect();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES_AT_MOST))];
    let mut rights = SendAncillaryBuffer::new(&mut space);
    ensure!(rights.push(SendAncillaryMessage::ScmRights(&files)), "too many sockets to hand over");
    let sent = sendmsg(stream, &[IoSlice::new(&list)], &mut rights, SendFlags::empty());
    let sent = sent.context("handing the sockets over")?;
    ensure!(sent == list.len(), "the sockets were not handed over whole");
    Ok(())
}

/// Receives it.
pub(super) fn receive(stream: &UnixStream) -> Result<Parcel> {
    let mut list = [0; LIST_AT_MOST];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES_AT_MOST))];
    let mut rights = RecvAncillaryBuffer::new(&mut space);
    let received = recvmsg(stream, &mut [IoSliceMut::new(&mut list)], &mut rights, RecvFlags::CMSG_CLOEXEC);
    let bytes = received.context("receiving what is handed over")?.bytes;
    let List { protocol, sockets } =
        serde_json::from_slice(&list[..bytes]).context("reading what is handed over")?;
    if protocol != PROTOCOL {
        bail!(
            "the running version hands over in another way ({protocol}, not {PROTOCOL}): stop it and start this one"
        );
    }
    let mut files = rights.drain().flat_map(files);
    let lock = files.next().context("nothing was handed over")?.into();
    let files: Vec<TcpListener> = files.map(TcpListener::from).collect();
    ensure!(
        files.len() == sockets.len(),
        "{} sockets were named and {} handed over",
        sockets.len(),
        files.len()
    );
    Ok(Parcel { lock, sockets: sockets.into_iter().zip(files).collect() })
}

fn files(message: RecvAncillaryMessage<'_>) -> Vec<OwnedFd> {
    match message {
        RecvAncillaryMessage::ScmRights(files) => files.collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::os::fd::AsFd as _;

    use super::*;

    #[test]
    fn files_arrive_as_they_were_sent() {
        let (here, there) = UnixStream::pair().unwrap();
        let (lock, socket) = (tempfile::tempfile().unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
        send(&here, lock.as_fd(), &[("http", socket.as_fd())]).unwrap();
        let parcel = receive(&there).unwrap();
        assert_eq!(parcel.sockets[0].0, "http");
        assert_eq!(parcel.sockets[0].1.local_addr().unwrap(), socket.local_addr().unwrap());
    }

    #[test]
    fn another_protocol_is_refused_and_so_is_what_lacks_a_file() {
        let said = |list: &str| {
            let (here, there) = UnixStream::pair().unwrap();
            sendmsg(
                &here,
                &[IoSlice::new(list.as_bytes())],
                &mut SendAncillaryBuffer::default(),
                SendFlags::empty(),
            )
            .unwrap();
            format!("{:#}", receive(&there).unwrap_err())
        };
        assert!(said(r#"{"protocol":2,"sockets":[]}"#).contains("in another way (2, not 1)"));
        assert_eq!(said(r#"{"protocol":1,"sockets":["http"]}"#), "nothing was handed over");
        assert!(said("hello").starts_with("reading what is handed over"));
    }
}
