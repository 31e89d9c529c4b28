//! Calls that are wrong in chosen ways. All are signed in `X-Ca-*` headers, which groups of both dialects accept
//! and which have a part for each check.

use std::net::Ipv4Addr;

use http::Method;
use paifang_model::definition::{
    AppCodeMode, Authentication, Location, Parameter, Protocol, SignatureMethod,
};
use paifang_model::policy::{Period, TimeUnit};
use paifang_model::{BlackListEntries, BoundQuota, Dialect, PolicyKind};
use paifang_proxy::dialect::{self, Check};
use paifang_proxy::refusal::{LimitKind, Limited, MalformedCredential, Refusal};
use paifang_testkit::api::{self, Api};
use paifang_testkit::{Answer, Backend, Call, Caller, Scene, TestGateway};
use serde_json::{Value, json};

/// What no call can break: there is no setting yet that makes it refuse.
/// Stories of their own show where policies are.
pub(super) const NEVER: [Check; 2] = [Check::Network, Check::Policies];

/// Whether one call can break all of these.
pub(super) fn fit_together(checks: &[Check]) -> bool {
    let has = |check| checks.contains(&check);
    // Protocol and lists are an API's, so that a call without an API has none to break.
    let no_api = has(Check::Target) || has(Check::Route);
    let never = checks.iter().any(|check| NEVER.contains(check));
    let of_an_api = has(Check::Protocol) || has(Check::AddressList) || has(Check::AccountList);
    !(never || of_an_api && no_api)
}

/// The same APIs twice: with room for calls, and without.
pub(super) struct Gateways {
    dialect: Dialect,
    roomy: Place,
    full: Place,
}

struct Place {
    gateway: TestGateway,
    /// Those that were granted the APIs, and those that were not: one for each that [`place_of`] tells apart.
    friends: Vec<Caller>,
    strangers: Vec<Caller>,
}

impl Gateways {
    pub(super) async fn start(dialect: Dialect) -> Self {
        Self { dialect, roomy: place(dialect, None).await, full: place(dialect, Some(0)).await }
    }

    /// How a call without a body is answered that breaks these checks; none when no call can.
    pub(super) async fn answer(&self, checks: &[Check]) -> Option<String> {
        if !fit_together(checks) {
            return None;
        }
        Some(self.said(&self.call(checks, "").send().await))
    }

    /// The same, with a body that is signed.
    pub(super) async fn answer_with_body(&self, checks: &[Check]) -> String {
        assert!(fit_together(checks));
        self.said(&self.call(checks, "{}").send().await)
    }

    fn call(&self, checks: &[Check], body: &str) -> Call {
        let has = |check| checks.contains(&check);
        let place = if has(Check::Limits) { &self.full } else { &self.roomy };
        let callers = if has(Check::Grant) { &place.strangers } else { &place.friends };
        let caller = &callers[place_of(OF_AN_APP.map(has))];
        let method = if has(Check::Preflight) { Method::OPTIONS } else { Method::POST };
        let mut call = place.gateway.call(method, &target(checks)).body(body.to_owned());
        if has(Check::AccessList) {
            call = call.from(OUTSIDE.into());
        }
        if !body.is_empty() {
            call = call.header("content-md5", &paifang_sign::alibaba::content_md5(body.as_bytes()));
        }
        for (_, change) in BEFORE_SIGNING.iter().filter(|(check, _)| has(*check)) {
            call = change(call, self.dialect);
        }
        call = caller.sign_ca(call);
        if has(Check::Signature) {
            call = call.header("x-ca-signature", "bm8=");
        }
        if has(Check::Credential) { call.without("x-ca-signature") } else { call }
    }

    /// What a call that breaks this check alone is told.
    pub(super) fn expected(&self, check: Check) -> String {
        expected(self.dialect, check)
    }

    /// The same, of a call that breaks others beside it.
    pub(super) fn expected_of(&self, first: Check, checks: &[Check]) -> String {
        let asks_for_a_page = checks.contains(&Check::Preflight) && dialect::answers_preflights(self.dialect);
        if first == Check::Route && asks_for_a_page {
            let (method, path) = ("POST".to_owned(), "/nothing".to_owned());
            return told(self.dialect, &Refusal::NoApiForPages { method, path });
        }
        self.expected(first)
    }

    fn said(&self, answer: &Answer) -> String {
        if answer.status == 200 {
            assert_ne!(answer.header("access-control-allow-methods"), "", "{}", answer.verdict());
            return "200 preflight".to_owned();
        }
        comparable(&answer.verdict())
    }
}

