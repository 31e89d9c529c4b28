//! Host names of groups.

use insta::assert_snapshot;

use crate::support::{World, text};

#[tokio::test]
async fn a_domain_is_bound_fixed_and_taken_away() {
    let owner = World::new().await.owner();
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = ("GroupId", text(&made["GroupId"]));
    let domain = ("DomainName", "Pets.Example.com");
    let set = owner.done("SetDomain", &[group, domain]).await;
    assert_eq!((text(&set["DomainName"]), &set["SubDomain"]), ("pets.example.com", &made["SubDomain"]));
    owner.done("SetDomain", &[group, domain, ("BindStageName", "TEST")]).await;
    let shown = owner.done("DescribeApiGroup", &[group]).await;
    let item = &shown["CustomDomains"]["DomainItem"][0];
    assert_eq!((text(&item["DomainName"]), text(&item["BindStageName"])), ("pets.example.com", "TEST"));
    owner.done("DescribeDomain", &[group, domain]).await;

    let other = owner.done("CreateApiGroup", &[("GroupName", "zoo_shop")]).await;
    let other = ("GroupId", text(&other["GroupId"]));
    assert_snapshot!(owner.refused("SetDomain", &[other, domain]).await, @"400 RepeatedDomainName: The specified DomainName is repeated. DomainName: `pets.example.com` is taken by domain/….");
    assert_snapshot!(owner.refused("DeleteDomain", &[other, domain]).await, @"404 NotFoundDomain: Cannot find resource according to your specified Domain.");
    assert_snapshot!(owner.refused("SetDomain", &[group, ("DomainName", "no host")]).await, @"400 InvalidDomainName: The specified parameter DomainName value is not valid. DomainName: `no host` is not a host name: a label holds letters, digits, `-` and `_`.");
    owner.done("SetDomain", &[group, domain, ("IsHttpRedirectToHttps", "True")]).await;
    let shown = owner.done("DescribeApiGroup", &[group]).await;
    assert_eq!(shown["CustomDomains"]["DomainItem"][0]["IsHttpRedirectToHttps"], true);
    owner.done("DeleteDomain", &[group, domain]).await;
    assert_snapshot!(owner.refused("DescribeDomain", &[group, domain]).await, @"404 NotFoundDomain: Cannot find resource according to your specified Domain.");
}
