//! No filter of a list is ignored: one that nothing meets finds nothing, or is refused.

use serde_json::{Value, json};

use crate::support::{NOTHING, RELEASE, World, operations, pets};

/// Which page, and how another filter compares: no filters.
const NO_FILTERS: [&str; 3] = ["limit", "offset", "precise_search"];

/// One of everything that is listed, by ids.
struct Scene {
    group: String,
    api: String,
    app: String,
    other_app: String,
    throttle: String,
    other_throttle: String,
    channel: String,
    plugin: String,
    other_plugin: String,
    quota: String,
}

impl Scene {
    async fn make(world: &World) -> Self {
        let group = world.group("grp_1").await;
        let mut pets = pets();
        pets["auth_type"] = json!("APP");
        let api = world.api(&group, pets).await;
        let online = json!({ "action": "online", "env_id": RELEASE, "api_id": api });
        let publication = world.owner().post("apis/action", online).await.text("/publish_id").to_owned();
        let (app, other_app) = (world.app("app_1").await, world.app("app_2").await);
        let pair = json!({ "env_id": RELEASE, "app_ids": [app], "api_ids": [api] });
        assert_eq!(world.owner().post("app-auths", pair).await.status, 201);
        let owner = world.owner();
        assert_eq!(owner.put(&format!("apps/{app}/app-codes"), json!({})).await.status, 201);
        let variable = json!({
            "group_id": group, "env_id": RELEASE, "variable_name": "place", "variable_value": "here",
        });
        assert_eq!(owner.post("env-variables", variable).await.status, 201);
        let (throttle, other_throttle) = (throttle(world, "one").await, throttle(world, "other").await);
        let bound = json!({ "strategy_id": throttle, "publish_ids": [publication] });
        assert_eq!(owner.post("throttle-bindings", bound).await.status, 201);
        let special = json!({ "object_type": "APP", "object_id": app, "call_limits": 1 });
        let specials = format!("throttles/{throttle}/throttle-specials");
        assert_eq!(owner.post(&specials, special).await.status, 201);
        let quota = json!({ "name": "gold", "call_limits": 9, "time_unit": "DAY", "time_interval": 1 });
        let quota = owner.post("app-quotas", quota).await.text("/app_quota_id").to_owned();
        let bound = json!({ "app_ids": [app] });
        assert_eq!(owner.post(&format!("app-quotas/{quota}/binding-apps"), bound).await.status, 201);
        let channel = json!({
            "name": "members", "port": 80, "balance_strategy": 1, "member_type": "ip",
            "members": [{ "host": "10.0.0.1", "member_group_name": "blue" }],
            "member_groups": [{ "member_group_name": "blue" }],
        });
        let channel = owner.post("vpc-channels", channel).await.id();
        let (plugin, other_plugin) = (plugin(world, "one").await, plugin(world, "other").await);
        let attached = json!({ "env_id": RELEASE, "api_ids": [api] });
        assert_eq!(owner.post(&format!("plugins/{plugin}/attach"), attached).await.status, 201);
        Self { group, api, app, other_app, throttle, other_throttle, channel, plugin, other_plugin, quota }
    }

    /// What a list cannot do without.
    fn required(&self, name: &str) -> Vec<(&'static str, String)> {
        match name {
            "ListApisBindedToAppV2" => vec![("app_id", self.app.clone())],
            "ListApisUnbindedToAppV2" => {
                vec![("app_id", self.other_app.clone()), ("env_id", RELEASE.to_owned())]
            }
            "ListApisBindedToRequestThrottlingPolicyV2" => vec![("throttle_id", self.throttle.clone())],
            "ListApisUnbindedToRequestThrottlingPolicyV2" => {
                vec![("throttle_id", self.other_throttle.clone()), ("env_id", RELEASE.to_owned())]
            }
            "ListRequestThrottlingPoliciesBindedToApiV2" => vec![("api_id", self.api.clone())],
            "ListApiAttachablePlugins" | "ListPluginAttachableApis" => {
                vec![("env_id", RELEASE.to_owned())]
            }
            "ListEnvironmentVariablesV2" => vec![("group_id", self.group.clone())],
            _ => Vec::new(),
        }
    }

