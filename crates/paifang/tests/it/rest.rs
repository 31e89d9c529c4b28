//! Native REST on behalf of the owner that the first start made.

use std::net::SocketAddr;
use std::time::{Instant, SystemTime};

use paifang_model::{Dialect, Stage};
use paifang_sign::huawei::{self as sdk, BodyHash};
use paifang_sign::{Parts, SigningKey, sha256};
use serde_json::{Value, json};

use crate::gateway::{Gateway, PATIENCE};
use crate::http::{Answer, Call};

/// The owner's access key, from the file of first credentials.
pub(crate) fn access_key(gateway: &Gateway) -> (String, String) {
    let text = std::fs::read_to_string(gateway.data.join("first-credentials")).unwrap();
    let line = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_start_matches(" = ").trim_matches('"').to_owned()
    };
    (line("access_key_id"), line("access_key_secret"))
}

/// Someone with the owner's access key.
pub(crate) struct Caller {
    pub(crate) management: SocketAddr,
    access_key: (String, String),
}

impl Caller {
    /// A signed management call, to which headers may be added.
    pub(crate) fn signed(&self, method: &str, path: &str, body: &Value) -> Call {
        self.signed_anywhere(method, &format!("/api/v1{path}"), body)
    }

    /// The same to any of the management interfaces that take this signature.
    pub(crate) fn signed_anywhere(&self, method: &str, path: &str, body: &Value) -> Call {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let call = Call::new(method, path, &body)
            .header("Host", &self.management.to_string())
            .header("Content-Type", "application/json")
            .header("X-Sdk-Date", &sdk::format_date(i64::try_from(now).unwrap()));
        let (key, secret) = &self.access_key;
        let hash =
            if body.is_empty() { BodyHash::Empty } else { BodyHash::Computed(sha256(body.as_bytes())) };
        let parts = Parts::new(method, &call.target, &call.headers);
        let names = ["content-type", "host", "x-sdk-date"];
        let authorization =
            sdk::sign(&parts, key, &names, hash, &SigningKey::new(secret.as_bytes())).unwrap();
        call.header("Authorization", &authorization)
    }
}

impl Gateway {
    /// A signed management call.
    pub(crate) fn manage(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.caller().signed(method, path, body).send(self.management)
    }

    /// Whoever manages it, apart from the process.
    pub(crate) fn caller(&self) -> Caller {
        Caller { management: self.management, access_key: access_key(self) }
    }

    /// The same, when it has to succeed.
    pub(crate) fn done(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.manage(method, path, body);
        assert!((200..300).contains(&answer.status), "{method} {path}: {answer:?}\n{}", self.log());
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    /// Publishes an API without authentication at a host; `backend` as in its definition. Returns its id.
    pub(crate) fn publish(&self, host: &str, backend: &Value) -> String {
        self.publish_for(host, &json!({ "kind": "none" }), backend)
    }

    /// The same, for callers who prove who they are.
    pub(crate) fn publish_for(&self, host: &str, auth: &Value, backend: &Value) -> String {
        let request = json!({ "method": "GET", "path": "/hello" });
        self.publish_request(host, &request, auth, backend)
    }

    /// The same, for WebSockets.
    pub(crate) fn publish_websocket(&self, host: &str, backend: &Value) -> String {
        let request = json!({ "method": "GET", "path": "/hello", "protocols": ["websocket"] });
        self.publish_request(host, &request, &json!({ "kind": "none" }), backend)
    }

    /// The same, for requests as a definition has them.
    pub(crate) fn publish_request(
        &self,
        host: &str,
        request: &Value,
        auth: &Value,
        backend: &Value,
    ) -> String {
        let name = format!("group_{}", host.replace('.', "_"));
        let group = self.done("POST", "/groups", &json!({ "dialect": "alibaba", "name": name }));
        let group = group["id"].as_str().unwrap();
        self.done("POST", &format!("/groups/{group}/domains"), &json!({ "host": host }));
        let definition = json!({
            "name": "hello_world",
            "request": request,
            "auth": auth,
            "backend": backend,
        });
        let api = self.done("POST", &format!("/groups/{group}/apis"), &definition);
        let api = api["id"].as_str().unwrap().to_owned();
        let deployed = self.done("PUT", &format!("/apis/{api}/deployments/RELEASE"), &json!({}));
        self.wait_until_served(deployed["revision"].as_u64().unwrap());
        api
    }

    /// Makes an app with this key and code, and grants it an API in RELEASE. Returns the app's id.
    pub(crate) fn enroll(&self, name: &str, (key, secret): (&str, &str), code: &str, api: &str) -> String {
        let app = self.done("POST", "/apps", &json!({ "name": name }));
        let app = app["id"].as_str().unwrap();
        self.done("POST", &format!("/apps/{app}/keys"), &json!({ "key": key, "secret": secret }));
        self.done("POST", &format!("/apps/{app}/codes"), &json!({ "code": code }));
        let stage = Stage::built_in_id(Dialect::Alibaba, "RELEASE");
        let granted = json!({ "apps": [app], "apis": [api], "stage": stage });
        self.done("POST", "/grants", &granted);
        let head = self.done("GET", "/status", &Value::Null)["committed_revision"].as_u64().unwrap();
        self.wait_until_served(head);
        app.to_owned()
    }

    /// Waits until the data plane serves a revision. A machine that is busy with other tests may take longer to connect
    /// to a database than a management call waits: then it is asked again.
    pub(crate) fn wait_until_served(&self, revision: u64) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.manage("GET", "/status", &Value::Null);
            assert!([200, 503].contains(&answer.status), "{answer:?}");
            if answer.status == 200 && answer.json()["served_revision"].as_u64().unwrap() >= revision {
                return;
            }
            assert!(Instant::now() < deadline, "revision {revision} is not served: {}", self.log());
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

/// A backend that answers by itself.
pub(crate) fn mock(body: &str) -> Value {
    json!({ "kind": "mock", "body": body })
}
