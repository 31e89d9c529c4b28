//! The limits of a route against a reference that keeps every count by name.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use paifang_model::dialect::Dialect;
use paifang_model::id::{AccountId, ApiId, AppId, Id, PolicyId, StageId};
use paifang_model::limits::{self as model, Profile};
use paifang_model::policy::huawei::CountedAs;
use paifang_model::policy::{Period, Settings, Special, SpecialObject, Throttle, TimeUnit};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use super::{LimitRule, LivePolicy, Slot, Wanted, Who, limits};
use crate::limits::{Claim, Limits};
use crate::refusal::LimitKind;
use crate::snapshot::compile;

/// 2023-11-14 22:13:20 UTC.
const NOW: i64 = 1_700_000_000_000;

const fn id(byte: u8) -> Id {
    Id::from_bytes([byte; 16])
}

/// Two apps of one account, one of another.
const fn account_of(app: u8) -> u8 {
    app / 2
}

#[derive(Debug, Clone)]
struct Call {
    after_ms: i64,
    api: u8,
    app: Option<u8>,
    address: u8,
}

impl Call {
    fn who(&self) -> Who {
        Who {
            address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, self.address)),
            user: self.app.map(|app| AccountId(id(account_of(app)))),
            user_number: None,
            app: self.app.map(|app| AppId(id(app))),
            app_number: None,
            through_subdomain: false,
        }
    }
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (0_i64..900, 0_u8..2, option::of(0_u8..3), 0_u8..2);
    let call = call.prop_map(|(after_ms, api, app, address)| Call { after_ms, api, app, address });
    vec(call, 1..60)
}

fn throttles() -> impl Strategy<Value = Throttle> {
    let numbers = (1_u32..8, option::of(1_u32..6), option::of(1_u32..6), option::of(1_u32..6));
    let specials = (btree_map(0_u8..3, 1_u32..8, 0..3), btree_map(0_u8..2, 1_u32..8, 0..2));
    (any::<bool>(), 1_u32..4, numbers, specials).prop_map(|(each, interval, numbers, specials)| {
        let (api, user, app, address) = numbers;
        let special = |object, limit| Special { object, limit, applied_at: None };
        let apps =
            specials.0.into_iter().map(|(app, limit)| special(SpecialObject::App(AppId(id(app))), limit));
        let users = specials
            .1
            .into_iter()
            .map(|(user, limit)| special(SpecialObject::User(AccountId(id(user))), limit));
        Throttle {
            counted_as: if each { CountedAs::Each } else { CountedAs::Together },
            period: Period { interval, unit: TimeUnit::Second },
            api,
            user,
            app,
            address,
            specials: apps.chain(users).collect(),
        }
    })
}

/// Counts by what they are of: the policy's sort of limit, the API unless all count together, the caller, the window.
#[derive(Default)]
struct Reference(HashMap<(&'static str, u8, u8, i64), u32>);

impl Reference {
    /// The limit that refuses, or what each has left.
    fn call(&mut self, throttle: &Throttle, call: &Call, now_ms: i64) -> Result<Vec<u32>, &'static str> {
        let window = now_ms / 1000 / i64::from(throttle.period.interval);
        let api = if throttle.counted_as == CountedAs::Each { call.api } else { 255 };
        let own = |wanted: SpecialObject| {
            throttle.specials.iter().find(|special| special.object == wanted).map(|special| special.limit)
        };
        let app = call
            .app
            .and_then(|app| Some(("app", app, own(SpecialObject::App(AppId(id(app)))).or(throttle.app)?)));
        let user = call.app.map(account_of).and_then(|user| {
            Some(("user", user, own(SpecialObject::User(AccountId(id(user)))).or(throttle.user)?))
        });
        let address = throttle.address.map(|limit| ("ip", call.address, limit));
        let all = [address, app, user, Some(("api", 0, throttle.api))].into_iter().flatten();
        let limits: Vec<_> = all.map(|(what, who, limit)| ((what, api, who, window), limit)).collect();
        for (counted, limit) in &limits {
            if self.0.get(counted).copied().unwrap_or_default() >= *limit {
                return Err(counted.0);
            }
        }
        Ok(limits
            .into_iter()
            .map(|(counted, limit)| {
                let count = self.0.entry(counted).or_default();
                *count += 1;
                limit - *count
            })
            .collect())
    }
}

/// What a policy makes of two APIs in one stage.
fn compiled(throttle: &Throttle, profile: Profile) -> [Vec<LimitRule>; 2] {
    let group = compile::group_facts(
        &compile::nameless_group(Dialect::Huawei),
        model::Limits::of(profile, Dialect::Huawei),
    );
    let settings = Settings::Throttle(throttle.clone());
    let policy = Arc::new(LivePolicy {
        id: PolicyId(id(200)),
        told: "`policy`".into(),
        settings: Arc::new(settings),
        secret: None,
    });
    [0, 1].map(|api| {
        let slots = limits(&group, ApiId(id(api)), StageId(id(100)), std::slice::from_ref(&policy));
        assert!(slots.at(Slot::BeforeAuth).is_empty());
        slots.at(Slot::AfterAuth).to_vec()
    })
}

fn name(what: LimitKind) -> &'static str {
    match what {
        LimitKind::Address => "ip",
        LimitKind::App => "app",
        LimitKind::User => "user",
        LimitKind::Api => "api",
        _ => "other",
    }
}

