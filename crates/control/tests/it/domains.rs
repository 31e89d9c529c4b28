//! Domains: bound once, perhaps to one stage, never another group's subdomain.

use std::sync::Arc;

use async_trait::async_trait;
use paifang_control::{AcceptAll, DomainCheck, DomainDraft, DomainFilter, DomainPatch, Error, Paging};
use paifang_model::limits::Profile;
use paifang_model::{Dialect, Kind};

use crate::world::{World, complaints, refused, release, stage, values};

fn host(host: &str) -> DomainDraft {
    DomainDraft {
        host: host.to_owned(),
        stage: None,
        tls: paifang_model::DomainTls::default(),
        patterns: Vec::new(),
    }
}

/// A world in which one name leads here.
struct Leads(&'static str);

#[async_trait]
impl DomainCheck for Leads {
    async fn leads_to(&self, host: &str, subdomain: &str) -> Result<(), String> {
        assert!(subdomain.ends_with(".apis.localhost"), "{subdomain}");
        if host == self.0 { Ok(()) } else { Err(format!("`{host}` leads elsewhere")) }
    }
}

#[tokio::test]
async fn where_it_is_checked_a_host_that_leads_elsewhere_is_not_bound() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    world.owner.bind_domain(group.value.id, host("before.example.com")).await.unwrap();
    world.control.check_domains(Arc::new(Leads("here.example.com")));
    let told = complaints(world.owner.bind_domain(group.value.id, host("there.example.com")).await);
    assert_eq!(told, ["/host Unknown"]);
    let bound = world.owner.bind_domain(group.value.id, host("Here.Example.com")).await.unwrap().value;
    // What is bound stays, and is changed without being asked after.
    let patch = || DomainPatch { stage: Some(Some(release())), ..DomainPatch::default() };
    let before = paifang_model::Domain::id_of("before.example.com");
    for id in [bound.id, before] {
        world.owner.update_domain(id, patch(), None).await.unwrap();
    }
}

#[tokio::test]
async fn a_host_is_bound_once() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let domain = world.owner.bind_domain(group.value.id, host("API.Example.com.")).await.unwrap();
    assert_eq!(domain.value.host, "api.example.com");
    let other = world.group(Dialect::Huawei, "other").await.value.id;
    let told = complaints(world.owner.bind_domain(other, host("api.example.com")).await);
    assert_eq!(told, ["/host Duplicate"]);
    let listed = async |group, part: Option<&str>| {
        let filter = DomainFilter { group: Some(group), host_contains: part.map(str::to_owned) };
        values(world.viewer.list_domains(&filter, &Paging::default()).await.unwrap())
    };
    let all = std::slice::from_ref(&domain.value);
    assert_eq!(listed(group.value.id, None).await, all);
    assert_eq!(listed(group.value.id, Some("EXAMPLE")).await, all);
    assert_eq!(listed(group.value.id, Some("shop")).await, []);
    assert_eq!(listed(other, None).await, []);
    world.owner.unbind_domain(domain.value.id, Some(domain.revision)).await.unwrap();
    refused!(world.viewer.read_domain(domain.value.id).await, Error::NotFound { kind: Kind::Domain, .. });
}

#[tokio::test]
async fn a_domain_is_fixed_to_a_stage_and_freed() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let draft = DomainDraft { stage: Some(release()), ..host("api.example.com") };
    let domain = world.owner.bind_domain(group.value.id, draft).await.unwrap();
    let to = |stage| DomainPatch { stage: Some(stage), ..DomainPatch::default() };
    let freed = world.owner.update_domain(domain.value.id, to(None), Some(domain.revision)).await.unwrap();
    assert_eq!(freed.value.stage, None);
    let foreign = Some(stage(Dialect::Huawei, "RELEASE"));
    let told = complaints(world.owner.update_domain(domain.value.id, to(foreign), None).await);
    assert_eq!(told, ["/stage Conflict"]);
}

#[tokio::test]
async fn the_gateways_own_names_are_not_for_binding() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let other = world.group(Dialect::Huawei, "other").await.value;
    for taken in [other.subdomain.as_str(), "*.apis.localhost", "A.APIS.LOCALHOST."] {
        let told = complaints(world.owner.bind_domain(group.value.id, host(taken)).await);
        assert_eq!(told, ["/host Conflict"], "{taken}");
    }
    let bad = DomainDraft { stage: Some(stage(Dialect::Huawei, "RELEASE")), ..host("not a host") };
    let told = complaints(world.owner.bind_domain(group.value.id, bad).await);
    assert_eq!(told, ["/host Format", "/stage Conflict"]);
    world.owner.bind_domain(group.value.id, host("localhost")).await.unwrap();
}

#[tokio::test]
async fn the_cloud_profile_allows_five_domains() {
    let world = World::of(Profile::Cloud, Arc::new(AcceptAll)).await;
    let (group, _) = world.pets().await;
    for number in 0..5 {
        world.owner.bind_domain(group.value.id, host(&format!("h{number}.example.com"))).await.unwrap();
    }
    refused!(
        world.owner.bind_domain(group.value.id, host("h5.example.com")).await,
        Error::QuotaExceeded { kind: Kind::Domain, limit: 5 }
    );
}

#[tokio::test]
async fn a_wildcard_domain_has_patterns() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let of = |patterns: &[&str]| patterns.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let draft = DomainDraft { patterns: of(&["{svc}.Example.com"]), ..host("*.Example.com") };
    let domain = world.owner.bind_domain(group.value.id, draft).await.unwrap().value;
    assert_eq!(domain.patterns, ["{svc}.example.com"]);
    let to = |patterns| DomainPatch { patterns: Some(of(patterns)), ..DomainPatch::default() };
    let told = complaints(
        world.owner.update_domain(domain.id, to(&["{a}.example.org", "{b}.example.com", "c"]), None).await,
    );
    assert_eq!(told, ["/patterns/0 Format", "/patterns/2 Format"]);
    // What is not said stays, and an empty list takes them.
    let fixed = DomainPatch { stage: Some(Some(release())), ..DomainPatch::default() };
    let fixed = world.owner.update_domain(domain.id, fixed, None).await.unwrap().value;
    assert_eq!(fixed.patterns, ["{svc}.example.com"]);
    assert!(world.owner.update_domain(domain.id, to(&[]), None).await.unwrap().value.patterns.is_empty());

    let draft = DomainDraft { patterns: of(&["{svc}.example.com"]), ..host("a.example.com") };
    assert_eq!(complaints(world.owner.bind_domain(group.value.id, draft).await), ["/patterns Conflict"]);
    let exact = world.owner.bind_domain(group.value.id, host("a.example.com")).await.unwrap().value;
    let told = complaints(world.owner.update_domain(exact.id, to(&["{svc}.example.com"]), None).await);
    assert_eq!(told, ["/patterns Conflict"]);
}
