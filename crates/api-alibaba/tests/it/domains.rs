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

#[tokio::test]
async fn a_wildcard_domain_has_patterns() {
    let owner = World::new().await.owner();
    let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
    let group = ("GroupId", text(&made["GroupId"]));
    let domain = ("DomainName", "*.prd.example.com");
    let name = "WildcardDomainPatterns";
    let shown = async || {
        let shown = owner.done("DescribeApiGroup", &[group]).await;
        text(&shown["CustomDomains"]["DomainItem"][0][name]).to_owned()
    };
    owner.done("SetDomain", &[group, domain]).await;
    assert_eq!(shown().await, "");
    let patterns = r#"["{svc}.Prd.example.com","{svc}-old.prd.example.com"]"#;
    owner.done("SetWildcardDomainPatterns", &[group, domain, (name, patterns)]).await;
    assert_eq!(shown().await, r#"["{svc}.prd.example.com","{svc}-old.prd.example.com"]"#);
    // What SetDomain does not speak of stays.
    owner.done("SetDomain", &[group, domain, ("BindStageName", "TEST")]).await;
    assert_eq!(shown().await, r#"["{svc}.prd.example.com","{svc}-old.prd.example.com"]"#);

    let refused =
        async |patterns| owner.refused("SetWildcardDomainPatterns", &[group, domain, (name, patterns)]).await;
    assert_snapshot!(refused("{svc}.prd.example.com").await, @"400 InvalidFormatWildcardDomainPatterns: The specified parameter WildcardDomainPatterns value is not well formatted: it is not a JSON list of texts: invalid type: map, expected a sequence at line 1 column 0.");
    assert_snapshot!(refused("[1]").await, @"400 InvalidFormatWildcardDomainPatterns: The specified parameter WildcardDomainPatterns value is not well formatted: it is not a JSON list of texts: invalid type: integer `1`, expected a string at line 1 column 2.");
    assert_snapshot!(refused(r#"["{svc}.example.com","{a}{b}.prd.example.com"]"#).await, @"400 InvalidWildcardDomainPatterns: The specified parameter WildcardDomainPatterns value is not valid. WildcardDomainPatterns: `{svc}.example.com` is not a pattern of `*.prd.example.com`: after its first label it goes on as the domain does; WildcardDomainPatterns: `{a}{b}.prd.example.com` is not a pattern of `*.prd.example.com`: its first label holds one placeholder, not several.");
    let exact = ("DomainName", "a.example.com");
    owner.done("SetDomain", &[group, exact]).await;
    let params = [group, exact, (name, r#"["{svc}.example.com"]"#)];
    assert_snapshot!(owner.refused("SetWildcardDomainPatterns", &params).await, @"400 InvalidWildcardDomainPatterns: The specified parameter WildcardDomainPatterns value is not valid. WildcardDomainPatterns: `a.example.com` is not a wildcard domain, and only these have patterns.");
    let unknown = [group, ("DomainName", "*.b.example.com"), (name, "[]")];
    assert_snapshot!(owner.refused("SetWildcardDomainPatterns", &unknown).await, @"404 NotFoundDomain: Cannot find resource according to your specified Domain.");
    owner.done("SetWildcardDomainPatterns", &[group, domain]).await;
    assert_eq!(shown().await, "");
}
