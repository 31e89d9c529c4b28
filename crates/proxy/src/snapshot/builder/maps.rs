//! The maps that no table depends on: apps, credentials, grants, backend accesses, channels.

use std::sync::Arc;

use paifang_model::id::{AppCodeId, AppId};
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use paifang_model::{App, AppCode, AppKey, Grant};
use paifang_sign::SigningKey;

use super::super::{AppFacts, CodeDigest, CodeEntry, KeyEntry, UntilMs, grant_name, key_name};
use super::Builder;
use crate::channel::ChannelEntry;
use crate::config::{Change, Document};

impl Builder {
    /// Takes what changes only them.
    pub(super) fn apply_maps(&mut self, change: Change) {
        match change {
            Change::Put(Document::Account(account)) => {
                let facts = (account.number, Arc::from(account.name));
                self.documents.accounts.insert(account.id, facts);
            }
            Change::Put(Document::App(app)) => {
                let (account_number, account_name) =
                    self.documents.accounts.get(&app.account).cloned().unzip();
                let App { id, number, name, account, access, frozen, .. } = app;
                let facts = AppFacts {
                    id,
                    number,
                    name: name.into(),
                    account,
                    account_number,
                    account_name,
                    addresses: access.map(|access| (access.effect, access.set())),
                    frozen,
                };
                self.next.apps.insert(id, Arc::new(facts));
            }
            Change::Put(Document::AppKey(key)) => self.put_key(key),
            Change::Put(Document::AppCode(code)) => self.put_code(&code),
            Change::Put(Document::Grant(grant)) => self.put_grant(&grant),
            Change::Put(Document::BackendAccess(access)) => {
                self.next.accesses.insert(access.id, Arc::new(access));
            }
            Change::Put(Document::Channel(channel)) => {
                let before = self.next.channels.get(&channel.id).map(Arc::as_ref);
                let entry = ChannelEntry::new(&channel, before);
                self.next.channels.insert(channel.id, Arc::new(entry));
            }
            Change::Put(_) => {}
            Change::Delete(key) => self.delete(key),
        }
    }

    fn put_key(&mut self, key: AppKey) {
        let signing = SigningKey::new(key.secret.expose().as_bytes());
        let name = key_name(&key.key);
        self.documents.keys.insert(key.id.0, name);
        self.next.keys.insert(name, Arc::new(KeyEntry { app: key.app, signing }));
    }

    fn put_code(&mut self, code: &AppCode) {
        let digest = CodeDigest::of(code.code.expose().as_bytes());
        self.documents.code_digests.insert(code.id, digest);
        self.next.codes.insert(digest, CodeEntry { id: code.id, app: code.app });
    }

    /// The same text may be another document's by now.
    fn delete_code(&mut self, id: AppCodeId) {
        let Some(digest) = self.documents.code_digests.remove(&id) else { return };
        if self.next.codes.get(&digest).is_some_and(|entry| entry.id == id) {
            self.next.codes.remove(&digest);
        }
    }

    fn put_grant(&mut self, grant: &Grant) {
        let name = grant_name(grant.app, grant.api, grant.stage);
        self.documents.grants.insert(grant.id.0, name);
        self.next.grants.insert(name, UntilMs::new(grant.until));
    }

    fn delete(&mut self, key: Key) {
        self.set_aside.remove(&key);
        match key.kind {
            Kind::App => drop(self.next.apps.remove(&AppId(key.id))),
            Kind::AppCode => self.delete_code(key.id.into()),
            Kind::AppKey => {
                if let Some(name) = self.documents.keys.remove(&key.id) {
                    self.next.keys.remove(&name);
                }
            }
            Kind::Grant => {
                if let Some(name) = self.documents.grants.remove(&key.id) {
                    self.next.grants.remove(&name);
                }
            }
            Kind::BackendAccess => drop(self.next.accesses.remove(&key.id.into())),
            Kind::Channel => drop(self.next.channels.remove(&key.id.into())),
            _ => {}
        }
    }
}
