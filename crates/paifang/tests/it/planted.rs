//! Secrets that were planted everywhere are found nowhere: not in what the gateway says, nor in what it keeps.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::{paifang, printed};
use crate::gateway::{Gateway, place, serve};
use crate::http::{Answer, Call};
use crate::rest::{access_key, mock};

const HOST: &str = "planted.example.com";

/// What is planted; each is a text that occurs nowhere by chance.
const OWNER_PASSWORD: &str = "planted-owner-password-Qx7";
const WRONG_PASSWORD: &str = "planted-wrong-password-Zt9";
const USER_PASSWORD: &str = "planted-user-password-Kw3";
const NEXT_PASSWORD: &str = "planted-next-password-Vb5";
const APP_SECRET: &str = "planted-app-secret-Hy2";
const APP_CODE: &str = "planted-app-code-Mn8";
const QUERY_CODE: &str = "planted-query-code-Jd4";
const WRONG_CODE: &str = "planted-wrong-code-Ru6";
const RPC_SECRET: &str = "planted-rpc-secret-Bs1";
const SIGN_SECRET: &str = "planted-sign-secret-Gf6";
const SHORT_CODE: &str = "plntd";

#[test]
fn no_planted_secret_is_in_any_output_or_file() {
    let place = place();
    let mut planted: Vec<_> = [
        OWNER_PASSWORD,
        WRONG_PASSWORD,
        USER_PASSWORD,
        NEXT_PASSWORD,
        APP_SECRET,
        APP_CODE,
        QUERY_CODE,
        WRONG_CODE,
        RPC_SECRET,
        SIGN_SECRET,
        // Of every password's hash.
        "$argon2id$",
    ]
    .map(|secret| Planted { secret: secret.to_owned(), kept_in: None })
    .into();
    let mut said = Vec::new();
    let gateway = start(&place, "human");
    planted.extend(manage(&gateway, &mut said));
    call(&gateway, &mut said);
    let mut gateway = rotate(gateway);
    said.push(Call::get("/metrics").send(gateway.management).body);
    said.push(gateway.manage("GET", "/audit?limit=500", &Value::Null).body);
    said.push(gateway.manage("GET", "/status", &Value::Null).body);
    let master_key = std::fs::read_to_string(gateway.data.join("master.key")).unwrap();
    planted.push(Planted { secret: master_key, kept_in: Some("master.key") });
    // The log of the database is there while it runs, and the log of the gateway when it has ended.
    let running = files(place.path());
    gateway.signal("TERM");
    gateway.wait_for("the end", Gateway::has_ended);
    let first_log = gateway.log();
    assert!(first_log.contains("DEBUG") && first_log.contains("Committed"), "the log says everything");
    drop(gateway);
    let ended = files(place.path());
    // The other form of the log, and everything read again.
    let gateway = start(&place, "json");
    assert_eq!(by_code(&gateway, APP_CODE).status, 200);
    gateway.stop();
    let again = files(place.path());

    for (name, bytes) in running.into_iter().chain(ended).chain(again) {
        for Planted { secret, kept_in } in &planted {
            let is_kept_here = kept_in.is_some_and(|file| name.ends_with(file));
            assert!(is_kept_here || !holds(&bytes, secret), "`{secret}` is in {name}");
        }
    }
    for text in said {
        for Planted { secret, .. } in &planted {
            assert!(!holds(text.as_bytes(), secret), "`{secret}` was said: {text}");
        }
    }
}

/// A secret, and the one file that keeps it on purpose.
struct Planted {
    secret: String,
    kept_in: Option<&'static str>,
}

fn signature_key(name: &str, secret: &str) -> Value {
    json!({
        "dialect": "huawei", "kind": "signature_key", "name": name, "secret": secret,
        "settings": { "sign_type": "hmac", "sign_key": "backend-key" },
    })
}

