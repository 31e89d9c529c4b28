//! No filter of a list is ignored: one that nothing meets finds nothing, or is refused.

use paifang_api_alibaba::{Offer, operations};

use crate::support::{Client, Operations, World, get, mock_api, text};

/// Which page, in which language, on whose behalf: no filters.
const NO_FILTERS: [&str; 4] = ["PageNumber", "PageSize", "Language", "SecurityToken"];
/// It says how another filter compares.
const MODIFIER: &str = "AccurateQuery";

/// One of everything that is listed: a published API, an app that may call it, an access.
struct Scene {
    group: String,
    api: String,
    app: String,
    plugin: String,
    ip_control: String,
    signature: String,
    backend: String,
}

impl Scene {
    async fn make(owner: &Client) -> Self {
        let made = owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await;
        let group = text(&made["GroupId"]).to_owned();
        let made = owner.done("CreateApi", &mock_api(&group, "list_pets", &get("/pets"))).await;
        let api = text(&made["ApiId"]).to_owned();
        let app = owner.done("CreateApp", &[("AppName", "reader")]).await["AppId"].to_string();
        let there = [("GroupId", group.as_str()), ("ApiId", &api), ("StageName", "RELEASE")];
        owner.done("DeployApi", &[&there[..], &[("Description", "first")]].concat()).await;
        owner.done("SetAppsAuthorities", &[&there[..], &[("AppIds", &app)]].concat()).await;
        let place = [("Name", "access_1"), ("VpcId", "vpc-1"), ("InstanceId", "i-1"), ("Port", "80")];
        owner.done("SetVpcAccess", &place).await;
        let service = r#"{"ServiceVpcEnable":"TRUE","VpcConfig":{"Name":"access_1"},"ServicePath":"/","ServiceTimeout":"3000"}"#;
        let config = get("/barn");
        let mut barn = mock_api(&group, "list_barns", &config);
        barn[5].1 = service;
        let barn = owner.done("CreateApi", &barn).await;
        let barn = [("ApiId", text(&barn["ApiId"])), ("StageName", "RELEASE"), ("Description", "first")];
        owner.done("DeployApi", &barn).await;
        let data = "unit: DAY\napiDefault: 10\n";
        let plugin = [("PluginName", "ten_a_day"), ("PluginType", "trafficControl"), ("PluginData", data)];
        let plugin = text(&owner.done("CreatePlugin", &plugin).await["PluginId"]).to_owned();
        let ip_control = [
            ("IpControlName", "office"),
            ("IpControlType", "ALLOW"),
            ("IpControlPolicys.1.CidrIp", "192.0.2.1"),
        ];
        let ip_control = text(&owner.done("CreateIpControl", &ip_control).await["IpControlId"]).to_owned();
        let signature = [
            ("SignatureName", "backends"),
            ("SignatureKey", "SampleKey"),
            ("SignatureSecret", "SampleSecret"),
        ];
        let signature = text(&owner.done("CreateSignature", &signature).await["SignatureId"]).to_owned();
        owner.done("CreateAccessControlList", &[("AclName", "office")]).await;
        let backend = [("BackendName", "cattle"), ("BackendType", "HTTP")];
        let backend = text(&owner.done("CreateBackend", &backend).await["BackendId"]).to_owned();
        let config = get("/herd");
        let mut herd = mock_api(&group, "list_herd", &config);
        herd.extend([("BackendEnable", "true"), ("BackendId", &backend)]);
        let herd = owner.done("CreateApi", &herd).await;
        let at = [("BackendId", backend.as_str()), ("StageName", "RELEASE")];
        let data = [("BackendModelData", r#"{"ServiceAddress":"http://herd.example.com"}"#)];
        owner.done("CreateBackendModel", &[&at[..], &data].concat()).await;
        let herd = [("ApiId", text(&herd["ApiId"])), ("StageName", "RELEASE"), ("Description", "first")];
        owner.done("DeployApi", &herd).await;
        for plugin in [&plugin, &ip_control, &signature] {
            owner.done("AttachPlugin", &[&there[..], &[("PluginId", plugin.as_str())]].concat()).await;
        }
        let there = [("GroupId", group.as_str()), ("StageName", "RELEASE"), ("PluginId", &plugin)];
        owner.done("AttachGroupPlugin", &there).await;
        Self { group, api, app, plugin, ip_control, signature, backend }
    }

    /// What an operation cannot do without.
    fn required(&self, action: &str) -> Vec<(&str, &str)> {
        match action {
            "DescribeAuthorizedApis" => vec![("AppId", &self.app)],
            "DescribeAuthorizedApps" => vec![("GroupId", &self.group), ("ApiId", &self.api)],
            "DescribeApisByBackend" => vec![("BackendId", &self.backend)],
            "DescribePluginApis" => vec![("PluginId", &self.plugin)],
            "DescribePluginGroups" => vec![("PluginId", &self.plugin)],
            "DescribePluginsByGroup" => vec![("GroupId", &self.group), ("StageName", "RELEASE")],
            "DescribePluginsByApi" => {
                vec![("GroupId", &self.group), ("ApiId", &self.api), ("StageName", "RELEASE")]
            }
            "DescribeApisByTrafficControl" => vec![("TrafficControlId", &self.plugin)],
            "DescribeApisByIpControl" => vec![("IpControlId", &self.ip_control)],
            "DescribeApisBySignature" => vec![("SignatureId", &self.signature)],
            "DescribeApiTrafficControls" | "DescribeApiIpControls" | "DescribeApiSignatures" => {
                vec![("GroupId", &self.group), ("StageName", "RELEASE")]
            }
            "DescribeApiHistories" | "DescribeHistoryApis" => vec![("GroupId", &self.group)],
            _ => Vec::new(),
        }
    }
}

fn lists() -> impl Iterator<Item = &'static str> {
    let offered = operations().filter(|operation| matches!(operation.offer, Offer::Offered(_)));
    let paged = |name: &str| Operations::get().parameters(name).iter().any(|(name, _)| name == "PageNumber");
    offered.map(|operation| operation.name).filter(move |name| paged(name))
}

/// A value of the filter's type that nothing here has.
fn unmet(action: &str, filter: &str) -> (String, &'static str) {
    match Operations::get().kind(action, filter) {
        "boolean" => (filter.to_owned(), "true"),
        "integer" => (filter.to_owned(), "999999"),
        "string" => (filter.to_owned(), "zzz"),
        _ => (format!("{filter}.1.Key"), "zzz"),
    }
}

#[tokio::test]
async fn no_filter_is_ignored() {
    let world = World::new().await;
    let owner = world.owner();
    let scene = Scene::make(&owner).await;
    let mut tried = 0;
    for action in lists() {
        let required = scene.required(action);
        assert_ne!(owner.done(action, &required).await["TotalCount"], 0, "{action} lists nothing");
        for (filter, _) in Operations::get().parameters(action) {
            if NO_FILTERS.contains(&filter.as_str()) || filter == MODIFIER {
                continue;
            }
            let (name, value) = unmet(action, &filter);
            let mut params = required.clone();
            params.retain(|(name, _)| *name != filter);
            params.push((&name, value));
            let reply = owner.call(action, &params).await;
            let ignored = reply.status == 200 && reply.json()["TotalCount"] != 0;
            assert!(!ignored, "{action} ignores {filter}: {}", reply.body);
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried} filters");
}

#[tokio::test]
async fn filters_find_what_meets_them() {
    let world = World::new().await;
    let owner = world.owner();
    let scene = Scene::make(&owner).await;
    world.clock.advance(1);
    let other = owner.done("CreateApp", &[("AppName", "writer")]).await["AppId"].to_string();
    let keys = owner.done("DescribeAppSecurity", &[("AppId", &other)]).await;
    let (key, code) = (text(&keys["AppKey"]), text(&keys["AppCode"]));
    let apps = async |params: &[(&str, &str)]| {
        let listed = owner.done("DescribeAppAttributes", params).await;
        let names = listed["Apps"]["AppAttribute"].as_array().unwrap().iter();
        names.map(|app| text(&app["AppName"]).to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(apps(&[("AppKey", key)]).await, "writer");
    assert_eq!(apps(&[("AppCode", code), ("AppName", "WRIT")]).await, "writer");
    assert_eq!(apps(&[("AppCode", code), ("AppName", "read")]).await, "");
    assert_eq!(apps(&[("AppKey", key), ("AppId", &scene.app)]).await, "");
    assert_eq!(apps(&[("Sort", "DESC")]).await, "writer reader");
    assert_eq!(apps(&[]).await, "reader writer");

    let tag = [("Tag.1.Key", "team"), ("Tag.1.Value", "cats")];
    let config = get("/cats");
    let made =
        owner.done("CreateApi", &[&mock_api(&scene.group, "list_cats", &config)[..], &tag].concat()).await;
    let there = [("ApiId", text(&made["ApiId"])), ("StageName", "RELEASE"), ("Description", "first")];
    owner.done("DeployApi", &there).await;
    for action in ["DescribeApis", "DescribeDeployedApis"] {
        let listed = owner.done(action, &tag).await;
        assert_eq!(listed["TotalCount"], 1, "{action}: {listed}");
        assert!(listed.to_string().contains("list_cats"), "{action}: {listed}");
    }
}

/// What could only be forgotten is refused, not taken.
#[tokio::test]
async fn what_nothing_keeps_is_refused() {
    let world = World::new().await;
    let owner = world.owner();
    let scene = Scene::make(&owner).await;
    let tag = ("Tag.1.Key", "team");
    for (action, params) in [
        ("CreateApp", vec![("AppName", "writer"), tag]),
        ("CreateApp", vec![("AppName", "writer"), ("Extend", "x")]),
        ("ModifyApp", vec![("AppId", scene.app.as_str()), ("Extend", "x")]),
        ("SetVpcAccess", vec![("Name", "b"), ("VpcId", "v"), ("InstanceId", "i"), ("Port", "1"), tag]),
        ("SetDomain", vec![("GroupId", &scene.group), ("DomainName", "a.example.com"), ("IsForce", "true")]),
        ("ModifyApiGroup", vec![("GroupId", &scene.group), ("RpsLimitForServerless", "1")]),
    ] {
        let fault = owner.refused(action, &params).await;
        assert!(fault.starts_with("400 Invalid"), "{action}: {fault}");
        assert!(fault.contains("this gateway does not offer it"), "{action}: {fault}");
    }
}
