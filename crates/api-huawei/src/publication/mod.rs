//! Publishing APIs: records (an API in an environment), versions, what runs. Spec: huawei/lifecycle.md.

mod act;
mod batch;
mod runtime;
mod version;

pub(crate) use act::act;
pub(crate) use batch::batch;
pub(crate) use runtime::runtime;
pub(crate) use version::{switch, take_version_offline, version, versions};

use paifang_model::id::{StageId, VersionId};
use paifang_model::{Api, Deployment, Id};
use serde_json::{Value, json};

use crate::{environment, time};

/// What a publication record shows. Its id is that of the deployment, the pair of API and environment.
struct Record<'r> {
    api: &'r Api,
    stage: StageId,
    version: VersionId,
    remark: &'r str,
    at: i64,
}

impl Record<'_> {
    fn view(&self) -> Value {
        json!({
            "publish_id": Id::from(Deployment::id_of(self.api.id, self.stage)),
            "api_id": self.api.id,
            "api_name": self.api.definition.name,
            "env_id": environment::id_of(self.stage),
            "remark": self.remark,
            "publish_time": time::rfc3339(self.at),
            "version_id": self.version,
        })
    }
}
