//! Whether a definition may stand: the model's rules, the quotas, what it names, and whether it would run.
//! What variables stand for is looked at when the definition is to serve in a stage.

use std::borrow::Cow;

use paifang_model::id::BackendServiceId;
use paifang_model::name::shown;
use paifang_model::quota::Item;
use paifang_model::{BackendAccess, BackendService, Channel, Definition, Dialect, Rule, Stage, Violations};
use paifang_store::Query;

use super::publication::Place;
use crate::control::Control;
use crate::error::Error;

const SERVICE: &str = "/backend/service";

/// What a definition has so many of at most as a quota says.
struct Counted {
    item: Item,
    what: &'static str,
    pointer: &'static str,
    count: fn(&Definition) -> usize,
}

const COUNTED: [Counted; 2] = [
    Counted {
        item: Item::ParametersPerApi,
        what: "parameters",
        pointer: "/parameters",
        count: |definition| definition.parameters.len(),
    },
    Counted {
        item: Item::BackendPoliciesPerApi,
        what: "backend policies",
        pointer: "/backend_policies",
        count: |definition| definition.backend_policies.len(),
    },
];

impl Control {
    /// All complaints about a definition at once; `before` is what it takes the place of.
    pub(super) async fn check_definition(
        &self,
        definition: &Definition,
        before: Option<&Definition>,
        dialect: Dialect,
    ) -> Result<(), Error> {
        let mut violations = self.complaints(definition, dialect).await?;
        for counted in &COUNTED {
            self.check_count(counted, definition, before, dialect, &mut violations).await?;
        }
        Ok(without_repeats(violations).or(())?)
    }

    /// The same about a definition that is to serve in a stage, with the values that its variables have there.
    pub(super) async fn check_published(&self, definition: &Definition, place: &Place) -> Result<(), Error> {
        let (served, unresolved) = self.as_served(definition, place).await?;
        let mut violations = self.complaints(&served, place.dialect).await?;
        if unresolved.is_empty() {
            self.check_named_accesses(&served, &mut violations).await?;
        }
        violations.nest("", unresolved);
        Ok(without_repeats(violations).or(())?)
    }

    /// Whether a definition that was fine when it was frozen would run today in a stage; rules may have changed since.
    pub(super) async fn check_frozen(&self, definition: &Definition, place: &Place) -> Result<(), Error> {
        let (served, mut violations) = self.as_served(definition, place).await?;
        if violations.is_empty() {
            self.check_named_accesses(&served, &mut violations).await?;
        }
        self.check_runs(&served, place.dialect, &mut violations).await?;
        Ok(without_repeats(violations).or(())?)
    }

