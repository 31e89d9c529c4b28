//! The maps that no table depends on: apps, credentials, grants, backend accesses, channels.

use std::sync::Arc;

use paifang_model::id::{AppCodeId, AppId};
use paifang_model::kind::Kind;
use paifang_model::record::Key;
use paifang_model::{Account, App, AppCode, AppKey, BackendAccess, Channel, Grant};
use paifang_sign::SigningKey;

use super::super::instances::Moved;
use super::super::{AccountFacts, AppFacts, CodeDigest, CodeEntry, KeyEntry, UntilMs, grant_name, key_name};
use super::Builder;
use crate::channel::ChannelEntry;
use crate::config::{Change, Document};

impl Builder {
    /// Takes what changes only them.
    pub(super) fn apply_maps(&mut self, change: Change) {
        match change {
            Change::Put(Document::Account(account)) => {
                let Account { id, number, name, .. } = account;
                let facts = AccountFacts { id, number: Some(number), name: Some(name.into()) };
                self.documents.accounts.insert(id, Arc::new(facts));
            }
            Change::Put(Document::App(app)) => self.put_app(app),
            Change::Put(Document::AppQuota(quota)) => {
                let apps = self.quotas.put(&quota);
                self.count_anew(&apps);
            }
            Change::Put(Document::AccessList(list)) => self.outsiders.put_access(list),
            Change::Put(Document::BlackList(list)) => self.outsiders.put_black(list),
            Change::Put(Document::AppKey(key)) => self.put_key(&key),
            Change::Put(Document::AppCode(code)) => self.put_code(&code),
            Change::Put(Document::Grant(grant)) => self.put_grant(&grant),
            Change::Put(Document::BackendAccess(access)) => self.put_access(access),
            Change::Put(Document::BackendService(service)) => {
                self.next.service_names.insert(service.id, service.name.into());
            }
            Change::Put(Document::BackendInstance(instance)) => {
                let moved = self.instances.put(instance);
                self.move_all(moved);
            }
            Change::Put(Document::Channel(channel)) => self.put_channel(channel),
            Change::Put(_) => {}
            Change::Delete(key) => self.delete(key),
        }
    }

    fn put_access(&mut self, access: BackendAccess) {
        let access = self.instances.access(access);
        let (id, name) = (access.id, Arc::from(access.name.as_str()));
        if let Some(before) = self.next.accesses.insert(id, Arc::new(access)) {
            self.forget_name(&before);
        }
        self.next.access_names.insert(name, id);
    }

    fn put_channel(&mut self, channel: Channel) {
        let channel = self.instances.channel(channel);
        let before = self.next.channels.get(&channel.id).map(Arc::as_ref);
        let entry = ChannelEntry::new(&channel, before);
        self.next.channels.insert(channel.id, Arc::new(entry));
    }

    /// Those whose instances are elsewhere now.
    fn move_all(&mut self, moved: Moved) {
        for access in moved.accesses {
            self.put_access(access);
        }
        for channel in moved.channels {
            self.put_channel(channel);
        }
    }

    /// Unless another access has taken the name over.
    fn forget_name(&mut self, access: &BackendAccess) {
        if self.next.access_names.get(access.name.as_str()) == Some(&access.id) {
            self.next.access_names.remove(access.name.as_str());
        }
    }

    fn put_app(&mut self, app: App) {
        let App { id, number, name, account, access, frozen, quota, .. } = app;
        self.quotas.bind(id, quota.map(|quota| quota.id));
        let unknown = || Arc::new(AccountFacts { id: account, number: None, name: None });
        let account = Arc::clone(self.documents.accounts.entry(account).or_insert_with(unknown));
        let addresses = access.map(|access| Box::new((access.effect, access.set())));
        let quota = self.quotas.rule(id);
        let facts = AppFacts { id, number, name: name.into(), account, addresses, frozen, quota };
        self.next.apps.insert(id, Arc::new(facts));
    }

    /// Apps whose quota is another one now.
    fn count_anew(&mut self, apps: &[AppId]) {
        for id in apps {
            let Some(facts) = self.next.apps.get(id) else { continue };
            let facts = AppFacts { quota: self.quotas.rule(*id), ..AppFacts::clone(facts) };
            self.next.apps.insert(*id, Arc::new(facts));
        }
    }

    fn delete_app(&mut self, id: AppId) {
        self.quotas.bind(id, None);
        self.next.apps.remove(&id);
    }

    fn put_key(&mut self, key: &AppKey) {
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
            Kind::App => self.delete_app(key.id.into()),
            Kind::AppQuota => {
                let apps = self.quotas.delete(key.id.into());
                self.count_anew(&apps);
            }
            Kind::AccessList => self.outsiders.delete_access(key.id.into()),
            Kind::BlackList => self.outsiders.delete_black(key.id.into()),
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
            Kind::BackendInstance => {
                let moved = self.instances.delete(key.id.into());
                self.move_all(moved);
            }
            Kind::BackendAccess => {
                self.instances.forget_access(key.id.into());
                if let Some(gone) = self.next.accesses.remove(&key.id.into()) {
                    self.forget_name(&gone);
                }
            }
            Kind::BackendService => drop(self.next.service_names.remove(&key.id.into())),
            Kind::Channel => {
                self.instances.forget_channel(key.id.into());
                self.next.channels.remove(&key.id.into());
            }
            _ => {}
        }
    }
}
