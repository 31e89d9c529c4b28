//! `paifang sign` against requests that the vendors' own clients made.

use std::io::Write as _;

use insta::assert_snapshot;
use serde_json::Value;

use crate::command::{complained, paifang, printed};

/// Captured at this time with this nonce; the stage is always sent.
const CA: &str = include_str!("../../../sign/vectors/alibaba/client-signature-npm.json");
const CA_AT_MS: &str = "1700000000000";
const CA_NONCE: &str = "c9f15cbf-f4ac-4a6c-b54d-f51abf4b5b44";

const SDK: &str = include_str!("../../../sign/vectors/huawei/app-signature.json");
/// 20191111T093443Z.
const SDK_AT_MS: &str = "1573464883000";

#[test]
fn signs_as_the_first_clouds_client() {
    let mut checked = 0;
    for vector in vectors(CA) {
        let wire = &vector["wire"];
        let name = text(&vector["name"]);
        // That client signs repeated parameters in its own way; see the vector's note.
        if name.contains("multi") {
            continue;
        }
        let url = format!("http://api.example.com{}", text(&wire["target"]));
        let (key, secret) = (text(&vector["appKey"]), text(&vector["appSecret"]));
        let mut command = paifang(&["sign", "--scheme", "ca", "--key", key, "--secret", secret]);
        command.args(["--at-ms", CA_AT_MS, "--nonce", CA_NONCE, "-X", text(&wire["method"])]);
        for (header, value) in wire["headers"].as_object().unwrap() {
            if header == "x-ca-signature-headers" {
                for signed in text(value).split(',') {
                    command.args(["--sign-header", signed]);
                }
            }
            if is_of_the_request(header) {
                command.args(["-H", &format!("{header}: {}", text(value))]);
            }
        }
        if wire["headers"].get("content-md5").is_none() && !text(&wire["body"]).is_empty() {
            // It leaves the digest out where this command gives one: not the same request.
            if !text(&wire["headers"]["content-type"]).starts_with("application/x-www-form-urlencoded") {
                continue;
            }
        }
        if !text(&wire["body"]).is_empty() {
            command.args(["-d", text(&wire["body"])]);
        }
        let printed = printed(command.arg(&url));
        assert_eq!(header(&printed, "x-ca-signature"), text(&vector["signature"]), "{name}: {printed}");
        checked += 1;
    }
    assert!(checked >= 8, "{checked}");
}

/// Not the connection's, and not what signing adds.
fn is_of_the_request(header: &str) -> bool {
    let added = ["x-ca-timestamp", "x-ca-key", "x-ca-nonce", "x-ca-signature-headers", "x-ca-signature"];
    let connection = ["host", "connection", "content-length", "user-agent", "transfer-encoding"];
    let header = header.to_ascii_lowercase();
    !added.contains(&header.as_str()) && !connection.contains(&header.as_str())
}

#[test]
fn signs_as_the_second_clouds_client() {
    let file: Value = serde_json::from_str(SDK).unwrap();
    let mut checked = 0;
    for vector in file["vectors"].as_array().unwrap() {
        let name = text(&vector["name"]);
        let headers = vector["headers"].as_object().unwrap();
        // Without a content type the command gives one; and only what is text can be given here.
        let body = vector["body"].as_str().unwrap_or_default();
        let has_type = headers.keys().any(|header| header.eq_ignore_ascii_case("content-type"));
        let Ok(url) = text(&vector["url"]).parse::<http::Uri>() else { continue };
        let is_plain =
            url.path_and_query().is_some_and(|target| vector["wire_request_target"] == target.as_str());
        if (!body.is_empty() && !has_type) || !is_plain || url.authority().is_none() {
            continue;
        }
        let (key, secret) = (text(&file["key"]), text(&file["secret"]));
        let mut command = paifang(&["sign", "--scheme", "sdk", "--key", key, "--secret", secret]);
        command.args(["--at-ms", SDK_AT_MS, "-X", text(&vector["method"])]);
        for (header, value) in headers {
            command.args(["-H", &format!("{header}: {}", text(value))]);
        }
        if !body.is_empty() {
            command.args(["-d", body]);
        }
        let printed = printed(command.arg(text(&vector["url"])));
        assert_eq!(header(&printed, "authorization"), text(&vector["authorization"]), "{name}: {printed}");
        checked += 1;
    }
    assert!(checked >= 5, "{checked}");
}

