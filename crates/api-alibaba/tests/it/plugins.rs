//! Plug-ins: made, attached, shown as they were given (spec: aliyun/plugins.md §1).

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Client, World, pet_shop, text};

/// With a comment: what is given is what is shown.
const DATA: &str = "unit: MINUTE # a comment\napiDefault: 10\n";

struct Shop {
    world: World,
    owner: Client,
    group: String,
    api: String,
}

impl Shop {
    async fn new() -> Self {
        let (world, owner, group, api) = pet_shop().await;
        Self { world, owner, group, api }
    }

    async fn plugin(&self, name: &str, data: &str) -> String {
        self.plugin_of(name, "trafficControl", data).await
    }

    async fn plugin_of(&self, name: &str, kind: &str, data: &str) -> String {
        self.world.clock.advance(1);
        let params = [("PluginName", name), ("PluginType", kind), ("PluginData", data)];
        text(&self.owner.done("CreatePlugin", &params).await["PluginId"]).to_owned()
    }

    async fn attach(&self, plugin: &str) {
        self.owner.done("AttachPlugin", &self.place(plugin)).await;
    }

    fn place<'a>(&'a self, plugin: &'a str) -> [(&'a str, &'a str); 4] {
        [("PluginId", plugin), ("GroupId", &self.group), ("ApiId", &self.api), ("StageName", "RELEASE")]
    }

    async fn attached(&self) -> Vec<String> {
        let place = self.place("");
        let shown = self.owner.done("DescribePluginsByApi", &place[1..]).await;
        let plugins = shown["Plugins"]["PluginAttribute"].as_array().unwrap();
        plugins.iter().map(|plugin| text(&plugin["PluginName"]).to_owned()).collect()
    }
}

