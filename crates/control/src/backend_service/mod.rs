//! Backend services: where calls go in each stage, for all APIs that use them. What is published follows by a task, so
//! that each API has a result of its own (decision 0021).

mod create;
mod define;
mod delete;
mod list;
mod read;
mod undefine;
mod update;
mod users;

pub use create::BackendServiceDraft;
pub use define::{Defined, ServiceDefinitionDraft};
pub use list::BackendServiceFilter;
pub use update::BackendServicePatch;

use paifang_model::id::BackendServiceId;

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(service: BackendServiceId) -> ResourcePath {
    ResourcePath::of(Noun::BackendService, service)
}