fn start(place: &TempDir, log_format: &str) -> Gateway {
    let access_log = place.path().join("access.log");
    let mut command = serve(&place.path().join("data"), &["--log-format", log_format, "--access-log"]);
    command.arg(access_log).env("RUST_LOG", "trace").env("PAIFANG_ADMIN_PASSWORD", OWNER_PASSWORD);
    Gateway::start_as(place, command)
}

/// Makes everything that has a secret, rightly and wrongly; returns the secrets that the gateway made.
fn manage(gateway: &Gateway, said: &mut Vec<String>) -> Vec<Planted> {
    let first = Planted { secret: access_key(gateway).1, kept_in: Some("first-credentials") };
    let mut made = vec![first];
    let api =
        gateway.publish_for(HOST, &json!({ "kind": "app", "app_code": "header_or_query" }), &mock("opened"));
    let app = gateway.enroll("planted", ("planted-key", APP_SECRET), APP_CODE, &api);
    gateway.done("POST", &format!("/apps/{app}/codes"), &json!({ "code": QUERY_CODE }));
    let key = gateway.done("GET", &format!("/apps/{app}/keys"), &Value::Null)["items"][0]["id"].clone();
    let reset = format!("/apps/{app}/keys/{}/reset", key.as_str().unwrap());
    let reset = text(&gateway.done("POST", &reset, &json!({}))["secret"]);
    made.push(Planted { secret: reset, kept_in: None });
    let user = gateway.done(
        "POST",
        "/users",
        &json!({ "name": "somebody", "role": "read_only", "password": USER_PASSWORD }),
    );
    let user = user["id"].as_str().unwrap();
    gateway.done("PUT", &format!("/users/{user}/password"), &json!({ "password": NEXT_PASSWORD }));
    let key = text(&gateway.done("POST", &format!("/users/{user}/access-keys"), &json!({}))["secret"]);
    made.push(Planted { secret: key, kept_in: None });
    let policy = gateway.done("POST", "/policies", &signature_key("backends", SIGN_SECRET));
    let policy = format!("/policies/{}", policy["id"].as_str().unwrap());
    said.extend([
        // Shown, changed, taken, and not to be signed with.
        gateway.manage("GET", &policy, &Value::Null).body,
        gateway.manage("PATCH", &policy, &json!({ "secret": SIGN_SECRET, "remark": "Changed." })).body,
        gateway.manage("POST", "/policies", &signature_key("backends", SIGN_SECRET)).body,
        gateway.manage("POST", "/policies", &signature_key("more", &format!("{SIGN_SECRET} "))).body,
        sign_in(gateway, "admin", OWNER_PASSWORD),
        sign_in(gateway, "admin", WRONG_PASSWORD),
        sign_in(gateway, "nobody", WRONG_PASSWORD),
        // Taken, too short, of the wrong sort, in the wrong place.
        gateway.manage("POST", &format!("/apps/{app}/codes"), &json!({ "code": APP_CODE })).body,
        gateway.manage("POST", &format!("/apps/{app}/codes"), &json!({ "code": SHORT_CODE })).body,
        gateway
            .manage(
                "POST",
                &format!("/apps/{app}/keys"),
                &json!({ "key": "planted-key", "secret": APP_SECRET }),
            )
            .body,
        gateway.manage("POST", "/apps", &json!({ "name": "x", "secret": APP_SECRET })).body,
        gateway.manage("GET", &format!("/apps/{app}/codes"), &Value::Null).body,
        gateway.manage("GET", &format!("/apps/{app}/keys"), &Value::Null).body,
        gateway.manage("GET", "/users", &Value::Null).body,
    ]);
    // Shown to who asks, and remembered without it.
    let codes = gateway.done("GET", &format!("/apps/{app}/codes"), &Value::Null);
    let code = text(&codes["items"][0]["id"]);
    let shown = gateway.done("POST", &format!("/apps/{app}/codes/{code}/reveal"), &json!({}));
    assert!([APP_CODE, QUERY_CODE].contains(&shown["code"].as_str().unwrap()));
    made
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn sign_in(gateway: &Gateway, name: &str, password: &str) -> String {
    let body = json!({ "name": name, "password": password }).to_string();
    Call::new("POST", "/api/v1/session", &body)
        .header("Content-Type", "application/json")
        .send(gateway.management)
        .body
}

fn by_code(gateway: &Gateway, code: &str) -> Answer {
    let call = Call::get("/hello").header("Host", HOST).header("X-Ca-Request-Mode", "debug");
    call.header("Authorization", &format!("APPCODE {code}")).send(gateway.http)
}

/// Calls with every way to prove something, rightly and wrongly.
fn call(gateway: &Gateway, said: &mut Vec<String>) {
    let right = by_code(gateway, APP_CODE);
    let in_query = gateway.call(HOST, &format!("/hello?AppCode={QUERY_CODE}"));
    assert_eq!((right.status, in_query.status), (200, 200), "{right:?} {in_query:?}");
    let wrong = gateway.call(HOST, &format!("/nowhere?AppCode={QUERY_CODE}"));
    assert_eq!(wrong.status, 404);
    let signed = Call::get("/hello")
        .header("Host", HOST)
        .header("X-Ca-Key", "planted-key")
        .header("X-Ca-Signature", "bm90IGEgc2lnbmF0dXJlIGF0IGFsbCBidXQgYSB0ZXh0");
    said.extend(
        [right, in_query, wrong, by_code(gateway, WRONG_CODE), signed.send(gateway.http)]
            .map(|answer| answer.body),
    );
    // Not signed, so that it is refused; whoever sent it may see it again, and nobody else.
    let target = format!("/?Action=CreateApp&Version=2016-07-14&AppName=planted&AppSecret={RPC_SECRET}");
    let refused = Call::get(&target).send(gateway.management);
    assert!((400..500).contains(&refused.status), "{refused:?}");
    for by_code in [false, true] {
        let mut explain = paifang(&["explain", "--app", "planted", "--data-dir"]);
        explain.arg(&gateway.data);
        if by_code {
            explain.arg("--by-code");
        }
        let told = printed(explain.arg(format!("http://{HOST}/hello")));
        assert!(told.contains("answered 200"), "{told}");
        said.push(told);
    }
}

fn rotate(mut gateway: Gateway) -> Gateway {
    printed(paifang(&["keys", "rotate", "--data-dir"]).arg(&gateway.data));
    gateway.wait_for("the old key to go", |gateway| {
        let keys = gateway.done("GET", "/keyring", &Value::Null);
        (keys["data_keys"].as_array().unwrap().len() == 1).then_some(())
    });
    assert_eq!(by_code(&gateway, APP_CODE).status, 200);
    gateway
}

/// Every file below a folder, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push((path.display().to_string(), bytes));
        }
    }
    found
}

/// Whether bytes hold a text, as it is, in hexadecimal digits, or somewhere in base64.
fn holds(bytes: &[u8], text: &str) -> bool {
    let mut forms = vec![text.to_owned(), hex(text), hex(text).to_uppercase()];
    for before in 0..3 {
        let bytes = [&vec![0; before], text.as_bytes()].concat();
        // What the neighbours before and after take part in is cut off.
        let (start, end) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
        forms.extend(
            [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)]
                .map(|form| form[start..end].to_owned()),
        );
    }
    forms.iter().any(|form| bytes.windows(form.len()).any(|window| window == form.as_bytes()))
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_search_finds_what_is_there() {
    for text in ["..secret..", "..736563726574..", "..736563726574..", "xxsecretyy"] {
        assert!(holds(text.as_bytes(), "secret"), "{text}");
    }
    for before in ["", "a", "ab", "abc"] {
        let encoded = STANDARD_NO_PAD.encode(format!("{before}secret and more"));
        assert!(holds(encoded.as_bytes(), "secret"), "{encoded}");
    }
    assert!(!holds(b"secre t", "secret"));
}
