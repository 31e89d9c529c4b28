//! Tasks: many items, each on its own, with the authority of whoever made the task, each done once.

use paifang_control::{
    Context, Deploy, DeploymentFilter, Error, GrantFilter, GrantsDraft, ItemState, Paging, Refusal, Task,
    TaskCounts, TaskDraft, TaskFilter, TaskItemDraft, TaskItemInfo, TaskKind, TaskRunner, TaskState,
    UserDraft, UserPatch,
};
use paifang_model::id::{ApiId, AppId, GrantId, GroupId, StageId};
use paifang_model::{Dialect, Id, Role};

use crate::world::{NOW, World, complaints, get, refused, release, stage, values};

fn draft(kind: TaskKind, items: Vec<TaskItemDraft>) -> TaskDraft {
    TaskDraft { kind, items, remark: String::new(), until: None }
}

fn of_api(api: ApiId) -> TaskItemDraft {
    TaskItemDraft { api: Some(api), ..TaskItemDraft::default() }
}

fn in_release(api: ApiId) -> TaskItemDraft {
    TaskItemDraft { stage: Some(release()), ..of_api(api) }
}

async fn apis(world: &World, group: GroupId, number: usize) -> Vec<ApiId> {
    let mut apis = Vec::new();
    for index in 0..number {
        let made = world.owner.create_api(group, get(&format!("/pets/{index}"))).await.unwrap();
        apis.push(made.value.id);
    }
    apis
}

async fn work_off(world: &World) {
    TaskRunner::new(world.control.clone(), Id::random()).work_off().await.unwrap();
}

/// Makes a task, and has it done.
async fn done(world: &World, who: &Context, draft: &TaskDraft) -> Task {
    let task = who.create_task(draft).await.unwrap();
    work_off(world).await;
    world.viewer.read_task(task.id).await.unwrap()
}

async fn items(world: &World, task: &Task) -> Vec<TaskItemInfo> {
    world.viewer.task_items(task.id, None, None, 500).await.unwrap().items
}

/// How each item went, in one word, and why.
async fn told(world: &World, task: &Task) -> Vec<String> {
    let sentence = |item: TaskItemInfo| match item.reason {
        Some(reason) => format!("{}: {reason}", item.state.name()),
        None => item.state.name().to_owned(),
    };
    items(world, task).await.into_iter().map(sentence).collect()
}

/// The audit lines of one action, as (actor, outcome, task and item).
async fn lines(world: &World, action: &str) -> Vec<(String, String, String)> {
    let trail = world.trail().await.into_iter().map(|entry| entry.line);
    let of_action = trail.filter(|line| line.action == action);
    of_action
        .map(|line| {
            let place = format!("{} {}", line.detail["task"].as_str().unwrap_or("-"), line.detail["item"]);
            (line.actor, line.outcome, place)
        })
        .collect()
}

#[tokio::test]
async fn many_apis_are_published_each_with_a_line_of_its_own() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let apis = apis(&world, group, 100).await;
    let wanted = TaskDraft {
        remark: "all of them".to_owned(),
        ..draft(TaskKind::DeployApis, apis.iter().copied().map(in_release).collect())
    };
    let made = world.owner.create_task(&wanted).await.unwrap();
    assert_eq!((made.state, made.counts.waiting, made.actor.as_str()), (TaskState::Open, 100, "admin"));
    work_off(&world).await;
    let task = world.viewer.read_task(made.id).await.unwrap();
    assert_eq!((task.state, task.ended_at), (TaskState::Done, Some(NOW)));
    assert_eq!(task.counts, TaskCounts { done: 100, ..TaskCounts::default() });

    let online = DeploymentFilter { online: Some(true), ..DeploymentFilter::default() };
    let serving = values(world.viewer.list_deployments(online, &Paging::default()).await.unwrap());
    assert_eq!(serving.len(), 100);
    let version = world.viewer.read_version(serving[0].version).await.unwrap().value;
    assert_eq!((version.number, version.remark.as_str()), (1, "all of them"));

    let mut places: Vec<_> = lines(&world, "api:deploy").await;
    places.sort_unstable();
    let mut expected: Vec<_> = (0..100)
        .map(|number| ("admin".to_owned(), "done".to_owned(), format!("{} {number}", task.id)))
        .collect();
    expected.sort_unstable();
    assert_eq!(places, expected);
    let mut revisions: Vec<_> = items(&world, &task).await.iter().filter_map(|item| item.revision).collect();
    revisions.sort_unstable();
    revisions.dedup();
    assert_eq!(revisions.len(), 100, "each item tells the revision of its change");
    assert_eq!(lines(&world, "task:create").await.len(), 1);
}

