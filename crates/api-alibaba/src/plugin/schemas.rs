//! `DescribePluginSchemas` and `DescribePluginTemplates`: the types that are offered, and data to begin with.

use paifang_model::PolicyKind;
use serde_json::{Value, json};

use super::{kind_of, name_of};
use crate::call::Call;
use crate::fault::Fault;

/// A text in English and in Chinese.
type Text = [&'static str; 2];

/// A type of plug-ins.
struct Schema {
    kind: PolicyKind,
    title: Text,
    description: Text,
    templates: &'static [Template],
}

/// Data of a plug-in to begin with.
struct Template {
    title: Text,
    description: Text,
    sample: &'static str,
}

static SCHEMAS: [Schema; 4] = [
    Schema {
        kind: PolicyKind::Throttle,
        title: ["Traffic control", "流量控制"],
        description: [
            "Limits calls of an API, of users and of apps, or by what calls carry.",
            "按 API、用户、应用或请求参数限制调用次数。",
        ],
        templates: &[
            Template {
                title: ["By API, user and app", "按 API、用户和应用"],
                description: [
                    "Numbers for all, and others for some apps.",
                    "为所有调用方设定阈值，并为个别应用单独设定。",
                ],
                sample: "unit: MINUTE\napiDefault: 1000\nuserDefault: 300\nappDefault: 100\nspecials:\n  - type: APP\n    policies:\n      - key: 10001\n        value: 200\n",
            },
            Template {
                title: ["By client address", "按客户端地址"],
                description: ["Each address has a number of its own.", "每个客户端地址单独计数。"],
                sample: "scope: API\nparameters:\n  clientIp: \"System:CaClientIp\"\nrules:\n  - name: byAddress\n    byParameters: clientIp\n    limit: 60\n    period: 1\n    timeUnit: MINUTE\n",
            },
        ],
    },
    Schema {
        kind: PolicyKind::AddressList,
        title: ["IP access control", "IP 访问控制"],
        description: ["Lets addresses in, or keeps them out.", "允许或拒绝指定地址的调用。"],
        templates: &[
            Template {
                title: ["Let in", "白名单"],
                description: ["Only these addresses may call.", "仅允许这些地址调用。"],
                sample: "type: ALLOW\nitems:\n  - blocks:\n      - 192.0.2.7\n      - 198.51.100.0/24\n",
            },
            Template {
                title: ["Keep out", "黑名单"],
                description: ["These addresses may not call.", "拒绝这些地址调用。"],
                sample: "type: REFUSE\nitems:\n  - blocks:\n      - 203.0.113.0/24\n",
            },
        ],
    },
    Schema {
        kind: PolicyKind::Cors,
        title: ["Cross-origin access (CORS)", "跨域资源访问（CORS）"],
        description: ["Says which pages of other origins may call.", "指定哪些来源的页面可以调用。"],
        templates: &[Template {
            title: ["Pages of one site", "单个站点的页面"],
            description: ["With cookies, for ten minutes.", "允许携带 Cookie，预检结果缓存十分钟。"],
            sample: "allowOrigins: www.example.com\nallowMethods: GET,POST\nallowHeaders: Content-Type,X-Ca-Key\nexposeHeaders: X-Ca-Request-Id\nmaxAge: 600\nallowCredentials: true\n",
        }],
    },
    Schema {
        kind: PolicyKind::SignatureKey,
        title: ["Backend signature", "后端签名"],
        description: [
            "Signs calls of the backend, which can tell by it that they came through here.",
            "对发往后端的请求签名，供后端校验请求来自网关。",
        ],
        templates: &[Template {
            title: ["Key and secret", "密钥对"],
            description: ["Known to the gateway and the backend.", "由网关与后端共同持有。"],
            sample: "type: APIGW_BACKEND\nkey: SampleKey\nsecret: SampleSecret\n",
        }],
    },
];

pub(crate) async fn schemas(call: &Call<'_>) -> Result<Value, Fault> {
    let language = language(call);
    let shown = SCHEMAS.iter().map(|schema| {
        json!({
            "Name": name_of(schema.kind),
            "Title": schema.title[language],
            "Description": schema.description[language],
            "SupportClassic": true,
        })
    });
    Ok(json!({ "PluginSchemas": { "PluginSchema": shown.collect::<Vec<_>>() } }))
}

/// `PluginName` is a type; without it, templates of all.
pub(crate) async fn templates(call: &Call<'_>) -> Result<Value, Fault> {
    let language = language(call);
    let kind = call.params.text("PluginName").map(|name| kind_of("PluginName", name)).transpose()?;
    let wanted = SCHEMAS.iter().filter(|schema| kind.is_none_or(|kind| kind == schema.kind));
    let shown = wanted.flat_map(|schema| schema.templates).map(|template| {
        json!({
            "Title": template.title[language],
            "Description": template.description[language],
            "Sample": template.sample,
        })
    });
    Ok(json!({ "Templates": { "Template": shown.collect::<Vec<_>>() } }))
}

/// The place of a text in the language that is asked for; English unless it is Chinese.
fn language(call: &Call<'_>) -> usize {
    let asked = call.params.text("Language").unwrap_or_default();
    usize::from(asked.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("zh")))
}
