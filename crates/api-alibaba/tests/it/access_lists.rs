//! Access control lists of the instance.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Client, World, text};

const INSTANCE: (&str, &str) = ("InstanceId", "api-shared-vpc-001");

async fn list(owner: &Client, name: &str, version: &str) -> String {
    let made =
        owner.done("CreateAccessControlList", &[("AclName", name), ("AddressIPVersion", version)]).await;
    text(&made["AclId"]).to_owned()
}

#[tokio::test]
async fn a_list_has_a_life() {
    let owner = World::new().await.owner();
    let id = list(&owner, "office", "ipv4").await;
    let acl = ("AclId", id.as_str());
    let entries =
        r#"[{"entry":"192.0.2.0/24","comment":"test"},{"entry":"198.51.100.1/32, 198.51.100.2/32"}]"#;
    for _ in 0..2 {
        // What is there already is passed over.
        owner.done("AddAccessControlListEntry", &[acl, ("AclEntrys", entries)]).await;
    }
    let gone = r#"[{"entry":"198.51.100.1/32","comment":"another"},{"entry":"203.0.113.0/24"}]"#;
    owner.done("RemoveAccessControlListEntry", &[acl, ("AclEntrys", gone)]).await;
    owner.done("SetAccessControlListAttribute", &[acl, ("AclName", "head_office")]).await;
    let shown = owner.done("DescribeAccessControlListAttribute", &[acl]).await;
    assert_eq!((&shown["AclName"], &shown["AddressIPVersion"]), (&json!("head_office"), &json!("ipv4")));
    assert_eq!(
        shown["AclEntrys"]["AclEntry"],
        json!([
            { "AclEntryIp": "192.0.2.0/24", "AclEntryComment": "test" },
            { "AclEntryIp": "198.51.100.2/32", "AclEntryComment": "" },
        ])
    );
    list(&owner, "abroad", "ipv6").await;
    let listed = owner.done("DescribeAccessControlLists", &[("AddressIPVersion", "ipv4")]).await;
    assert_eq!((&listed["TotalCount"], &listed["Acls"]["Acl"][0]["AclId"]), (&json!(1), &json!(id)));
    owner.done("DeleteAccessControlList", &[acl]).await;
    assert_snapshot!(owner.refused("DescribeAccessControlListAttribute", &[acl]).await, @"404 NotFoundAccessControlList: Cannot find resource according to your specified AccessControlList.");
}

#[tokio::test]
async fn a_list_is_enforced_for_the_instance_and_shown_there() {
    let owner = World::new().await.owner();
    let (four, six) = (list(&owner, "office", "ipv4").await, list(&owner, "abroad", "ipv6").await);
    let instance =
        async || owner.done("DescribeInstances", &[]).await["Instances"]["InstanceAttribute"][0].clone();
    assert_eq!(
        (&instance().await["AclStatus"], &instance().await["IPV6AclStatus"]),
        (&json!("off"), &json!("off"))
    );
    let white = [INSTANCE, ("AclId", four.as_str()), ("AclType", "white"), ("AddressIPVersion", "ipv4")];
    owner.done("EnableInstanceAccessControl", &white).await;
    owner.done("EnableInstanceAccessControl", &[INSTANCE, ("AclId", &six), ("AclType", "black")]).await;
    let shown = instance().await;
    for (member, value) in [
        ("AclId", four.as_str()),
        ("AclName", "office"),
        ("AclStatus", "on"),
        ("AclType", "white"),
        ("IPV6AclId", &six),
        ("IPV6AclName", "abroad"),
        ("IPV6AclStatus", "on"),
        ("IPV6AclType", "black"),
    ] {
        assert_eq!(shown[member], value, "{member}");
    }
    assert_snapshot!(owner.refused("DeleteAccessControlList", &[("AclId", &four)]).await, @"400 InvalidAclId: The specified parameter AclId value is not valid. AclId: the list `office` is in force: take `enforced` away first.");
    // Another list of the version takes its place.
    let other = list(&owner, "other", "ipv4").await;
    owner.done("EnableInstanceAccessControl", &[INSTANCE, ("AclId", &other), ("AclType", "black")]).await;
    assert_eq!(instance().await["AclName"], "other");
    owner.done("DisableInstanceAccessControl", &[INSTANCE, ("AclId", &other)]).await;
    owner.done("DisableInstanceAccessControl", &[INSTANCE, ("AclId", &other)]).await;
    assert_eq!(instance().await["AclStatus"], "off");
    owner.done("DeleteAccessControlList", &[("AclId", &four)]).await;
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let owner = World::new().await.owner();
    let id = list(&owner, "office", "ipv4").await;
    let acl = ("AclId", id.as_str());
    let add = async |entries: &str| {
        owner.refused("AddAccessControlListEntry", &[acl, ("AclEntrys", entries)]).await
    };
    assert_snapshot!(owner.refused("CreateAccessControlList", &[("AclName", "office")]).await, @"400 RepeatedAclName: The specified AclName is repeated. AclName: `office` is taken by access_list/….");
    let wrong = [("AclName", "other"), ("AddressIPVersion", "ipv5")];
    assert_snapshot!(owner.refused("CreateAccessControlList", &wrong).await, @"400 InvalidAddressIPVersion: The specified parameter AddressIPVersion value is not valid. `ipv5`: ipv4 and ipv6 are allowed.");
    assert_snapshot!(add("").await, @"400 MissingAclEntrys: The AclEntrys is mandatory for this action.");
    assert_snapshot!(add("{}").await, @"400 InvalidFormatAclEntrys: The specified parameter AclEntrys value is not well formatted: it is not a JSON array.");
    assert_snapshot!(add("[{\"entry\":\"2001:db8::/32\"}]").await, @"400 InvalidAclEntrys: The specified parameter AclEntrys value is not valid. AclEntrys: `2001:db8::/32` is of ipv6, and the list of ipv4.");
    assert_snapshot!(add(&format!("[{{\"entry\":\"{}\"}}]", "192.0.2.1,".repeat(51))).await, @"400 InvalidAclEntrys: The specified parameter AclEntrys value is not valid. `51`: at most 50 are allowed at once.");
    let elsewhere = [("InstanceId", "elsewhere"), acl, ("AclType", "white")];
    assert_snapshot!(owner.refused("EnableInstanceAccessControl", &elsewhere).await, @"404 NotFoundInstance: Cannot find resource according to your specified Instance.");
    let wrong = [INSTANCE, acl, ("AclType", "grey")];
    assert_snapshot!(owner.refused("EnableInstanceAccessControl", &wrong).await, @"400 InvalidAclType: The specified parameter AclType value is not valid. `grey`: black and white are allowed.");
    let wrong = [INSTANCE, acl, ("AclType", "white"), ("AddressIPVersion", "ipv6")];
    assert_snapshot!(owner.refused("EnableInstanceAccessControl", &wrong).await, @"400 InvalidAddressIPVersion: The specified parameter AddressIPVersion value is not valid. `ipv6`: the list has addresses of ipv4.");
}
