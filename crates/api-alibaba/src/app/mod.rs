//! Apps, their keys and their codes. Here an app is named by its number.

mod code;
mod create;
mod delete;
mod describe;
mod key;
mod list;
mod modify;
mod security;

pub(crate) use code::{create as create_code, delete as delete_code, reset as reset_code};
pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use describe::describe;
pub(crate) use key::{create as create_key, delete as delete_key, reset as reset_key};
pub(crate) use list::{attributes, list};
pub(crate) use modify::modify;
pub(crate) use security::{securities, security};

use paifang_model::name::{Characters, NameRule};

use crate::fault::Fault;
use crate::params::{Params, Tags};

/// Narrower than the model's own rule (spec: aliyun/management-api.md §5).
const NAME: NameRule = NameRule {
    min: 4,
    max: 26,
    first: Characters::LETTERS.or_chinese(),
    rest: Characters::ALPHANUMERIC.or_chinese().or("_"),
};

fn check_name(name: &str) -> Result<(), Fault> {
    NAME.check(name).map_err(|complaint| Fault::invalid("AppName", name, &complaint.message))
}

/// What an app cannot keep.
fn refuse_what_is_not_kept(params: &Params) -> Result<(), Fault> {
    Tags::refuse(params, "apps have no tags yet")?;
    params.refuse("Extend", "apps have no such field")
}
