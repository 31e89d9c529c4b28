//! Cross-origin requests: what a plug-in's data says, and what is wrong with it.

use paifang_model::policy::Settings;
use paifang_model::policy::alibaba::{Cors, Origins};
use paifang_model::{Dialect, PolicyKind, Violations};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::complaints;

fn read(data: &Value) -> Result<Cors, Violations> {
    match Settings::read(Dialect::Alibaba, PolicyKind::Cors, data)? {
        Settings::Cors(cors) => Ok(cors),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_said_is_left_open() {
    let cors = read(&json!({ "allowOrigins": "*" })).unwrap();
    let nothing = Cors {
        origins: Origins::Any,
        methods: None,
        headers: None,
        exposed: None,
        max_age_s: None,
        credentials: false,
    };
    assert_eq!(cors, nothing);
    let cors =
        read(&json!("allowOrigins: 'a.example'\nallowHeaders: ' X-One ,X-Two,'\nallowCredentials: 'true'\n"))
            .unwrap();
    assert_eq!((cors.headers.as_deref(), cors.credentials), (Some("X-One,X-Two"), true));
}

#[test]
fn every_complaint_comes_at_once() {
    let wrong = json!({
        "allowOrigins": "https://a.example/path,*.example.com,ok.example,host:80", "allowMethods": "GET POST",
        "maxAge": -1, "allowCredentials": "perhaps", "allowOrigin": "*",
    });
    insta::assert_snapshot!(complaints(read(&wrong)), @r"
    /allowOrigins Format: `https://a.example/path` is neither `*` nor a host nor an origin
    /allowOrigins Format: `*.example.com` is neither `*` nor a host nor an origin
    /allowOrigins Format: `host:80` is neither `*` nor a host nor an origin
    /allowMethods Format: `GET POST` is not a name of a method or header
    /maxAge Range: -1 is out of range: 0 to 604800 are allowed
    /allowCredentials Format: it is neither true nor false
    /allowOrigin Unknown: there is no setting `allowOrigin`
    ");
    insta::assert_snapshot!(complaints(read(&json!({}))), @"/allowOrigins Required: it is missing");
    insta::assert_snapshot!(complaints(Settings::read(Dialect::Alibaba, PolicyKind::RateLimit, &json!({}))), @" Unsupported: groups of alibaba have no policies of the kind `rate_limit`");
}

proptest! {
    #[test]
    fn no_text_makes_reading_or_asking_panic(origins in ".{0,80}", asked in ".{0,40}") {
        if let Ok(cors) = read(&json!({ "allowOrigins": origins })) {
            let admitted = cors.origins.contain(&asked);
            prop_assert!(!admitted || cors.origins == Origins::Any || asked.contains("://"));
        }
    }
}
