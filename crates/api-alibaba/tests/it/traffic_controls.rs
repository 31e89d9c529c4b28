//! Traffic control by its own operations: the same object as a plug-in of its type.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Client, World, pet_shop, pretty, text};

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

    async fn control(&self, name: &str, params: &[(&str, &str)]) -> String {
        self.world.clock.advance(1_000);
        let params = [&[("TrafficControlName", name)], params].concat();
        text(&self.owner.done("CreateTrafficControl", &params).await["TrafficControlId"]).to_owned()
    }

    async fn ten_a_minute(&self) -> String {
        self.control("ten_a_minute", &[("TrafficControlUnit", "MINUTE"), ("ApiDefault", "10")]).await
    }

    async fn bind(&self, control: &str) {
        let place = self.place(control);
        self.owner.done("SetTrafficControlApis", &place).await;
    }

    fn place<'a>(&'a self, control: &'a str) -> [(&'a str, &'a str); 4] {
        [
            ("TrafficControlId", control),
            ("GroupId", &self.group),
            ("ApiIds", &self.api),
            ("StageName", "RELEASE"),
        ]
    }

    async fn shown(&self, control: &str) -> Value {
        let mut shown = self.owner.done("DescribeTrafficControls", &[("TrafficControlId", control)]).await;
        shown["TrafficControls"]["TrafficControl"][0].take()
    }

    /// The names of those that meet the conditions.
    async fn listed(&self, params: &[(&str, &str)]) -> Vec<String> {
        let shown = self.owner.done("DescribeTrafficControls", params).await;
        let all = shown["TrafficControls"]["TrafficControl"].as_array().unwrap();
        all.iter().map(|control| text(&control["TrafficControlName"]).to_owned()).collect()
    }
}

#[tokio::test]
async fn it_is_made_shown_changed_and_deleted() {
    let shop = Shop::new().await;
    let limits = [
        ("TrafficControlUnit", "MINUTE"),
        ("ApiDefault", "100"),
        ("UserDefault", "50"),
        ("AppDefault", "20"),
        ("Description", "calm"),
    ];
    let id = shop.control("a_hundred", &limits).await;
    let shown = shop.owner.done("DescribeTrafficControls", &[("TrafficControlId", &id)]).await;
    assert_snapshot!(pretty(&shown));
    shop.world.clock.advance(1_000);
    let changes = [("TrafficControlUnit", "HOUR"), ("ApiDefault", "200"), ("TrafficControlName", "more")];
    shop.owner
        .done("ModifyTrafficControl", &[&[("TrafficControlId", id.as_str())][..], &changes].concat())
        .await;
    let shown = shop.shown(&id).await;
    let told = ["TrafficControlName", "TrafficControlUnit", "Description", "CreatedTime", "ModifiedTime"];
    assert_eq!(
        told.map(|name| text(&shown[name])),
        ["more", "HOUR", "calm", "2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z"]
    );
    let numbers = ["ApiDefault", "UserDefault", "AppDefault"].map(|name| shown[name].clone());
    assert_eq!(numbers, [json!(200), json!(50), json!(20)]);
    shop.owner.done("DeleteTrafficControl", &[("TrafficControlId", &id)]).await;
    assert_snapshot!(shop.owner.refused("DeleteTrafficControl", &[("TrafficControlId", &id)]).await, @"404 NotFoundTrafficControl: Cannot find resource according to your specified TrafficControl.");
}