    fn path(&self, operation: &Value) -> String {
        let path = operation["path"].as_str().unwrap().replace("{api_id}", &self.api);
        let plugin = if path.ends_with("/attachable-apis") { &self.other_plugin } else { &self.plugin };
        let path = path.replace("{plugin_id}", plugin);
        let path = path.replace("{app_id}", &self.app).replace("{throttle_id}", &self.throttle);
        let path = path.replace("{vpc_channel_id}", &self.channel);
        let path = path.replace("{app_quota_id}", &self.quota);
        match path.split_once("{instance_id}/") {
            Some((_, below)) => below.to_owned(),
            None => path.strip_prefix("/v2/{project_id}/apigw").unwrap().to_owned(),
        }
    }
}

async fn throttle(world: &World, name: &str) -> String {
    let policy = json!({ "name": name, "time_interval": 1, "time_unit": "MINUTE", "api_call_limits": 10 });
    world.owner().post("throttles", policy).await.id()
}

async fn plugin(world: &World, name: &str) -> String {
    let content = r#"{"scope":"basic","default_interval":1,"default_time_unit":"day","api_limit":9}"#;
    let plugin = json!({
        "plugin_name": name, "plugin_type": "rate_limit", "plugin_scope": "global", "plugin_content": content,
    });
    world.owner().post("plugins", plugin).await.text("/plugin_id").to_owned()
}

fn target(path: &str, query: &[(&str, String)]) -> String {
    let pairs: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{path}?{}", pairs.join("&"))
}

/// The lists that this test has something in.
const LISTS: [&str; 25] = [
    "ListApiAttachablePlugins",
    "ListApiAttachedPlugins",
    "ListApiGroupsV2",
    "ListApiVersionsV2",
    "ListApisBindedToAppV2",
    "ListApisBindedToRequestThrottlingPolicyV2",
    "ListApisUnbindedToAppV2",
    "ListApisUnbindedToRequestThrottlingPolicyV2",
    "ListApisV2",
    "ListAppCodesV2",
    "ListAppQuotaBoundApps",
    "ListAppQuotas",
    "ListAppsBindedToApiV2",
    "ListAppsV2",
    "ListBackendInstancesV2",
    "ListEnvironmentVariablesV2",
    "ListEnvironmentsV2",
    "ListMemberGroups",
    "ListPluginAttachableApis",
    "ListPluginAttachedApis",
    "ListPlugins",
    "ListRequestThrottlingPoliciesBindedToApiV2",
    "ListRequestThrottlingPolicyV2",
    "ListSpecialThrottlingConfigurationsV2",
    "ListVpcChannelsV2",
];

#[tokio::test]
async fn no_filter_is_ignored() {
    let world = World::new().await;
    let (owner, scene) = (world.owner(), Scene::make(&world).await);
    let mut tried = 0;
    for name in LISTS.iter().chain(&["ListInstancesV2"]) {
        let operation = &operations()["operations"][name];
        let (path, required) = (scene.path(operation), scene.required(name));
        let all = owner.get(&target(&path, &required)).await;
        assert_ne!(all.body["total"], 0, "{name} lists nothing");
        let filters = operation["query"].as_array().unwrap().iter().map(|filter| filter.as_str().unwrap());
        for filter in filters.filter(|filter| !NO_FILTERS.contains(filter)) {
            let unmet = if filter.ends_with("id") { NOTHING } else { "zzz" };
            let mut query = required.clone();
            query.retain(|(name, _)| *name != filter);
            query.push((filter, unmet.to_owned()));
            let reply = owner.get(&target(&path, &query)).await;
            let ignored = reply.status == 200 && reply.body["total"] != 0;
            assert!(!ignored, "{name} ignores {filter}: {reply:?}");
            tried += 1;
        }
    }
    assert!(tried > 35, "{tried} filters");
}

#[tokio::test]
async fn an_app_is_found_by_its_key() {
    let world = World::new().await;
    let (owner, scene) = (world.owner(), Scene::make(&world).await);
    let shown = owner.get(&format!("apps/{}", scene.other_app)).await;
    let key = shown.text("/app_key");
    let found =
        async |query: &str| owner.get(&format!("apps?app_key={key}{query}")).await.column("apps", "name");
    assert_eq!(found("").await, ["app_2"]);
    assert_eq!(found("&name=APP_2").await, ["app_2"]);
    assert_eq!(found("&name=app_1").await, [""; 0]);
    assert_eq!(found("&name=app&precise_search=name").await, [""; 0]);
    assert_eq!(owner.get("apis?return_data_mode=brief").await.body["total"], 1);
}
