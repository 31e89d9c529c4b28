//! Every document as its noun.

use paifang_model::{
    AccessKey, AccessList, Account, Api, App, AppCode, AppKey, AppQuota, Authority, BackendAccess,
    BackendInstance, BackendService, Binding, BlackList, Certificate, Channel, Deployment, Domain, Grant,
    Group, GroupBinding, Kind, Manifest, ManifestEntry, Policy, Quota, Record, Stage, User, Variable,
    Version,
};
use paifang_store::{Document, Unreadable, Write};

/// Calls a function as that of the noun of a kind.
macro_rules! of_noun {
    ($kind:expr, $function:ident($($argument:expr),*)) => {
        match $kind {
            Kind::Account => $function::<Account>($($argument),*),
            Kind::User => $function::<User>($($argument),*),
            Kind::AccessKey => $function::<AccessKey>($($argument),*),
            Kind::Group => $function::<Group>($($argument),*),
            Kind::Stage => $function::<Stage>($($argument),*),
            Kind::Variable => $function::<Variable>($($argument),*),
            Kind::Api => $function::<Api>($($argument),*),
            Kind::Version => $function::<Version>($($argument),*),
            Kind::Deployment => $function::<Deployment>($($argument),*),
            Kind::App => $function::<App>($($argument),*),
            Kind::AppKey => $function::<AppKey>($($argument),*),
            Kind::AppCode => $function::<AppCode>($($argument),*),
            Kind::Grant => $function::<Grant>($($argument),*),
            Kind::AppQuota => $function::<AppQuota>($($argument),*),
            Kind::Domain => $function::<Domain>($($argument),*),
            Kind::Authority => $function::<Authority>($($argument),*),
            Kind::Certificate => $function::<Certificate>($($argument),*),
            Kind::BackendAccess => $function::<BackendAccess>($($argument),*),
            Kind::BackendInstance => $function::<BackendInstance>($($argument),*),
            Kind::BackendService => $function::<BackendService>($($argument),*),
            Kind::Channel => $function::<Channel>($($argument),*),
            Kind::Policy => $function::<Policy>($($argument),*),
            Kind::Binding => $function::<Binding>($($argument),*),
            Kind::GroupBinding => $function::<GroupBinding>($($argument),*),
            Kind::AccessList => $function::<AccessList>($($argument),*),
            Kind::BlackList => $function::<BlackList>($($argument),*),
            Kind::Quota => $function::<Quota>($($argument),*),
            Kind::Manifest => $function::<Manifest>($($argument),*),
            Kind::ManifestEntry => $function::<ManifestEntry>($($argument),*),
        }
    };
}

/// How this binary would write the document.
pub(super) fn as_noun(document: &Document) -> Result<Write, Unreadable> {
    of_noun!(document.key.kind, read(document))
}

fn read<R: Record>(document: &Document) -> Result<Write, Unreadable> {
    document.read::<R>().map(|stored| Write::put(&stored.value))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeSet;
    use std::marker::PhantomData;
    use std::path::Path;
    use std::pin::Pin;

    use paifang_model::record::Fields;
    use paifang_model::{Id, Key};
    use paifang_store::{Batch, CommitError, Conflict, Defect, SqliteStore, Store as _};
    use serde::{Deserialize, Serialize};

    use super::*;

    /// The noun `R` as a newer binary writes it.
    #[derive(Serialize, Deserialize)]
    struct Newer<R> {
        id: Id,
        what: String,
        #[serde(skip)]
        noun: PhantomData<fn() -> R>,
    }

    impl<R: Record> Record for Newer<R> {
        const KIND: Kind = R::KIND;
        const SCHEMA: u32 = R::SCHEMA + 1;

        fn id(&self) -> Id {
            self.id
        }

        fn fields(&self, _fields: &mut Fields) {}
    }

    /// One document of each kind, as the first binaries wrote it.
    fn old_documents() -> Vec<(Kind, Vec<u8>)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/tests/documents/v1");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files
            .filter_map(|file| {
                let kind = file.file_stem()?.to_str()?.parse().ok()?;
                Some((kind, std::fs::read(file).unwrap()))
            })
            .collect()
    }

    /// The document of an old binary is read; that of a newer one is neither read nor written over with it.
    async fn old_is_read_and_newer_is_kept<R: Record>(store: &SqliteStore, body: Vec<u8>) {
        let old = Document {
            key: Key { kind: R::KIND, id: Id::ROOT },
            scope: Id::ROOT,
            schema: 1,
            revision: 1,
            created_at: 0,
            updated_at: 0,
            data_key: None,
            body,
        };
        let record = old.read::<R>().unwrap_or_else(|error| panic!("{}: {error:?}", R::KIND)).value;
        let newer = Newer::<R> { id: record.id(), what: "new".to_owned(), noun: PhantomData };
        store.commit(Batch::at(0).write(Write::put(&newer))).await.unwrap();

        let refused = store.commit(Batch::at(1).write(Write::put(&record))).await.unwrap_err();
        let CommitError::Refused(conflicts) = refused else { panic!("{refused:?}") };
        let is_kept = |conflict: &Conflict| matches!(conflict, Conflict::NewerSchema { .. });
        assert!(conflicts.0.iter().any(is_kept), "{}: {conflicts}", R::KIND);
        let kept = store.get(Key { kind: R::KIND, id: record.id() }).await.unwrap().unwrap();
        assert_eq!(kept.read::<Newer<R>>().unwrap().value.what, "new", "{}", R::KIND);
        let unread = as_noun(&kept).err().map(|unreadable| unreadable.defect);
        assert!(matches!(unread, Some(Defect::NewerSchema { .. })), "{}: {unread:?}", R::KIND);
    }

    /// Those of different nouns are futures of different types.
    fn boxed<R: Record>(store: &SqliteStore, body: Vec<u8>) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(old_is_read_and_newer_is_kept::<R>(store, body))
    }

    #[tokio::test]
    async fn an_old_document_of_every_noun_is_read_and_a_newer_one_never_rewritten() {
        let store = SqliteStore::open_in_memory().await.unwrap();
        let mut seen = BTreeSet::new();
        for (kind, body) in old_documents() {
            of_noun!(kind, boxed(&store, body)).await;
            seen.insert(kind);
        }
        assert_eq!(seen, Kind::ALL.iter().copied().collect(), "every kind has an old document");
    }
}
