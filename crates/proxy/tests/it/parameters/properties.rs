//! What holds for every call.
#![allow(clippy::unwrap_used, reason = "tests")]

use bytes::Bytes;
use paifang_model::Dialect;
use paifang_model::definition::{
    BackendMethod, BodyFormat, Location, MethodRule, ParameterType, RequestMode,
};
use paifang_proxy::parameters::encode::{self, decode_form};
use paifang_proxy::parameters::{Boundary, Part, read_multipart, write_multipart};
use paifang_wire::{Head, HeaderName, HeaderValue, Method, Target};
use proptest::prelude::*;

use super::setup::{Api, With, api, parameter, print};

fn all_apis(multipart: bool) -> Vec<Api> {
    let modes = [RequestMode::Mapping, RequestMode::MappingPassthrough, RequestMode::Passthrough];
    let build = |mode, dialect| {
        let body = mode != RequestMode::Passthrough;
        let number = parameter("b", Location::Query, |p| {
            p.kind = ParameterType::Array;
            p.item_type = Some(ParameterType::Number);
            p.maximum = Some("10".to_owned());
        });
        let mut definition = api("/a/{a}")
            .mode(mode)
            .to("/x/{a}")
            .takes("a", Location::Path)
            .takes_one(number)
            .takes("c", Location::Header)
            .maps("a", Location::Path, "a")
            .maps("b", Location::Header, "b")
            .maps("c", Location::Query, "d");
        if body {
            definition = definition.takes("e", Location::Body).maps("e", Location::Body, "f").maps(
                "c",
                Location::Body,
                "g",
            );
        }
        if multipart {
            definition.request.method = MethodRule::Multipart;
        } else if mode == RequestMode::Mapping {
            definition.request.body_format = Some(BodyFormat::Form);
        }
        definition.plan(dialect)
    };
    modes.iter().flat_map(|mode| Dialect::ALL.map(|dialect| build(*mode, dialect))).collect()
}

prop_compose! {
    fn any_head()(
        method in prop::sample::select(vec![Method::GET, Method::POST, Method::PUT, Method::DELETE]),
        path in "[a-z%+~:@!$&'()*,;=-]{1,12}",
        query in prop::option::of("([abcde]|%6[1-5]|[!-~&&[^#\"<>]]){0,40}"),
        headers in prop::collection::vec(("[abcde]|content-type|authorization|x-[a-z]", prop::collection::vec(any::<u8>(), 0..20)), 0..6),
        kind in prop::sample::select(vec!["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", ""]),
    ) -> Option<Head> {
        let target = match query {
            Some(query) => format!("/a/{path}?{query}"),
            None => format!("/a/{path}"),
        };
        let mut head = Head::new(method, Target::parse(target.as_bytes()).ok()?);
        head.target.decoded_path().ok().filter(|path| path[1..].matches('/').count() == 1)?;
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                head.headers.append(name.parse::<HeaderName>().ok()?, value);
            }
        }
        if !kind.is_empty() {
            head.headers.insert("content-type", HeaderValue::from_static(kind));
        }
        Some(head)
    }
}

fn any_body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "([abcdef]=[ -~]{0,5}&){0,8}".prop_map(String::into_bytes),
        "(--b\r\n|Content-Disposition: form-data; name=\"?[a-f]\"?(; filename=\"x\")?\r\n|\r\n|[ -~]{0,9}){0,12}--b--".prop_map(String::into_bytes),
    ]
}

