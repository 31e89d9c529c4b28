//! One connection that changes things, and its notes of what was acknowledged.

use paifang_model::{Dialect, Id, Key, Kind, Stage};
use serde_json::{Value, json};

use crate::gateway::Gateway;
use crate::http::Answer;
use crate::rest::{Caller, mock};

/// Grants of one batch: of two apps for two APIs.
pub(super) const GRANTS: usize = 4;

/// One connection. What it makes has names that nobody else uses.
pub(super) struct Writer {
    number: usize,
    steps: usize,
    notes: Vec<Note>,
    /// What it will ask the next life for.
    unasked: Vec<(String, Value)>,
    groups: Vec<Group>,
    apis: Vec<String>,
    apps: Vec<String>,
}

/// An acknowledged change.
pub(super) struct Note {
    pub(super) revision: u64,
    /// What it made.
    pub(super) made: Vec<Key>,
}

/// A group, and what it was told to say.
pub(super) struct Group {
    pub(super) id: String,
    pub(super) revision: u64,
    /// What was acknowledged.
    pub(super) description: String,
    /// What was asked for, and perhaps not acknowledged.
    pub(super) asked: String,
}

impl Writer {
    pub(super) fn new(number: usize) -> Self {
        let (notes, unasked, groups) = (Vec::new(), Vec::new(), Vec::new());
        Self { number, steps: 0, notes, unasked, groups, apis: Vec::new(), apps: Vec::new() }
    }

    pub(super) fn acknowledged(&self) -> usize {
        self.notes.len()
    }

