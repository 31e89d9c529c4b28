//! Makes and changes objects, by the operations that native REST has for each kind.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use http::Method;
use paifang_control::Difference;
use paifang_model::Kind;
use serde_json::{Value, json};

use super::Work;
use crate::apply::noun;
use crate::apply::object::{Identity, Wanted};

impl Work<'_> {
    /// Makes an object.
    pub(super) async fn create(&self, identity: &Identity) -> Result<()> {
        let Some(wanted) = self.desired.get(identity) else { return Ok(()) };
        let body = &wanted.body;
        match identity.kind {
            Kind::Group => self.create_group(identity, body).await,
            Kind::Stage => self.post("/stages", &noun::stage::draft(identity, body), identity).await,
            Kind::Variable => {
                let variable = json!({ "name": identity.name(), "value": body["value"] });
                self.post(&self.variables(identity)?, &variable, identity).await
            }
            Kind::BackendAccess => self.post("/backend-accesses", body, identity).await,
            Kind::BackendInstance => self.post("/backend-instances", body, identity).await,
            Kind::Channel => self.post("/channels", body, identity).await,
            Kind::Certificate => {
                self.post("/certificates", &noun::certificate::draft(identity, wanted), identity).await
            }
            Kind::BackendService => self.create_service(identity, body).await,
            Kind::Api => {
                let path = format!("{}/apis", self.path(&identity.group_of())?);
                self.post(&path, &self.definition(body), identity).await
            }
            Kind::AppQuota => self.post("/app-quotas", body, identity).await,
            Kind::AccessList => self.post("/access-lists", body, identity).await,
            Kind::BlackList => self.post("/black-lists", &self.black_list(body), identity).await,
            Kind::App => self.create_app(identity, body).await,
            Kind::Policy => {
                let mut policy = noun::policy::draft(identity, body, |by, named| self.known_as(by, named));
                add_secret(&mut policy, wanted);
                self.post("/policies", &policy, identity).await
            }
            // It came with its app.
            Kind::AppKey if self.made.borrow().contains_key(identity) => Ok(()),
            Kind::AppKey => {
                let key = json!({ "key": identity.name(), "secret": secret(wanted) });
                self.post(&format!("{}/keys", self.path(&identity.app_of())?), &key, identity).await
            }
            Kind::AppCode => {
                let code = json!({ "code": secret(wanted) });
                self.post(&format!("{}/codes", self.path(&identity.app_of())?), &code, identity).await
            }
            Kind::Domain => {
                let group = self.id(&group_of_domain(body))?;
                let mut domain = self.domain(body)?;
                domain["host"] = json!(identity.name());
                self.post(&format!("/groups/{group}/domains"), &domain, identity).await
            }
            _ => self.update(identity, &[]).await,
        }
    }

    /// Changes an object where it differs.
    pub(super) async fn update(&self, identity: &Identity, differences: &[Difference]) -> Result<()> {
        let Some(wanted) = self.desired.get(identity) else { return Ok(()) };
        let body = &wanted.body;
        match identity.kind {
            Kind::Group | Kind::Stage | Kind::Variable => self.send(Method::PATCH, identity, body).await,
            Kind::App => self.send(Method::PATCH, identity, &self.app(body)).await,
            Kind::AccessList => self.update_access_list(identity, body, differences).await,
            Kind::BlackList => self.send(Method::PATCH, identity, &self.black_list(body)).await,
            Kind::BackendInstance | Kind::BackendAccess | Kind::AppQuota => {
                self.send(Method::PUT, identity, body).await
            }
            Kind::Channel => self.update_channel(identity, body, differences).await,
            Kind::BackendService => self.update_service(identity, body).await,
            Kind::Api => self.send(Method::PUT, identity, &self.definition(body)).await,
            Kind::AppKey => {
                let path = format!("{}/reset", self.path(identity)?);
                self.rest
                    .change(Method::POST, &path, Some(&json!({ "secret": secret(wanted) })), None)
                    .await?;
                Ok(())
            }
            Kind::Certificate => {
                self.send(Method::PATCH, identity, &noun::certificate::draft(identity, wanted)).await
            }
            Kind::Domain => self.send(Method::PATCH, identity, &self.domain(body)?).await,
            Kind::Deployment => self.deploy(identity).await,
            Kind::Grant => self.grant(identity, body).await,
            Kind::Policy => self.update_policy(identity, wanted).await,
            Kind::Binding => self.bind(identity, body).await,
            Kind::GroupBinding => self.bind_group(identity, body).await,
            _ => Ok(()),
        }
    }

    async fn create_group(&self, identity: &Identity, body: &Value) -> Result<()> {
        self.post("/groups", &noun::group::draft(identity, body), identity).await?;
        if body["subdomain_enabled"] == json!(false) {
            self.send(Method::PATCH, identity, &json!({ "subdomain_enabled": false })).await?;
        }
        Ok(())
    }

    /// An app comes with a key; with the first that is wanted, if any is.
    async fn create_app(&self, identity: &Identity, body: &Value) -> Result<()> {
        let mut app = self.app(body);
        app["name"] = json!(identity.name());
        let mut keys =
            self.desired.iter().filter(|(key, _)| key.kind == Kind::AppKey && key.app_of() == *identity);
        let first = keys.next();
        if let Some((key, wanted)) = first {
            app["key"] = json!(key.name());
            app["secret"] = json!(secret(wanted));
        }
        self.post("/apps", &app, identity).await?;
        if let Some((key, _)) = first {
            self.note(key, &paifang_model::AppKey::id_of(key.name()).to_string(), 0);
        }
        Ok(())
    }

    async fn update_access_list(
        &self,
        identity: &Identity,
        body: &Value,
        differences: &[Difference],
    ) -> Result<()> {
        if differences.iter().any(|difference| difference.pointer == "/ip_version") {
            bail!("the version of IP of an access list is never changed: give {identity} another name");
        }
        self.send(Method::PATCH, identity, &noun::access_list::patch(body)).await
    }

    /// In one step: groups and who is of them, ports and who has the channel's, are only right together.
    async fn update_channel(
        &self,
        identity: &Identity,
        body: &Value,
        differences: &[Difference],
    ) -> Result<()> {
        if differences.iter().any(|difference| difference.pointer == "/kind") {
            bail!("what a channel's members are is never changed: give {identity} another name");
        }
        let is_of_members = |difference: &Difference| difference.pointer.starts_with("/members");
        let patch = if differences.iter().any(is_of_members) {
            noun::channel::patch(body)
        } else {
            noun::channel::patch_beside_members(body)
        };
        self.send(Method::PATCH, identity, &patch).await
    }

    async fn create_service(&self, identity: &Identity, body: &Value) -> Result<()> {
        let service = json!({
            "name": identity.name(), "kind": body["kind"], "description": body["description"],
        });
        self.post("/backend-services", &service, identity).await?;
        self.define(identity, body, &Value::Null).await
    }

    /// Changes a backend service, and each definition that differs. What is published follows in the background.
    async fn update_service(&self, identity: &Identity, body: &Value) -> Result<()> {
        let there = self.gateway.found.get(identity).map(|found| &found.body).unwrap_or(&Value::Null);
        if there["kind"] != body["kind"] {
            bail!("the kind of a backend service is never changed; {identity} is `{}`", there["kind"]);
        }
        if there["description"] != body["description"] {
            self.send(Method::PATCH, identity, &json!({ "description": body["description"] })).await?;
        }
        self.define(identity, body, there).await
    }

    /// Makes, changes and takes away definitions, until they are those of a body.
    async fn define(&self, identity: &Identity, body: &Value, there: &Value) -> Result<()> {
        let path = self.path(identity)?;
        let at = |stage: &str| -> Result<String> {
            let stage = self.id(&Identity::stage(noun::backend_service::DIALECT, stage))?;
            Ok(format!("{path}/definitions/{stage}"))
        };
        let (wanted, found) = (definitions(body), definitions(there));
        for (stage, definition) in &wanted {
            if found.get(stage) != Some(definition) {
                let draft = noun::backend_service::draft(definition, |named| self.id(named).ok());
                self.change_definition(identity, Method::PUT, &at(stage)?, Some(&draft)).await?;
            }
        }
        for stage in found.keys().filter(|stage| !wanted.contains_key(*stage)) {
            self.change_definition(identity, Method::DELETE, &at(stage)?, None).await?;
        }
        Ok(())
    }

    async fn change_definition(
        &self,
        identity: &Identity,
        method: Method,
        path: &str,
        draft: Option<&Value>,
    ) -> Result<()> {
        let changed = self.rest.change(method, path, draft, self.revision(identity)).await?;
        self.remember(identity, &changed["service"]);
        Ok(())
    }

    /// Publishes a draft as it was written or read.
    async fn deploy(&self, identity: &Identity) -> Result<()> {
        let (path, draft) = (self.path(identity)?, self.revision(&identity.api_of()));
        self.rest.change(Method::PUT, &path, Some(&json!({})), draft).await?;
        Ok(())
    }

    async fn grant(&self, identity: &Identity, body: &Value) -> Result<()> {
        let grant = json!({
            "apps": [self.id(&identity.app_of())?],
            "apis": [self.id(&identity.granted_api())?],
            "stage": self.id(&identity.stage_of())?,
            "until": body["until"],
            "remark": body["remark"],
        });
        self.rest.change(Method::POST, "/grants", Some(&grant), None).await?;
        Ok(())
    }

    /// Changes a policy; what the gateway noted in its settings stays there.
    async fn update_policy(&self, identity: &Identity, wanted: &Wanted) -> Result<()> {
        let there: Option<Value> = self.rest.get(&self.path(identity)?).await?;
        let there = there.unwrap_or_default();
        let known_as = |by, named: &Identity| self.known_as(by, named);
        let mut patch = noun::policy::patch(identity, &wanted.body, &there["settings"], known_as);
        add_secret(&mut patch, wanted);
        self.send(Method::PATCH, identity, &patch).await
    }

    /// Binds a policy; another one of its kind gives way.
    async fn bind(&self, identity: &Identity, body: &Value) -> Result<()> {
        let policy = self.path(&noun::binding::policy(identity, body))?;
        let (api, stage) = (self.id(&identity.api_of())?, self.id(&identity.stage_of())?);
        let targets = json!([{ "api": api, "stage": stage }]);
        self.rest.change(Method::POST, &format!("{policy}/bindings"), Some(&targets), None).await?;
        Ok(())
    }

    /// Binds a policy to a whole group; another one of its kind gives way.
    async fn bind_group(&self, identity: &Identity, body: &Value) -> Result<()> {
        let policy = self.path(&noun::binding::policy(identity, body))?;
        let (group, stage) = (self.id(&identity.group_of())?, self.id(&identity.stage_of())?);
        let targets = json!([{ "group": group, "stage": stage }]);
        self.rest.change(Method::POST, &format!("{policy}/group-bindings"), Some(&targets), None).await?;
        Ok(())
    }

    async fn post(&self, path: &str, body: &Value, identity: &Identity) -> Result<()> {
        let made = self.rest.change(Method::POST, path, Some(body), None).await?;
        self.remember(identity, &made);
        Ok(())
    }

    async fn send(&self, method: Method, identity: &Identity, body: &Value) -> Result<()> {
        let (path, at) = (self.path(identity)?, self.revision(identity));
        let changed = self.rest.change(method, &path, Some(body), at).await?;
        self.remember(identity, &changed);
        Ok(())
    }

    fn remember(&self, identity: &Identity, answer: &Value) {
        let id = answer["id"].as_str().unwrap_or_default();
        self.note(identity, id, answer["revision"].as_u64().unwrap_or_default());
        if let Some(number) = answer["number"].as_u64() {
            self.numbers.borrow_mut().insert(identity.clone(), number.to_string());
        }
    }

    fn app(&self, body: &Value) -> Value {
        noun::app::draft(body, |identity| self.id(identity).ok())
    }

    fn black_list(&self, body: &Value) -> Value {
        noun::black_list::draft(body, |identity| self.id(identity).ok())
    }

    fn definition(&self, body: &Value) -> Value {
        noun::api::definition(body, |identity| self.id(identity).ok())
    }

    /// How a domain is to be called.
    fn domain(&self, body: &Value) -> Result<Value> {
        let certificate =
            noun::domain::certificate(body).map(|certificate| self.id(&certificate)).transpose()?;
        let tls = noun::domain::tls(body, certificate.as_deref());
        Ok(json!({ "stage": self.fixed_stage(body)?, "tls": tls, "patterns": body["patterns"] }))
    }

    fn fixed_stage(&self, body: &Value) -> Result<Option<String>> {
        let Some(stage) = body["stage"].as_str() else { return Ok(None) };
        let Some(dialect) = group_of_domain(body).dialect() else { return Ok(None) };
        self.id(&Identity::stage(dialect, stage)).map(Some)
    }
}

fn group_of_domain(body: &Value) -> Identity {
    let path = body["group"].as_str().unwrap_or_default().split('/').map(str::to_owned).collect();
    Identity { kind: Kind::Group, path }
}

/// The definitions of a backend service, by the names of their stages.
fn definitions(body: &Value) -> BTreeMap<&str, &Value> {
    let all = body["definitions"].as_array().into_iter().flatten();
    all.filter_map(|definition| Some((definition["stage"].as_str()?, definition))).collect()
}

/// Gives a policy the secret that the files give it, if they do.
fn add_secret(policy: &mut Value, wanted: &Wanted) {
    if let Some(secret) = &wanted.secret {
        policy["secret"] = json!(secret.expose());
    }
}

fn secret(wanted: &Wanted) -> &str {
    wanted.secret.as_ref().map_or("", paifang_model::Secret::expose)
}
