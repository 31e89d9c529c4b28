//! How long somebody wants to wait for what was committed to be served.

use std::time::Duration;

use paifang_model::Rule;
use paifang_model::name::shown;
use utoipa::IntoParams;

use super::query::{FromParams, Params};

/// The longest wait: clients and what stands between them and us give up after a minute or so.
const AT_MOST: Duration = Duration::from_secs(60);

/// Whether the answer waits until every live node serves the revision.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WaitParams {
    /// Wait until every live node serves the revision, but at most so long: whole seconds or milliseconds with their
    /// unit, as in `10s` or `500ms`, up to `60s`. Absent: the answer says how it is now.
    #[param(value_type = Option<String>, example = "10s")]
    wait: Duration,
}

impl WaitParams {
    /// How long.
    pub(crate) const fn time(&self) -> Duration {
        self.wait
    }
}

impl FromParams for WaitParams {
    fn from_params(params: &mut Params) -> Self {
        let wait =
            params.text("wait").map(|text| time(&text)).transpose().unwrap_or_else(|(rule, message)| {
                params.complain("wait", rule, &message);
                None
            });
        Self { wait: wait.unwrap_or_default() }
    }
}

fn time(text: &str) -> Result<Duration, (Rule, String)> {
    match parse(text) {
        Some(time) if time <= AT_MOST => Ok(time),
        Some(_) => Err((Rule::Range, format!("at most `{}s` are waited", AT_MOST.as_secs()))),
        None => Err((Rule::Format, format!("`{}` is not a time as in `10s` or `500ms`", shown(text)))),
    }
}

fn parse(text: &str) -> Option<Duration> {
    // `ms` first, for it ends in `s` too.
    if let Some(number) = text.strip_suffix("ms") {
        return number.parse().ok().map(Duration::from_millis);
    }
    text.strip_suffix('s')?.parse().ok().map(Duration::from_secs)
}