proptest! {
    #[test]
    fn no_call_panics(head in any_head(), body in any_body(), multipart: bool) {
        if let Some(head) = head {
            for api in all_apis(multipart) {
                if let Ok(Some(outgoing)) = api.send(&head, &Bytes::from(body.clone())) {
                    print(&outgoing, &head);
                }
            }
        }
    }

    #[test]
    fn mapping_lets_nothing_undeclared_through(
        names in prop::collection::vec("[f-z][a-z]{0,3}", 1..5),
        post: bool,
    ) {
        let secret = "SECRET-7";
        let api = api("/a")
            .takes("a", Location::Query)
            .takes("b", Location::Header)
            .takes("c", Location::Body)
            .maps("a", Location::Query, "a")
            .maps("b", Location::Header, "b")
            .maps("c", Location::Body, "c")
            .backend(|backend| backend.method = if post { BackendMethod::Post } else { BackendMethod::Any })
            .plan(Dialect::Alibaba);
        let pieces: String = names.iter().map(|name| format!("&{name}={secret}")).collect();
        let headers: String = names.iter().map(|name| format!("x-{name}: {secret}\n")).collect();
        let call = format!("POST /a?a=ok{pieces}\nb: ok\n{headers}content-type: application/x-www-form-urlencoded\n\nc=ok{pieces}");
        let sent = api.call(&call);
        prop_assert!(sent.starts_with("POST /backend?a=ok\n") && sent.ends_with("\nc=ok"), "{}", sent);
        prop_assert!(!sent.contains(secret), "{}", sent);
    }

    #[test]
    fn what_is_encoded_decodes_to_itself(text in any::<String>()) {
        for set in [encode::ALL_BUT_UNRESERVED, encode::QUERY_AS_LISTED] {
            let mut encoded = String::new();
            encode::push(&mut encoded, &text, set);
            prop_assert_eq!(&decode_form(encoded.as_bytes()).unwrap(), &text);
        }
        let mut encoded = String::new();
        encode::push_form(&mut encoded, &text);
        prop_assert_eq!(&decode_form(encoded.as_bytes()).unwrap(), &text);
        for set in [encode::PATH, encode::PATH_SEGMENT] {
            let mut encoded = String::new();
            encode::push(&mut encoded, &text, set);
            let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8().unwrap();
            prop_assert_eq!(&decoded, &text);
            let is_target = Target::parse(format!("/{}", encoded).as_bytes()).is_ok();
            prop_assert!(is_target, "{}", encoded);
        }
    }

    #[test]
    fn a_path_value_reaches_the_backend_as_it_was(text in "[^\\x00\\\\/]{1,20}") {
        let api = api("/a")
            .to("/x/{a}/y")
            .takes("a", Location::Query)
            .maps("a", Location::Path, "a")
            .plan(Dialect::Huawei);
        let mut target = "/a?a=".to_owned();
        encode::push_form(&mut target, &text);
        let head = Head::new(Method::GET, target.parse().unwrap());
        if let Ok(Some(outgoing)) = api.send(&head, &Bytes::new())
            && let Ok(decoded) = outgoing.target.decoded_path()
        {
            prop_assert_eq!(&*decoded, format!("/x/{}/y", text));
        }
    }

    #[test]
    fn parts_survive_writing_and_reading(
        parts in prop::collection::vec(("[^\\p{Cc}]{0,12}", prop::option::of("[^\\p{Cc}]{0,12}"), prop::option::of("[a-z]{1,5}/[a-z]{1,5}"), prop::collection::vec(any::<u8>(), 0..60)), 0..6),
    ) {
        let parts: Vec<Part> = parts.into_iter().map(|(name, file_name, content_type, content)| Part {
            name: name.into(),
            file_name: file_name.map(Into::into),
            content_type: content_type.map(|text| HeaderValue::from_str(&text).unwrap()),
            content: content.into(),
        }).collect();
        let boundary = Boundary::draw();
        let written = write_multipart(parts.iter().map(|part| (&*part.name, part)), &boundary);
        prop_assert_eq!(read_multipart(&written, &boundary).ok(), Some(parts).filter(|parts| !parts.is_empty()).or(Some(Vec::new())));
    }

    #[test]
    fn no_multipart_body_panics(body in any_body()) {
        let _ = read_multipart(&Bytes::from(body), &Boundary::parse("b").unwrap());
    }
}