/// What a call that breaks this check alone is told.
pub(super) fn expected(dialect: Dialect, check: Check) -> String {
    refusal(check).map_or_else(|| "200 preflight".to_owned(), |refusal| told(dialect, &refusal))
}

fn told(dialect: Dialect, refusal: &Refusal) -> String {
    let answer = dialect::answer(dialect, refusal);
    format!("{} {} {}", answer.status.as_u16(), answer.code, comparable(&answer.message))
}

type Change = fn(Call, Dialect) -> Call;

const BEFORE_SIGNING: [(Check, Change); 7] = [
    (Check::Host, |call, dialect| match dialect {
        Dialect::Alibaba => call.host("nobody.example"),
        // A header by which a caller of an unknown host gives its dialect away.
        Dialect::Huawei => call.host("nobody.example").header("authorization", "SDK-HMAC-SHA256"),
    }),
    (Check::Stage, |call, dialect| match dialect {
        Dialect::Alibaba => call.header("x-ca-stage", "NOWHERE"),
        Dialect::Huawei => call.header("x-stage", "NOWHERE"),
    }),
    (Check::Preflight, |call, _| {
        call.header("origin", "https://page.example").header("access-control-request-method", "POST")
    }),
    (Check::Key, |call, _| call.header("x-ca-key", "nobody")),
    (Check::Time, |call, _| call.header("x-ca-timestamp", "1700000000000")),
    (Check::Digest, |call, _| call.header("content-md5", "bm8=")),
    (Check::Nonce, |call, _| call.header("x-ca-nonce", "")),
];

/// The declared parameter, padding and the path.
fn target(checks: &[Check]) -> String {
    let has = |check| checks.contains(&check);
    let path = if has(Check::Route) { "/nothing".to_owned() } else { path(OF_AN_API.map(has)) };
    let path = if has(Check::Target) { format!("{path}%00") } else { path };
    let kind = if has(Check::Parameters) { "" } else { "kind=cat&" };
    let padding = if has(Check::Size) { "a".repeat(33 << 10) } else { String::new() };
    format!("{path}?{kind}p={padding}")
}

/// What an API can refuse that another does not: each has a path of its own.
const OF_AN_API: [Check; 3] = [Check::Protocol, Check::AddressList, Check::AccountList];

/// What is said of an app that is not said of another.
const OF_AN_APP: [Check; 3] = [Check::BlackList, Check::App, Check::AppQuota];

/// The place of the app of which these are said.
fn place_of(said: [bool; 3]) -> usize {
    said.into_iter().fold(0, |place, said| 2 * place + usize::from(said))
}

/// From where the gateway itself lets nobody in; Linux has all of 127.0.0.0/8.
const OUTSIDE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 9);

/// The path of the API that refuses so.
fn path(refuses: [bool; 3]) -> String {
    format!("/pets/{}", refuses.map(|refuses| if refuses { "no" } else { "yes" }).join("/"))
}

/// A group with an API for all that one can refuse, whose backend is never there.
async fn place(dialect: Dialect, calls_per_second: Option<u32>) -> Place {
    let absent = Backend::absent().await;
    let mut scene = Scene::new(dialect);
    scene.group.calls_per_second = calls_per_second;
    let (friends, strangers) = (apps(&mut scene, "friend"), apps(&mut scene, "stranger"));
    scene.keep_out_of_gateway(&OUTSIDE.to_string());
    for refuses in (0..8).map(|bits| [bits & 1 != 0, bits & 2 != 0, bits & 4 != 0]) {
        let [protocol, address, account] = refuses;
        let protocol = if protocol { Protocol::Https } else { Protocol::Http };
        let api = scene.publish(pets(&path(refuses), protocol).to(&absent));
        friends.iter().for_each(|friend| scene.grant(friend, api));
        let lists = lists(dialect);
        if address {
            scene.policy(api, PolicyKind::AddressList, lists[0].clone());
        }
        // Groups of one dialect answer preflights only where a policy says so.
        if dialect == Dialect::Huawei {
            let pages = json!({ "allow_origin": "*", "allow_methods": "POST" });
            scene.policy(api, PolicyKind::Cors, pages);
        }
        // Groups of one dialect have no such list, and no such check.
        if account && dialect == Dialect::Huawei {
            scene.policy(api, PolicyKind::AccountList, lists[1].clone());
        }
    }
    Place { gateway: scene.start().await, friends, strangers }
}

