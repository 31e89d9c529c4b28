//! Makes the steps of a plan, turn by turn. A turn's steps are made some at the same time; when one fails, those under
//! way are finished and nothing further is begun: what was made is remembered by the manifest, so the next run goes on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result, anyhow};
use futures_util::{StreamExt as _, stream};
use paifang_model::Kind;

use super::gateway::{AT_ONCE, Gateway};
use super::noun::policy::NamedBy;
use super::object::Identity;
use super::plan::{Plan, Step};
use super::reader::Desired;
use crate::management::{Refused, Rest};

mod delete;
mod put;

/// The work in progress.
pub(super) struct Work<'a> {
    rest: &'a Rest,
    desired: &'a Desired,
    gateway: &'a Gateway,
    /// What was made meanwhile, and at which revision it is.
    made: RefCell<HashMap<Identity, (String, u64)>>,
    /// The numbers that were drawn for it.
    numbers: RefCell<HashMap<Identity, String>>,
}

/// Makes all steps.
///
/// # Errors
/// Every step that failed, with the place in the files that it comes from.
pub(super) async fn carry_out(rest: &Rest, desired: &Desired, gateway: &Gateway, plan: &Plan) -> Result<()> {
    let work = Work { rest, desired, gateway, made: RefCell::default(), numbers: RefCell::default() };
    let mut done = 0;
    for turn in plan.chunk_by(|one, next| one.turn == next.turn) {
        let failed = work.turn(turn).await;
        done += turn.len();
        if let Some((first, others)) = failed.split_first() {
            let mut text = format!("{first:#}");
            for other in others {
                let _ = write!(text, "\n{other:#}");
            }
            let left = plan.len() - done;
            return Err(anyhow!(
                "{text}\nthe work is not done ({left} steps were not begun); it goes on with the next run"
            ));
        }
    }
    Ok(())
}

impl Work<'_> {
    /// Makes the steps of a turn, and gives the reasons of those that failed.
    async fn turn(&self, steps: &[Step]) -> Vec<anyhow::Error> {
        let made = stream::iter(steps).map(|step| self.step(step)).buffer_unordered(AT_ONCE);
        made.filter_map(async |outcome| outcome.err()).collect().await
    }

    async fn step(&self, step: &Step) -> Result<()> {
        let made = match &step.change {
            super::plan::Change::Delete => self.delete(&step.identity).await,
            super::plan::Change::Create => self.create(&step.identity).await,
            super::plan::Change::Update(differences) => self.update(&step.identity, differences).await,
        };
        made.map_err(|error| self.explained(&step.identity, &error))
    }

    /// The gateway's complaints, with their places in the files, and no secret.
    fn explained(&self, identity: &Identity, error: &anyhow::Error) -> anyhow::Error {
        let Some(wanted) = self.desired.get(identity) else { return anyhow!("{identity}: {error:#}") };
        let document = &wanted.document;
        let place = document.place(&wanted.pointer);
        let mut text = format!("{place}: {identity}: {error:#}");
        if let Some(Refused { violations, .. }) = error.downcast_ref()
            && !violations.is_empty()
        {
            let told = violations.iter().map(|violation| {
                let (pointer, message) = (&violation.pointer, &violation.message);
                format!("{}: {identity}: {pointer}: {message}", document.place(pointer))
            });
            text = told.collect::<Vec<_>>().join("\n");
        }
        anyhow!(document.without_secrets(&text))
    }

    fn note(&self, identity: &Identity, id: &str, revision: u64) {
        self.made.borrow_mut().insert(identity.clone(), (id.to_owned(), revision));
    }

    /// The id of an object that was there or has been made.
    fn id(&self, identity: &Identity) -> Result<String> {
        let made = self.made.borrow().get(identity).map(|(id, _)| id.clone());
        let id = made.or_else(|| self.gateway.id(identity).map(str::to_owned));
        id.with_context(|| format!("there is no {identity}"))
    }

    /// How settings of policies say an object that was there or has been made.
    fn known_as(&self, by: NamedBy, identity: &Identity) -> Option<String> {
        match by {
            NamedBy::Id => self.id(identity).ok(),
            NamedBy::Number => {
                let drawn = self.numbers.borrow().get(identity).cloned();
                drawn.or_else(|| self.gateway.number(identity).map(str::to_owned))
            }
        }
    }

    /// The revision of an object as it was read or made; what has another one meanwhile was changed by somebody else.
    fn revision(&self, identity: &Identity) -> Option<u64> {
        let made = self.made.borrow().get(identity).map(|(_, revision)| *revision);
        made.or_else(|| self.gateway.found.get(identity).map(|found| found.revision))
    }

    /// The path of a group's variables in a stage.
    fn variables(&self, variable: &Identity) -> Result<String> {
        let (group, stage) = (self.path(&variable.group_of())?, self.id(&variable.stage_of())?);
        Ok(format!("{group}/stages/{stage}/variables"))
    }

    /// The path of an object below `/api/v1`.
    fn path(&self, identity: &Identity) -> Result<String> {
        let id = || self.id(identity);
        Ok(match identity.kind {
            Kind::Group => format!("/groups/{}", id()?),
            Kind::Stage => format!("/stages/{}", id()?),
            Kind::BackendAccess => format!("/backend-accesses/{}", id()?),
            Kind::BackendInstance => format!("/backend-instances/{}", id()?),
            Kind::Channel => format!("/channels/{}", id()?),
            Kind::Certificate => format!("/certificates/{}", id()?),
            Kind::BackendService => format!("/backend-services/{}", id()?),
            Kind::Api => format!("/apis/{}", id()?),
            Kind::App => format!("/apps/{}", id()?),
            Kind::AppQuota => format!("/app-quotas/{}", id()?),
            Kind::AccessList => format!("/access-lists/{}", id()?),
            Kind::BlackList => format!("/black-lists/{}", id()?),
            Kind::AppKey => format!("{}/keys/{}", self.path(&identity.app_of())?, id()?),
            Kind::AppCode => format!("{}/codes/{}", self.path(&identity.app_of())?, id()?),
            Kind::Grant => format!("/grants/{}", id()?),
            Kind::Policy => format!("/policies/{}", id()?),
            Kind::Binding => format!("/bindings/{}", id()?),
            Kind::GroupBinding => format!("/group-bindings/{}", id()?),
            Kind::Variable => format!("{}/{}", self.variables(identity)?, identity.name()),
            Kind::Domain => format!("/domains/{}", identity.name()),
            Kind::Deployment => {
                let (api, stage) = (self.path(&identity.api_of())?, self.id(&identity.stage_of())?);
                format!("{api}/deployments/{stage}")
            }
            other => anyhow::bail!("files have nothing of kind {other}"),
        })
    }
}
