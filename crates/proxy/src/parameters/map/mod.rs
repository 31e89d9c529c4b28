//! Makes the backend's request from checked values.

mod body;
mod content_type;
mod headers;
mod intake;
mod path;
mod query;
mod source;

use std::cell::RefCell;

use paifang_wire::{Method, Target};

pub(super) use body::{Body, FieldOutput};
pub(super) use content_type::ContentType;
pub(super) use headers::{HeaderOutput, HeaderPlan};
pub(super) use intake::Intake;
pub(super) use path::{Piece, Suffix, Template};
pub(super) use query::{Query, QueryOutput};
pub(super) use source::{Given, Source};

use super::error::ParameterError;
use super::outgoing::Outgoing;
use super::plan::Plan;

/// How a backend is called.
#[derive(Debug)]
pub(super) struct Call {
    /// None: with the client's method.
    pub(super) method: Option<Method>,
    pub(super) path: Template,
    pub(super) query: Query,
    pub(super) headers: HeaderPlan,
    pub(super) body: Body,
    pub(super) content_type: ContentType,
}

impl Call {
    pub(super) fn map<'p>(&'p self, plan: &Plan, given: &Given<'_>) -> Result<Outgoing<'p>, ParameterError> {
        let head = given.input.head;
        let method = self.method.as_ref().unwrap_or(&head.method).clone();
        let target = self.target(plan, given)?;
        let mut headers = self.headers.map(given)?;
        let (body, sent) = self.body.map(plan, &method, given);
        self.content_type.apply(&sent, &method, &head.headers, &mut headers);
        Ok(Outgoing { method, target, headers, body })
    }

    /// Written into memory that the thread keeps, so that only the target itself is allocated.
    fn target(&self, plan: &Plan, given: &Given<'_>) -> Result<Target, ParameterError> {
        thread_local! {
            static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
        }
        TEXT.with_borrow_mut(|text| {
            text.clear();
            self.path.write(text, given)?;
            self.query.write(text, given.input.head.target.query(), &plan.query, given);
            Target::parse(text.as_bytes()).map_err(|_| {
                ParameterError::target(format!(
                    "path and query of {} bytes are no request target",
                    text.len()
                ))
            })
        })
    }
}
