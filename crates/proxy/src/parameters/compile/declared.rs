//! Declared parameters: where each is read, by which rules it is checked.

use paifang_model::definition::{Location, Parameter};
use paifang_model::violation::{Rule, Violations};
use paifang_wire::HeaderName;

use super::{Compiler, is_read};
use crate::parameters::declared::{Declared, Place};
use crate::parameters::rules::Rules;

impl Compiler<'_> {
    pub(super) fn declared(&self, violations: &mut Violations) -> Box<[Declared]> {
        let parameters = &self.definition.parameters;
        if parameters.len() > usize::from(u16::MAX) {
            violations.add(
                "/parameters",
                Rule::Range,
                format!("{} parameters are too many", parameters.len()),
            );
            return Box::default();
        }
        let compile = |(index, parameter): (usize, &Parameter)| {
            let mut inner = Violations::new();
            let declared = self.declare(parameter, &mut inner);
            violations.nest(&format!("/parameters/{index}"), inner);
            declared
        };
        parameters.iter().enumerate().map(compile).collect()
    }

    fn declare(&self, parameter: &Parameter, violations: &mut Violations) -> Declared {
        let is_read = is_read(parameter, self.mode, self.intake);
        let place = if is_read { self.place(parameter, violations) } else { Place::Unread };
        // Compiled also where it is not read, so that a mistake shows.
        let rules = Rules::compile(parameter, violations);
        Declared {
            name: parameter.name.as_str().into(),
            place,
            kind: parameter.kind,
            required: parameter.required,
            default: parameter.default.as_deref().map(Box::from),
            rules: Some(rules).filter(|_| parameter.validate && is_read),
        }
    }

    fn place(&self, parameter: &Parameter, violations: &mut Violations) -> Place {
        match parameter.location {
            Location::Query => Place::Query,
            Location::Body => Place::Body,
            Location::Header => match HeaderName::from_bytes(parameter.name.as_bytes()) {
                Ok(name) => Place::Header(name),
                Err(_) => {
                    violations.add("/name", Rule::Format, "it is not a header name (RFC 9110 §5.1)");
                    Place::Unread
                }
            },
            Location::Path => {
                let mut names = self.definition.request.path.parameters();
                match names.position(|name| name == parameter.name) {
                    Some(index) => Place::Path(index),
                    None => {
                        let message = format!("the path `{}` does not name it", self.definition.request.path);
                        violations.add("/location", Rule::Unknown, message);
                        Place::Unread
                    }
                }
            }
        }
    }
}
