//! From documents to wanted objects. Everything that is wrong is noted; what can be read goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use paifang_model::limits::{Limits, Profile};
use paifang_model::{Complaint, Dialect, Kind, PolicyKind, Secret, Violations};
use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::files::Document;
use super::noun;
use super::object::{Identity, Wanted};
use super::place::Complaints;

/// What the files want.
pub(crate) type Desired = BTreeMap<Identity, Wanted>;

/// What the gateway that the files are for says about itself.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// The limits that hold, what somebody changed among them.
    pub(crate) limits: BTreeMap<Dialect, Limits>,
    /// The domain below which groups have their subdomains.
    pub(crate) base_domain: String,
}

impl Rules {
    /// The limits for groups of a dialect.
    pub(crate) fn limits(&self, dialect: Dialect) -> Limits {
        self.limits.get(&dialect).cloned().unwrap_or(Limits::of(Profile::default(), dialect))
    }
}

/// Reads one document.
pub(crate) struct Reader<'a> {
    document: &'a Arc<Document>,
    rules: &'a Rules,
    /// Groups and policies in the files and on the gateway.
    known: &'a BTreeSet<Identity>,
    desired: &'a mut Desired,
    complaints: &'a mut Complaints,
    /// Whether the document was understood.
    wants: bool,
}

/// What documents want, on a gateway that has these groups and policies, and may have more. What is wrong with them is noted; where it keeps a document
/// from being understood, nobody can say what others refer to, and the complaints are given back at once.
///
/// # Errors
/// Everything that is wrong with the documents by themselves.
pub(crate) fn desired(
    documents: &[Arc<Document>],
    rules: &Rules,
    there: impl Iterator<Item = Identity>,
) -> Result<(Desired, Complaints), Complaints> {
    let known = documents.iter().filter_map(|document| named_by(document)).chain(there).collect();
    let (mut desired, mut complaints, mut understood) = (Desired::new(), Complaints::default(), true);
    // A binding may be about all APIs that the files deploy.
    let (last, first): (Vec<_>, Vec<_>) = documents.iter().partition(|one| one.kind == Kind::Binding);
    for document in first.into_iter().chain(last) {
        let (desired, complaints, wants) = (&mut desired, &mut complaints, false);
        let mut reader = Reader { document, rules, known: &known, desired, complaints, wants };
        match document.kind {
            Kind::Group => noun::group::read(&mut reader),
            Kind::Stage => noun::stage::read(&mut reader),
            Kind::Variable => noun::variable::read(&mut reader),
            Kind::BackendInstance => noun::backend_instance::read(&mut reader),
            Kind::BackendAccess => noun::backend_access::read(&mut reader),
            Kind::Channel => noun::channel::read(&mut reader),
            Kind::BackendService => noun::backend_service::read(&mut reader),
            Kind::Api => noun::api::read(&mut reader),
            Kind::AppQuota => noun::app_quota::read(&mut reader),
            Kind::AccessList => noun::access_list::read(&mut reader),
            Kind::BlackList => noun::black_list::read(&mut reader),
            Kind::App => noun::app::read(&mut reader),
            Kind::Grant => noun::grant::read(&mut reader),
            Kind::Certificate => noun::certificate::read(&mut reader),
            Kind::Domain => noun::domain::read(&mut reader),
            Kind::Policy => noun::policy::read(&mut reader),
            Kind::Binding => noun::binding::read(&mut reader),
            Kind::GroupBinding => noun::group_binding::read(&mut reader),
            other => reader.complain("/kind", format!("no document is about `{other}`")),
        }
        understood &= reader.wants;
    }
    if understood { Ok((desired, complaints)) } else { Err(complaints) }
}

/// The group or the policy that a document is about; others may name it before it has been read.
fn named_by(document: &Document) -> Option<Identity> {
    let field = |name| document.fields.get(name);
    let name = field("name")?.as_str()?;
    let dialect = Dialect::deserialize(field("dialect")?).ok()?;
    match document.kind {
        Kind::Group => Some(Identity::group(dialect, name)),
        Kind::Policy => {
            let kind = PolicyKind::deserialize(field("policy_kind")?).ok()?;
            Some(Identity::policy(dialect, kind, name))
        }
        _ => None,
    }
}

