//! Trace context goes through, in every request mode; what is no trace context does not.

use paifang_model::Dialect;
use paifang_model::definition::RequestMode;
use paifang_proxy::EdgeSettings;
use paifang_testkit::{Backend, api};

use super::serving;

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

#[tokio::test]
async fn a_trace_goes_on_at_the_backend_unless_it_is_none() {
    for dialect in Dialect::ALL {
        for mode in [RequestMode::Passthrough, RequestMode::Mapping] {
            let backend = Backend::echo().await;
            let api = api::get("/pets").to(&backend).with(|api| api.request.mode = mode);
            let gateway = serving(dialect, api, EdgeSettings::default()).await;
            let told = async |parent: &str, state: &str| {
                let call = gateway.get("/pets").header("traceparent", parent).header("tracestate", state);
                assert_eq!(call.send().await.status, 200);
                let received = backend.last();
                (received.header("traceparent"), received.header("tracestate"))
            };
            let pair = |parent: &str, state: &str| (parent.to_owned(), state.to_owned());
            assert_eq!(told(PARENT, "rojo=1,congo=2").await, pair(PARENT, "rojo=1,congo=2"));
            assert_eq!(told(PARENT, "rojo").await, pair(PARENT, ""));
            assert_eq!(told("00-0-0-0", "rojo=1").await, pair("", ""));
            let twice =
                gateway.get("/pets").header("traceparent", PARENT).further_header("traceparent", PARENT);
            twice.send().await;
            assert_eq!(backend.last().header("traceparent"), "");
        }
    }
}
