//! Variables: what stands for `#Name#` in the backends of a group's APIs, stage by stage. They are live: whoever names
//! one follows its value at once.

mod create;
mod delete;
mod list;
mod read;
mod update;
mod users;
mod values;

pub use create::VariableDraft;
pub use list::VariableFilter;

use paifang_model::Variable;
use paifang_model::id::{GroupId, VariableId};

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path(group: GroupId, variable: VariableId) -> ResourcePath {
    crate::group::path(group).then(Noun::Variable, variable)
}

fn path_of(variable: &Variable) -> ResourcePath {
    path(variable.group, variable.id)
}
