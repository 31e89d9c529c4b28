//! What a reader should have by now, in a form small enough to compare: a count and a sum of revisions for each 256th
//! part of a kind. Where they differ, only that part has to be read again.

use std::collections::BTreeMap;

use paifang_model::kind::Kind;
use paifang_model::record::Key;

use crate::document::{Document, Unreadable};

/// Documents of a kind whose id starts with the same byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bucket {
    /// The kind.
    pub kind: Kind,
    /// The first byte of the ids.
    pub byte: u8,
}

impl Bucket {
    /// Where a document is.
    #[must_use]
    pub const fn of(key: Key) -> Self {
        Self { kind: key.kind, byte: key.id.as_bytes()[0] }
    }
}

/// What is in a bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) documents: u64,
    /// Of the revisions that last wrote them, modulo 2^64.
    pub(crate) revisions: u64,
}

/// All buckets that are not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digest(BTreeMap<Bucket, Sum>);

impl Digest {
    /// Adds a document that was last written at a revision.
    pub fn add(&mut self, key: Key, revision: u64) {
        let sum = self.0.entry(Bucket::of(key)).or_default();
        sum.documents += 1;
        sum.revisions = sum.revisions.wrapping_add(revision);
    }

    /// Takes a document away that was added as last written at a revision.
    pub fn remove(&mut self, key: Key, revision: u64) {
        let bucket = Bucket::of(key);
        let Some(sum) = self.0.get_mut(&bucket) else { return };
        sum.documents = sum.documents.saturating_sub(1);
        sum.revisions = sum.revisions.wrapping_sub(revision);
        if sum.documents == 0 {
            self.0.remove(&bucket);
        }
    }

    /// The part of it that is about one kind.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> Self {
        let (first, last) = (Bucket { kind, byte: 0 }, Bucket { kind, byte: u8::MAX });
        Self(self.0.range(first..=last).map(|(bucket, sum)| (*bucket, *sum)).collect())
    }

    /// The buckets in which two digests differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<Bucket> {
        let there = self.0.iter().filter(|(bucket, sum)| other.0.get(bucket) != Some(sum));
        let missing = other.0.keys().filter(|bucket| !self.0.contains_key(bucket));
        there.map(|(bucket, _)| *bucket).chain(missing.copied()).collect()
    }

    pub(crate) fn put(&mut self, bucket: Bucket, sum: Sum) {
        self.0.insert(bucket, sum);
    }
}

impl FromIterator<(Key, u64)> for Digest {
    fn from_iter<I: IntoIterator<Item = (Key, u64)>>(documents: I) -> Self {
        let mut digest = Self::default();
        documents.into_iter().for_each(|(key, revision)| digest.add(key, revision));
        digest
    }
}

/// A digest, and the revision at which it was taken.
#[derive(Debug)]
pub struct Digested {
    /// The revision.
    pub revision: u64,
    /// The digest.
    pub digest: Digest,
}

/// The documents of a bucket, and the revision at which they were read.
#[derive(Debug)]
pub struct BucketContent {
    /// The revision.
    pub revision: u64,
    /// The documents, by id.
    pub documents: Vec<Result<Document, Unreadable>>,
}
