//! The backend's path, compiled to a template.

use paifang_model::definition::{HttpBackend, Location, MatchMode, RequestMode};
use paifang_model::name::shown;
use paifang_model::path::{PathPattern, Segment};
use paifang_model::violation::{Rule, Violations};

use super::Compiler;
use super::outputs::Outputs;
use crate::parameters::declared::{Declared, Place};
use crate::parameters::encode::{self, PATH_SEGMENT};
use crate::parameters::map::{Piece, Source, Suffix, Template};

impl Compiler<'_> {
    pub(super) fn path(
        &self,
        backend: &HttpBackend,
        declared: &[Declared],
        outputs: &Outputs,
        violations: &mut Violations,
    ) -> Option<Template> {
        let pattern = violations.at("/backend/path", backend.path.parse::<PathPattern>())?;
        let mut pieces = Pieces::default();
        for segment in pattern.segments() {
            pieces.text.push('/');
            match segment {
                Segment::Literal(literal) => encode::push(&mut pieces.text, literal, PATH_SEGMENT),
                Segment::Parameter(name) => {
                    pieces.push(Piece::Segment(self.path_source(name, declared, outputs, violations)?));
                }
                Segment::Rest(name) => {
                    pieces.push(Piece::Rest(self.path_source(name, declared, outputs, violations)?));
                }
                Segment::Wildcard => {}
            }
        }
        let has_place = matches!(pattern.segments().last(), Some(Segment::Wildcard));
        Some(Template { pieces: pieces.finish(), suffix: self.suffix(), has_place })
    }

    /// What fills a place in the path: a backend parameter; where nothing is mapped, the request path's own of that name.
    fn path_source(
        &self,
        name: &str,
        declared: &[Declared],
        outputs: &Outputs,
        violations: &mut Violations,
    ) -> Option<Source> {
        if let Some((_, source)) = outputs.at(Location::Path).find(|(there, _)| *there == name) {
            return Some(source.clone());
        }
        let own =
            declared.iter().position(|there| *there.name == *name && matches!(there.place, Place::Path(_)));
        match own.filter(|_| self.mode == RequestMode::Passthrough).map(u16::try_from) {
            Some(Ok(index)) => Some(Source::Declared(index)),
            _ => {
                let message = format!(
                    "the backend path names `{}`, to which no path parameter of the backend belongs",
                    shown(name)
                );
                violations.add("/backend/path", Rule::Unknown, message);
                None
            }
        }
    }

    fn suffix(&self) -> Suffix {
        let request = &self.definition.request;
        match (request.path.segments().last(), request.match_mode) {
            (Some(Segment::Wildcard), _) => Suffix::Relative,
            (_, MatchMode::Exact) => Suffix::None,
            (Some(Segment::Literal(last)), MatchMode::Prefix) if last.is_empty() => Suffix::Relative,
            (_, MatchMode::Prefix) => Suffix::Slashed,
        }
    }
}

/// Joins neighbouring texts.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    text: String,
}

impl Pieces {
    fn push(&mut self, piece: Piece) {
        let text = std::mem::take(&mut self.text);
        self.done.push(Piece::Text(text.into()));
        self.done.push(piece);
    }

    fn finish(mut self) -> Box<[Piece]> {
        if !self.text.is_empty() {
            self.done.push(Piece::Text(self.text.into()));
        }
        self.done.into_boxed_slice()
    }
}
