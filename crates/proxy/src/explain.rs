//! Decisions on the way of a call, noted only when somebody asked: the explanation is the same code as the call.

use std::borrow::Cow;
use std::time::Instant;

use serde::Serialize;

/// One decision.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// The stage of the pipeline that decided.
    pub stage: &'static str,
    /// What was decided, as a sentence. Holds no secret.
    pub what: Cow<'static, str>,
    /// When, in microseconds after the call arrived.
    pub at_us: u64,
}

/// Decisions so far; absent when nobody asked.
#[derive(Debug, Default)]
pub struct Explain(Option<Vec<Decision>>);

impl Explain {
    /// Notes nothing.
    #[must_use]
    pub fn off() -> Self {
        Self(None)
    }

    /// Notes everything.
    #[must_use]
    pub fn on() -> Self {
        Self(Some(Vec::with_capacity(16)))
    }

    /// Whether anybody asked.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Notes a decision; the sentence is made only when somebody asked.
    pub fn note<S: Into<Cow<'static, str>>>(
        &mut self,
        started: Instant,
        stage: &'static str,
        what: impl FnOnce() -> S,
    ) {
        if let Some(decisions) = &mut self.0 {
            push(decisions, started, stage, what);
        }
    }

    /// The decisions.
    #[must_use]
    pub fn into_decisions(self) -> Vec<Decision> {
        self.0.unwrap_or_default()
    }
}

/// Out of the way of the calls that nobody asks about: sentences take more code than the steps between them.
#[cold]
#[inline(never)]
fn push<S: Into<Cow<'static, str>>>(
    decisions: &mut Vec<Decision>,
    started: Instant,
    stage: &'static str,
    what: impl FnOnce() -> S,
) {
    let at_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    decisions.push(Decision { stage, what: what().into(), at_us });
}
