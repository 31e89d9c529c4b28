//! The backend's body.

use bytes::Bytes;
use paifang_wire::Method;

use super::content_type::Sent;
use super::intake::{Intake, announces_content};
use super::source::{Drawn, Given, Source};
use crate::parameters::encode::{decode_form, push_form};
use crate::parameters::form::{Boundary, Content, MediaType, Part, carries_form, fields, write_multipart};
use crate::parameters::names::Names;
use crate::parameters::outgoing::BodyPlan;
use crate::parameters::plan::Plan;
use crate::parameters::value::Value;

/// How the body is made.
#[derive(Debug)]
pub(in crate::parameters) struct Body {
    pub(in crate::parameters) passes_unknown: bool,
    pub(in crate::parameters) outputs: Box<[FieldOutput]>,
}

/// A field or part that the gateway writes.
#[derive(Debug)]
pub(in crate::parameters) struct FieldOutput {
    pub(in crate::parameters) name: Box<str>,
    pub(in crate::parameters) source: Source,
}

impl Body {
    /// A body that streams cannot take fields in: outputs are written only where the client's body is a form or there is none.
    pub(super) fn map(&self, plan: &Plan, method: &Method, given: &Given<'_>) -> (BodyPlan, Sent) {
        let kept = (BodyPlan::Keep, Sent::Client);
        let nothing = (BodyPlan::Empty, Sent::Nothing);
        let media = MediaType::of(&given.input.head.headers);
        let is_form = media.is_some_and(|media| media.is_form());
        match (plan.intake, given.input.form.map(|form| &form.0)) {
            (Intake::Stream, _) => kept,
            (Intake::StreamUnlessForm, _) if is_form => nothing,
            (Intake::StreamUnlessForm, _) => kept,
            (Intake::FormIfForm, None) => self.beside_a_stream(plan, method, given),
            // Spec: aliyun/api-model.md §6, "GET mapped to a body location".
            _ if takes_no_fields(method) => nothing,
            (_, Some(Content::Parts(parts))) => self.parts(parts, &plan.fields, given),
            (_, Some(Content::Fields(body))) => {
                (BodyPlan::Replace(self.form(body, &plan.fields, given)), Sent::Form)
            }
            (_, None) => match self.form(b"", &plan.fields, given) {
                written if written.is_empty() => nothing,
                written => (BodyPlan::Replace(written), Sent::Form),
            },
        }
    }

    /// No form came. What else comes goes through; only where nothing is announced a form can take its place.
    fn beside_a_stream(&self, plan: &Plan, method: &Method, given: &Given<'_>) -> (BodyPlan, Sent) {
        let client = given.input.head;
        let comes = carries_form(&client.method) && announces_content(&client.headers);
        if comes || takes_no_fields(method) {
            return (BodyPlan::Keep, Sent::Client);
        }
        match self.form(b"", &plan.fields, given) {
            written if written.is_empty() => (BodyPlan::Keep, Sent::Client),
            written => (BodyPlan::Replace(written), Sent::Form),
        }
    }

    fn form(&self, client: &[u8], names: &Names, given: &Given<'_>) -> Bytes {
        let mut out = Vec::new();
        for field in fields(client) {
            let known = decode_form(field.name).ok().and_then(|name| names.find(&name));
            if known.map_or(self.passes_unknown, |known| known.passes) {
                separate(&mut out);
                out.extend_from_slice(field.raw);
            }
        }
        for output in &self.outputs {
            for text in output.source.draw(given).texts() {
                let mut piece = String::with_capacity(output.name.len() + text.len() + 1);
                push_form(&mut piece, &output.name);
                piece.push('=');
                push_form(&mut piece, text);
                separate(&mut out);
                out.extend_from_slice(piece.as_bytes());
            }
        }
        out.into()
    }

    fn parts(&self, client: &[Part], names: &Names, given: &Given<'_>) -> (BodyPlan, Sent) {
        let passes = |part: &&Part| names.find(&part.name).map_or(self.passes_unknown, |known| known.passes);
        let passing = client.iter().filter(passes).map(|part| (&*part.name, part.clone()));
        let mut parts: Vec<(&str, Part)> = passing.collect();
        for output in &self.outputs {
            match output.source.draw(given) {
                Drawn::Value(Value::Part(part)) => parts.push((&output.name, (*part).clone())),
                drawn => {
                    parts.extend(drawn.texts().map(|text| (&*output.name, field_part(&output.name, text))))
                }
            }
        }
        if parts.is_empty() {
            return (BodyPlan::Empty, Sent::Nothing);
        }
        let boundary = Boundary::draw();
        let written = write_multipart(parts.iter().map(|(name, part)| (*name, part)), &boundary);
        (BodyPlan::Replace(written), Sent::Multipart(boundary))
    }
}

fn takes_no_fields(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD || *method == Method::DELETE
}

fn field_part(name: &str, text: &str) -> Part {
    let content = Bytes::copy_from_slice(text.as_bytes());
    Part { name: name.into(), file_name: None, content_type: None, content }
}

fn separate(out: &mut Vec<u8>) {
    if !out.is_empty() {
        out.push(b'&');
    }
}
