//! What finding a route costs among 1, 100 and 1,000 APIs. Run: `cargo bench -p paifang-proxy --bench routing`.
#![allow(missing_docs, reason = "criterion's macro makes a public function")]
#![allow(clippy::unwrap_used, reason = "a benchmark of fixed routes")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use http::Method;
use paifang_model::definition::{MatchMode, MethodRule};
use paifang_proxy::routing::{Request, Table};

/// Each API is one of `/v1/serviceN/…`: a list, one of it, something of that, a prefix.
fn table(apis: usize) -> Table<usize> {
    let kinds = [
        ("/items", MethodRule::Get, MatchMode::Exact),
        ("/items/{id}", MethodRule::Get, MatchMode::Exact),
        ("/items/{id}/parts/{part}", MethodRule::Any, MatchMode::Exact),
        ("/files", MethodRule::Get, MatchMode::Prefix),
    ];
    let mut table = Table::builder();
    for api in 0..apis {
        // The last kind but one comes first, so that a table of one has what is looked for.
        let (below, method, mode) = kinds[(api + 2) % kinds.len()];
        let pattern = format!("/v1/service{}{below}", api / kinds.len());
        table.add(&Arc::new(pattern.parse().unwrap()), method, mode, api).unwrap();
    }
    table.build()
}

fn lookups(c: &mut Criterion) {
    for apis in [1, 100, 1_000] {
        let table = table(apis);
        let service = apis.saturating_sub(4) / 4;
        let mut bench = |what: &str, path: String| {
            c.bench_function(&format!("route among {apis}, {what}"), |b| {
                let request = Request { path: &path, method: &Method::GET, multipart: false };
                b.iter(|| table.find(black_box(&request)).map(|found| *found.value));
            });
        };
        bench("two parameters", format!("/v1/service{service}/items/81723/parts/4711"));
        bench("not found", format!("/v1/service{service}/nothing/81723"));
        if apis > 1 {
            bench("literal", format!("/v1/service{service}/items"));
            bench("prefix", format!("/v1/service{service}/files/2023/11/report.txt"));
        }
    }
}

criterion_group!(benches, lookups);
criterion_main!(benches);
