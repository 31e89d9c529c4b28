//! Makes a scene in a fresh gateway, through its REST interface.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Gateway;
use super::rest::Rest;
use super::scene::{Access, Api, Caller, Cast, Dialect, Extras, Group, Scene};

/// Every dialect has this stage from the start.
const STAGE: &str = "RELEASE";

/// Everything is committed by then; what is left is to compile it.
const PATIENCE: Duration = Duration::from_secs(120);

/// Makes the scene's groups, APIs, apps and grants, publishes, and waits until the gateway serves them.
pub(crate) fn make(scene: &Scene<'_>, gateway: &mut Gateway) -> Result<Cast> {
    let rest = Rest::at(gateway.management);
    let app = make_app(&rest, "xtask_app")?;
    let stranger = make_app(&rest, "xtask_stranger")?;
    for (number, group) in scene.groups.iter().enumerate() {
        make_group(&rest, number, group, scene.backend, &app.id)
            .with_context(|| format!("making the group of {}", group.host))?;
    }
    wait_until_served(&rest, gateway)?;
    Ok(Cast { app: app.caller, stranger: stranger.caller })
}

/// Something that was made.
#[derive(Deserialize)]
struct Made {
    id: String,
}

struct App {
    id: String,
    caller: Caller,
}

fn make_app(rest: &Rest, name: &str) -> Result<App> {
    #[derive(Deserialize)]
    struct MadeApp {
        id: String,
        key: Key,
    }
    #[derive(Deserialize)]
    struct Key {
        key: String,
        secret: String,
    }
    #[derive(Deserialize)]
    struct Code {
        code: String,
    }
    let MadeApp { id, key: Key { key, secret } } = rest.post("/apps", &json!({ "name": name }))?;
    let Code { code } = rest.post(&format!("/apps/{id}/codes"), &json!({}))?;
    Ok(App { id, caller: Caller { key, secret, code } })
}

fn make_group(rest: &Rest, number: usize, group: &Group<'_>, backend: SocketAddr, app: &str) -> Result<()> {
    let draft = json!({
        "dialect": dialect(group.dialect),
        "name": format!("xtask_{number}"),
        "calls_per_second": group.calls_per_second,
    });
    let Made { id } = rest.post("/groups", &draft)?;
    rest.post::<Made>(&format!("/groups/{id}/domains"), &json!({ "host": group.host }))?;
    let mut guarded = Vec::new();
    for (number, api) in group.apis.iter().enumerate() {
        let definition = definition(number, api, group.dialect, backend);
        let made: Made = rest.post(&format!("/groups/{id}/apis"), &definition)?;
        rest.put::<Value>(&format!("/apis/{}/deployments/{STAGE}", made.id), &json!({}))?;
        if api.extras == Extras::All {
            bind(rest, group.dialect, &made.id)?;
        }
        guarded.extend((api.access == Access::App).then_some(made.id));
    }
    if !guarded.is_empty() {
        let stage = stage(rest, group.dialect)?;
        rest.post::<Value>("/grants", &json!({ "apps": [app], "apis": guarded, "stage": stage }))?;
    }
    Ok(())
}

fn definition(number: usize, api: &Api<'_>, dialect: Dialect, backend: SocketAddr) -> Value {
    let auth = match api.access {
        Access::Anyone => json!({ "kind": "none" }),
        Access::App => json!({ "kind": "app", "app_code": "header" }),
    };
    // One dialect passes everything on in a mode of its own, the other maps what is declared and passes on the rest.
    let mode = match dialect {
        Dialect::Alibaba => "passthrough",
        Dialect::Huawei => "mapping_passthrough",
    };
    let mut definition = json!({
        "name": format!("xtask_api_{number}"),
        "request": { "method": "ANY", "path": api.path, "match_mode": "prefix", "mode": mode },
        "auth": auth,
        "backend": {
            "kind": "http",
            "to": { "kind": "address", "url": format!("http://{backend}") },
            "path": api.path,
        },
    });
    if api.extras == Extras::All {
        definition["request"]["cors"] = true.into();
        definition["parameters"] = json!([
            { "name": "page", "location": "query", "type": "int", "required": true, "minimum": "1" },
            { "name": "serial", "location": "query", "required": true, "max_length": 40 },
        ]);
        definition["backend_parameters"] = json!([
            { "name": "p", "location": "query", "origin": { "from": "parameter", "name": "page" } },
            { "name": "x-serial", "location": "header", "origin": { "from": "parameter", "name": "serial" } },
        ]);
    }
    definition
}

/// Binds policies that every call has to pass, and passes.
fn bind(rest: &Rest, dialect: Dialect, api: &str) -> Result<()> {
    let most = i32::MAX;
    let counted = json!({
        "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": most, "user_call_limits": most,
        "app_call_limits": most, "ip_call_limits": most,
    });
    let elsewhere: Vec<String> = (0..100).map(|number| format!("198.51.{number}.0/25")).collect();
    let kept_out = json!({ "acl_type": "DENY", "acl_value": elsewhere.join(",") });
    let target = json!([{ "api": api, "stage": stage(rest, dialect)? }]);
    let signing = json!({ "sign_type": "hmac", "sign_key": "xtask_backend", });
    let policies = [
        ("throttle", counted, None),
        ("address_list", kept_out, None),
        ("signature_key", signing, Some("xtask-backend-secret")),
    ];
    for (kind, settings, secret) in policies {
        let draft = json!({
            "dialect": self::dialect(dialect), "kind": kind, "name": format!("xtask_{kind}"), "settings": settings,
            "secret": secret,
        });
        let Made { id } = rest.post("/policies", &draft)?;
        rest.post::<Value>(&format!("/policies/{id}/bindings"), &target)?;
    }
    Ok(())
}

/// Grants name a stage by its id.
pub(crate) fn stage(rest: &Rest, dialect: Dialect) -> Result<String> {
    #[derive(Deserialize)]
    struct Stages {
        items: Vec<Stage>,
    }
    #[derive(Deserialize)]
    struct Stage {
        id: String,
        name: String,
    }
    let stages: Stages = rest.get(&format!("/stages?dialect={}", self::dialect(dialect)))?;
    let found = stages.items.into_iter().find(|stage| stage.name == STAGE);
    found.map(|stage| stage.id).with_context(|| format!("there is no stage {STAGE}"))
}

fn dialect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Alibaba => "alibaba",
        Dialect::Huawei => "huawei",
    }
}

/// Everything is committed by now; the workers follow.
pub(crate) fn wait_until_served(rest: &Rest, gateway: &mut Gateway) -> Result<()> {
    #[derive(Deserialize)]
    struct Status {
        ready: bool,
        served_revision: u64,
        committed_revision: u64,
        set_aside: Vec<Value>,
    }
    let served = || {
        let status: Status = rest.get("/status").ok()?;
        (status.ready && status.served_revision >= status.committed_revision).then_some(status.set_aside)
    };
    let set_aside =
        gateway.server.wait_for(PATIENCE, served).context("waiting for the scene to be served")?;
    ensure!(set_aside.is_empty(), "the gateway cannot serve {}", Value::from(set_aside));
    Ok(())
}
