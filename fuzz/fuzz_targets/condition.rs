//! Any condition over any call: nothing panics, and what holds does not hold when it is negated.
#![no_main]

use std::borrow::Cow;

use libfuzzer_sys::fuzz_target;
use paifang_model::policy::alibaba::condition::Values;
use paifang_model::policy::alibaba::{Condition, Variables};

struct Call<'c>(&'c str);

impl Values for Call<'_> {
    fn value(&self, variable: usize) -> Option<Cow<'_, str>> {
        (variable % 2 == 0).then_some(Cow::Borrowed(self.0))
    }

    fn random(&self) -> f64 {
        0.5
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (condition, value) = text.split_once('\n').unwrap_or((text, "10.1.2.3"));
    let mut variables = Variables::default();
    let Ok(read) = Condition::parse(condition, &mut variables) else { return };
    let negated = format!("not ({condition})");
    let Ok(negated) = Condition::parse(&negated, &mut variables) else { return };
    assert_ne!(read.holds(&Call(value)), negated.holds(&Call(value)));
});
