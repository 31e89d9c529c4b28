//! Traffic control (spec: aliyun/plugins.md §3.1). Where a period can be chosen it is a thousand days, so that no story
//! meets the end of one.

use paifang_testkit::{Call, Caller, TestGateway};

use super::scene;

mod callers;
mod conditions;
mod counted;
mod forms;
mod hosts;
mod rules;
mod second;
mod told;

fn by(gateway: &TestGateway, caller: &Caller, path: &str) -> Call {
    caller.sign_ca(gateway.get(path))
}

/// How many of so many calls pass; all others are throttled.
async fn passed(times: usize, call: impl Fn() -> Call) -> usize {
    let mut passed = 0;
    for _ in 0..times {
        let answer = call().send().await;
        match answer.status {
            200 => passed += 1,
            _ => assert_eq!(answer.verdict(), "429 T429PR Throttled by PLUGIN Flow Control"),
        }
    }
    passed
}
