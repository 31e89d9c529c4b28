//! Lists of things with a name are sorted by it, and none of them walks through all documents for that.

use paifang_control::{
    AccessListFilter, ApiFilter, AppFilter, BackendAccessFilter, BackendInstanceFilter, BackendServiceFilter,
    BlackListFilter, CertificateFilter, CreatedOrName, Direction, DomainFilter, Error, GroupFilter, Paging,
    PolicyFilter, StageFilter, Start, VariableFilter,
};
use paifang_model::Dialect;

use crate::world::{World, refused, values};

fn by(by: CreatedOrName, direction: Direction) -> Paging<CreatedOrName> {
    Paging { start: Start::Offset(0), limit: 1, by, direction, counted: true }
}

/// What the store says of its plans is judged by [`crate::explained`].
#[tokio::test]
async fn every_list_by_name_is_read_from_an_index() {
    let world = World::new().await;
    let (group, _) = world.pets().await;
    let (group, viewer) = (group.value.id, &world.viewer);
    for direction in [Direction::Ascending, Direction::Descending] {
        let page = &by(CreatedOrName::Name, direction);
        for part in [None, Some("e")] {
            let name_contains = part.map(str::to_owned);
            let lists = AccessListFilter { name_contains: name_contains.clone(), enforced: None };
            viewer.list_access_lists(&lists, page).await.unwrap();
            for group in [None, Some(group)] {
                let name_contains = name_contains.clone();
                let apis = ApiFilter { group, name_contains: name_contains.clone(), ..ApiFilter::default() };
                viewer.list_apis(&apis, page).await.unwrap();
                viewer
                    .list_domains(&DomainFilter { group, host_contains: name_contains }, page)
                    .await
                    .unwrap();
            }
            let apps = AppFilter { name_contains: name_contains.clone(), ..AppFilter::default() };
            viewer.list_apps(&apps, page).await.unwrap();
            viewer.list_app_quotas(part, page).await.unwrap();
            let instances =
                BackendInstanceFilter { instance_contains: name_contains.clone(), ..Default::default() };
            viewer.list_backend_instances(&instances, page).await.unwrap();
            let accesses = BackendAccessFilter { name_contains: name_contains.clone(), ..Default::default() };
            viewer.list_backend_accesses(&accesses, page).await.unwrap();
            let services = BackendServiceFilter { name_contains: name_contains.clone(), kind: None };
            viewer.list_backend_services(&services, page).await.unwrap();
            let lists = BlackListFilter { name_contains: name_contains.clone(), kind: None };
            viewer.list_black_lists(&lists, page).await.unwrap();
            let certificates = CertificateFilter { name: None, name_contains: name_contains.clone() };
            viewer.list_certificates(&certificates, page).await.unwrap();
            viewer.list_channels(part, page).await.unwrap();
            viewer.list_manifests(part, page).await.unwrap();
            viewer.list_users(part, page).await.unwrap();
            for dialect in [None, Some(Dialect::Alibaba)] {
                let name_contains = name_contains.clone();
                let groups = GroupFilter { dialect, name_contains: name_contains.clone(), name: None };
                viewer.list_groups(&groups, page).await.unwrap();
                let policies =
                    PolicyFilter { dialect, name_contains: name_contains.clone(), ..PolicyFilter::default() };
                viewer.list_policies(&policies, page).await.unwrap();
                viewer.list_stages(&StageFilter { dialect, name_contains }, page).await.unwrap();
            }
            let variables = VariableFilter { name_contains, ..VariableFilter::default() };
            viewer.list_variables(group, &variables, page).await.unwrap();
        }
    }
}

#[tokio::test]
async fn pages_by_name_meet_each_group_once() {
    let world = World::new().await;
    for (dialect, name) in [
        (Dialect::Huawei, "pets"),
        (Dialect::Alibaba, "zebras"),
        (Dialect::Alibaba, "pets"),
        (Dialect::Alibaba, "Pets"),
    ] {
        world.group(dialect, name).await;
    }
    let filter = GroupFilter::default();
    let mut paging = by(CreatedOrName::Name, Direction::Ascending);
    let mut names = Vec::new();
    loop {
        let page = world.viewer.list_groups(&filter, &paging).await.unwrap();
        assert_eq!(page.total, Some(4));
        let next = page.next.clone();
        names.extend(values(page).into_iter().map(|group| (group.name, group.id)));
        let Some(cursor) = next else { break };
        let otherwise = by(CreatedOrName::Name, Direction::Descending).after(cursor.clone());
        refused!(world.viewer.list_groups(&filter, &otherwise).await, Error::Query(_));
        let otherwise = by(CreatedOrName::Created, Direction::Ascending).after(cursor.clone());
        refused!(world.viewer.list_groups(&filter, &otherwise).await, Error::Query(_));
        paging = paging.after(cursor);
    }
    assert!(names.is_sorted(), "{names:?}");
    assert_eq!(
        names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["Pets", "pets", "pets", "zebras"]
    );
}

#[tokio::test]
async fn stages_are_found_by_part_of_their_name() {
    let world = World::new().await;
    let filter = StageFilter { dialect: None, name_contains: Some("rel".to_owned()) };
    let found = values(world.viewer.list_stages(&filter, &Paging::default()).await.unwrap());
    assert_eq!(found.iter().map(|stage| stage.name.as_str()).collect::<Vec<_>>(), ["RELEASE", "RELEASE"]);
    let filter = StageFilter { dialect: Some(Dialect::Huawei), ..filter };
    assert_eq!(values(world.viewer.list_stages(&filter, &Paging::default()).await.unwrap()).len(), 1);
}
