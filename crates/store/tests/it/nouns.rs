//! Small nouns that need all that a store offers.

use paifang_model::id::Id;
use paifang_model::record::{Fields, Links, Record};
use paifang_model::secret::at_rest;
use paifang_model::{Kind, Secret};
use serde::{Deserialize, Serialize};

/// An id that is easy to read.
pub(crate) fn id(number: u16) -> Id {
    let mut bytes = [0; 16];
    bytes[14..].copy_from_slice(&number.to_be_bytes());
    Id::from_bytes(bytes)
}

/// Has a name that no other group has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) id: Id,
    pub(crate) name: String,
}

impl Group {
    pub(crate) fn new(number: u16, name: &str) -> Self {
        Self { id: id(number), name: name.to_owned() }
    }
}

impl Record for Group {
    const KIND: Kind = Kind::Group;

    fn id(&self) -> Id {
        self.id
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.name);
    }
}

/// The same group as a later binary has it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LaterGroup {
    pub(crate) id: Id,
    pub(crate) title: String,
}

impl Record for LaterGroup {
    const KIND: Kind = Kind::Group;
    const SCHEMA: u32 = 2;

    fn id(&self) -> Id {
        self.id
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("name", &self.title);
    }

    fn upgrade(schema: u32, mut document: serde_json::Value) -> Result<serde_json::Value, String> {
        if schema != 1 {
            return Err(format!("there never was a schema {schema}"));
        }
        let object = document.as_object_mut().ok_or("it is not an object")?;
        let name = object.remove("name").ok_or("it has no name")?;
        object.insert("title".to_owned(), name);
        Ok(document)
    }
}

/// Belongs to a group, which cannot go while it is there; its name is unique there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Api {
    pub(crate) id: Id,
    pub(crate) group: Id,
    pub(crate) name: String,
    pub(crate) calls: i64,
    pub(crate) tags: Vec<String>,
}

impl Api {
    pub(crate) fn new(number: u16, group: u16, name: &str) -> Self {
        Self { id: id(number), group: id(group), name: name.to_owned(), calls: 0, tags: Vec::new() }
    }
}

impl Record for Api {
    const KIND: Kind = Kind::Api;

    fn id(&self) -> Id {
        self.id
    }

    fn scope(&self) -> Id {
        self.group
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique_in_scope("name", &self.name).lookup("calls", self.calls);
        for tag in &self.tags {
            fields.lookup("tag", tag);
        }
    }

    fn links(&self, links: &mut Links) {
        links.refuse::<Group>("group", self.group);
    }
}

/// Goes with its API; needs its app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) id: Id,
    pub(crate) api: Id,
    pub(crate) app: Id,
}

impl Grant {
    pub(crate) fn new(api: u16, app: u16) -> Self {
        let (api, app) = (id(api), id(app));
        Self { id: Id::derived("grant", &[api.as_bytes(), app.as_bytes()]), api, app }
    }
}

impl Record for Grant {
    const KIND: Kind = Kind::Grant;

    fn id(&self) -> Id {
        self.id
    }

    fn fields(&self, _fields: &mut Fields) {}

    fn links(&self, links: &mut Links) {
        links.drop::<Api>("api", self.api).refuse::<App>("app", self.app);
    }
}

/// Needs nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct App {
    pub(crate) id: Id,
    pub(crate) name: String,
}

impl App {
    pub(crate) fn new(number: u16, name: &str) -> Self {
        Self { id: id(number), name: name.to_owned() }
    }
}

impl Record for App {
    const KIND: Kind = Kind::App;

    fn id(&self) -> Id {
        self.id
    }

    fn fields(&self, fields: &mut Fields) {
        fields.lookup("name", &self.name);
    }
}

/// A code hung on a grant, to have a second step of what goes along.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct AppCode {
    pub(crate) id: Id,
    pub(crate) grant: Id,
}

impl Record for AppCode {
    const KIND: Kind = Kind::AppCode;

    fn id(&self) -> Id {
        self.id
    }

    fn fields(&self, _fields: &mut Fields) {}

    fn links(&self, links: &mut Links) {
        links.drop::<Grant>("grant", self.grant);
    }
}

/// Keeps a code secret that no other has, and perhaps more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Safe {
    pub(crate) id: Id,
    pub(crate) label: String,
    #[serde(with = "at_rest")]
    pub(crate) code: Secret,
    /// A secret as a whole.
    pub(crate) content: Option<serde_json::Value>,
}

impl Safe {
    pub(crate) fn new(number: u16, code: &str) -> Self {
        Self { id: id(number), label: format!("safe {number}"), code: Secret::new(code), content: None }
    }
}

impl Record for Safe {
    const KIND: Kind = Kind::AppKey;
    const SECRETS: &'static [&'static str] = &["/code", "/content"];

    fn id(&self) -> Id {
        self.id
    }

    fn fields(&self, fields: &mut Fields) {
        fields.lookup("label", &self.label).unique_secret("code", &self.code);
    }
}
