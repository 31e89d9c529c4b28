//! Finds what is asked for in the table of operations.

mod table;

use std::pin::Pin;

use axum::http::StatusCode;
use paifang_control::Action;
use paifang_model::name::shown;
use serde_json::Value;

use crate::VERSION;
use crate::asked::Asked;
use crate::call::Call;
use crate::fault::Fault;
use table::TABLE;

/// What does an operation.
pub(crate) type Handler = for<'a> fn(&'a Call<'a>) -> Answer<'a>;
type Answer<'a> = Pin<Box<dyn Future<Output = Result<Value, Fault>> + Send + 'a>>;

struct Row {
    name: &'static str,
    state: State,
}

enum State {
    Done(Option<Action>, Handler),
    Unsupported(&'static str),
    NotYet,
}

/// One of the vendor's operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its name, as `Action` says it.
    pub name: &'static str,
    /// Whether it is offered.
    pub offer: Offer,
}

/// Whether an operation is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It is; with the action that it comes down to, when it needs a permission.
    Offered(Option<Action>),
    /// It is not, for a reason that stays.
    Unsupported(&'static str),
    /// It is coming.
    NotYet,
}

/// Every operation of the vendor's.
pub fn operations() -> impl Iterator<Item = Operation> {
    TABLE.iter().map(|row| {
        let offer = match row.state {
            State::Done(action, _) => Offer::Offered(action),
            State::Unsupported(reason) => Offer::Unsupported(reason),
            State::NotYet => Offer::NotYet,
        };
        Operation { name: row.name, offer }
    })
}

/// What does the operation that is asked for.
pub(crate) fn find(asked: &Asked) -> Result<Handler, Fault> {
    let name = asked.action();
    if name.is_empty() {
        return Err(Fault::missing("Action"));
    }
    check_version(asked.version())?;
    let row = TABLE.iter().find(|row| row.name == name);
    match row.map(|row| &row.state) {
        Some(State::Done(_, handler)) => Ok(*handler),
        Some(State::Unsupported(reason)) => Err(not_offered(name, reason)),
        Some(State::NotYet) => Err(not_offered(name, "it is not there yet")),
        None => Err(not_offered(name, "there is no such action")),
    }
}

fn check_version(version: &str) -> Result<(), Fault> {
    match version {
        VERSION => Ok(()),
        "" => Err(Fault::missing("Version")),
        other => Err(Fault::invalid("Version", other, &format!("{VERSION} is allowed"))),
    }
}

fn not_offered(name: &str, reason: &str) -> Fault {
    let message = format!(
        "Specified api is not found, please check your url and method. `{}` is not offered by this gateway: {reason}.",
        shown(name)
    );
    Fault::coded("InvalidAction.NotFound", StatusCode::NOT_FOUND, message)
}