#[tokio::test]
async fn callers_have_limits_of_their_own() {
    let shop = Shop::new().await;
    let id = shop.ten_a_minute().await;
    let app = shop.owner.done("CreateApp", &[("AppName", "reader")]).await["AppId"].to_string();
    let user = shop.world.native().await.read_account().await.unwrap().value.number.to_string();
    let special = async |action: &str, sort: &str, key: &str, value: &[(&str, &str)]| {
        let params = [("TrafficControlId", id.as_str()), ("SpecialType", sort), ("SpecialKey", key)];
        shop.owner.call(action, &[&params[..], value].concat()).await
    };
    let add = async |sort: &str, key: &str, value: &str| {
        special("AddTrafficSpecialControl", sort, key, &[("TrafficValue", value)]).await.fault()
    };
    let shown = async || {
        let mut shown = shop.shown(&id).await;
        shown["SpecialPolicies"]["SpecialPolicy"].take()
    };
    add("APP", &app, "3").await;
    add("APP", &app, "5").await;
    add("USER", &user, "8").await;
    let app_policy = json!({ "SpecialType": "APP", "Specials": { "Special": [{ "SpecialKey": app, "TrafficValue": 5 }] } });
    let user_policy = json!({ "SpecialType": "USER", "Specials": { "Special": [{ "SpecialKey": user, "TrafficValue": 8 }] } });
    assert_eq!(shown().await, json!([app_policy, user_policy]), "the latest value of an app holds");

    assert_snapshot!(add("APP", "999999999", "3").await, @"404 NotFoundApp: Cannot find resource according to your specified App.");
    assert_snapshot!(add("USER", "42", "3").await, @"404 UserNotFound: The specified user can not be found.");
    assert_snapshot!(add("APP", &app, "11").await, @"400 InvalidTrafficValue: The specified parameter TrafficValue value is not valid. TrafficValue: 11 is above apiDefault, which is 10.");
    assert_snapshot!(add("APP", &app, "0").await, @"400 InvalidTrafficValue: The specified parameter TrafficValue value is not valid. TrafficValue: 0 is out of range: 1 to 100000000 are allowed.");
    assert_snapshot!(add("TEAM", "1", "3").await, @"400 InvalidSpecialType: The specified parameter SpecialType value is not valid. `TEAM`: one of APP, USER is allowed.");

    let below = [("TrafficControlId", id.as_str()), ("ApiDefault", "4")];
    assert_snapshot!(shop.owner.refused("ModifyTrafficControl", &below).await, @"400 InvalidApiDefault: The specified parameter ApiDefault value is not valid. ApiDefault: 5 is above apiDefault, which is 4; ApiDefault: 8 is above apiDefault, which is 4.");
    special("DeleteTrafficSpecialControl", "APP", &app, &[]).await;
    assert_eq!(shown().await, json!([user_policy]));
    assert_snapshot!(special("DeleteTrafficSpecialControl", "APP", &app, &[]).await.fault().replace(&app, "100"), @"404 NotFoundSpecialKey: Cannot find resource according to your specified SpecialKey. SpecialKey: `100` has no limit of its own.");
    shop.owner.done("DeleteAllTrafficSpecialControl", &[("TrafficControlId", &id)]).await;
    assert_eq!(shown().await, json!([]));
}

#[tokio::test]
async fn it_is_bound_and_looked_at_from_either_side() {
    let shop = Shop::new().await;
    let (first, second) = (
        shop.ten_a_minute().await,
        shop.control("other", &[("TrafficControlUnit", "SECOND"), ("ApiDefault", "1")]).await,
    );
    shop.bind(&first).await;
    let place = shop.place(&first);
    let listed = shop.owner.done("DescribeApiTrafficControls", &[place[1], place[3]]).await;
    assert_snapshot!(pretty(&listed));
    let apis = shop.owner.done("DescribeApisByTrafficControl", &place[..1]).await;
    assert_snapshot!(pretty(&apis));
    shop.bind(&second).await;
    let at = [place[1], ("ApiId", shop.api.as_str()), place[3]];
    let of_api = shop.owner.done("DescribeTrafficControlsByApi", &at).await;
    let rows = of_api["TrafficControlItems"]["TrafficControlItem"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "the latest is bound: {of_api}");
    assert_eq!(text(&rows[0]["TrafficControlItemName"]), "other");
    assert_eq!(shop.listed(&at).await, ["other"]);
    assert_eq!(shop.listed(&[("StageName", "TEST")]).await, [""; 0]);
    assert_eq!(shop.listed(&[("TrafficControlName", "TEN")]).await, ["ten_a_minute"]);
    assert_snapshot!(shop.owner.refused("DeleteTrafficControl", &[("TrafficControlId", &second)]).await, @"400 DependencyViolationTrafficControl: The specified TrafficControl has Api definitions.");

    assert_snapshot!(shop.owner.refused("RemoveTrafficControlApis", &place).await, @"404 NotFoundApi: Cannot find resource according to your specified Api. Api: there is no binding `…`.");
    let without_apis = [("TrafficControlId", second.as_str()), place[1], place[3]];
    shop.owner.done("RemoveTrafficControlApis", &without_apis).await;
    shop.owner.done("RemoveTrafficControlApis", &without_apis).await;
    assert_eq!(shop.owner.done("DescribeApiTrafficControls", &[place[1], place[3]]).await["TotalCount"], 0);
}