impl Reader<'_> {
    /// The document's members.
    pub(crate) fn fields(&self) -> &Map<String, Value> {
        &self.document.fields
    }

    /// What the gateway says about itself.
    pub(crate) fn rules(&self) -> &Rules {
        self.rules
    }

    /// The document as a noun, with values for what the gateway chooses.
    pub(crate) fn typed<T: DeserializeOwned>(&mut self, chosen: &[(&str, Value)]) -> Option<T> {
        let fields = self.document.fields.clone();
        self.completed(fields, chosen)
    }

    /// These members as a noun, with what the gateway chooses by itself.
    pub(crate) fn completed<T: DeserializeOwned>(
        &mut self,
        mut fields: Map<String, Value>,
        chosen: &[(&str, Value)],
    ) -> Option<T> {
        for (name, value) in chosen {
            if fields.insert((*name).to_owned(), value.clone()).is_some() {
                self.complain(&format!("/{name}"), "the gateway chooses it: leave it out");
            }
        }
        self.typed_from(fields)
    }

    /// These members as a noun.
    pub(crate) fn typed_from<T: DeserializeOwned>(&mut self, fields: Map<String, Value>) -> Option<T> {
        match serde_path_to_error::deserialize(Value::Object(fields)) {
            Ok(noun) => Some(noun),
            Err(error) => {
                self.note(Err(paifang_api_native::complaint(error.path(), error.inner())));
                None
            }
        }
    }

    /// A text that has to be there.
    pub(crate) fn reference(&mut self, pointer: &str, given: Option<Value>) -> Option<String> {
        match given {
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.complain(pointer, "a name is expected");
                None
            }
            None => {
                self.complain(pointer, "it is missing");
                None
            }
        }
    }

    /// The group that a document refers to: by its name, or by dialect and name where both dialects have it.
    pub(crate) fn group(&mut self, pointer: &str, text: &str) -> Option<Identity> {
        self.the_one(pointer, "group", text, |known| known.kind == Kind::Group)
    }

    /// The policy for groups of a dialect that a document refers to: by its name, or by kind and name where policies of
    /// several kinds have it.
    pub(crate) fn policy(&mut self, pointer: &str, text: &str, dialect: Dialect) -> Option<Identity> {
        let what = format!("{dialect} policy");
        self.the_one(pointer, &what, text, |known| {
            known.kind == Kind::Policy && known.dialect() == Some(dialect)
        })
    }

    /// The one of some known objects that a text names by the end of its path.
    fn the_one(
        &mut self,
        pointer: &str,
        what: &str,
        text: &str,
        among: impl Fn(&Identity) -> bool,
    ) -> Option<Identity> {
        let named = |known: &&Identity| {
            let shown = known.shown();
            among(known)
                && shown.strip_suffix(text).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let found: Vec<&Identity> = self.known.iter().filter(named).collect();
        match found.as_slice() {
            [one] => Some((*one).clone()),
            [] => {
                let text = paifang_model::name::shown(text);
                let message = format!("there is no {what} `{text}`, neither in the files nor on the gateway");
                self.complain(pointer, message);
                None
            }
            several => {
                let several: Vec<String> = several.iter().map(|one| format!("`{}`", one.shown())).collect();
                self.complain(pointer, format!("say which {what} is meant: {}", several.join(" or ")));
                None
            }
        }
    }

    /// The APIs of a group that the files deploy to a stage, as far as they have been read.
    pub(crate) fn deployed(&self, group: &Identity, stage: &Identity) -> Vec<Identity> {
        let of_kind = self.desired.keys().filter(|identity| identity.kind == Kind::Deployment);
        let there = of_kind.filter(|one| one.group_of() == *group && one.stage_of() == *stage);
        there.map(Identity::api_of).collect()
    }

    /// An object of a kind that the files want already, and whose body is so.
    pub(crate) fn wanted(&self, kind: Kind, is: impl Fn(&Value) -> bool) -> Option<Identity> {
        let mut of_kind = self.desired.iter().filter(|(identity, _)| identity.kind == kind);
        of_kind.find(|(_, wanted)| is(&wanted.body)).map(|(identity, _)| identity.clone())
    }

    /// Refuses a host that is one of the gateway's own.
    pub(crate) fn check_free(&mut self, host: &str) {
        let base_domain = self.rules.base_domain.clone();
        if host.strip_suffix(base_domain.as_str()).is_some_and(|rest| rest.ends_with('.')) {
            self.complain(
                "/host",
                format!("it lies below `{base_domain}`, where groups have their subdomains"),
            );
        }
    }

    /// Notes a complaint about a field.
    pub(crate) fn complain(&mut self, pointer: &str, message: impl AsRef<str>) {
        self.document.complain(pointer, message, self.complaints);
    }

    /// Notes the complaint of a failed check of a field.
    pub(crate) fn check<T>(&mut self, pointer: &str, checked: Result<T, Complaint>) -> Option<T> {
        let mut violations = Violations::new();
        let value = violations.at(pointer, checked);
        self.note(violations.or(()));
        value
    }

    /// Notes complaints about the document.
    pub(crate) fn note(&mut self, checked: Result<(), Violations>) {
        self.note_at("", checked);
    }

    /// Notes complaints about a part of the document.
    pub(crate) fn note_at(&mut self, pointer: &str, checked: Result<(), Violations>) {
        let mut nested = Violations::new();
        nested.nest(pointer, checked.err().unwrap_or_default());
        for violation in nested.iter() {
            self.document.note(violation, self.complaints);
        }
    }

    /// Notes complaints about one value, whatever field they name.
    pub(crate) fn note_as(&mut self, pointer: &str, checked: Result<(), Violations>) {
        for violation in checked.err().unwrap_or_default().into_vec() {
            let violation = paifang_model::Violation { pointer: pointer.to_owned(), ..violation };
            self.document.note(&violation, self.complaints);
        }
    }

    /// The document wants this object.
    pub(crate) fn want(&mut self, identity: Identity, body: Value, needs: Vec<(String, Identity)>) {
        self.want_at(identity, body, needs, "");
    }

    /// A part of the document wants this object.
    pub(crate) fn want_at(
        &mut self,
        identity: Identity,
        body: Value,
        needs: Vec<(String, Identity)>,
        pointer: &str,
    ) {
        let document = Arc::clone(self.document);
        self.put(identity, Wanted { body, secret: None, needs, document, pointer: pointer.to_owned() });
    }

    /// A part of the document wants this key or code of an app.
    pub(crate) fn want_secret(
        &mut self,
        identity: Identity,
        body: Value,
        secret: Secret,
        pointer: &str,
        app: &Identity,
    ) {
        let (document, needs) = (Arc::clone(self.document), vec![(pointer.to_owned(), app.clone())]);
        self.put(
            identity,
            Wanted { body, secret: Some(secret), needs, document, pointer: pointer.to_owned() },
        );
    }

    /// The document wants this object, which has a secret and needs no others.
    pub(crate) fn want_with_secret(&mut self, identity: Identity, body: Value, secret: Secret) {
        let (document, needs, pointer) = (Arc::clone(self.document), Vec::new(), String::new());
        self.put(identity, Wanted { body, secret: Some(secret), needs, document, pointer });
    }

    fn put(&mut self, identity: Identity, wanted: Wanted) {
        self.wants = true;
        if wanted.document.is_hidden(naming(&wanted, &identity)) && identity.kind != Kind::AppCode {
            self.complain(naming(&wanted, &identity), "what names an object cannot be a secret");
        }
        if let Some(first) = self.desired.get(&identity) {
            let first = first.document.place(&first.pointer);
            self.complain(&wanted.pointer, format!("{identity} is there twice, first at {first}"));
            return;
        }
        self.desired.insert(identity, wanted);
    }
}

/// The field that an object's own name comes from.
fn naming(wanted: &Wanted, identity: &Identity) -> &'static str {
    match identity.kind {
        Kind::Domain => "/host",
        Kind::AppKey | Kind::AppCode | Kind::Grant | Kind::Deployment | Kind::GroupBinding => "/kind",
        _ if wanted.pointer.is_empty() => "/name",
        _ => "/kind",
    }
}
