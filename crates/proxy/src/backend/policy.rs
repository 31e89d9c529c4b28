//! Backend policies: which backend answers a call (spec: huawei/api-model.md §7). The first whose conditions are met
//! does, with a plan of its own for the parameters; where none is, the default backend does.

use std::borrow::Cow;
use std::net::IpAddr;
use std::slice;

use paifang_model::definition::policy::at;
use paifang_model::definition::{BackendPolicy, EffectMode};
use paifang_model::{Definition, Group, Violations};

use super::condition::{Asked, Condition};
use crate::parameters::{Input, Outgoing, ParameterError, Plan, Surroundings};
use crate::snapshot::{BackendPlan, Route, compile};

/// A backend for the calls that meet its conditions.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The name of the policy.
    policy: Box<str>,
    effect_mode: EffectMode,
    conditions: Box<[Condition]>,
    /// How requests become the backend's.
    pub(crate) parameters: Plan,
    /// What answers.
    pub(crate) backend: BackendPlan,
}

impl Alternative {
    /// Those of a definition, in order.
    ///
    /// # Errors
    /// What the data plane cannot do with them, with pointers into the definition.
    pub(crate) fn of(
        definition: &Definition,
        surroundings: Surroundings<'_>,
        group: &Group,
    ) -> Result<Box<[Self]>, Violations> {
        let (mut all, mut violations) = (Vec::new(), Violations::new());
        for (index, policy) in definition.backend_policies.iter().enumerate() {
            match Self::compile(definition, index, policy, surroundings, group) {
                Ok(alternative) => all.push(alternative),
                Err(inner) => violations.nest(&at(index), inner),
            }
        }
        violations.or(all.into())
    }

    /// Pointers of complaints lead into the policy.
    fn compile(
        definition: &Definition,
        index: usize,
        policy: &BackendPolicy,
        surroundings: Surroundings<'_>,
        group: &Group,
    ) -> Result<Self, Violations> {
        let (mut conditions, mut violations) = (Vec::new(), Violations::new());
        for (place, condition) in policy.conditions.iter().enumerate() {
            let compiled = Condition::compile(condition, definition);
            conditions.extend(violations.at(&format!("/conditions/{place}"), compiled));
        }
        let parameters = Plan::compile(&definition.under(index), surroundings)?;
        let backend = compile::backend(&policy.backend, group)?;
        violations.or(Self {
            policy: policy.name.as_str().into(),
            effect_mode: policy.effect_mode,
            conditions: conditions.into(),
            parameters,
            backend,
        })
    }

    /// Looks for the first whose conditions a call meets; none: the default backend answers.
    fn choose<'r>(all: &'r [Self], asked: &Asked<'_, '_>) -> Option<Choice<'r>> {
        all.iter().find_map(|alternative| Some(Choice { alternative, met: alternative.met_by(asked)? }))
    }

    /// The conditions by which it takes effect.
    fn met_by(&self, asked: &Asked<'_, '_>) -> Option<&[Condition]> {
        let mut conditions = self.conditions.iter();
        match self.effect_mode {
            EffectMode::All => conditions.all(|one| one.is_met_by(asked)).then_some(&*self.conditions),
            EffectMode::Any => conditions.find(|one| one.is_met_by(asked)).map(slice::from_ref),
        }
    }
}

/// The backend that a policy chose for a call, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice<'r> {
    pub(crate) alternative: &'r Alternative,
    met: &'r [Condition],
}

/// What is said of a choice, to whoever asks for an explanation.
pub(crate) fn tell(choice: Option<Choice<'_>>) -> Cow<'static, str> {
    let Some(Choice { alternative, met }) = choice else {
        return "no policy matched: the default backend answers".into();
    };
    let why: Vec<&str> = met.iter().map(Condition::in_words).collect();
    format!("the policy `{}` matched because {}", alternative.policy, why.join(" and ")).into()
}

/// Checks the parameters, finds the backend, and makes of them what it receives.
pub(crate) fn choose_and_map<'c>(
    route: &'c Route,
    client: IpAddr,
    input: &Input<'_>,
) -> Result<(Option<Choice<'c>>, Option<Outgoing<'c>>), ParameterError> {
    if route.alternatives.is_empty() {
        return Ok((None, route.parameters.check_and_map(input)?));
    }
    let checked = route.parameters.check(input)?;
    let choice =
        Alternative::choose(&route.alternatives, &Asked { client, head: input.head, checked: &checked });
    let plan = choice.map_or(&route.parameters, |choice| &choice.alternative.parameters);
    Ok((choice, plan.map(&checked, input)?))
}
