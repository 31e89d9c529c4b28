//! Tasks where two gateways share a database: one works at a time, and what it leaves when it is killed is done by the
//! other, or by itself when it starts again.

use std::process::Command;

use paifang_testkit::postgres::Database;
use serde_json::Value;
use tempfile::TempDir;

use crate::gateway::{Gateway, place, serve};
use crate::postgres::{MASTER_KEY, share_credentials, start};
use crate::tasks::{count, deploy_many, numbers_in_the_trail};

/// Enough for several pages, so that a kill in the middle leaves some.
const ITEMS: usize = 400;

/// What a runner says after each page that it did.
const WORKED: &str = "settled";

/// What one says that finds another one at work.
const LEFT_IT: &str = "Another process does what tasks wait for";

fn start_talkative(place: &TempDir, database: &Database) -> Gateway {
    let mut command: Command = serve(&place.path().join("data"), &["--store", &database.url()]);
    command.env(MASTER_KEY.0, MASTER_KEY.1).env("RUST_LOG", "info,paifang_control=debug");
    Gateway::start_as(place, command)
}

fn wait_until_done(gateway: &mut Gateway, task: &str) {
    gateway.wait_for("the end of the task", |gateway| {
        (gateway.done("GET", task, &Value::Null)["state"] == "done").then_some(())
    });
    assert_eq!(count(gateway, task, "done"), Some(ITEMS));
    assert_eq!(numbers_in_the_trail(gateway), (0..ITEMS as u64).collect::<Vec<_>>());
}

#[test]
fn one_gateway_works_and_another_takes_over_when_it_is_killed() {
    let database = Database::fresh();
    let places = [place(), place()];
    let [mut one, other] = places.each_ref().map(|place| start_talkative(place, &database));
    share_credentials(&one, &other);
    let task = deploy_many(&one, ITEMS);
    one.wait_for("a page of items", |one| {
        [one, &other].iter().any(|gateway| gateway.log().contains(WORKED)).then_some(())
    });
    // Mostly the one that the task was made through; the other one may have looked in the same moment.
    let (worker, mut heir) = if one.log().contains(WORKED) { (one, other) } else { (other, one) };
    worker.kill();
    assert!(!heir.log().contains(WORKED), "both worked: {}", heir.log());
    assert!(count(&heir, &task, "waiting").unwrap() > 0, "it was killed after the end");

    wait_until_done(&mut heir, &task);
    let log = heir.log();
    let (left_it, worked) = (log.find(LEFT_IT).unwrap(), log.find(WORKED).unwrap());
    assert!(left_it < worked, "it did not wait for the lease: {log}");
    heir.stop();
}

#[test]
fn a_gateway_that_was_killed_takes_its_own_lease_back() {
    let database = Database::fresh();
    let place = place();
    let mut gateway = start(&place, &database);
    let task = deploy_many(&gateway, ITEMS);
    gateway.wait_for("some that are done", |gateway| count(gateway, &task, "done").filter(|done| *done > 0));
    gateway.kill();
    // Whoever had to wait for the lease would wait for longer than this test does.
    let left = database.sql("UPDATE leases SET until = until + 3600000 RETURNING name");
    assert_eq!(left, "tasks");

    let mut gateway = start(&place, &database);
    wait_until_done(&mut gateway, &task);
    gateway.stop();
}