#[tokio::test]
async fn each_item_has_its_own_result_and_nothing_is_done_twice() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let [one, two, gone] = apis(&world, group, 3).await.try_into().unwrap();
    let foreign = world.group(Dialect::Huawei, "foreign").await.value.id;
    let foreign = world.owner.create_api(foreign, get("/foreign")).await.unwrap().value.id;
    world.owner.delete_api(gone, None).await.unwrap();
    let deploy = draft(TaskKind::DeployApis, [one, gone, foreign, two].map(in_release).into());
    let task = done(&world, &world.owner, &deploy).await;
    assert_eq!(task.state, TaskState::Done, "also when some failed");
    let found = told(&world, &task).await;
    assert_eq!((found[0].as_str(), found[3].as_str()), ("done", "done"));
    assert_eq!(found[1], format!("failed: there is no api `{gone}`"));
    assert_eq!(
        found[2],
        "failed: /stage: the stage `RELEASE` is for groups of alibaba, and this one is of huawei"
    );

    let offline = draft(TaskKind::TakeApisOffline, [one, two].map(in_release).into());
    let deleted = draft(TaskKind::DeleteApis, [one, two].map(of_api).into());
    let early = done(&world, &world.owner, &deleted).await;
    assert!(told(&world, &early).await.iter().all(|told| told.contains("is needed by 1 others")));
    for (wanted, action, again) in [
        (&offline, "api:offline", "skipped: the API is not online in this stage".to_owned()),
        (&deleted, "api:delete", format!("skipped: there is no api `{one}`")),
    ] {
        let before = lines(&world, action).await.len();
        let task = done(&world, &world.owner, wanted).await;
        assert_eq!(told(&world, &task).await, ["done", "done"], "{action}");
        let task = done(&world, &world.owner, wanted).await;
        assert_eq!(told(&world, &task).await[0], again);
        assert_eq!(task.counts, TaskCounts { skipped: 2, ..TaskCounts::default() });
        assert_eq!(lines(&world, action).await.len(), before + 2, "a second time changes nothing");
    }
}

#[tokio::test]
async fn grants_are_made_and_revoked() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let mut wanted = draft(TaskKind::CreateGrants, Vec::new());
    wanted.until = Some(NOW + 1_000);
    for name in ["one", "two"] {
        let app = world.app(name).await.value.id;
        wanted.items.push(TaskItemDraft { app: Some(app), ..in_release(pets.value.id) });
    }
    let nobody = AppId::random();
    wanted.items.push(TaskItemDraft { app: Some(nobody), ..in_release(pets.value.id) });
    let task = done(&world, &world.owner, &wanted).await;
    let unknown = format!("failed: /apps/0: there is no app `{nobody}`");
    assert_eq!(told(&world, &task).await, ["done", "done", unknown.as_str()]);
    let list =
        async || values(world.viewer.list_grants(GrantFilter::default(), &Paging::default()).await.unwrap());
    let grants = list().await;
    assert_eq!(grants.iter().map(|grant| grant.until).collect::<Vec<_>>(), [wanted.until; 2]);
    let task = done(&world, &world.owner, &wanted).await;
    assert_eq!(told(&world, &task).await, ["skipped", "skipped", unknown.as_str()]);
    let longer = TaskDraft { until: None, ..wanted };
    let task = done(&world, &world.owner, &longer).await;
    assert_eq!(told(&world, &task).await[..2], ["done", "done"], "the end moves");

    let of_grant = |grant: GrantId| TaskItemDraft { grant: Some(grant), ..TaskItemDraft::default() };
    let wanted = draft(TaskKind::RevokeGrants, grants.iter().map(|grant| of_grant(grant.id)).collect());
    let task = done(&world, &world.owner, &wanted).await;
    assert_eq!(told(&world, &task).await, ["done", "done"]);
    assert_eq!(list().await.len(), 0);
    let task = done(&world, &world.owner, &wanted).await;
    assert_eq!(task.counts.skipped, 2);
}

