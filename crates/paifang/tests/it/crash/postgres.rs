//! The store in PostgreSQL: sometimes the gateway is killed alone, sometimes the database with it.

use std::cell::Cell;
use std::process::Command;
use std::sync::Arc;

use paifang_store::PostgresStore;
use paifang_testkit::postgres::{Database, Server};
use tempfile::TempDir;

use super::evidence::Evidence;
use super::{Home, survives};
use crate::command::paifang;
use crate::gateway::{Gateway, place, serve};

const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

struct Shared {
    /// One of its own: it syncs its disk.
    server: Arc<Server>,
    database: Database,
    place: TempDir,
    kills: Cell<usize>,
}

impl Shared {
    fn new() -> Self {
        let server = Arc::new(Server::start());
        let database = Database::within(&server);
        Self { server, database, place: place(), kills: Cell::new(0) }
    }
}

impl Home for Shared {
    fn start(&self) -> Gateway {
        let mut command = serve(&self.place.path().join("data"), &["--store", &self.database.url()]);
        command.env("PAIFANG_MASTER_KEY", MASTER_KEY);
        Gateway::start_as(&self.place, command)
    }

    fn kill(&self, gateway: Gateway) {
        self.kills.update(|kills| kills + 1);
        // The database dies first: what the gateway has acknowledged by then is to be on its disk.
        let takes_database = self.kills.get().is_multiple_of(2);
        if takes_database {
            self.server.kill();
        }
        gateway.kill();
        if takes_database {
            self.server.resume();
        }
    }

    fn check(&self) -> Command {
        let mut command = paifang(&["check", "--store", &self.database.url()]);
        command.env("PAIFANG_MASTER_KEY", MASTER_KEY);
        command
    }

    fn evidence(&self) -> Evidence {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let address = self.database.url().parse().unwrap();
            let store = PostgresStore::open(&address, MASTER_KEY.parse().unwrap()).await.unwrap();
            Evidence::gather(&store).await
        })
    }
}

#[test]
fn what_was_acknowledged_survives_kills_of_the_gateway_and_of_the_database() {
    survives(Shared::new);
}
