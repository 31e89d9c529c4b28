//! The table of operations is the vendor's.

use crate::support::{World, operations};

/// Every operation has an answer: done, refused with a reason, or told to come.
#[tokio::test]
async fn every_operation_answers() {
    let world = World::new().await;
    let owner = world.owner();
    let all = operations()["operations"].as_object().unwrap();
    assert_eq!(all.len(), 216);
    let mut offered = String::new();
    for (name, operation) in all {
        let path = operation["path"].as_str().unwrap().strip_prefix("/v2/{project_id}/apigw/").unwrap();
        let path = path.replace("{instance_id}", crate::support::INSTANCE);
        let path = path.replace(['{', '}'], "");
        let reply = match operation["method"].as_str().unwrap() {
            "GET" => owner.get(&format!("/{path}")).await,
            "POST" => owner.post(&format!("/{path}"), serde_json::json!({})).await,
            "PUT" => owner.put(&format!("/{path}"), serde_json::json!({})).await,
            _ => owner.delete(&format!("/{path}")).await,
        };
        let implemented = operation.get("response").is_some();
        let what = match reply.code().as_str() {
            "404 APIGW.0101" => panic!("{name} has no row"),
            "412 APIG.3458" if !implemented => {
                assert!(reply.text("/error_msg").contains(name.as_str()), "{reply:?}");
                "not yet"
            }
            "403 APIG.1020" if !implemented => "not here",
            code => {
                assert!(implemented, "{name} answers {code}");
                "offered"
            }
        };
        offered.push_str(&format!("{name}: {what}\n"));
    }
    insta::assert_snapshot!(offered);
}