proptest! {
    #[test]
    fn calls_are_judged_as_the_reference_judges_them(throttle in throttles(), calls in calls()) {
        let rules = compiled(&throttle, Profile::Own);
        let (counters, mut reference, mut now_ms) = (Limits::default(), Reference::default(), NOW);
        for call in &calls {
            now_ms += call.after_ms;
            let who = call.who();
            let wanted: Vec<Wanted<'_>> =
                rules[usize::from(call.api)].iter().filter_map(|rule| rule.wanted(&who, None)).collect();
            let claims: Vec<Claim> = wanted.iter().map(Wanted::claim).collect();
            let judged = match counters.take(&claims, now_ms) {
                Ok(taken) => Ok(taken.standings().iter().map(|standing| standing.remaining).collect()),
                Err(refused) => Err(name(wanted[refused.index].rule.what)),
            };
            prop_assert_eq!(judged, reference.call(&throttle, call, now_ms));
        }
    }
}

fn ten_a_second() -> Throttle {
    Throttle {
        counted_as: CountedAs::Each,
        period: Period::SECOND,
        api: 10,
        user: None,
        app: None,
        address: None,
        specials: Vec::new(),
    }
}

/// With a policy an API's rate over all stages is void; it is told, as the cloud tells it.
#[test]
fn a_policy_takes_the_place_of_the_default_rate() {
    let [rules, _] = compiled(&ten_a_second(), Profile::Cloud);
    let who = Call { after_ms: 0, api: 0, app: None, address: 0 }.who();
    let wanted: Vec<_> = rules.iter().filter_map(|rule| rule.wanted(&who, None)).collect();
    let shown: Vec<_> =
        wanted.iter().map(|wanted| (wanted.rule.what, wanted.limit, wanted.claim().limit)).collect();
    assert_eq!(shown, [(LimitKind::Api, 10, 10), (LimitKind::AllStages, 200, u32::MAX)]);
}

/// Whoever has one address of IPv6 has a whole network of them.
#[test]
fn addresses_of_one_network_count_together() {
    let [rules, _] = compiled(&Throttle { address: Some(5), ..ten_a_second() }, Profile::Own);
    let claim = |address: &str| {
        let call = Call { after_ms: 0, api: 0, app: None, address: 0 };
        let who = Who { address: address.parse().unwrap(), ..call.who() };
        let rule = rules.iter().find(|rule| rule.what == LimitKind::Address).unwrap();
        rule.wanted(&who, None).unwrap().claim()
    };
    assert_eq!(claim("2001:db8:1:2::1"), claim("2001:db8:1:2:ffff::9"));
    assert_ne!(claim("2001:db8:1:2::1"), claim("2001:db8:1:3::1"));
    assert_ne!(claim("192.0.2.1"), claim("192.0.2.2"));
    assert_eq!(claim("192.0.2.1"), claim("::ffff:192.0.2.1"));
    assert_ne!(claim("192.0.2.1"), claim("::"));
}

/// The period is not written out: the largest is longer than a window can be, and then nothing is ever forgotten.
#[test]
fn the_longest_period_is_counted() {
    let period = Period { interval: i32::MAX.cast_unsigned(), unit: TimeUnit::Day };
    let [rules, _] = compiled(&Throttle { period, ..ten_a_second() }, Profile::Own);
    let who = Call { after_ms: 0, api: 0, app: None, address: 0 }.who();
    let claims: Vec<_> =
        rules.iter().filter_map(|rule| rule.wanted(&who, None)).map(|wanted| wanted.claim()).collect();
    assert_eq!(claims[0].window.length_s(), u32::MAX);
    let counters = Limits::default();
    for left in (0..10).rev() {
        assert_eq!(counters.take(&claims, NOW).unwrap().standings()[0].remaining, left);
    }
    assert!(counters.take(&claims, NOW + 1_000_000_000_000).is_err(), "thirty years later");
}
