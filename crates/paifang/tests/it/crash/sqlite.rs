//! The store in the data directory: the kill takes the writer of the file with it.

use std::process::Command;

use paifang_store::SqliteStore;
use tempfile::TempDir;

use super::evidence::Evidence;
use super::{Home, survives};
use crate::command::paifang;
use crate::gateway::{Gateway, place};

struct File(TempDir);

impl Home for File {
    fn start(&self) -> Gateway {
        Gateway::start(&self.0)
    }

    fn kill(&self, gateway: Gateway) {
        gateway.kill();
    }

    fn check(&self) -> Command {
        let mut command = paifang(&["check", "--data-dir"]);
        command.arg(self.0.path().join("data"));
        command
    }

    fn evidence(&self) -> Evidence {
        let data = self.0.path().join("data");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let key = std::fs::read_to_string(data.join("master.key")).unwrap();
            let store = SqliteStore::open(data.join("paifang.db"), key.parse().unwrap()).await.unwrap();
            Evidence::gather(&store).await
        })
    }
}

#[test]
fn what_was_acknowledged_survives_kills_at_random_moments() {
    survives(|| File(place()));
}