/// Traffic control is a plug-in, and a plug-in is traffic control as far as these operations can tell it.
#[tokio::test]
async fn a_plug_in_of_the_type_is_the_same_object() {
    let shop = Shop::new().await;
    let plugin = async |name: &str, data: &str| {
        let params = [("PluginName", name), ("PluginType", "trafficControl"), ("PluginData", data)];
        text(&shop.owner.done("CreatePlugin", &params).await["PluginId"]).to_owned()
    };
    let plain = plugin("plain", "unit: SECOND # of a clock\napiDefault: 9\ncontrolMode: FIX_WINDOW\n").await;
    let rules = "defaultLimit: 5\ndefaultTimeUnit: MINUTE\n";
    let rules = plugin("with_rules", rules).await;
    assert_eq!(shop.listed(&[]).await, ["plain"]);
    assert_snapshot!(shop.owner.refused("DeleteTrafficControl", &[("TrafficControlId", &rules)]).await, @"404 NotFoundTrafficControl: Cannot find resource according to your specified TrafficControl.");
    let data = async |id: &str| {
        let shown = shop.owner.done("DescribePlugins", &[("PluginId", id)]).await;
        text(&shown["Plugins"]["PluginAttribute"][0]["PluginData"]).to_owned()
    };
    shop.owner.done("ModifyTrafficControl", &[("TrafficControlId", &plain), ("ApiDefault", "8")]).await;
    assert_eq!(data(&plain).await, r#"{"unit":"SECOND","apiDefault":8,"controlMode":"FIX_WINDOW"}"#);
    shop.owner
        .done("ModifyTrafficControl", &[("TrafficControlId", &plain), ("TrafficControlUnit", "DAY")])
        .await;
    assert_eq!(data(&plain).await, r#"{"unit":"DAY","apiDefault":8}"#);
    let made = shop.ten_a_minute().await;
    assert_eq!(data(&made).await, r#"{"unit":"MINUTE","apiDefault":10}"#);
}

#[tokio::test]
async fn what_is_wrong_is_told_in_the_vendors_codes() {
    let shop = Shop::new().await;
    let create = async |params: &[(&str, &str)]| {
        let all = [&[("TrafficControlName", "limits")], params].concat();
        shop.owner.refused("CreateTrafficControl", &all).await
    };
    let minute = ("TrafficControlUnit", "MINUTE");
    assert_snapshot!(create(&[minute]).await, @"400 MissingApiDefault: The ApiDefault is mandatory for this action.");
    assert_snapshot!(create(&[("ApiDefault", "5")]).await, @"400 MissingTrafficControlUnit: The TrafficControlUnit is mandatory for this action.");
    assert_snapshot!(create(&[minute, ("ApiDefault", "many")]).await, @"400 InvalidApiDefault: The specified parameter ApiDefault value is not valid. `many`: it is not a whole number in range.");
    assert_snapshot!(create(&[minute, ("ApiDefault", "-5")]).await, @"400 InvalidApiDefault: The specified parameter ApiDefault value is not valid. ApiDefault: -5 is out of range: 1 to 100000000 are allowed.");
    assert_snapshot!(create(&[("TrafficControlUnit", "YEAR"), ("ApiDefault", "5")]).await, @"400 InvalidTrafficControlUnit: The specified parameter TrafficControlUnit value is not valid. TrafficControlUnit: `YEAR` is none of: SECOND, MINUTE, HOUR, DAY.");
    assert_snapshot!(create(&[minute, ("ApiDefault", "5"), ("UserDefault", "6")]).await, @"400 InvalidUserDefault: The specified parameter UserDefault value is not valid. UserDefault: 6 is above apiDefault, which is 5.");
    assert_snapshot!(create(&[minute, ("ApiDefault", "5"), ("UserDefault", "3"), ("AppDefault", "4")]).await, @"400 InvalidAppDefault: The specified parameter AppDefault value is not valid. AppDefault: 4 is above userDefault, which is 3.");
    shop.ten_a_minute().await;
    let again = [("TrafficControlName", "ten_a_minute"), minute, ("ApiDefault", "5")];
    assert_snapshot!(shop.owner.refused("CreateTrafficControl", &again).await, @"400 RepeatedTrafficControlName: The specified TrafficControlName is repeated. TrafficControlName: `ten_a_minute` is taken by policy/….");
    let onlooker = shop.world.onlooker().await;
    let refused = onlooker
        .refused("CreateTrafficControl", &[("TrafficControlName", "limits"), minute, ("ApiDefault", "5")])
        .await;
    assert!(refused.starts_with("403 Forbidden.RAM"), "{refused}");
    assert_snapshot!(shop.owner.refused("SetTrafficControlApis", &shop.place("zzz")).await, @"404 NotFoundTrafficControl: Cannot find resource according to your specified TrafficControl.");
}
