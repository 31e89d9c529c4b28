//! A document that cannot be read is set aside and visible; its neighbours are served.

use paifang_model::id::Id;
use paifang_model::record::{Fields, Record};
use paifang_model::{Domain, Key, Kind};
use paifang_store::{Batch, SqliteStore, Store as _, Write};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::gateway::{Gateway, place};
use crate::rest::mock;

/// In the place of a domain, and none.
#[derive(Serialize, Deserialize)]
struct Damaged {
    what: String,
}

impl Record for Damaged {
    const KIND: Kind = Kind::Domain;

    fn id(&self) -> Id {
        Domain::id_of("broken.example.com").0
    }

    fn fields(&self, fields: &mut Fields) {
        fields.unique("host", "broken.example.com");
    }
}

#[test]
fn a_damaged_document_takes_no_neighbour_down() {
    let place = place();
    let gateway = Gateway::start(&place);
    gateway.publish("sound.example.com", &mock("sound"));
    gateway.publish("broken.example.com", &mock("broken"));
    let data = gateway.data.clone();
    gateway.stop();
    damage(&data.join("paifang.db"));

    let gateway = Gateway::start(&place);
    assert_eq!(gateway.call("sound.example.com", "/hello").body, "sound");
    assert_eq!(gateway.call("broken.example.com", "/hello").status, 404);
    let aside = gateway.done("GET", "/status", &Value::Null)["set_aside"].clone();
    let key = Key::of::<Domain>(Domain::id_of("broken.example.com")).to_string();
    assert_eq!((aside.as_array().unwrap().len(), aside[0]["key"].as_str().unwrap()), (1, key.as_str()));
    assert!(aside[0]["reason"].as_str().unwrap().contains("JSON"), "{aside}");
    gateway.stop();
}

/// Puts something into the store that no gateway reads.
pub(crate) fn damage(path: &std::path::Path) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let key = std::fs::read_to_string(path.with_file_name("master.key")).unwrap();
        let store = SqliteStore::open(path, key.parse().unwrap()).await.unwrap();
        let damaged = Damaged { what: "nothing that a domain says".to_owned() };
        store.commit(Batch::at(0).write(Write::put(&damaged))).await.unwrap();
    });
}