#[test]
fn prints_a_curl_line_that_a_shell_understands() {
    let mut command =
        paifang(&["sign", "--curl", "--scheme", "ca", "--key", "203753385", "--secret", "testsecret"]);
    command.args(["--at-ms", CA_AT_MS, "--nonce", CA_NONCE, "--stage", "PRE", "-X", "PUT"]);
    command.args(["-H", "X-Note: it's", "-d", "name=O'Hara", "http://localhost:8080/pets/[1]?a=1&b=2"]);
    assert_snapshot!(
        printed(&mut command),
        @r"curl -sS --globoff -X PUT -H 'X-Note: it'\''s' -H 'x-ca-stage: PRE' -H 'Accept: application/json' -H 'Content-Type: application/x-www-form-urlencoded' -H 'x-ca-key: 203753385' -H 'x-ca-timestamp: 1700000000000' -H 'x-ca-nonce: c9f15cbf-f4ac-4a6c-b54d-f51abf4b5b44' -H 'x-ca-signature-headers: x-ca-key,x-ca-nonce,x-ca-stage,x-ca-timestamp' -H 'x-ca-signature: liwXxQHDDNqJJwtXxKSmm26zXnwfeGh9/hIsN2VBT/s=' --data-raw 'name=O'\''Hara' 'http://localhost:8080/pets/[1]?a=1&b=2'"
    );
}

#[test]
fn a_code_is_shown_in_each_dialects_way() {
    for (scheme, line) in
        [("alibaba", "Authorization: APPCODE code1234\n"), ("huawei", "X-Apig-AppCode: code1234\n")]
    {
        let shown =
            printed(&mut paifang(&["sign", "--scheme", scheme, "--app-code", "code1234", "http://h/"]));
        assert_eq!(shown, line);
    }
}

#[test]
fn a_body_comes_from_a_file_too() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(br#"{"a":1}"#).unwrap();
    let base = ["sign", "--scheme", "ca", "--key", "k", "--secret", "s", "--at-ms", "0", "--nonce", "n"];
    let from_text = printed(paifang(&base).args(["-d", r#"{"a":1}"#, "http://h/"]));
    let from_file = printed(paifang(&base).args(["-d", &format!("@{}", file.path().display()), "http://h/"]));
    assert_eq!(from_text, from_file);
}

#[test]
fn credentials_come_from_the_environment_too() {
    let arguments = ["sign", "--scheme", "sdk", "--at-ms", SDK_AT_MS, "http://api.example.com/app1"];
    let mut command = paifang(&arguments);
    let signed = printed(command.env("PAIFANG_APP_KEY", "key").env("PAIFANG_APP_SECRET", "secret"));
    assert!(header(&signed, "authorization").starts_with("SDK-HMAC-SHA256 Access=key, "), "{signed}");
    let complaint = complained(&mut paifang(&arguments));
    assert!(complaint.contains("an AppKey is needed: --key or PAIFANG_APP_KEY"), "{complaint}");
}

fn vectors(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    file["vectors"].as_array().unwrap().clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

fn header<'p>(printed: &'p str, name: &str) -> &'p str {
    let mut headers = printed.lines().filter_map(|line| line.split_once(": "));
    headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).unwrap()
}

#[test]
fn signs_management_calls_with_the_first_access_key() {
    let place = crate::gateway::place();
    let gateway = crate::gateway::Gateway::start(&place);
    let url = format!("http://{}/api/v1/session", gateway.management);
    let mut command = paifang(&["sign", "--management", &url, "--data-dir"]);
    let mut call = crate::http::Call::get("/api/v1/session");
    for line in printed(command.arg(&gateway.data)).lines() {
        let (name, value) = line.split_once(": ").unwrap();
        call = call.header(name, value);
    }
    let answer = call.send(gateway.management);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.body.contains("admin"), "{answer:?}");
    gateway.stop();
}
