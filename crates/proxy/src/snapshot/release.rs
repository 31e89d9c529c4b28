//! What serves an API in a stage: its version, and what that was compiled to last.
//!
//! A publication makes one of a table's APIs stale, and only that one is compiled anew. Its version is needed again when
//! something around it changes: its group, the stage, a variable, a policy. That is rare, so once it is compiled it is
//! kept as text, which takes a fraction of the room.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use paifang_model::definition::{
    Authentication, Backend, BackendParameter, BackendPolicy, Definition, MatchMode, MethodRule, Parameter,
    RequestDefinition,
};
use paifang_model::id::{ApiId, BackendServiceId, DeploymentId, GroupId, StageId};
use paifang_model::path::PathPattern;
use paifang_model::{Deployment, Version, Violations};
use serde::Serialize;

use super::{Route, compile};
use crate::policy::LivePolicy;

/// What serves an API in a stage.
#[derive(Debug)]
pub(super) struct Release {
    pub(super) deployment: DeploymentId,
    pub(super) group: GroupId,
    pub(super) stage: StageId,
    pub(super) api: ApiId,
    /// When its version was made, in milliseconds since 1970.
    pub(super) made_at: i64,
    number: u64,
    /// The backend service that says where calls go.
    service: Option<BackendServiceId>,
    version: Kept,
    /// What it was compiled to last; none before that.
    compiled: Option<Result<Compiled, String>>,
}

/// A version, ready to be served.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    pub(super) path: Arc<PathPattern>,
    pub(super) method: MethodRule,
    pub(super) match_mode: MatchMode,
    pub(super) route: Arc<Route>,
    /// Why it can answer nobody, when it cannot.
    pub(super) unresolved: Option<Box<str>>,
}

/// A version's definition.
#[derive(Debug)]
enum Kept {
    AsItCame(Arc<Version>),
    /// As JSON, without what the data plane does not read.
    Packed(Box<[u8]>),
}

/// What of a definition the data plane reads.
#[derive(Serialize)]
struct Lean<'d> {
    name: &'d str,
    request: &'d RequestDefinition,
    auth: &'d Authentication,
    parameters: &'d [Parameter],
    backend: &'d Backend,
    backend_parameters: &'d [BackendParameter],
    backend_policies: &'d [BackendPolicy],
}

impl Release {
    pub(super) fn new(deployment: &Deployment, version: &Arc<Version>) -> Self {
        Self {
            deployment: deployment.id,
            group: deployment.group,
            stage: deployment.stage,
            api: version.api,
            made_at: version.made_at,
            number: version.number,
            service: deployment.service.as_ref().map(|followed| followed.service),
            version: Kept::AsItCame(Arc::clone(version)),
            compiled: None,
        }
    }

    /// What it was compiled to last, or why that failed; none when it has to be compiled.
    pub(super) fn compiled(&self) -> Option<&Result<Compiled, String>> {
        self.compiled.as_ref()
    }

    /// Compiles it; nothing but what is compiled is kept ready from then on.
    pub(super) fn settle(&mut self, compiled: Result<Compiled, String>) {
        self.compiled = Some(compiled);
        if let Kept::AsItCame(version) = &self.version
            && let Some(packed) = pack(&version.definition)
        {
            self.version = Kept::Packed(packed);
        }
    }

    /// Its route, or why there is none. A definition that makes the compiler panic is set aside like any other that does
    /// not compile: the thread it runs on serves all the others.
    pub(super) fn compile<'v>(
        &self,
        context: &compile::Context<'_>,
        policies: &[Arc<LivePolicy>],
        value: impl Fn(&str) -> Option<&'v str>,
    ) -> Result<Compiled, String> {
        match std::panic::catch_unwind(AssertUnwindSafe(|| self.try_to_compile(context, policies, value))) {
            Ok(outcome) => outcome,
            Err(_) => Err("compiling it failed inside the gateway; please report it".to_owned()),
        }
    }

    fn try_to_compile<'v>(
        &self,
        context: &compile::Context<'_>,
        policies: &[Arc<LivePolicy>],
        value: impl Fn(&str) -> Option<&'v str>,
    ) -> Result<Compiled, String> {
        let unpacked;
        let definition = match &self.version {
            Kept::AsItCame(version) => &version.definition,
            Kept::Packed(text) => {
                unpacked = serde_json::from_slice(text).map_err(|error| error.to_string())?;
                &unpacked
            }
        };
        let compiled = compile::version(context, self.api, self.number, definition, policies, value);
        let (route, unresolved) = compiled.map_err(|violations| violations.to_string())?;
        let RequestDefinition { method, match_mode, .. } = definition.request;
        let path = compile::full_path(&context.group.base_path, &definition.request.path);
        Ok(Compiled {
            path: Arc::new(path.map_err(|violations| violations.to_string())?),
            method,
            match_mode,
            route: Arc::new(Route { service: self.service, ..route }),
            unresolved: unresolved.map(|violations: Violations| violations.to_string().into()),
        })
    }
}

/// None when it cannot be written, and then it stays as it is.
fn pack(definition: &Definition) -> Option<Box<[u8]>> {
    let Definition {
        name,
        request,
        auth,
        parameters,
        backend,
        backend_parameters,
        backend_policies,
        description: _,
        visibility: _,
        response: _,
        tags: _,
        extra: _,
    } = definition;
    let lean = Lean { name, request, auth, parameters, backend, backend_parameters, backend_policies };
    serde_json::to_vec(&lean).ok().map(Vec::into_boxed_slice)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn packing_keeps_what_calls_need() {
        let text = r##"{
            "name": "pets",
            "request": {
                "protocols": ["http", "https"], "method": "POST", "path": "/pets/[id]", "match_mode": "prefix",
                "mode": "mapping", "cors": true
            },
            "auth": { "kind": "app", "app_code": "header", "nonce_required": true },
            "parameters": [
                { "name": "id", "location": "path", "type": "int", "minimum": "1", "required": true },
                { "name": "lang", "location": "query", "enumeration": ["en", "zh"], "default": "en" }
            ],
            "backend": {
                "kind": "http", "to": { "kind": "address", "url": "http://#host#" }, "path": "/animals", "timeout_ms": 7000
            },
            "backend_parameters": [
                { "name": "x-from", "location": "header", "origin": { "from": "constant", "value": "pets" } }
            ],
            "backend_policies": [
                {
                    "name": "chinese", "effect_mode": "any",
                    "conditions": [{ "of": "parameter", "name": "lang", "is": { "kind": "exact", "value": "zh" } }],
                    "backend": { "kind": "http", "to": { "kind": "address", "url": "http://10.0.0.2" } }
                }
            ]
        }"##;
        let definition: Definition = serde_json::from_str(text).unwrap();
        let described = Definition {
            description: "x".repeat(2000),
            tags: vec!["animals".to_owned()],
            ..definition.clone()
        };
        let packed = pack(&described).unwrap();
        assert!(packed.len() < 1500, "{} bytes", packed.len());
        assert_eq!(serde_json::from_slice::<Definition>(&packed).unwrap(), definition);
    }
}