#[tokio::test]
async fn all_complaints_about_a_request_come_at_once_and_nothing_is_written() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let nowhere = StageId::random();
    let app = Some(AppId::random());
    let item = in_release(pets.value.id);
    let wrong = TaskDraft {
        until: Some(NOW + 1),
        ..draft(TaskKind::DeployApis, vec![item, of_api(pets.value.id), TaskItemDraft { app, ..item }, item])
    };
    assert_eq!(
        complaints(world.owner.create_task(&wrong).await),
        ["/until Conflict", "/items/1/stage Required", "/items/2/app Conflict", "/items/3 Duplicate",]
    );
    let unknown = draft(TaskKind::DeployApis, vec![TaskItemDraft { stage: Some(nowhere), ..item }]);
    assert_eq!(complaints(world.owner.create_task(&unknown).await), ["/items/0/stage Unknown"]);
    let wrong = TaskDraft { remark: "x".to_owned(), ..draft(TaskKind::DeleteApis, Vec::new()) };
    assert_eq!(complaints(world.owner.create_task(&wrong).await), ["/items Range", "/remark Conflict"]);
    let wrong = TaskDraft {
        until: Some(NOW),
        remark: "x".repeat(401),
        ..draft(TaskKind::CreateGrants, (0..1_001).map(|_| TaskItemDraft { app, ..item }).collect())
    };
    let told = complaints(world.owner.create_task(&wrong).await);
    assert_eq!(told, ["/items Range", "/until Range", "/remark Range"]);
    refused!(world.viewer.create_task(&draft(TaskKind::DeployApis, vec![item])).await, Error::Denied(_));
    let page = world.viewer.list_tasks(&TaskFilter::default(), None, 10).await.unwrap();
    assert_eq!(page.tasks, []);
}

/// Somebody else who may do everything, until told otherwise.
async fn deputy(world: &World) -> Context {
    let draft = UserDraft { name: "deputy".to_owned(), role: Role::Owner, password: None };
    let user = world.owner.create_user(draft).await.unwrap().value.id;
    world.control.acting_as(world.control.principal(user).await.unwrap().unwrap())
}

#[tokio::test]
async fn a_role_lost_meanwhile_stops_it() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let apis = apis(&world, group, 3).await;
    let deputy = deputy(&world).await;
    let user = deputy.principal().user;
    let wanted = draft(TaskKind::DeployApis, apis.iter().copied().map(in_release).collect());
    let wanted = [deputy.create_task(&wanted).await.unwrap(), deputy.create_task(&wanted).await.unwrap()];
    let patch = UserPatch { role: Some(Role::ReadOnly), enabled: None };
    world.owner.update_user(user, patch, None).await.unwrap();
    work_off(&world).await;
    let resource = format!("group/{group}/api/{}", apis[0]);
    assert_eq!(
        told(&world, &wanted[0]).await[0],
        format!("failed: `deputy` may not do api:deploy to {resource}")
    );
    assert_eq!(lines(&world, "api:deploy").await.len(), 6);
    assert!(lines(&world, "api:deploy").await.iter().all(|(_, outcome, _)| outcome == "denied"));

    let patch = UserPatch { role: Some(Role::Owner), enabled: None };
    world.owner.update_user(user, patch, None).await.unwrap();
    let later = deputy.create_task(&draft(TaskKind::DeployApis, vec![in_release(apis[0])])).await.unwrap();
    world.owner.delete_user(user, None).await.unwrap();
    work_off(&world).await;
    let resource = format!("api/{}", apis[0]);
    assert_eq!(told(&world, &later).await, [format!("failed: `deputy` may not do api:deploy to {resource}")]);
    let online = DeploymentFilter { online: Some(true), ..DeploymentFilter::default() };
    assert!(values(world.viewer.list_deployments(online, &Paging::default()).await.unwrap()).is_empty());
    let (actor, outcome, place) = lines(&world, "api:deploy").await.pop().unwrap();
    assert_eq!((actor.as_str(), outcome.as_str(), place), ("deputy", "denied", format!("{} 0", later.id)));
}

