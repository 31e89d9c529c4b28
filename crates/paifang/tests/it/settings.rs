//! Settings: where each comes from, and what is said about wrong ones.

use std::process::Command;

use insta::assert_snapshot;
use serde_json::json;
use tempfile::TempDir;

use crate::backend::Backend;
use crate::command::{complained, paifang};
use crate::gateway::{Gateway, place};
use crate::http::Call;

#[test]
fn everything_wrong_is_said_at_once_and_where() {
    let place = place();
    write(&place, "http = \"nowhere\"\n\n# a comment\nworkers = 0\ncolour = \"red\"\nlimits = [1]\n");
    let complaint = complained(
        serve(&place)
            .args(["--region", "north west", "--store", "mysql://ann:secret@db", "--https", "8443"])
            .args(["--role", "gateway", "--base-domain", "*.example.com", "--management", "0.0.0.0:9000"])
            .env("PAIFANG_LIMITS", "huge")
            .env("PAIFANG_REDIS", "memcached://ann:secret@cache"),
    );
    assert_snapshot!(complaint, @"
    paifang: the settings cannot be used:
      paifang.toml line 5: there is no setting `colour`
      paifang.toml line 6: `limits` is a text, a number or true or false, not array
      --role: only `all` is there so far; gateways without management are coming
      --base-domain: `*.example.com` is a wildcard; subdomains lie below one domain
      --region: `north west` is not 1 to 64 letters, digits, `-`, `_` or `.`
      paifang.toml line 1: `nowhere` is not an address and a port, as in `127.0.0.1:8080` or `[::]:8080`
      --https: `8443` is not an address and a port, as in `127.0.0.1:8080` or `[::]:8080`
      --store: the store is neither `sqlite` nor in PostgreSQL: it is not a URL of PostgreSQL, as in `postgres://user:password@host:5432/database`
      PAIFANG_REDIS: it is not a URL of Redis, as in `redis://:password@host:6379/0`, `rediss://…` or `redis+unix:///path`
      PAIFANG_LIMITS: `huge` is not a limits profile: `own` or `cloud`
      paifang.toml line 4: `0` is not a number of workers: 1 to 1024
    ");
}

#[test]
fn the_edge_is_as_it_is_said_to_be() {
    let place = place();
    write(&place, "head_timeout = 0\nconnections = -1\nheaders = 7\nh2_streams = 0\nbody_memory = \"all\"\n");
    let complaint = complained(serve(&place).args(["--trusted-proxies", "10.0.0.0/33"]));
    assert_snapshot!(complaint, @"
    paifang: the settings cannot be used:
      --trusted-proxies: `10.0.0.0/33` is neither an address nor a range, as in `192.0.2.7` or `10.0.0.0/8`
      paifang.toml line 1: `0` is not a number of seconds: 1 to 3600
      paifang.toml line 3: `7` is not a number: 30 to 1000
      paifang.toml line 4: `0` is not a number: 1 to 1000
      paifang.toml line 2: `-1` is not a number: 1 to 10000000
      paifang.toml line 5: `all` is not a number of bytes: 1048576 to 1099511627776
    ");
    write(&place, "headers = 30\nconnections_per_address = 50\ntrusted_proxies = \"127.0.0.1\"\n");
    let gateway = Gateway::start_as(&place, start(&place));
    gateway.publish("edge.example.com", &crate::rest::mock("hello"));
    let call = |fields: usize| {
        let call = crate::http::Call::get("/hello").header("Host", "edge.example.com");
        let with = |call: crate::http::Call, number| call.header(&format!("X-Number-{number}"), "1");
        (0..fields).fold(call, with).send(gateway.http).status
    };
    assert_eq!((call(20), call(31)), (200, 413));
    gateway.stop();
}

/// Where backends may be is said once, in the file, and holds for every connection.
#[test]
fn backends_are_where_the_file_lets_them_be() {
    let place = place();
    let backend = Backend::start();
    let port = backend.address().port();
    std::thread::spawn(move || {
        loop {
            backend.accept().answer("pets");
        }
    });
    let answer = |settings: &str, address: &str| {
        write(&place, settings);
        let gateway = Gateway::start_as(&place, start(&place));
        let host = format!("{}.example.com", settings.len() + address.len());
        let to = json!({ "kind": "address", "url": format!("http://{address}:{port}") });
        gateway.publish(&host, &json!({ "kind": "http", "to": to }));
        let told = Call::of_curl(&format!("curl -sS -i http://{}/hello -H 'Host: {host}'", gateway.http));
        gateway.stop();
        let code = told.to_lowercase().contains("x-ca-error-code: d504il").then_some("D504IL");
        format!("{} {}", &told[9..12], code.unwrap_or_default())
    };
    assert_eq!(answer("backend_networks = \"192.0.2.0/24\"\n", "127.0.0.1"), "504 D504IL");
    assert_eq!(answer("backend_networks = \"192.0.2.0/24, 127.0.0.0/8\"\n", "127.0.0.1"), "200 ");
    assert_eq!(answer("", "0.0.0.0"), "504 D504IL", "it is this machine, as link-local addresses are");
    assert_eq!(answer("link_local_backends = true\n", "0.0.0.0"), "200 ");
}

#[test]
fn a_file_that_is_no_toml_is_named_with_its_line() {
    let place = place();
    write(&place, "region = \"local\"\nhttp = \n");
    assert_snapshot!(complained(&mut serve(&place)), @"
    paifang: the settings cannot be used:
      paifang.toml line 2: string values must be quoted, expected literal string
    ");
}

#[test]
fn a_file_that_is_named_has_to_be_there() {
    let place = place();
    let complaint = complained(serve(&place).args(["--config", "missing.toml"]));
    assert!(complaint.contains("the settings file `missing.toml` cannot be read"), "{complaint}");
}

#[test]
fn later_places_win() {
    let place = place();
    let status = |command: Command| {
        let gateway = Gateway::start_as(&place, command);
        let status = gateway.done("GET", "/status", &serde_json::Value::Null);
        gateway.stop();
        status["region"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(start(&place)), "local");
    write(&place, "region = \"file\"\n");
    assert_eq!(status(start(&place)), "file");
    let mut with_variable = start(&place);
    with_variable.env("PAIFANG_REGION", "variable");
    assert_eq!(status(with_variable), "variable");
    let mut with_flag = start(&place);
    with_flag.env("PAIFANG_REGION", "variable").args(["--region", "flag"]);
    assert_eq!(status(with_flag), "flag");
}

fn write(place: &TempDir, text: &str) {
    std::fs::write(place.path().join("paifang.toml"), text).unwrap();
}

/// In a directory of its own, where the settings file is found.
fn serve(place: &TempDir) -> Command {
    let mut command = paifang(&["serve", "--data-dir", "data"]);
    command.current_dir(place.path());
    command
}

fn start(place: &TempDir) -> Command {
    let mut command = serve(place);
    command.args(["--http", "127.0.0.1:0", "--https", "off", "--management", "127.0.0.1:0"]);
    command
}