/// An app for each that is told apart.
fn apps(scene: &mut Scene, name: &str) -> Vec<Caller> {
    let quota = scene.app_quota("none", 0, TimeUnit::Day);
    let apps: Vec<Caller> = (0..8).map(|_| scene.app(name)).collect();
    for (place, app) in apps.iter().enumerate() {
        scene.change_app(app, |app| {
            app.frozen = place & 2 != 0;
            app.quota = (place & 1 != 0).then_some(BoundQuota { id: quota, since: 0 });
        });
    }
    let listed = apps.iter().enumerate().filter(|(place, _)| place & 4 != 0).map(|(_, app)| app.app);
    scene.black_list(BlackListEntries::App(listed.collect()));
    apps
}

/// Settings of a list of addresses and of one of accounts that let nobody in who calls here.
fn lists(dialect: Dialect) -> [Value; 2] {
    let list = |value| json!({ "acl_type": "PERMIT", "acl_value": value });
    match dialect {
        Dialect::Alibaba => [json!({ "type": "ALLOW", "items": [{ "blocks": ["192.0.2.1"] }] }), Value::Null],
        Dialect::Huawei => [list("192.0.2.1"), list("somebody")],
    }
}

fn pets(path: &str, protocol: Protocol) -> Api {
    let mut kind = Parameter::new("kind", Location::Query);
    kind.required = true;
    api::post(path).takes(kind).with(|api| {
        api.request.protocols = vec![protocol];
        api.auth = Authentication::App {
            app_code: AppCodeMode::Disabled,
            signature_methods: vec![SignatureMethod::HmacSha256],
            nonce_required: true,
        };
    })
}

/// How the calls made here break a check.
fn refusal(check: Check) -> Option<Refusal> {
    let text = String::new;
    Some(match check {
        Check::AccessList => Refusal::KeptOutOfGateway,
        Check::Host => Refusal::UnknownHost { host: "nobody.example".to_owned() },
        Check::Size => Refusal::TargetTooLong,
        Check::Target => Refusal::BadTarget { reason: text() },
        Check::Stage => Refusal::UnknownStage { name: text() },
        Check::Route => Refusal::NoApi { reason: "POST /nothing".to_owned() },
        Check::Protocol => Refusal::ProtocolNotOffered { used: "HTTP", offered: "HTTPS".to_owned() },
        Check::Network => Refusal::IntranetOnly,
        Check::Preflight => return None,
        Check::AddressList => Refusal::AddressKeptOut,
        Check::AccountList => Refusal::AccountKeptOut,
        Check::BlackList => Refusal::AppKeptOut,
        Check::App => Refusal::AppFrozen,
        Check::AppQuota => {
            let (what, host, period) = (LimitKind::AppQuota, text(), Period::DAY);
            Refusal::Limited(Limited { what, limit: 0, period, retry_after_s: 1, host, by_policy: true })
        }
        Check::Limits => {
            let (what, host, period) = (LimitKind::Group, text(), Period::SECOND);
            Refusal::Limited(Limited { what, limit: 0, period, retry_after_s: 1, host, by_policy: false })
        }
        Check::Credential => {
            Refusal::CredentialMalformed(MalformedCredential::HeaderMissing { name: "X-Ca-Signature" })
        }
        Check::Key => Refusal::KeyUnknown { key: "nobody".to_owned() },
        Check::Time => Refusal::TimeExpired { sent: text(), now: text() },
        Check::Signature => Refusal::SignatureMismatch { string_to_sign: text() },
        Check::Digest => Refusal::DigestMismatch { reason: "".into() },
        Check::Nonce => Refusal::NonceMissing,
        Check::Grant => Refusal::NotGranted,
        Check::Parameters => Refusal::ParameterMissing { name: "kind".to_owned() },
        Check::Policies => {
            let (what, host, period) = (LimitKind::Api, text(), Period::SECOND);
            Refusal::Limited(Limited { what, limit: 0, period, retry_after_s: 1, host, by_policy: true })
        }
        Check::Backend => Refusal::ConnectFailed { reason: text() },
    })
}

/// Without what a message says of the single call.
fn comparable(text: &str) -> String {
    let details = ["`", "Content-MD5 ", "time:", "API not found ", "resource not found "];
    let end = details.iter().filter_map(|detail| text.find(detail)).min().unwrap_or(text.len());
    text[..end].to_owned()
}