    pub(super) fn notes(&self) -> &[Note] {
        &self.notes
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Makes one change; false when it was not acknowledged.
    pub(super) fn step(&mut self, to: &Caller) -> bool {
        let step = self.steps;
        // The name of what was not acknowledged may be taken: it is never used again.
        self.steps += 1;
        let name = format!("w{}_{step}", self.number);
        let done = match step % 10 {
            0 => self.make_group(to, &name),
            1 | 2 => self.make_api(to, &name),
            3 | 4 => self.deploy(to, step % 10 - 3),
            5 | 6 => self.make_app(to, &name),
            7 => self.grant(to),
            _ => self.describe(to, &name),
        };
        done.is_some()
    }

    fn make_group(&mut self, to: &Caller, name: &str) -> Option<()> {
        let asked = json!({ "dialect": "alibaba", "name": format!("group_{name}") });
        let group = self.acknowledged_at(to, ("POST", "/groups", None), &asked)?;
        let (id, revision) = (text(&group["id"]), number(&group["revision"]));
        self.note(revision, vec![key(Kind::Group, &id)]);
        self.unasked.push((format!("/groups/{id}"), json!({ "id": id })));
        let description = text(&group["description"]);
        self.groups.push(Group { id, revision, asked: description.clone(), description });
        Some(())
    }

    fn make_api(&mut self, to: &Caller, name: &str) -> Option<()> {
        let Some(group) = self.groups.last() else { return self.make_group(to, name) };
        let definition = json!({
            "name": format!("api_{name}"),
            "request": { "method": "GET", "path": format!("/{name}") },
            "auth": { "kind": "app" },
            "backend": mock(name),
        });
        let api =
            self.acknowledged_at(to, ("POST", &format!("/groups/{}/apis", group.id), None), &definition)?;
        let (id, revision) = (text(&api["id"]), number(&api["revision"]));
        self.note(revision, vec![key(Kind::Api, &id)]);
        self.unasked.push((format!("/apis/{id}"), json!({ "id": id, "revision": revision })));
        self.apis.push(id);
        Some(())
    }

    /// A version and a deployment.
    fn deploy(&mut self, to: &Caller, back: usize) -> Option<()> {
        let Some(api) = self.apis.iter().rev().nth(back).cloned() else {
            return self.make_group(to, &format!("w{}_{}_again", self.number, self.steps));
        };
        let path = format!("/apis/{api}/deployments/RELEASE");
        let deployed = self.acknowledged_at(to, ("PUT", &path, None), &json!({}))?;
        let stage = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
        let deployment = paifang_model::Deployment::id_of(api.parse().unwrap(), stage);
        self.note(number(&deployed["revision"]), vec![Key { kind: Kind::Deployment, id: deployment.0 }]);
        self.unasked.push((path, json!({ "api": api, "online": true })));
        Some(())
    }

    /// An app and its key.
    fn make_app(&mut self, to: &Caller, name: &str) -> Option<()> {
        let app_key = format!("key-of-{name}");
        let asked = json!({ "name": format!("app_{name}"), "key": app_key });
        let app = self.acknowledged_at(to, ("POST", "/apps", None), &asked)?;
        let (id, revision) = (text(&app["id"]), number(&app["revision"]));
        let app_key = paifang_model::AppKey::id_of(&app_key);
        self.note(revision, vec![key(Kind::App, &id), Key { kind: Kind::AppKey, id: app_key.0 }]);
        self.unasked.push((format!("/apps/{id}"), json!({ "id": id, "revision": revision })));
        self.apps.push(id);
        Some(())
    }

    /// Several grants in one batch.
    fn grant(&mut self, to: &Caller) -> Option<()> {
        let ([.., app, other_app], [.., api, other_api]) = (&self.apps[..], &self.apis[..]) else {
            return self.describe(to, "too early to grant");
        };
        let stage = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
        let asked = json!({ "apps": [app, other_app], "apis": [api, other_api], "stage": stage });
        let granted = self.acknowledged_at(to, ("POST", "/grants", None), &asked)?;
        let granted = granted["grants"].as_array().unwrap();
        assert_eq!(granted.len(), GRANTS);
        let keys = granted.iter().map(|grant| key(Kind::Grant, &text(&grant["id"]))).collect();
        self.note(number(&granted[0]["revision"]), keys);
        for grant in granted {
            self.unasked.push((format!("/grants/{}", text(&grant["id"])), json!({ "app": grant["app"] })));
        }
        Some(())
    }

    /// An edit of what nobody else edited.
    fn describe(&mut self, to: &Caller, text: &str) -> Option<()> {
        // Of one whose last edit was not acknowledged, the revision to expect is not known.
        let certain = |group: &&mut Group| group.asked == group.description;
        let Some(group) = self.groups.last_mut().filter(certain) else { return self.make_group(to, text) };
        group.asked = format!("said in {text}");
        let (path, expected) = (format!("/groups/{}", group.id), group.revision);
        let asked = json!({ "description": group.asked });
        let answer = self.acknowledged_at(to, ("PATCH", &path, Some(expected)), &asked);
        let revision = number(&answer?["revision"]);
        let group = self.groups.last_mut().unwrap();
        (group.revision, group.description) = (revision, group.asked.clone());
        self.note(revision, Vec::new());
        Some(())
    }

    /// Asks for what was acknowledged before the gateway was killed.
    pub(super) fn ask_again(&mut self, gateway: &Gateway) {
        for (path, expected) in self.unasked.drain(..) {
            let found = gateway.done("GET", &path, &Value::Null);
            for (name, value) in expected.as_object().unwrap() {
                assert_eq!(&found[name], value, "{path}: {found}");
            }
        }
    }

    fn note(&mut self, revision: u64, made: Vec<Key>) {
        self.notes.push(Note { revision, made });
    }

    /// What a change answered; none when the gateway is gone.
    fn acknowledged_at(
        &self,
        to: &Caller,
        (method, path, expected): (&str, &str, Option<u64>),
        body: &Value,
    ) -> Option<Value> {
        let mut call = to.signed(method, path, body);
        if let Some(revision) = expected {
            call = call.header("If-Match", &format!("\"r{revision}\""));
        }
        let answer = call.answered(to.management)?;
        let Answer { status, .. } = answer;
        // A database that is gone is told as such; the change may or may not be there.
        if status == 503 {
            return None;
        }
        assert!((200..300).contains(&status), "writer {}: {method} {path}: {answer:?}", self.number);
        Some(answer.json())
    }
}

fn key(kind: Kind, id: &str) -> Key {
    Key { kind, id: id.parse::<Id>().unwrap() }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}