#[tokio::test]
async fn what_is_canceled_is_not_begun() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let wanted = draft(TaskKind::DeployApis, vec![in_release(pets.value.id)]);
    let task = world.owner.create_task(&wanted).await.unwrap();
    refused!(world.viewer.cancel_task(task.id).await, Error::Denied(_));
    let canceled = world.owner.cancel_task(task.id).await.unwrap();
    assert_eq!((canceled.state, canceled.counts.canceled), (TaskState::Canceled, 1));
    refused!(world.owner.cancel_task(task.id).await, Error::Refused(Refusal::TaskEnded));
    work_off(&world).await;
    assert_eq!(lines(&world, "api:deploy").await, []);
    assert_eq!(lines(&world, "task:cancel").await.len(), 2);
    let waiting = world.viewer.task_items(task.id, Some(ItemState::Waiting), None, 10).await.unwrap();
    assert!(waiting.items.is_empty());
    let none = paifang_model::id::TaskId::random();
    refused!(world.owner.cancel_task(none).await, Error::NoTask(_));
    refused!(world.viewer.task_items(none, None, None, 10).await, Error::NoTask(_));
}

#[tokio::test]
async fn two_runners_do_every_item_once() {
    let world = World::new().await;
    let group = world.group(Dialect::Alibaba, "pets").await.value.id;
    let apis = apis(&world, group, 40).await;
    let wanted = draft(TaskKind::DeployApis, apis.iter().copied().map(in_release).collect());
    let task = world.owner.create_task(&wanted).await.unwrap();
    let [one, two] = [(); 2].map(|()| TaskRunner::new(world.control.clone(), Id::random()));
    let (first, second) = tokio::join!(one.work_off(), two.work_off());
    first.unwrap();
    second.unwrap();
    work_off(&world).await;
    assert_eq!(lines(&world, "api:deploy").await.len(), 40);
    assert_eq!(world.viewer.read_task(task.id).await.unwrap().counts.done, 40);
}

#[tokio::test]
async fn a_runner_stops_when_told_and_another_one_goes_on() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    TaskRunner::new(world.control.clone(), Id::random()).run(async {}).await;
    let wanted = draft(TaskKind::DeployApis, vec![in_release(pets.value.id)]);
    let task = world.owner.create_task(&wanted).await.unwrap();
    let ended = async {
        while world.viewer.read_task(task.id).await.unwrap().state == TaskState::Open {
            tokio::task::yield_now().await;
        }
    };
    TaskRunner::new(world.control.clone(), Id::random()).run(ended).await;
    assert_eq!(told(&world, &task).await, ["done"]);
    world.clock.advance(31 * 24 * 60 * 60 * 1000);
    world.control.forget_old_tasks().await.unwrap();
    refused!(world.viewer.read_task(task.id).await, Error::NoTask(_));
}

#[tokio::test]
async fn tasks_are_found_by_state_and_kind() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let deploy = draft(TaskKind::DeployApis, vec![in_release(pets.value.id)]);
    let deploy = done(&world, &world.owner, &deploy).await;
    world.clock.advance(1);
    let delete = draft(TaskKind::DeleteApis, vec![of_api(pets.value.id)]);
    let delete = world.owner.create_task(&delete).await.unwrap();
    let found = async |state, kind| {
        let page = world.viewer.list_tasks(&TaskFilter { state, kind }, None, 10).await.unwrap();
        page.tasks.into_iter().map(|task| task.id).collect::<Vec<_>>()
    };
    assert_eq!(found(None, None).await, [delete.id, deploy.id]);
    assert_eq!(found(Some(TaskState::Open), None).await, [delete.id]);
    assert_eq!(found(None, Some(TaskKind::DeployApis)).await, [deploy.id]);
    assert_eq!(found(Some(TaskState::Canceled), None).await, []);
    let page = world.viewer.list_tasks(&TaskFilter::default(), None, 1).await.unwrap();
    let page = world.viewer.list_tasks(&TaskFilter::default(), page.next, 1).await.unwrap();
    assert_eq!((page.tasks[0].id, page.next), (deploy.id, None));
}

#[tokio::test]
async fn what_is_done_alone_is_no_item() {
    let world = World::new().await;
    let (_, pets) = world.pets().await;
    let there = Deploy { stage: stage(Dialect::Alibaba, "TEST"), remark: String::new() };
    world.owner.deploy_api(pets.value.id, &there, None).await.unwrap();
    let app = world.app("one").await.value.id;
    let (apps, apis) = (vec![app], vec![pets.value.id]);
    let grants = GrantsDraft { apps, apis, stage: release(), until: None, remark: String::new() };
    world.owner.create_grants(&grants).await.unwrap();
    assert!(lines(&world, "api:deploy").await[0].2.starts_with("- "));
}
