//! Two gateways on one PostgreSQL database: waiting means both.

use paifang_testkit::postgres::Database;

use super::{Files, api, done, run};
use crate::gateway::place;
use crate::postgres::{share_credentials, start, wait_until_live};

#[test]
fn apply_waits_until_both_nodes_serve() {
    let database = Database::fresh();
    let places = [place(), place()];
    let (mut one, other) = (start(&places[0], &database), start(&places[1], &database));
    share_credentials(&one, &other);
    wait_until_live(&mut one, &other, true);
    let files = Files::new();
    files.write("group.yaml", "kind: group\ndialect: alibaba\nname: pets\n");
    files.write("domain.yaml", "kind: domain\ngroup: pets\nhost: pets.example.com\n");
    for (through, body) in [(&one, "first"), (&other, "second"), (&one, "third")] {
        files.write("api.yaml", &api("pets", "get_pets", "/pets", body));
        let told = done(through, "apply", &files.path(), &["--wait"]);
        assert!(told.ends_with("done\nlive on 2 of 2\n"), "{told}");
        // Nothing waits here: what was said is the proof.
        for gateway in [&one, &other] {
            assert_eq!(gateway.call("pets.example.com", "/pets").body, body);
        }
    }
    // A node that does nothing is told of by name, and what was written stays.
    other.signal("STOP");
    files.write("api.yaml", &api("pets", "get_pets", "/pets", "fourth"));
    let lagging = run(&one, "apply", &files.path(), &["--wait", "--wait-timeout", "1"]);
    assert_eq!(lagging.code, 1, "{lagging:?}");
    assert!(lagging.err.contains("is live on 1 of 2; not yet on "), "{lagging:?}");
    assert_eq!(one.call("pets.example.com", "/pets").body, "fourth");
    other.signal("CONT");
    let told = done(&one, "apply", &files.path(), &["--wait"]);
    assert!(told.ends_with("nothing differs\nlive on 2 of 2\n"), "{told}");
    assert_eq!(other.call("pets.example.com", "/pets").body, "fourth");
    one.stop();
    other.stop();
}
