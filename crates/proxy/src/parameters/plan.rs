//! The plan of an API: all that its parameters need, settled when it is released.

use std::borrow::Cow;

use paifang_model::Definition;
use paifang_model::dialect::SystemValue;
use paifang_model::violation::Violations;
use paifang_wire::{Head, Headers, Method};

use super::compile::{self, Surroundings};
use super::declared::{Declared, Place};
use super::error::ParameterError;
use super::form::{BodyNeed, Form};
use super::map::{Call, Given, Intake};
use super::names::Names;
use super::outgoing::Outgoing;
use super::read;
use super::value::Values;

/// What an API's parameters need, compiled.
#[derive(Debug)]
pub struct Plan {
    pub(super) declared: Box<[Declared]>,
    pub(super) query: Names,
    pub(super) fields: Names,
    pub(super) intake: Intake,
    /// None where the gateway answers itself.
    pub(super) call: Option<Call>,
}

/// A call as far as its parameters go.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Its head.
    pub head: &'a Head,
    /// The decoded values of the path's parameters, in the order in which the path names them.
    pub captures: &'a [&'a str],
    /// What of the decoded path follows the match: for a prefix match it begins with a slash, unless the API's path ends with one; for
    /// `/*` it is what follows that slash.
    pub suffix: &'a str,
    /// The body, where [`Plan::body_need`] asked for it.
    pub form: Option<&'a Form>,
    /// What the gateway knows about the call.
    pub facts: &'a dyn Facts,
}

/// The values of a call's declared parameters, checked; a default where one stands in.
#[derive(Debug)]
pub(crate) struct Checked<'a>(Values<'a>);

impl Checked<'_> {
    /// The texts of a declared parameter, by its place in the definition; none when it is absent.
    pub(crate) fn texts(&self, parameter: usize) -> impl Iterator<Item = &str> {
        self.0.get(parameter).and_then(Option::as_ref).into_iter().flat_map(|value| value.texts())
    }
}

/// Knows facts about a call.
pub trait Facts {
    /// The fact as text; nothing when it is not known in this call.
    fn fact(&self, value: SystemValue) -> Option<Cow<'_, str>>;
}

impl<F: Fn(SystemValue) -> Option<Cow<'static, str>>> Facts for F {
    fn fact(&self, value: SystemValue) -> Option<Cow<'_, str>> {
        self(value)
    }
}

impl Plan {
    /// Compiles a definition.
    ///
    /// # Errors
    /// All complaints, with pointers into the definition. A definition that passed its own check can still be refused for what
    /// only compiling shows: a schema that refers to other documents, a header that belongs to the connection.
    pub fn compile<'a>(
        definition: &Definition,
        surroundings: impl Into<Surroundings<'a>>,
    ) -> Result<Self, Violations> {
        compile::compile(definition, &surroundings.into())
    }

    /// What must be read of the body before [`Plan::check_and_map`]; nothing has to be read of it to know that.
    ///
    /// # Errors
    /// When the API reads a form and the body is, by its headers, none that can be read.
    pub fn body_need(&self, method: &Method, headers: &Headers) -> Result<BodyNeed, ParameterError> {
        self.intake.need(method, headers)
    }

    /// Checks what the call carries and makes of it what the backend receives; nothing where the gateway answers itself.
    ///
    /// # Errors
    /// The first parameter, in the order of the definition, that is missing or breaks a rule; or a value that cannot stand where it is
    /// mapped to.
    pub fn check_and_map<'p>(&'p self, input: &Input<'_>) -> Result<Option<Outgoing<'p>>, ParameterError> {
        self.map(&self.check(input)?, input)
    }

    /// Makes of what a call carries what the backend receives; nothing where the gateway answers itself. The call may have
    /// been checked by another plan of the same parameters.
    ///
    /// # Errors
    /// A value that cannot stand where it is mapped to.
    pub(crate) fn map<'p>(
        &'p self,
        checked: &Checked<'_>,
        input: &Input<'_>,
    ) -> Result<Option<Outgoing<'p>>, ParameterError> {
        let Some(call) = &self.call else { return Ok(None) };
        call.map(self, &Given { declared: &self.declared, values: &checked.0, input }).map(Some)
    }

    /// The first text of a declared parameter, or its default, by the name that callers know.
    #[must_use]
    pub fn value(&self, name: &str, input: &Input<'_>) -> Option<String> {
        let index = self.declared.iter().position(|declared| &*declared.name == name)?;
        let values = self.check(input).ok()?;
        values.texts(index).next().map(str::to_owned)
    }

    /// Checks what the call carries.
    ///
    /// # Errors
    /// The first parameter, in the order of the definition, that is missing or breaks a rule.
    pub(crate) fn check<'a>(&'a self, input: &Input<'a>) -> Result<Checked<'a>, ParameterError> {
        let mut values = read::read(self, input)?;
        for (declared, value) in self.declared.iter().zip(&mut values) {
            declared.settle(value)?;
        }
        Ok(Checked(values))
    }

    pub(super) fn reads_query(&self) -> bool {
        self.declared.iter().any(|declared| matches!(declared.place, Place::Query))
    }
}
