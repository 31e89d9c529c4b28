#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use paifang_model::{Id, Key, Kind};
use paifang_store::{Document, MasterKey};
use tempfile::TempDir;

use super::*;
use crate::publisher::item::Found;

struct Home {
    folder: TempDir,
    master: MasterKey,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), master: MasterKey::random().unwrap() }
    }

    fn place(&self) -> Place {
        place(self.folder.path(), &self.master)
    }

    /// What a start would find.
    fn restored(&self) -> Option<(Vec<String>, u64)> {
        let (kept, _) = restore(&self.place())?;
        let revision = kept.revision;
        let mut there = HashMap::new();
        let mut settle = |item: Item| match item {
            Item::There(_) => drop(there.insert(item.key().unwrap(), item)),
            gone => drop(there.remove(&gone.key().unwrap())),
        };
        kept.read(|items| {
            items.into_iter().for_each(&mut settle);
            true
        })
        .unwrap();
        Some((lines(&there.into_values().collect::<Vec<_>>()), revision))
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.place().path).unwrap()
    }
}

fn place(folder: &Path, master: &MasterKey) -> Place {
    Place { path: folder.join("last-good"), cipher: Arc::new(master.cipher("test").unwrap()) }
}

fn key(number: u8) -> Key {
    Key { kind: Kind::Group, id: Id::from_bytes([number; 16]) }
}

fn there(number: u8, revision: u64, text: &str) -> Item {
    let document = Document {
        key: key(number),
        scope: Id::ROOT,
        schema: 1,
        revision,
        created_at: 1,
        updated_at: 2,
        data_key: None,
        body: format!("{{\"text\":\"{text}\"}}").into_bytes(),
    };
    Item::There(Found { document, version: None })
}

fn lines(items: &[Item]) -> Vec<String> {
    let line = |item: &Item| match item {
        Item::There(found) => {
            let document = &found.document;
            format!("{} {}", document.revision, String::from_utf8_lossy(&document.body))
        }
        _ => "gone".to_owned(),
    };
    let mut lines: Vec<_> = items.iter().map(line).collect();
    lines.sort();
    lines
}

/// A file with two documents at revision 2.
fn two() -> Home {
    let home = Home::new();
    let (last_good, none) = LastGood::open(home.place()).unwrap();
    assert!(none.is_none());
    last_good.begin();
    last_good.note(&[there(1, 1, "one")]);
    last_good.close(&[there(2, 2, "two")], 2);
    last_good.end();
    home
}

