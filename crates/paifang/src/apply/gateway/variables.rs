//! Variables of some groups in some stages.

use std::collections::BTreeSet;

use anyhow::Result;
use paifang_model::{Kind, Variable};

use super::view::{self, Seen};
use super::{Gateway, ask_all};
use crate::apply::noun;
use crate::apply::object::{Found, Identity};
use crate::management::Rest;

impl Gateway {
    /// Reads the variables of these groups in these stages.
    pub(crate) async fn read_variables(
        &mut self,
        rest: &Rest,
        places: &BTreeSet<(Identity, Identity)>,
    ) -> Result<()> {
        let path = |(group, stage): &(Identity, Identity)| {
            let ids = self.id(group).zip(self.id(stage));
            ids.map(|(group, stage)| format!("/groups/{group}/stages/{stage}/variables"))
        };
        let paths: Vec<String> = places.iter().filter_map(path).collect();
        let of_one = async |path: String| view::all::<Variable>(rest, &path).await;
        for Seen { id, revision, noun } in ask_all(paths, of_one).await?.into_iter().flatten() {
            let group = self.named(Kind::Group, &noun.group.to_string());
            let stage = self.named(Kind::Stage, &noun.stage.to_string());
            if let Some((group, stage)) = group.zip(stage) {
                let body = noun::variable::canonical(&noun);
                self.add(group.variable(stage, &noun.name), Found { id, revision, body });
            }
        }
        Ok(())
    }

    /// Every group that has been read, or one of some, with every stage that its APIs may be deployed to.
    pub(crate) fn places(&self, groups: Option<&BTreeSet<Identity>>) -> BTreeSet<(Identity, Identity)> {
        let chosen = self.of_kind(Kind::Group).map(|(group, _)| group);
        let chosen = chosen.filter(|group| groups.is_none_or(|groups| groups.contains(group)));
        let with_stages = chosen.flat_map(|group| {
            let stages = self.of_kind(Kind::Stage).map(|(stage, _)| stage);
            let stages = stages.filter(|stage| stage.dialect() == group.dialect());
            stages.map(|stage| (group.clone(), stage.clone()))
        });
        with_stages.collect()
    }
}
