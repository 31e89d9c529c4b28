//! Which operations a real client has exercised: `conformance/exercised.json`, from which a page of the documentation
//! is made. It is written anew with `UPDATE_GOLDEN=1`, and a run that exercises anything else fails.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};

use super::recorder::Exchange;
use crate::workspace;

const FILE: &str = "conformance/exercised.json";

/// Of each interface, the operations that were answered well, and by whom they were called.
type Exercised = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Fails when an answer does not fit its description.
pub(super) fn check_answers(exchanges: &[Exchange]) -> Result<()> {
    let misfits: BTreeSet<String> = exchanges
        .iter()
        .filter_map(|exchange| Some(format!("{}: {}", exchange.client, exchange.misfit.as_ref()?)))
        .collect();
    if !misfits.is_empty() {
        let all: Vec<String> = misfits.into_iter().collect();
        bail!("answers do not fit their descriptions:\n{}", all.join("\n"));
    }
    Ok(())
}

/// Fails when other operations were exercised than are written down.
pub(super) fn check_list(exchanges: &[Exchange]) -> Result<()> {
    let now = exercised(exchanges);
    let path = workspace::path(FILE);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(&now)? + "\n";
        return std::fs::write(&path, text).with_context(|| format!("writing {FILE}"));
    }
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {FILE}"))?;
    let was: Exercised = serde_json::from_str(&text).with_context(|| format!("reading {FILE}"))?;
    if now != was {
        let (more, less) = (without(&now, &was), without(&was, &now));
        bail!(
            "{FILE} differs; UPDATE_GOLDEN=1 writes it anew\nnow exercised: {more:#?}\nno longer exercised: {less:#?}"
        );
    }
    Ok(())
}

fn exercised(exchanges: &[Exchange]) -> Exercised {
    let mut all = Exercised::new();
    for exchange in exchanges.iter().filter(|exchange| exchange.status < 300) {
        let Exchange { client, dialect, operation, style, .. } = exchange;
        let operations = all.entry(dialect.clone()).or_default();
        operations.entry(operation.clone()).or_default().insert(format!("{client} {style}"));
    }
    all
}

/// What one has and the other has not, a line each.
fn without(one: &Exercised, other: &Exercised) -> Vec<String> {
    let mut lines = Vec::new();
    for (dialect, operations) in one {
        for (operation, clients) in operations {
            let there = other.get(dialect).and_then(|operations| operations.get(operation));
            let missing = clients.iter().filter(|client| there.is_none_or(|there| !there.contains(*client)));
            lines.extend(missing.map(|client| format!("{operation} by {client}")));
        }
    }
    lines
}