#[tokio::test]
async fn a_plugin_is_shown_as_it_was_given() {
    let shop = Shop::new().await;
    let id = shop.plugin("ten_a_minute", DATA).await;
    let shown = shop.owner.done("DescribePlugins", &[("PluginId", &id)]).await;
    let plugin = &shown["Plugins"]["PluginAttribute"][0];
    assert_eq!((text(&plugin["PluginData"]), text(&plugin["PluginType"])), (DATA, "trafficControl"));
    assert_eq!((&shown["TotalCount"], &plugin["Tags"]), (&json!(1), &json!({ "TagInfo": [] })));

    let data = r#"{"unit":"HOUR","apiDefault":7}"#;
    shop.owner
        .done("ModifyPlugin", &[("PluginId", &id), ("PluginData", data), ("Description", "calm")])
        .await;
    shop.plugin("other_plugin", DATA).await;
    let listed = async |params: &[(&str, &str)]| {
        let shown = shop.owner.done("DescribePlugins", params).await;
        let plugins = shown["Plugins"]["PluginAttribute"].as_array().unwrap().clone();
        plugins.iter().map(|plugin| text(&plugin["PluginName"]).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(listed(&[]).await, ["ten_a_minute", "other_plugin"]);
    assert_eq!(listed(&[("PluginName", "TEN")]).await, ["ten_a_minute"]);
    assert_eq!(
        listed(&[("PluginType", "trafficControl"), ("PageSize", "1"), ("PageNumber", "2")]).await,
        ["other_plugin"]
    );
    assert_eq!(listed(&[("PluginId", &id), ("PluginName", "other")]).await, [""; 0]);
    let shown = shop.owner.done("DescribePlugins", &[("PluginId", &id)]).await;
    let plugin = &shown["Plugins"]["PluginAttribute"][0];
    assert_eq!((text(&plugin["PluginData"]), text(&plugin["Description"])), (data, "calm"));
    shop.owner.done("DeletePlugin", &[("PluginId", &id)]).await;
    assert_snapshot!(shop.owner.refused("DeletePlugin", &[("PluginId", &id)]).await, @"404 NotFoundPlugin: Cannot find resource according to your specified Plugin.");
}

#[tokio::test]
async fn the_latest_of_a_type_is_attached() {
    let shop = Shop::new().await;
    let (first, second) = (shop.plugin("first", DATA).await, shop.plugin("second", DATA).await);
    shop.attach(&first).await;
    assert_eq!(shop.attached().await, ["first"]);
    shop.attach(&second).await;
    assert_eq!(shop.attached().await, ["second"]);
    let shown = shop.owner.done("DescribePluginApis", &[("PluginId", &second)]).await;
    let api = &shown["ApiSummarys"]["ApiPluginSummary"][0];
    let told = ["ApiName", "GroupName", "Method", "Path", "StageName"].map(|name| text(&api[name]));
    assert_eq!(told, ["list_pets", "pet_shop", "GET", "/pets", "RELEASE"]);
    let other = [("PluginId", second.as_str()), ("Method", "POST")];
    assert_eq!(shop.owner.done("DescribePluginApis", &other).await["TotalCount"], 0);
    assert_snapshot!(shop.owner.refused("DeletePlugin", &[("PluginId", &second)]).await, @"400 DependencyViolationPlugin: The specified Plugin has Api definitions.");
    shop.owner.done("DetachPlugin", &shop.place(&second)).await;
    assert_eq!(shop.attached().await, [""; 0]);

    let many = [
        ("PluginId", first.as_str()),
        ("GroupId", &shop.group),
        ("ApiIds", &shop.api),
        ("StageName", "TEST"),
    ];
    shop.owner.done("AttachPlugin", &many).await;
    assert_eq!(shop.attached().await, [""; 0], "it is attached in another stage");
}

#[tokio::test]
async fn what_is_wrong_is_told_in_the_vendors_codes() {
    let shop = Shop::new().await;
    let create = async |params: &[(&str, &str)]| shop.owner.refused("CreatePlugin", params).await;
    let plugin = |data| [("PluginName", "plugin"), ("PluginType", "trafficControl"), ("PluginData", data)];
    assert_snapshot!(create(&plugin("unit: YEAR\nappDefault: 5\n")).await, @"400 InvalidPluginData: The specified parameter PluginData value is not valid. PluginData: `YEAR` is none of: SECOND, MINUTE, HOUR, DAY; PluginData: it is missing.");
    assert_snapshot!(create(&plugin("a: [1")).await, @"400 InvalidPluginData: The specified parameter PluginData value is not valid. PluginData: it is neither JSON nor YAML: error: line 1 column 4: unclosed bracket '['.");
    assert_snapshot!(create(&[("PluginName", "plugin"), ("PluginType", "jwtAuth"), ("PluginData", "a")]).await, @"400 InvalidPluginType: The specified parameter PluginType value is not valid. `jwtAuth`: it is not there yet; trafficControl, ipControl, cors, backendSignature are offered.");
    assert_snapshot!(create(&[("PluginName", "plugin"), ("PluginType", "magic"), ("PluginData", "a")]).await, @"400 InvalidPluginType: The specified parameter PluginType value is not valid. `magic`: trafficControl, ipControl, cors, backendSignature are offered.");
    assert_snapshot!(create(&[("PluginName", "plugin"), ("PluginType", "trafficControl")]).await, @"400 MissingPluginData: The PluginData is mandatory for this action.");
    assert_snapshot!(create(&[("PluginName", "_ab"), ("PluginType", "trafficControl"), ("PluginData", DATA)]).await, @"400 InvalidPluginName.LengthLimit: The parameter PluginName length exceeds the limit. PluginName: `_ab` has 3 characters, but 4 to 50 are allowed.");
    shop.plugin("plugin", DATA).await;
    assert_snapshot!(create(&plugin(DATA)).await, @"400 RepeatedPluginName: The specified PluginName is repeated. PluginName: `plugin` is taken by policy/….");
}

#[tokio::test]
async fn types_stand_side_by_side() {
    let shop = Shop::new().await;
    let data = "type: REFUSE\nitems:\n- blocks: [10.0.0.0/8] # the office\n";
    let (control, ten) =
        (shop.plugin_of("office", "ipControl", data).await, shop.plugin("ten_a_minute", DATA).await);
    shop.attach(&control).await;
    shop.attach(&ten).await;
    let mut attached = shop.attached().await;
    attached.sort_unstable();
    assert_eq!(attached, ["office", "ten_a_minute"]);
    let shown = shop.owner.done("DescribePlugins", &[("PluginType", "ipControl")]).await;
    let plugin = &shown["Plugins"]["PluginAttribute"][0];
    assert_eq!((text(&plugin["PluginData"]), &shown["TotalCount"]), (data, &json!(1)));
    let wrong = [
        ("PluginName", "wrong"),
        ("PluginType", "ipControl"),
        ("PluginData", "type: ALLOW\nitems: [{ blocks: [10.0.0.0/40] }]"),
    ];
    assert_snapshot!(shop.owner.refused("CreatePlugin", &wrong).await, @"400 InvalidPluginData: The specified parameter PluginData value is not valid. PluginData: `10.0.0.0/40` is neither an address nor a network or range of them.");
}

/// The secret is taken out of the data, and shown in it to the owner.
#[tokio::test]
async fn a_backend_signatures_secret_is_kept_apart() {
    let shop = Shop::new().await;
    let data = "type: APIGW_BACKEND\nkey: SampleKey\nsecret: SampleSecret\n";
    let id = shop.plugin_of("backends", "backendSignature", data).await;
    let shown = async || {
        let shown = shop.owner.done("DescribePlugins", &[("PluginId", &id)]).await;
        text(&shown["Plugins"]["PluginAttribute"][0]["PluginData"]).to_owned()
    };
    assert_eq!(shown().await, r#"{"type":"APIGW_BACKEND","key":"SampleKey","secret":"SampleSecret"}"#);
    let data = r#"{"type":"APIGW_BACKEND","key":"OtherKey","secret":"OtherSecret"}"#;
    shop.owner.done("ModifyPlugin", &[("PluginId", &id), ("PluginData", data)]).await;
    assert_eq!(shown().await, data);
    shop.attach(&id).await;
    assert_eq!(shop.attached().await, ["backends"]);
    let wrong = [
        ("PluginName", "wrong"),
        ("PluginType", "backendSignature"),
        ("PluginData", "type: APIGW_BACKEND\nkey: SampleKey\n"),
    ];
    assert_snapshot!(shop.owner.refused("CreatePlugin", &wrong).await, @"400 MissingPluginData: The PluginData is mandatory for this action. PluginData: the secret is missing.");
}

/// What a client finds to begin with can be taken as it is.
#[tokio::test]
async fn every_type_that_is_offered_has_a_template_that_is_taken() {
    let owner = World::new().await.owner();
    let shown = owner.done("DescribePluginSchemas", &[("Language", "en")]).await;
    let schemas = shown["PluginSchemas"]["PluginSchema"].as_array().unwrap().clone();
    let names: Vec<&str> = schemas.iter().map(|schema| text(&schema["Name"])).collect();
    assert_eq!(names, ["trafficControl", "ipControl", "cors", "backendSignature"]);
    let chinese = owner.done("DescribePluginSchemas", &[("Language", "zh")]).await;
    assert_eq!(chinese["PluginSchemas"]["PluginSchema"][0]["Title"], "流量控制");
    let templates = async |params: &[(&str, &str)]| {
        let shown = owner.done("DescribePluginTemplates", params).await;
        shown["Templates"]["Template"].as_array().unwrap().clone()
    };
    let mut taken = 0;
    for name in names {
        for template in templates(&[("PluginName", name)]).await {
            taken += 1;
            let title = format!("template_{taken}");
            let plugin = [("PluginName", title.as_str()), ("PluginType", name)];
            let data = [("PluginData", text(&template["Sample"]))];
            owner
                .done(
                    "CreatePlugin",
                    &[plugin, [data[0], ("Description", text(&template["Title"]))]].concat(),
                )
                .await;
        }
    }
    assert_eq!(taken, templates(&[]).await.len());
    let later = owner.refused("DescribePluginTemplates", &[("PluginName", "caching")]).await;
    assert!(later.starts_with("400 InvalidPluginName"), "{later}");
}
