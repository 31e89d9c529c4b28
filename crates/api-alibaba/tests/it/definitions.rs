//! Definitions as clients write them, and what they read back.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Client, Style, World, mock_api, pretty, text};

async fn group(owner: &Client) -> String {
    text(&owner.done("CreateApiGroup", &[("GroupName", "pet_shop")]).await["GroupId"]).to_owned()
}

const CONFIG: &str = r#"{"requestProtocol":"HTTP,HTTPS","requestHttpMethod":"POST","requestPath":"/pets/[id]","requestMode":"MAPPING","bodyFormat":"FORM","escapePathParam":"false","postBodyDescription":"pets"}"#;

/// One client declares everything among the mapped parameters, with lower first letters, and reads constants and system
/// parameters from their own lists.
#[tokio::test]
async fn catalogues_are_folded_into_their_lists() {
    let owner = World::new().await.owner().calling(Style::RpcSplit);
    let group = group(&owner).await;
    let mut api = mock_api(&group, "list_pets", CONFIG);
    api[5].1 = r#"{"serviceProtocol":"HTTP","serviceAddress":"http://pets.example.com:8080","servicePath":"/p/[pet]","serviceHttpMethod":"POST","serviceTimeout":"12","aoneAppName":"cloudapi"}"#;
    api.push(("RequestParameters", r#"[
        {"apiParameterName":"id","location":"PATH","parameterType":"INT","required":"REQUIRED","minValue":1,"maxValue":"100"},
        {"apiParameterName":"kind","location":"QUERY","parameterType":"STRING","required":"OPTIONAL","defaultValue":"cat","enumValue":"cat,dog","docOrder":"2"},
        {"apiParameterName":"secret","location":"HEAD","parameterType":"STRING","required":"REQUIRED","defaultValue":"s3cret","description":"shared"},
        {"apiParameterName":"CaClientIp","location":"QUERY","parameterType":"STRING","required":"REQUIRED"}]"#));
    api.push(("ServiceParameters", r#"[
        {"serviceParameterName":"pet","location":"PATH","parameterType":"INT","parameterCatalog":"REQUEST"},
        {"serviceParameterName":"kind","location":"QUERY","parameterType":"STRING","parameterCatalog":"REQUEST"},
        {"serviceParameterName":"X-Secret","location":"HEAD","parameterType":"STRING","parameterCatalog":"CONSTANT"},
        {"serviceParameterName":"ip","location":"QUERY","parameterType":"STRING","parameterCatalog":"SYSTEM"}]"#));
    api.push((
        "ServiceParametersMap",
        r#"[
        {"serviceParameterName":"pet","requestParameterName":"id"},
        {"serviceParameterName":"kind","requestParameterName":"kind"},
        {"serviceParameterName":"X-Secret","requestParameterName":"secret"},
        {"serviceParameterName":"ip","requestParameterName":"CaClientIp"}]"#,
    ));
    let made = owner.done("CreateApi", &api).await;
    let shown = owner.done("DescribeApi", &[("ApiId", text(&made["ApiId"]))]).await;
    assert_snapshot!(pretty(&shown));
}

#[tokio::test]
async fn parameters_are_fully_mapped() {
    let owner = World::new().await.owner();
    let group = group(&owner).await;
    let create = async |service: &str, map: &str| {
        let mut api = mock_api(&group, "list_pets", r#"{"RequestHttpMethod":"GET","RequestPath":"/pets"}"#);
        api.push(("RequestParameters", r#"[{"ApiParameterName":"a","Location":"QUERY"}]"#));
        api.push(("ServiceParameters", service));
        api.push(("ServiceParametersMap", map));
        owner.refused("CreateApi", &api).await
    };
    let service = r#"[{"ServiceParameterName":"b","Location":"QUERY"}]"#;
    assert_snapshot!(create(service, "[]").await, @"400 InvalidParamMapping: Parameters must be fully mapped. ServiceParametersMap does not say what `b` of ServiceParameters is.");
    assert_snapshot!(create("[]", r#"[{"ServiceParameterName":"b","RequestParameterName":"a"}]"#).await, @"400 InvalidParamMapping: Parameters must be fully mapped. `b` is not among ServiceParameters.");
    assert_snapshot!(create(service, r#"[{"ServiceParameterName":"b","RequestParameterName":"c"}]"#).await, @"400 InvalidParamMapping: Parameters must be fully mapped. `c` is not among RequestParameters.");
}

#[tokio::test]
async fn rules_are_told_in_the_vendors_codes() {
    let owner = World::new().await.owner();
    let group = group(&owner).await;
    let create = async |name: &'static str, value: &str| {
        let mut api = mock_api(&group, "list_pets", CONFIG);
        api.retain(|(known, _)| *known != name);
        api.push((name, value));
        owner.refused("CreateApi", &api).await
    };
    assert_snapshot!(create("RequestConfig", "").await, @"400 MissingRequestConfig: The RequestConfig is mandatory for this action.");
    assert_snapshot!(create("RequestConfig", "{").await, @"400 InvalidFormatRequestConfig: The specified parameter RequestConfig value is not well formatted: it is not JSON: EOF while parsing an object at line 1 column 1.");
    assert_snapshot!(create("RequestConfig", "[]").await, @"400 InvalidFormatRequestConfig: The specified parameter RequestConfig value is not well formatted: it is not a JSON object.");
    assert_snapshot!(create("RequestConfig", r#"{"RequestPath":"/a"}"#).await, @"400 MissingRequestHttpMethod: The RequestHttpMethod is mandatory for this action.");
    assert_snapshot!(create("RequestConfig", r#"{"RequestPath":"a","RequestHttpMethod":"GET"}"#).await, @"400 InvalidRequestPath: The specified parameter RequestPath value is not valid. `a`: the path `a` must start with `/`.");
    assert_snapshot!(create("RequestConfig", r#"{"RequestPath":"/[a]","RequestHttpMethod":"GET"}"#).await, @"400 InvalidRequestPath: The specified parameter RequestPath value is not valid. RequestPath: the path names `a`, which is not among the path parameters.");
    assert_snapshot!(create("RequestConfig", r#"{"RequestPath":"/a","RequestHttpMethod":"CONNECT"}"#).await, @"400 InvalidRequestHttpMethod: The specified parameter RequestHttpMethod value is not valid. `CONNECT`: one of GET, POST, PUT, DELETE, PATCH, HEAD, HEADER, OPTIONS, TRACE, ANY is allowed.");
    assert_snapshot!(create("ServiceConfig", r#"{"ServiceProtocol":"FunctionCompute"}"#).await, @"400 InvalidServiceProtocol: The specified parameter ServiceProtocol value is not valid. `FunctionCompute`: this gateway does not offer it: such backends are not there yet.");
    assert_snapshot!(create("ServiceConfig", r#"{"ServiceAddress":"http://a/b","ServiceTimeout":"soon"}"#).await, @"400 InvalidServiceTimeout: The specified parameter ServiceTimeout value is not valid. `soon`: it is not a whole number.");
    assert_snapshot!(create("ServiceConfig", r#"{"ServiceAddress":"http://a/b"}"#).await, @"400 InvalidRequestPath: The specified parameter RequestPath value is not valid. RequestPath: the path names `id`, which is not among the path parameters; ServiceAddress: `http://a/b` is not a backend address: the path stands in a field of its own, and no user is named.");
    assert_snapshot!(create("Visibility", "SECRET").await, @"400 InvalidVisibility: The specified parameter Visibility value is not valid. `SECRET`: one of PUBLIC, PRIVATE is allowed.");
    assert_snapshot!(create("AuthType", "OPENID").await, @"400 InvalidAuthType: The specified parameter AuthType value is not valid. `OPENID`: this gateway does not offer it: OpenID Connect is not there yet.");
    assert_snapshot!(create("BackendEnable", "True").await, @"400 MissingBackendId: The BackendId is mandatory for this action.");
    assert_snapshot!(create("SystemParameters", r#"[{"ParameterName":"CaMagic","ServiceParameterName":"m","Location":"HEAD"}]"#).await, @"400 InvalidRequestPath: The specified parameter RequestPath value is not valid. RequestPath: the path names `id`, which is not among the path parameters; ServiceParameters: `CaMagic` is not a system parameter.");
}

/// What only other interfaces know is there after a change through this one.
#[tokio::test]
async fn what_this_interface_does_not_know_stays() {
    let world = World::new().await;
    let owner = world.owner();
    let group = group(&owner).await;
    let api = mock_api(&group, "list_pets", r#"{"RequestHttpMethod":"GET","RequestPath":"/pets"}"#);
    let made = owner.done("CreateApi", &[&api[..], &[("Tag.1.Key", "env")]].concat()).await;
    let native = world.native().await;
    let id = paifang_model::id::ApiId(text(&made["ApiId"]).parse().unwrap());
    let mut definition = native.read_api(id).await.unwrap().value.definition;
    (definition.request.cors, definition.tags) = (true, vec!["pets".to_owned()]);
    native.edit_api(id, definition, None).await.unwrap();
    owner
        .done("ModifyApi", &[&api[..], &[("ApiId", text(&made["ApiId"])), ("Description", "new")]].concat())
        .await;
    let definition = native.read_api(id).await.unwrap().value.definition;
    assert_eq!((definition.description.as_str(), definition.request.cors), ("new", true));
    assert_eq!(definition.tags, ["pets"]);
    let shown: Value = owner.done("DescribeApi", &[("ApiId", text(&made["ApiId"]))]).await;
    assert_eq!(shown["TagList"], json!({ "Tag": [{ "TagKey": "env", "TagValue": "" }] }));
}