#[test]
fn what_was_served_is_found_again() {
    let home = two();
    let expected = vec![r#"1 {"text":"one"}"#.to_owned(), r#"2 {"text":"two"}"#.to_owned()];
    assert_eq!(home.restored().unwrap(), (expected, 2));

    let (last_good, restored) = LastGood::open(home.place()).unwrap();
    assert_eq!(restored.unwrap().revision, 2);
    last_good.close(&[Item::Gone(key(1)), there(2, 3, "three")], 3);
    last_good.end();
    assert_eq!(home.restored().unwrap(), (vec![r#"3 {"text":"three"}"#.to_owned()], 3));
}

#[test]
fn nothing_of_it_is_in_clear() {
    let bytes = two().bytes();
    assert!(!bytes.windows(4).any(|window| window == b"text"));
}

#[test]
fn what_is_not_whole_does_not_count() {
    let home = two();
    let (last_good, _) = LastGood::open(home.place()).unwrap();
    last_good.begin();
    last_good.note(&[there(3, 9, "half")]);
    last_good.end();
    assert_eq!(home.restored().unwrap().1, 2, "half of a fresh file does not replace it");

    let (last_good, _) = LastGood::open(home.place()).unwrap();
    last_good.note(&[there(3, 9, "half")]);
    last_good.end();
    assert_eq!(home.restored().unwrap().1, 2, "half a revision is not written");
}

#[test]
fn a_file_cut_anywhere_is_whole_up_to_a_revision() {
    let home = two();
    let (last_good, _) = LastGood::open(home.place()).unwrap();
    last_good.close(&[there(3, 3, "three")], 3);
    last_good.end();
    let whole = home.bytes();
    for length in 0..whole.len() {
        std::fs::write(home.place().path, &whole[..length]).unwrap();
        if let Some((lines, revision)) = home.restored() {
            assert_eq!((lines.len(), revision), (2, 2), "cut to {length} bytes");
        }
        // And it can be gone on with.
        let (last_good, restored) = LastGood::open(home.place()).unwrap();
        last_good.close(&[there(4, 4, "four")], 4);
        last_good.end();
        assert_eq!(home.restored().map(|(_, revision)| revision), restored.map(|_| 4));
    }
}

#[test]
fn a_changed_byte_is_never_believed() {
    let home = two();
    let whole = home.bytes();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x40;
        std::fs::write(home.place().path, changed).unwrap();
        assert!(home.restored().is_none(), "byte {at}");
    }
}

#[test]
fn it_is_read_one_frame_at_a_time() {
    let home = Home::new();
    let (last_good, _) = LastGood::open(home.place()).unwrap();
    last_good.begin();
    for number in 1..=50 {
        last_good.note(&[there(number, 1, "early"), there(number + 50, 1, "early")]);
    }
    last_good.close(&[there(1, 2, "late")], 2);
    last_good.end();

    let mut pieces = Vec::new();
    let (kept, _) = restore(&home.place()).unwrap();
    kept.read(|items| {
        pieces.push(lines(&items).len());
        true
    })
    .unwrap();
    assert_eq!(pieces, [vec![2; 50], vec![1]].concat(), "each as it was written, and no two together");

    let (kept, _) = restore(&home.place()).unwrap();
    let mut read = 0;
    kept.read(|_| {
        read += 1;
        read < 3
    })
    .unwrap();
    assert_eq!(read, 3, "who takes no more is given no more");
}

#[test]
fn what_was_half_written_stays_out_when_it_goes_on() {
    let home = two();
    let (last_good, _) = LastGood::open(home.place()).unwrap();
    last_good.close(&[there(3, 3, "three")], 3);
    last_good.end();
    // As a crash would leave a revision of two frames: the second is missing.
    let place = home.place();
    let mut frames = Frames::open(&place).unwrap().unwrap();
    while let Opened::Frame(_) = frames.next().unwrap() {}
    let end = frames.mark();
    let mut writer = frames.append(&place.path, &end).unwrap();
    writer.write(&Frame::write(&[there(9, 4, "half")], None)).unwrap();
    drop(writer);

    let (last_good, kept) = LastGood::open(home.place()).unwrap();
    assert_eq!(kept.unwrap().revision, 3);
    last_good.close(&[there(5, 5, "five")], 5);
    last_good.end();
    let (lines, revision) = home.restored().unwrap();
    assert_eq!(revision, 5);
    assert!(!lines.iter().any(|line| line.contains("half")), "{lines:?}");
}

#[test]
fn another_master_key_opens_nothing() {
    let home = two();
    let other = place(home.folder.path(), &MasterKey::random().unwrap());
    assert!(matches!(find(&other), Err(frames::Trouble::Sealed)));
    let (last_good, restored) = LastGood::open(other).unwrap();
    assert!(restored.is_none());
    last_good.end();
    assert!(home.restored().is_some(), "it is left alone until all is there anew");
}

#[test]
fn what_is_out_of_date_goes() {
    let home = two();
    let (last_good, _) = LastGood::open(home.place()).unwrap();
    let long = "x".repeat(1 << 20);
    for revision in 3..20 {
        last_good.close(&[there(2, revision, &long)], revision);
    }
    last_good.close(&[Item::Gone(key(1))], 20);
    last_good.end();
    let (lines, revision) = home.restored().unwrap();
    assert_eq!((lines.len(), revision), (1, 20));
    assert!(lines[0].starts_with("19 "));
    assert!(home.bytes().len() < 2 << 20, "{} bytes", home.bytes().len());

    let (last_good, _) = LastGood::open(home.place()).unwrap();
    last_good.close(&[there(5, 21, "five")], 21);
    last_good.end();
    assert_eq!(home.restored().unwrap().1, 21, "what was written anew can be gone on with");
}
