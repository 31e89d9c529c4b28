//! Stages by name, as each dialect compares names.

use std::borrow::Cow;

use foldhash::HashMap;
use paifang_model::Stage;
use paifang_model::dialect::Dialect;
use paifang_model::id::StageId;

use crate::dialect::DEFAULT_STAGE;

/// Stages by name.
#[derive(Debug, Default)]
pub(super) struct Stages {
    by_name: [HashMap<Box<str>, StageId>; Dialect::ALL.len()],
    /// The stage of a caller that names none; looked up at every call, so not by name.
    unnamed: [Option<StageId>; Dialect::ALL.len()],
}

impl Stages {
    pub(super) fn of<'s>(stages: impl Iterator<Item = &'s Stage>) -> Self {
        let mut table = Self::default();
        for stage in stages {
            let name = Stage::matched_name(stage.dialect, &stage.name);
            table.by_name[stage.dialect as usize].insert(name.into(), stage.id);
        }
        table.unnamed =
            Dialect::ALL.map(|dialect| table.by_name[dialect as usize].get(DEFAULT_STAGE).copied());
        table
    }

    pub(super) fn find(&self, dialect: Dialect, name: Option<&str>) -> Option<StageId> {
        let Some(name) = name else { return self.unnamed[dialect as usize] };
        let differs =
            dialect.rules().stages_ignore_case && name.bytes().any(|byte| byte.is_ascii_lowercase());
        let name = if differs { Cow::Owned(name.to_ascii_uppercase()) } else { Cow::Borrowed(name) };
        self.by_name[dialect as usize].get(&*name).copied()
    }
}
