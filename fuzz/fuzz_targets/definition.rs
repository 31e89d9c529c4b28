//! Any definition, path or host name: nothing panics, and what is accepted is read back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paifang_model::path::PathPattern;
use paifang_model::{Definition, Dialect, domain};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(pattern) = text.parse::<PathPattern>() {
        assert_eq!(pattern.as_str().parse(), Ok(pattern));
    }
    if let Ok(host) = domain::parse_host(text) {
        assert_eq!(domain::parse_host(&host), Ok(host));
    }
    let Ok(definition) = serde_json::from_str::<Definition>(text) else { return };
    for dialect in Dialect::ALL {
        if definition.check(dialect).is_ok() {
            let stored = definition.clone().in_dialect(dialect);
            let json = serde_json::to_string(&stored).expect("a definition is JSON");
            assert_eq!(serde_json::from_str::<Definition>(&json).expect("what we write, we read"), stored);
        }
    }
});