    /// A definition as it would serve; where values are missing or do not fit, one that can be judged otherwise, with
    /// the complaints about them.
    async fn as_served<'d>(
        &self,
        definition: &'d Definition,
        place: &Place,
    ) -> Result<(Cow<'d, Definition>, Violations), Error> {
        let definition = match (definition.service(), place.target()) {
            (None, _) => Cow::Borrowed(definition),
            (Some(_), Some(target)) => Cow::Owned(definition.clone().served_by(target)),
            (Some(service), None) => {
                let stage = self.documents().find::<Stage>(place.stage).await?.value.name;
                return Ok((definition.with_stand_ins(), nowhere(service, place, &stage)));
            }
        };
        let values = self.values(&definition, place.api.value.group, place.stage).await?;
        Ok(match definition.resolve(|name| values.get(name).map(String::as_str)) {
            Ok(resolved) => (Cow::Owned(resolved.into_owned()), Violations::new()),
            Err(unresolved) => (Cow::Owned(definition.with_stand_ins().into_owned()), unresolved),
        })
    }

    async fn complaints(&self, definition: &Definition, dialect: Dialect) -> Result<Violations, Error> {
        let mut violations = definition.check(dialect).err().unwrap_or_default();
        self.check_timeout(definition, dialect, &mut violations).await?;
        if let Some(service) = definition.service()
            && self.documents().look::<BackendService>(service).await?.is_none()
        {
            violations.add(SERVICE, Rule::Unknown, no_service(service));
        }
        self.check_runs(&definition.with_stand_ins(), dialect, &mut violations).await?;
        Ok(violations)
    }

    /// The model has its own bound; the quota may be less.
    async fn check_timeout(
        &self,
        definition: &Definition,
        dialect: Dialect,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        let Some(at_most) = self.number(Item::BackendTimeout, Some(dialect)).await? else { return Ok(()) };
        for (at, backend) in definition.backends() {
            let pointer = format!("{at}/timeout_ms");
            let Some(timeout_ms) = backend.timeout_ms().filter(|ms| u64::from(*ms) > at_most) else {
                continue;
            };
            if !violations.iter().any(|violation| violation.pointer == pointer) {
                let message = format!("{timeout_ms} ms is out of range: 1 to {at_most} are allowed");
                violations.add(pointer, Rule::Range, message);
            }
        }
        Ok(())
    }

    /// More than the quota are refused, unless there were as many before it was lowered.
    async fn check_count(
        &self,
        Counted { item, what, pointer, count }: &Counted,
        definition: &Definition,
        before: Option<&Definition>,
        dialect: Dialect,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        let (had, count) = (before.map(count), count(definition));
        if had.is_some_and(|had| had >= count)
            || violations.iter().any(|violation| violation.pointer == *pointer)
        {
            return Ok(());
        }
        let at_most = self.number(*item, Some(dialect)).await?;
        if let Some(at_most) = at_most.filter(|at_most| count as u64 > *at_most) {
            let message = format!("{count} {what} are too many: {at_most} are allowed");
            violations.add(*pointer, Rule::Range, message);
        }
        Ok(())
    }

    /// That there is an access with each name that a definition has, whose variables are resolved.
    pub(crate) async fn check_named_accesses(
        &self,
        definition: &Definition,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        for (pointer, name) in definition.named_accesses() {
            let query = Query::of::<BackendAccess>().eq("name", name).limit(1);
            if self.documents().list::<BackendAccess>(&query).await?.items.is_empty() {
                let message = format!("there is no backend access `{}`", shown(name));
                violations.add(pointer, Rule::Unknown, message);
            }
        }
        Ok(())
    }

    async fn check_runs(
        &self,
        definition: &Definition,
        dialect: Dialect,
        violations: &mut Violations,
    ) -> Result<(), Error> {
        // What breaks the model's rules often does not compile either.
        violations.add_unsaid(self.checker().check(definition, dialect).err().unwrap_or_default());
        for (pointer, access) in definition.accesses() {
            if self.documents().look::<BackendAccess>(access).await?.is_none() {
                let message = format!("there is no backend access `{access}`");
                violations.add(pointer, Rule::Unknown, message);
            }
        }
        for (pointer, channel) in definition.channels() {
            if self.documents().look::<Channel>(channel).await?.is_none() {
                violations.add(pointer, Rule::Unknown, format!("there is no channel `{channel}`"));
            }
        }
        Ok(())
    }
}

/// That a definition cannot serve in a stage, for its backend service is nowhere there.
fn nowhere(service: BackendServiceId, place: &Place, stage: &str) -> Violations {
    match &place.service {
        Some(there) => {
            let name = &there.value.name;
            let message = format!(
                "the backend service `{name}` has no definition for the stage `{stage}`: make one first"
            );
            Violations::one(SERVICE, Rule::Required, message)
        }
        None => Violations::one(SERVICE, Rule::Unknown, no_service(service)),
    }
}

fn no_service(service: BackendServiceId) -> String {
    format!("there is no backend service `{service}`")
}

/// The data plane may complain about what the model has complained about already.
fn without_repeats(violations: Violations) -> Violations {
    let mut distinct = Violations::new();
    for violation in violations.into_vec() {
        if !distinct.iter().any(|known| *known == violation) {
            distinct.add(violation.pointer, violation.rule, violation.message);
        }
    }
    distinct
}
