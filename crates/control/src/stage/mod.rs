//! Stages: shared by all groups of a dialect; those that exist from the start stay as they are.

mod create;
mod delete;
mod list;
mod read;
mod update;

pub use create::StageDraft;
pub use list::StageFilter;
pub use update::StagePatch;

use paifang_model::Stage;
use paifang_model::id::StageId;

use crate::error::{Error, Refusal};
use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(stage: StageId) -> ResourcePath {
    ResourcePath::of(Noun::Stage, stage)
}

/// Refuses a stage that exists from the start.
fn refuse_built_in(stage: &Stage) -> Result<(), Error> {
    if stage.is_built_in() { Err(Refusal::BuiltInStage.into()) } else { Ok(()) }
}
