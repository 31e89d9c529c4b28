//! The corpus: a case per line.

use serde::Deserialize;

/// A case.
#[derive(Debug, Deserialize)]
pub(super) struct Case {
    /// What is special about it.
    pub(super) name: String,
    /// Where it says so.
    pub(super) rfc: String,
    /// What the gateway should do.
    pub(super) expect: Expect,
    /// What the backend sees when all of it is served: method, target and body of each request.
    pub(super) sees: Vec<String>,
    #[serde(flatten, deserialize_with = "sent")]
    pub(super) sent: Sent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Expect {
    Serve,
    Refuse,
    Either,
    Agree,
}

/// What is sent.
#[derive(Debug)]
pub(super) enum Sent {
    /// HTTP/1, as it is.
    Bytes(Vec<u8>),
    /// One HTTP/2 request.
    Fields { fields: Vec<(String, String)>, data: String },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    /// A character is an octet, and `{{x*300}}` three hundred `x`.
    Bytes {
        bytes: String,
    },
    Fields {
        fields: Vec<(String, String)>,
        data: String,
    },
}

fn sent<'d, D: serde::Deserializer<'d>>(from: D) -> Result<Sent, D::Error> {
    Ok(match Written::deserialize(from)? {
        Written::Bytes { bytes } => Sent::Bytes(octets(&unfold(&bytes))),
        Written::Fields { fields, data } => Sent::Fields { fields, data },
    })
}

fn octets(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect()
}

fn unfold(text: &str) -> String {
    let Some((before, rest)) = text.split_once("{{") else { return text.to_owned() };
    let (run, after) = rest.split_once("}}").unwrap();
    let (what, times) = run.split_once('*').unwrap();
    format!("{before}{}{}", what.repeat(times.parse().unwrap()), unfold(after))
}

pub(super) fn corpus() -> Vec<Case> {
    let lines = include_str!("corpus.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}
